//! A record: what the index stores about a turn beside its text.

use std::collections::BTreeSet;

use corpus::{Date, Genre, Lang, Role, SegmentSpan, Utterance, Voice};
use serde::{Deserialize, Serialize};

use crate::coded::CodedRow;
use crate::evaluate::Spot;
use crate::plan::CodeTest;
use crate::query::Family;
use crate::statement::{StatementRow, TurnRow};

/// What stands above a turn's text: the turn's and its statement's fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Statement id.
    pub statement: String,
    /// The turn's number, from 1.
    pub turn: u32,
    /// Day of the event.
    pub date: Option<Date>,
    /// Source id.
    pub source: String,
    /// What the turn does.
    pub role: Role,
    /// Title of the statement.
    pub title: Option<String>,
    /// Canonical address of the statement.
    pub url: String,
    /// The revision that was indexed: the latest.
    pub revision: u32,
    /// ISO 3166-1 alpha-2 of the publishing state.
    pub country: String,
    /// Who speaks.
    pub issuer: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// Kind of text.
    pub genre: Genre,
    /// Language of the turn.
    pub lang: Lang,
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The normalized outlet of a question.
    pub asker: Option<String>,
}

impl Head {
    /// What stands above all turns of a statement, before [`Head::set`] names one of them.
    pub(crate) fn of(statement: &StatementRow<'_>) -> Self {
        Self {
            statement: statement.id.to_owned(),
            turn: 0,
            date: statement.date,
            source: statement.source.to_owned(),
            role: Role::Narration,
            title: statement.title.map(str::to_owned),
            url: statement.url.to_owned(),
            revision: statement.revision,
            country: statement.country.to_owned(),
            issuer: statement.issuer.to_owned(),
            carrier: statement.carrier.map(str::to_owned),
            genre: statement.genre,
            lang: Lang::Und,
            speaker: None,
            asker: None,
        }
    }

    /// Goes on to another turn of the statement.
    pub(crate) fn set(&mut self, turn: &TurnRow<'_>) {
        self.turn = turn.n;
        self.role = turn.role;
        self.lang = turn.lang;
        self.speaker = turn.speaker.map(str::to_owned);
        self.asker = turn.asker.map(str::to_owned);
    }
}

/// Segments and codes of one turn. Spans are bytes of the turn's text; the names are short
/// because they are stored with every turn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Codes {
    /// The utterance that the turn belongs to; 0 for notes, which belong to none.
    #[serde(rename = "u")]
    pub utterance: u32,
    /// Each topic with the segments that are about it: first, and the one after the last.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<(String, Vec<(u32, u32)>)>,
    /// Start, end, voice (`o`, `r`, `q`, `n`).
    #[serde(rename = "s")]
    pub segments: Vec<(u32, u32, char)>,
    #[serde(rename = "m", default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<CodedPlace>,
    /// Blamed targets; the place reaches from cue to target.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub blames: Vec<CodedPlace>,
}

/// A code at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodedPlace {
    /// Place of the segment in the turn, from 0.
    #[serde(rename = "s")]
    pub segment: u32,
    #[serde(rename = "p")]
    pub span: (u32, u32),
    /// `frame:hegemony`; of a blame the target's id alone.
    #[serde(rename = "c")]
    pub code: String,
    /// The event that a naming term points to; of a blame its kind.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub referent: Option<String>,
}

impl Codes {
    /// What was coded in a turn.
    pub fn of(coded: &CodedRow<'_>, turn: u32) -> Self {
        let spans: Vec<&SegmentSpan> = coded.segments.iter().filter(|s| s.turn == turn).collect();
        let place = |segment: u32| spans.partition_point(|s| s.n < segment) as u32;
        let utterance = coded.utterances.iter().find(|u| u.turns.contains(&turn));
        let mentions = coded.mentions.iter().filter(|m| m.turn == turn).map(|m| CodedPlace {
            segment: place(m.segment),
            span: m.span,
            code: m.code.to_owned(),
            referent: m.referent.map(str::to_owned),
        });
        let blames = coded.attributions.iter().filter(|a| a.turn == turn).map(|a| CodedPlace {
            segment: place(a.segment),
            span: a.span,
            code: a.target.to_owned(),
            referent: Some(a.kind.name().to_owned()),
        });
        Self {
            utterance: utterance.map_or(0, |u| u.n),
            topics: utterance.map(|u| topics(u, turn, &spans)).unwrap_or_default(),
            segments: spans.iter().map(|s| (s.start, s.end, voice_letter(s.voice))).collect(),
            mentions: mentions.collect(),
            blames: blames.collect(),
        }
    }

    /// The segments of a turn that nobody coded yet, in utterance `utterance`.
    pub fn uncoded(turn: &TurnRow<'_>, utterance: u32) -> Self {
        let voice = if turn.role == Role::Question { Voice::Question } else { Voice::None };
        let segments = corpus::segment::segments(turn.text, turn.lang);
        let letter = voice_letter(voice);
        Self {
            utterance,
            segments: segments.iter().map(|s| (s.start as u32, s.end as u32, letter)).collect(),
            ..Self::default()
        }
    }

    /// All coded places by their numbers, from 0: mentions, then blames.
    pub fn places(&self) -> impl Iterator<Item = &CodedPlace> {
        self.mentions.iter().chain(&self.blames)
    }

    /// Where each code stands: bytes of the text, and the segment.
    pub fn spots(&self, test: &CodeTest) -> Vec<Spot> {
        if test.family == Family::Voice {
            let voices = self.segments.iter().zip(0u32..);
            let voices = voices.filter(|((_, _, voice), _)| test.fits(voice_name(*voice)));
            let spot = |((start, end, _), segment): (&(u32, u32, char), u32)| Spot {
                start: *start,
                end: *end,
                code: 0,
                segment,
            };
            return voices.map(spot).collect();
        }
        if test.family == Family::Topic {
            let fitting = self.topics.iter().filter(|(topic, _)| test.id.fits(topic));
            let all: BTreeSet<u32> = fitting
                .flat_map(|(_, segments)| segments.iter().flat_map(|(first, end)| *first..*end))
                .collect();
            let span = |n: u32| self.segments.get(n as usize).map(|s| (n, s.0, s.1));
            let spot = |(segment, start, end)| Spot { start, end, code: 0, segment };
            return all.into_iter().filter_map(span).map(spot).collect();
        }
        let blames = self.mentions.len() as u32;
        let numbered = self.places().zip(0u32..);
        let of_family = numbered.filter(|(_, n)| (*n >= blames) == (test.family == Family::Blame));
        let fitting = of_family.filter(|(place, _)| {
            test.fits(&place.code) && (test.referent.is_none() || test.referent == place.referent)
        });
        let spot = |(place, n): (&CodedPlace, u32)| Spot {
            start: place.span.0,
            end: place.span.1,
            code: n + 1,
            segment: place.segment,
        };
        fitting.map(spot).collect()
    }

    /// The segment that byte `at` of the text lies in: the last that starts no later.
    pub fn segment_at(&self, at: u32) -> usize {
        self.segments.partition_point(|(start, _, _)| *start <= at).saturating_sub(1)
    }
}

/// The topics of an utterance with the segments of one of its turns that are about them.
fn topics(
    utterance: &Utterance,
    turn: u32,
    segments: &[&SegmentSpan],
) -> Vec<(String, Vec<(u32, u32)>)> {
    let about = |topic: &String| {
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (n, segment) in (0u32..).zip(segments) {
            if !utterance.is_about(topic, turn, segment.start) {
                continue;
            }
            match found.last_mut() {
                Some((_, end)) if *end == n => *end = n + 1,
                _ => found.push((n, n + 1)),
            }
        }
        (topic.clone(), found)
    };
    utterance.topics.iter().map(about).filter(|(_, found)| !found.is_empty()).collect()
}

fn voice_letter(voice: Voice) -> char {
    match voice {
        Voice::Own => 'o',
        Voice::Relayed => 'r',
        Voice::Question => 'q',
        Voice::None => 'n',
    }
}

/// The voice that a letter stands for.
pub(crate) fn voice_name(letter: char) -> &'static str {
    match letter {
        'o' => Voice::Own.name(),
        'r' => Voice::Relayed.name(),
        'q' => Voice::Question.name(),
        _ => Voice::None.name(),
    }
}
