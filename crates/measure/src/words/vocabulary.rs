//! A vocabulary: which words there are and how many units have each, roughly in a sketch of fixed
//! size and exactly for those that are often enough.

use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher};

use hashbrown::HashTable;

use super::{Both, Contrast};

/// Counters of a row of the sketch.
const WIDTH: usize = 1 << 23;

/// The exact counts of a contrast, by word.
#[derive(Debug)]
pub(crate) struct Counted<'v> {
    pub units: Both,
    pub words: Vec<(&'v str, Both)>,
}

impl Counted<'_> {
    /// How many units of either group have the word.
    pub fn of(&self, word: &str) -> Both {
        let place = self.words.binary_search_by(|(other, _)| (*other).cmp(word));
        place.map_or([0, 0], |place| self.words[place].1)
    }
}

/// The words of one side in one language, with what each cut counts: some fifty bytes a word.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// Units of either group, by cut.
    pub units: Vec<Both>,
    /// All words, one after another.
    text: String,
    /// Where each ends in it.
    ends: Vec<u32>,
    /// The words' numbers, by word.
    numbers: HashTable<u32>,
    /// By word and cut, as many cuts a word as there are.
    counts: Vec<[u32; 2]>,
}

impl Vocabulary {
    pub fn new(cuts: usize) -> Self {
        Self { units: vec![[0, 0]; cuts], ..Self::default() }
    }

    pub fn add(&mut self, word: &str, cut: usize, group: usize) {
        let cuts = self.units.len();
        let number = self.number(word) as usize;
        self.counts.resize(self.counts.len().max((number + 1) * cuts), [0, 0]);
        self.counts[number * cuts + cut][group] += 1;
    }

    /// What a cut counts, by word.
    pub fn counted(&self, cut: usize) -> Counted<'_> {
        let counts = self.counts.iter().skip(cut).step_by(self.units.len());
        let found = counts.zip(0..).filter(|([a, b], _)| a + b > 0);
        let word = |number: u32| written(&self.text, &self.ends, number);
        let mut words: Vec<(&str, Both)> =
            found.map(|(counts, number)| (word(number), counts.map(u64::from))).collect();
        words.sort_unstable();
        Counted { units: self.units[cut], words }
    }

    fn number(&mut self, word: &str) -> u32 {
        let (text, ends) = (&self.text, &self.ends);
        let same = |&number: &u32| written(text, ends, number) == word;
        if let Some(&number) = self.numbers.find(hash(word), same) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        let (text, ends) = (&self.text, &self.ends);
        self.numbers.insert_unique(hash(word), number, |&of| hash(written(text, ends, of)));
        number
    }
}

fn hash(word: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::new().hash_one(word)
}

fn written<'t>(text: &'t str, ends: &[u32], number: u32) -> &'t str {
    let place = number as usize;
    let start = place.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[place] as usize]
}

/// A sketch that counts how many units have a word, never too low.
pub(super) struct Sketch {
    rows: [Vec<u16>; 2],
}

impl Sketch {
    pub fn new() -> Self {
        Self { rows: [vec![0; WIDTH], vec![0; WIDTH]] }
    }

    fn places(contrast: Contrast, word: &str) -> [usize; 2] {
        // Two halves of one hash; its keys are fixed, so every machine counts the same.
        let mut hasher = DefaultHasher::new();
        (contrast, word).hash(&mut hasher);
        let hash = hasher.finish();
        [hash as usize % WIDTH, (hash >> 32) as usize % WIDTH]
    }

    /// Adds a unit. Only the lowest counter of the word's grows: a higher one is another word's,
    /// and what the word had before is no more than the lowest.
    pub fn add(&mut self, contrast: Contrast, word: &str) {
        let places = Self::places(contrast, word);
        let cells = || self.rows.iter().zip(places);
        let lowest = cells().map(|(row, place)| row[place]).min().unwrap_or(0);
        for (row, place) in self.rows.iter_mut().zip(places) {
            row[place] = row[place].max(lowest.saturating_add(1));
        }
    }

    /// Whether `least` units may have the word; never no where they do.
    pub fn often(&self, contrast: Contrast, word: &str, least: u64) -> bool {
        let mut cells = self.rows.iter().zip(Self::places(contrast, word));
        cells.all(|(row, place)| u64::from(row[place]) >= least)
    }
}
