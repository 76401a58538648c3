//! A tally: over one pass of the observations, how often each code was found, by side, topic,
//! month and voice, and over how much text.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{BlameKind, Voice};
use statistics::Cluster;

use crate::observe::{Hit, Observed, Spoken, Text};
use crate::{Period, Study};

/// Whether all utterances count or those on the study's topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    All,
    Topic,
}

/// Side, scope and, unless the whole period is meant, month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub side: usize,
    pub scope: Scope,
    pub month: Option<String>,
}

/// What narrows a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Facet {
    Any,
    Kind(BlameKind),
    Referent(u32),
}

/// A code, what narrows it, and the voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub code: u32,
    pub facet: Facet,
    pub voice: Voice,
}

/// Where a hit stands: text, utterance and hit, by number.
pub(crate) type HitAt = (u32, u32, u32);

/// What was found of one key at one place.
#[derive(Default)]
pub(crate) struct Cell {
    /// Whole texts with the code: place of the text, utterances, own-voice segments.
    pub texts: Vec<(u32, u32, u32)>,
    /// Occurrences in whole texts.
    pub occurrences: u64,
    /// Occurrences in cut texts.
    pub cut_occurrences: u64,
    /// Cut texts with the code.
    pub cut_texts: u64,
    /// The hits, as many as figures name.
    pub hits: Vec<HitAt>,
}

static NOTHING_FOUND: Cell =
    Cell { texts: Vec::new(), occurrences: 0, cut_occurrences: 0, cut_texts: 0, hits: Vec::new() };

static NO_TEXT: Base = Base { texts: Vec::new(), cut_texts: 0 };

/// Over how much text something was counted.
#[derive(Default)]
pub(crate) struct Base {
    /// Whole texts with an utterance in the scope.
    pub texts: Vec<Exposure>,
    /// Cut texts with an utterance in the scope.
    pub cut_texts: u64,
}

/// The denominators of one whole text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exposure {
    pub text: u32,
    pub utterances: u32,
    pub asked: u32,
    pub own_segments: u32,
}

/// All cells and bases of a study's period.
#[derive(Default)]
pub(crate) struct Tally {
    pub cells: BTreeMap<(Place, Key), Cell>,
    pub bases: BTreeMap<Place, Base>,
}

/// Counts the texts of `period`.
pub(crate) fn tally(study: &Study, observed: &Observed, period: Period) -> Tally {
    let topic = study.topic.as_deref().and_then(|t| observed.names.find(t));
    let scopes: &[Scope] =
        if study.topic.is_some() { &[Scope::All, Scope::Topic] } else { &[Scope::All] };
    let mut tally = Tally::default();
    for (number, text) in observed.texts.iter().enumerate() {
        if period.contains(text.date) {
            for &scope in scopes {
                tally.add(number as u32, text, (scope, topic), observed.named);
            }
        }
    }
    tally
}

impl Tally {
    fn add(
        &mut self,
        number: u32,
        text: &Text,
        (scope, topic): (Scope, Option<u32>),
        named: usize,
    ) {
        let inside = |u: &Spoken| {
            u.answered && (scope == Scope::All || topic.is_some_and(|t| u.topics.contains(&t)))
        };
        if !text.utterances.iter().any(inside) {
            return;
        }
        let mut found: BTreeMap<Key, Found> = BTreeMap::new();
        let mut exposure = Exposure { text: number, utterances: 0, asked: 0, own_segments: 0 };
        for (place, utterance) in text.utterances.iter().enumerate().filter(|(_, u)| inside(u)) {
            exposure.utterances += 1;
            exposure.asked += u32::from(utterance.asked);
            exposure.own_segments += utterance.own_segments;
            for (at, hit) in utterance.hits.iter().enumerate() {
                for facet in facets(hit).into_iter().flatten() {
                    let key = Key { code: hit.code, facet, voice: hit.voice };
                    let at = (number, place as u32, at as u32);
                    found.entry(key).or_default().add(hit, at);
                }
            }
        }
        for month in [None, Some(text.date.month())] {
            let place = Place { side: text.side, scope, month };
            let base = self.bases.entry(place.clone()).or_default();
            if text.truncated {
                base.cut_texts += 1;
            } else {
                base.texts.push(exposure);
            }
            for (&key, found) in &found {
                let cell = self.cells.entry((place.clone(), key)).or_default();
                cell.add(number, text.truncated, found, named);
            }
        }
    }

    /// The cell of a key at a place; an empty one where nothing was found.
    pub fn cell(&self, place: &Place, key: Key) -> &Cell {
        self.cells.get(&(place.clone(), key)).unwrap_or(&NOTHING_FOUND)
    }

    /// The base of a place; an empty one where there is no text.
    pub fn base(&self, place: &Place) -> &Base {
        self.bases.get(place).unwrap_or(&NO_TEXT)
    }
}

fn facets(hit: &Hit) -> [Option<Facet>; 2] {
    let narrow = match hit.kind {
        Some(kind) => Some(Facet::Kind(kind)),
        None if hit.referent != 0 => Some(Facet::Referent(hit.referent)),
        None => None,
    };
    [Some(Facet::Any), narrow]
}

/// What one text has of one key.
#[derive(Default)]
struct Found {
    utterances: BTreeSet<u32>,
    own_segments: BTreeSet<(u32, u32)>,
    hits: Vec<HitAt>,
}

impl Found {
    fn add(&mut self, hit: &Hit, at: HitAt) {
        self.utterances.insert(at.1);
        if hit.own_segment && hit.voice == Voice::Own {
            self.own_segments.insert((hit.turn, hit.segment));
        }
        self.hits.push(at);
    }
}

impl Cell {
    fn add(&mut self, text: u32, truncated: bool, found: &Found, named: usize) {
        let occurrences = found.hits.len() as u64;
        if truncated {
            self.cut_occurrences += occurrences;
            self.cut_texts += 1;
        } else {
            let (utterances, segments) = (found.utterances.len(), found.own_segments.len());
            self.texts.push((text, utterances as u32, segments as u32));
            self.occurrences += occurrences;
        }
        let room = named.saturating_sub(self.hits.len());
        self.hits.extend(found.hits.iter().take(room));
    }
}

impl Base {
    /// The cell's clusters for a share: utterances with the code over utterances; over those with
    /// a question in the voice of questions.
    pub fn share(&self, cell: &Cell, voice: Voice) -> Vec<Cluster> {
        self.clusters(cell, |e, (k, _)| {
            let of = if voice == Voice::Question { e.asked } else { e.utterances };
            Cluster { count: k.into(), of: of.into() }
        })
    }

    /// The cell's clusters for a rate: own-voice segments with the code over own-voice segments.
    pub fn rate(&self, cell: &Cell) -> Vec<Cluster> {
        self.clusters(cell, |e, (_, segments)| Cluster {
            count: segments.into(),
            of: e.own_segments.into(),
        })
    }

    fn clusters(&self, cell: &Cell, of: impl Fn(&Exposure, (u32, u32)) -> Cluster) -> Vec<Cluster> {
        // Both lists are in the order of the texts.
        let mut rest = cell.texts.iter().peekable();
        let counted = |e: &Exposure| {
            let found = rest.next_if(|(text, ..)| *text == e.text);
            of(e, found.map_or((0, 0), |&(_, k, segments)| (k, segments)))
        };
        self.texts.iter().map(counted).collect()
    }
}
