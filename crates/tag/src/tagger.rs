//! A tagger: a statement in, its codes out.

use corpus::pattern::Folded;
use corpus::segment::{Span, segments};
use corpus::{Coded, Lang, Mention, SegmentSpan, Statement, Turn};

use crate::attribute::Passage;
use crate::codebook::{Codebook, Family};
use crate::finder::Finder;
use crate::referents::Referents;
use crate::speech::{Rules, titled};
use crate::trace::Trace;
use crate::turn::SegmentedTurn;
use crate::voice::Verdict;
use crate::{Result, topics};

/// Raised by hand whenever the codes of the same text by the same codebook may change.
pub const VERSION: u32 = 45;

/// A codebook made ready for tagging.
#[derive(Debug, Clone)]
pub struct Tagger {
    finder: Finder,
    referents: Referents,
    rules: Rules,
}

impl Tagger {
    /// Makes a codebook ready.
    ///
    /// # Errors
    /// [`crate::Error`] where terms do not make a matcher, or a grammar is missing.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let rules = Rules::new(codebook)?;
        let finder = Finder::with(codebook, rules.grammars())?;
        let referents = Referents::new(finder.entries());
        Ok(Self { finder, referents, rules })
    }

    /// The codebook's entries and where they stand.
    pub fn finder(&self) -> &Finder {
        &self.finder
    }

    /// Codes one revision of one statement. The same on any number of threads.
    pub fn tag(&self, statement: &Statement) -> Coded {
        self.code(statement, &self.segmented(statement))
    }

    /// Codes a statement whose turns are cut into segments already.
    pub(crate) fn code(&self, statement: &Statement, turns: &[SegmentedTurn<'_>]) -> Coded {
        let entries = self.finder.entries();
        let utterances = topics::utterances(statement, turns, &self.finder);
        let mut coded = Coded {
            statement: statement.id.clone(),
            revision: statement.revision,
            segments: Vec::new(),
            mentions: Vec::new(),
            attributions: Vec::new(),
            utterances,
        };
        let words = Folded::new(statement.title.as_deref().unwrap_or_default());
        let title = self.title(statement, &words);
        for (place, turn) in turns.iter().enumerate() {
            let utterance = coded.utterances.iter().find(|u| u.turns.contains(&turn.turn.n));
            let speech = self.rules.speech(entries, statement, turn, title.as_ref(), utterance);
            coded.mentions.extend(self.mentions(turns, place, &speech.verdicts));
            coded.segments.extend(segment_spans(turn, &speech.verdicts));
            coded.attributions.extend(speech.attributions);
        }
        coded.mentions.sort();
        coded.attributions.sort();
        coded
    }

    /// Whose claim segment `segment` of turn `turn` is, and why each rule of blame did or did not
    /// fire on it; numbers from 1. `None` where there is no such segment.
    pub fn explain(
        &self,
        statement: &Statement,
        turn: u32,
        segment: u32,
    ) -> Option<(Verdict, Vec<Trace>)> {
        let turns = self.segmented(statement);
        let turn = turns.iter().position(|t| t.turn.n == turn)?;
        let place = (segment as usize).checked_sub(1)?;
        self.explain_in(statement, &turns, turn, place)
    }

    /// The same for segment `segment` of turn `turn`, both counted from 0, of a statement that is
    /// cut into segments already.
    pub(crate) fn explain_in(
        &self,
        statement: &Statement,
        turns: &[SegmentedTurn<'_>],
        turn: usize,
        segment: usize,
    ) -> Option<(Verdict, Vec<Trace>)> {
        let here = turns.get(turn).filter(|turn| segment < turn.segments.len())?;
        let entries = self.finder.entries();
        let words = Folded::new(statement.title.as_deref().unwrap_or_default());
        let title = self.title(statement, &words);
        let (verdict, mut traces) =
            self.rules.explain(entries, statement, here, title.as_ref(), segment)?;
        let start = here.segments[segment].start;
        let scene = self.referents.scene(turns, turn);
        for found in here.found.iter().filter(|found| found.segment == segment) {
            let entry = &entries[found.entry];
            let span = (found.start - start, found.end - start);
            match entry.family {
                Family::Naming => {
                    let (referent, reason) = self.referents.explained(found, &scene);
                    traces.push(Trace {
                        targets: vec![referent],
                        ..Trace::at(entry.code(), span, reason)
                    });
                }
                Family::Frame | Family::Refusal => traces.push(Trace {
                    targets: vec![entry.id.clone()],
                    ..Trace::at(entry.code(), span, "a term of the entry")
                }),
                _ => {}
            }
        }
        traces.extend(topics::explained(statement, turns, &self.finder, here.turn.n, start as u32));
        Some((verdict, traces))
    }

    /// Whether any cue of blame stands in a text.
    pub(crate) fn has_cue(&self, text: &str, lang: Lang) -> bool {
        self.rules.has_cue(text, lang)
    }

    /// The turns of a statement, cut into segments, with what the codebook finds in them.
    pub fn segmented<'s>(&self, statement: &'s Statement) -> Vec<SegmentedTurn<'s>> {
        let cut = |turn: &'s Turn| {
            let segments = segments(&turn.text, turn.lang);
            let folded = Folded::new(&turn.text);
            let found = self.finder.find_in(&folded, turn.lang, statement.date, &segments);
            SegmentedTurn { turn, folded, segments, found }
        };
        statement.turns.iter().map(cut).collect()
    }

    /// The title with whom it names; `None` where there is none.
    fn title<'t>(&'t self, statement: &Statement, words: &'t Folded<'_>) -> Option<Passage<'t>> {
        let whole = Span { start: 0, end: words.original().len() };
        let lang = statement.lang;
        let found = || self.finder.find_in(words, lang, statement.date, &[whole]);
        (whole.end > 0).then(|| titled(self.finder.entries(), words, &found()))
    }

    fn mentions(
        &self,
        turns: &[SegmentedTurn<'_>],
        turn: usize,
        verdicts: &[Verdict],
    ) -> Vec<Mention> {
        let number = turns[turn].turn.n;
        let scene = self.referents.scene(turns, turn);
        let mut mentions = Vec::new();
        for found in &turns[turn].found {
            let entry = &self.finder.entries()[found.entry];
            if matches!(entry.family, Family::Event | Family::Topic)
                || entry.family.is_of_expressions()
            {
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
                voice: verdicts[found.segment].voice,
            });
        }
        mentions
    }
}

fn segment_spans(turn: &SegmentedTurn<'_>, verdicts: &[Verdict]) -> Vec<SegmentSpan> {
    let numbered = turn.segments.iter().zip(verdicts).zip(1..);
    numbered
        .map(|((span, verdict), n)| SegmentSpan {
            turn: turn.turn.n,
            n,
            start: span.start as u32,
            end: span.end as u32,
            voice: verdict.voice,
        })
        .collect()
}
