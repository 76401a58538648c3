//! A tally: over one pass of the observations, how often each code was found, by side, topic,
//! month and voice, and over how much text.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{BlameKind, Voice};
use statistics::Cluster;

use crate::observed::{Hit, Observed, Spoken, Text};
use crate::{Period, Study};

/// Clusters that an interval is resampled from at most: the cost stays linear, and the standard
/// error that a thousand clusters tell is off by some 2 %.
pub(crate) const MOST_CLUSTERS: usize = 1000;

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

/// Where a hit stands: text ([`Observed::text`]), utterance and hit, by number.
pub(crate) type HitAt = (u32, u32, u32);

/// What was found of one key at one place.
#[derive(Default)]
pub(crate) struct Cell {
    /// Blocks of whole texts with the code: place of the block, utterances, own-voice segments.
    blocks: Vec<(u32, u32, u32)>,
    /// Whole texts with the code.
    pub texts: u64,
    /// Occurrences in whole texts.
    pub occurrences: u64,
    /// Occurrences in cut texts.
    pub cut_occurrences: u64,
    /// Cut texts with the code.
    pub cut_texts: u64,
    /// The hits, as many as figures name.
    pub hits: Vec<HitAt>,
}

static NOTHING_FOUND: Cell = Cell {
    blocks: Vec::new(),
    texts: 0,
    occurrences: 0,
    cut_occurrences: 0,
    cut_texts: 0,
    hits: Vec::new(),
};

static NO_TEXT: Base = Base { blocks: Vec::new(), cut_texts: 0 };

/// Over how much text something was counted.
#[derive(Default)]
pub(crate) struct Base {
    /// Blocks of whole texts with an utterance in the scope.
    blocks: Vec<Exposure>,
    /// Cut texts with an utterance in the scope.
    pub cut_texts: u64,
}

/// The denominators of one block of whole texts, each with the texts that have any of it.
///
/// A block is one text; where there are very many, some neighbours by date, so that a cell has no
/// more than [`MOST_CLUSTERS`] clusters however long the corpus is.
#[derive(Debug, Clone, Copy, Default)]
struct Exposure {
    block: u32,
    utterances: Units,
    asked: Units,
    own_segments: Units,
}

/// So many units, in so many texts.
#[derive(Debug, Clone, Copy, Default)]
struct Units {
    all: u32,
    texts: u32,
}

impl Units {
    fn add(&mut self, units: u32) {
        self.all += units;
        self.texts += u32::from(units > 0);
    }
}

/// The clusters of a share or rate, and the texts that they hold.
pub(crate) struct Clusters {
    pub list: Vec<Cluster>,
    pub texts: u64,
}

/// All cells and bases of a study's period.
#[derive(Default)]
pub(crate) struct Tally {
    pub cells: BTreeMap<(Place, Key), Cell>,
    pub bases: BTreeMap<Place, Base>,
}

/// Counts the texts of `period`, by side.
pub(crate) fn tally(study: &Study, observed: &Observed, period: Period) -> Tally {
    tallied(study, observed, period, observed.texts.iter(), |text| text.side)
}

/// Counts all texts of the study's period, those set aside included, by edition: side and source,
/// whose place in the list stands in [`Place::side`].
pub(crate) fn by_edition(study: &Study, observed: &Observed) -> (Vec<(usize, u32)>, Tally) {
    let texts = || observed.texts.iter().chain(&observed.set_aside);
    let inside = texts().filter(|text| study.period.contains(text.date));
    let editions: BTreeSet<(usize, u32)> = inside.map(|text| (text.side, text.source)).collect();
    let editions: Vec<(usize, u32)> = editions.into_iter().collect();
    let place = |text: &Text| editions.binary_search(&(text.side, text.source)).unwrap_or(0);
    let tally = tallied(study, observed, study.period, texts(), place);
    (editions, tally)
}

fn tallied<'a>(
    study: &Study,
    observed: &Observed,
    period: Period,
    texts: impl Iterator<Item = &'a Text> + Clone,
    place: impl Fn(&Text) -> usize,
) -> Tally {
    let topic = study.topic.as_deref().and_then(|t| observed.names.find(t));
    let scopes: &[Scope] =
        if study.topic.is_some() { &[Scope::All, Scope::Topic] } else { &[Scope::All] };
    let mut tally = Tally::default();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for text in texts.clone().filter(|text| period.contains(text.date)) {
        *sizes.entry(place(text)).or_default() += 1;
    }
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, text) in texts.enumerate() {
        if period.contains(text.date) {
            let side = place(text);
            let size = sizes.get(&side).map_or(1, |texts| texts.div_ceil(MOST_CLUSTERS));
            let before = met.entry(side).or_default();
            let block = (*before / size) as u32;
            *before += 1;
            for &scope in scopes {
                let at = (number as u32, block, side);
                tally.add(at, text, (scope, topic), observed);
            }
        }
    }
    tally
}

impl Tally {
    fn add(
        &mut self,
        (number, block, side): (u32, u32, usize),
        text: &Text,
        (scope, topic): (Scope, Option<u32>),
        observed: &Observed,
    ) {
        let named = |code: u32| match observed.counting.contains(&code) {
            true => observed.named.kept(),
            false => 0,
        };
        // A topic that nothing has is the number of none.
        let topic = (scope == Scope::Topic).then(|| topic.unwrap_or(u32::MAX));
        let inside = |u: &Spoken| u.answered && u.is_on(topic);
        if !text.utterances.iter().any(inside) {
            return;
        }
        let mut found: BTreeMap<Key, Found> = BTreeMap::new();
        let (mut utterances, mut asked, mut own_segments) = (0, 0, 0);
        for (place, utterance) in text.utterances.iter().enumerate().filter(|(_, u)| inside(u)) {
            utterances += 1;
            asked += u32::from(utterance.asked);
            own_segments += utterance.own_on(topic);
            for (at, hit) in utterance.hits_on(topic) {
                for facet in facets(hit).into_iter().flatten() {
                    let key = Key { code: hit.code, facet, voice: hit.voice };
                    let at = (number, place as u32, at as u32);
                    found.entry(key).or_default().add(hit, at);
                }
            }
        }
        for month in [None, Some(text.date.month())] {
            let place = Place { side, scope, month };
            let base = self.bases.entry(place.clone()).or_default();
            if text.truncated {
                base.cut_texts += 1;
            } else {
                let exposure = base.block(block);
                exposure.utterances.add(utterances);
                exposure.asked.add(asked);
                exposure.own_segments.add(own_segments);
            }
            for (&key, found) in &found {
                let cell = self.cells.entry((place.clone(), key)).or_default();
                cell.add(block, text.truncated, found, named(key.code));
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
    /// Utterances of whole texts with the code.
    pub fn utterances(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.1)).sum()
    }

    fn add(&mut self, block: u32, truncated: bool, found: &Found, named: usize) {
        let occurrences = found.hits.len() as u64;
        if truncated {
            self.cut_occurrences += occurrences;
            self.cut_texts += 1;
        } else {
            let (utterances, segments) = (found.utterances.len(), found.own_segments.len());
            if self.blocks.last().is_none_or(|last| last.0 != block) {
                self.blocks.push((block, 0, 0));
            }
            if let Some(last) = self.blocks.last_mut() {
                last.1 += utterances as u32;
                last.2 += segments as u32;
            }
            self.texts += 1;
            self.occurrences += occurrences;
        }
        let room = named.saturating_sub(self.hits.len());
        self.hits.extend(found.hits.iter().take(room));
    }
}

impl Base {
    /// The cell's clusters for a share: utterances with the code over utterances; over those with
    /// a question in the voice of questions.
    pub fn share(&self, cell: &Cell, voice: Voice) -> Clusters {
        self.clusters(cell, |e, (k, _)| {
            (k, if voice == Voice::Question { e.asked } else { e.utterances })
        })
    }

    /// Whether there is no text, whole or cut.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.cut_texts == 0
    }

    /// Utterances of whole texts.
    pub fn utterances(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.utterances.all)).sum()
    }

    /// The cell's clusters for a rate: own-voice segments with the code over own-voice segments.
    pub fn rate(&self, cell: &Cell) -> Clusters {
        self.clusters(cell, |e, (_, segments)| (segments, e.own_segments))
    }

    fn clusters(
        &self,
        cell: &Cell,
        of: impl Fn(&Exposure, (u32, u32)) -> (u32, Units),
    ) -> Clusters {
        // Both lists are in the order of the texts.
        let mut rest = cell.blocks.iter().peekable();
        let mut clusters = Clusters { list: Vec::with_capacity(self.blocks.len()), texts: 0 };
        for exposure in &self.blocks {
            let found = rest.next_if(|(block, ..)| *block == exposure.block);
            let found = found.map_or((0, 0), |&(_, k, segments)| (k, segments));
            let (count, units) = of(exposure, found);
            clusters.list.push(Cluster { count: count.into(), of: units.all.into() });
            clusters.texts += u64::from(units.texts);
        }
        clusters
    }

    fn block(&mut self, block: u32) -> &mut Exposure {
        if self.blocks.last().is_none_or(|last| last.block != block) {
            self.blocks.push(Exposure { block, ..Exposure::default() });
        }
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }
}
