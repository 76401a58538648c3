//! A tagger: a statement in, its codes out.

use corpus::segment::{Span, segments};
use corpus::{Coded, Mention, Role, SegmentSpan, Statement, Turn, Voice};

use crate::codebook::{Codebook, Family};
use crate::finder::{Finder, Found};
use crate::referents::{Referents, Scene};
use crate::{Result, topics};

/// Raised by hand whenever the codes of the same text by the same codebook may change.
pub const VERSION: u32 = 1;

/// A codebook made ready for tagging.
#[derive(Debug, Clone)]
pub struct Tagger {
    finder: Finder,
    referents: Referents,
}

/// A turn with its segments and what the codebook finds in them.
#[derive(Debug, Clone)]
pub struct SegmentedTurn<'s> {
    /// The turn.
    pub turn: &'s Turn,
    /// Its segments, in order; segment `n` of the codes is `segments[n - 1]`.
    pub segments: Vec<Span>,
    /// Entries found, sorted by place.
    pub found: Vec<Found>,
}

impl Tagger {
    /// Makes a codebook ready.
    ///
    /// # Errors
    /// [`crate::Error`] where terms do not make a matcher.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let finder = Finder::new(codebook)?;
        let referents = Referents::new(finder.entries());
        Ok(Self { finder, referents })
    }

    /// The codebook's entries and where they stand.
    pub fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Codes one revision of one statement. The same on any number of threads.
    pub fn tag(&self, statement: &Statement) -> Coded {
        let turns = self.segmented(statement);
        let utterances = topics::utterances(statement, &turns, self.finder.entries());
        let mut coded = Coded {
            statement: statement.id.clone(),
            revision: statement.revision,
            segments: turns.iter().flat_map(segment_spans).collect(),
            mentions: Vec::new(),
            attributions: Vec::new(),
            utterances,
        };
        for turn in 0..turns.len() {
            coded.mentions.extend(self.mentions(&turns, turn));
        }
        coded.mentions.sort();
        coded
    }

    /// The turns of a statement, cut into segments, with what the codebook finds in them.
    pub fn segmented<'s>(&self, statement: &'s Statement) -> Vec<SegmentedTurn<'s>> {
        let cut = |turn: &'s Turn| {
            let segments = segments(&turn.text, turn.lang);
            let found = self.finder.find(&turn.text, turn.lang, statement.date, &segments);
            SegmentedTurn { turn, segments, found }
        };
        statement.turns.iter().map(cut).collect()
    }

    fn mentions(&self, turns: &[SegmentedTurn<'_>], turn: usize) -> Vec<Mention> {
        let number = turns[turn].turn.n;
        let scene = Scene { turns, turn };
        let mut mentions = Vec::new();
        for found in &turns[turn].found {
            let entry = &self.finder.entries()[found.entry];
            if matches!(entry.family, Family::Event | Family::Fixed | Family::Topic) {
                continue;
            }
            let is_naming = entry.family == Family::Naming;
            mentions.push(Mention {
                turn: number,
                segment: found.segment as u32 + 1,
                start: found.start as u32,
                end: found.end as u32,
                code: entry.code(),
                referent: is_naming.then(|| self.referents.of(found, &scene)),
                voice: voice_of_role(turns[turn].turn.role),
            });
        }
        mentions
    }
}

fn segment_spans(turn: &SegmentedTurn<'_>) -> Vec<SegmentSpan> {
    let voice = voice_of_role(turn.turn.role);
    let numbered = turn.segments.iter().zip(1..);
    numbered
        .map(|(span, n)| SegmentSpan {
            turn: turn.turn.n,
            n,
            start: span.start as u32,
            end: span.end as u32,
            voice,
        })
        .collect()
}

/// The voice of a turn, before its sentences are looked at.
fn voice_of_role(role: Role) -> Voice {
    match role {
        Role::Question => Voice::Question,
        Role::Note => Voice::None,
        Role::Answer | Role::Announcement | Role::Narration => Voice::Own,
    }
}
