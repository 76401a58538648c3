//! Words that set two groups of units apart, within one language: words in English, spaced words
//! in Korean, in Chinese character 2- to 4-grams that are maximal repeats.
//!
//! A unit counts a word once, so that a phrase repeated inside one answer does not inflate it.
//! Two passes over the text keep memory bounded whatever the corpus: the first counts every word
//! into a sketch of fixed size that never counts too low, the second counts exactly those that
//! the sketch has often enough.

use std::borrow::Cow;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use corpus::{Coded, Lang, Role, Statement, Voice};

use crate::observed::{Observed, Text};
use crate::{Period, Study};

/// The longest run of characters that is shown; one more is counted, to know which are maximal.
const LONGEST: usize = 4;

/// Counters of a row of the sketch.
const WIDTH: usize = 1 << 23;

/// What is compared: a side's texts of one language, cut in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Contrast {
    pub side: usize,
    pub lang: Lang,
    pub cut: Cut,
}

/// How units fall into a first and a second group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Cut {
    /// Utterances of the later period against those of the earlier.
    Periods,
    /// Segments with the study's target of that number against all others.
    Target(usize),
}

/// How many units of either group have a word, or there are.
pub(crate) type Both = [u64; 2];

/// The exact counts of a contrast.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub units: Both,
    pub words: BTreeMap<String, Both>,
}

/// A sketch that counts how many units have a word, never too low.
struct Sketch {
    rows: [Vec<u16>; 2],
}

impl Sketch {
    fn new() -> Self {
        Self { rows: [vec![0; WIDTH], vec![0; WIDTH]] }
    }

    fn places(contrast: Contrast, word: &str) -> [usize; 2] {
        // Two halves of one hash; its keys are fixed, so every machine counts the same.
        let mut hasher = DefaultHasher::new();
        (contrast, word).hash(&mut hasher);
        let hash = hasher.finish();
        [hash as usize % WIDTH, (hash >> 32) as usize % WIDTH]
    }

    fn add(&mut self, contrast: Contrast, word: &str) {
        for (row, place) in self.rows.iter_mut().zip(Self::places(contrast, word)) {
            row[place] = row[place].saturating_add(1);
        }
    }

    fn at_most(&self, contrast: Contrast, word: &str) -> u64 {
        let places = Self::places(contrast, word);
        let counts = self.rows.iter().zip(places).map(|(row, place)| u64::from(row[place]));
        counts.min().unwrap_or(0)
    }
}

/// Counts words over the passes that measuring makes.
pub(crate) struct Counter<'a> {
    study: &'a Study,
    sketch: Option<Sketch>,
    counted: BTreeMap<Contrast, Counted>,
}

impl<'a> Counter<'a> {
    /// Counts nothing where the study asks for no words.
    pub fn new(study: &'a Study) -> Self {
        let sketch = study.words.as_ref().map(|_| Sketch::new());
        Self { study, sketch, counted: BTreeMap::new() }
    }

    /// First pass: a statement that may count.
    pub fn sketch(&mut self, side: usize, statement: &Statement, coded: &Coded) {
        let Some(mut sketch) = self.sketch.take() else { return };
        for (contrast, unit) in self.units(side, statement, coded) {
            unit.words(contrast.lang).iter().for_each(|word| sketch.add(contrast, word));
        }
        self.sketch = Some(sketch);
    }

    /// Second pass: the statements that count.
    pub fn count(&mut self, observed: &Observed, statements: &[Statement], coded: &[Coded]) {
        let (Some(sketch), Some(asked)) = (self.sketch.take(), &self.study.words) else { return };
        for (text, statement, coded) in counting(observed, statements, coded) {
            for (contrast, unit) in self.units(text.side, statement, coded) {
                let counted = self.counted.entry(contrast).or_default();
                counted.units[unit.group] += 1;
                for word in unit.words(contrast.lang) {
                    if sketch.at_most(contrast, &word) < asked.least {
                        continue;
                    }
                    match counted.words.get_mut(word.as_ref()) {
                        Some(counts) => counts[unit.group] += 1,
                        None => {
                            let mut counts = [0, 0];
                            counts[unit.group] = 1;
                            counted.words.insert(word.into_owned(), counts);
                        }
                    }
                }
            }
        }
        self.sketch = Some(sketch);
    }

    /// The words that are often enough and, in Chinese, maximal; of every contrast with units in
    /// both groups.
    pub fn finish(self) -> BTreeMap<Contrast, Counted> {
        let least = self.study.words.as_ref().map_or(u64::MAX, |w| w.least);
        let both = |c: &Counted| c.units.iter().all(|n| *n > 0);
        let kept = self.counted.into_iter().filter(|(_, counted)| both(counted));
        kept.map(|(contrast, mut counted)| {
            if contrast.lang == Lang::Zh {
                keep_maximal(&mut counted.words);
            }
            counted.words.retain(|_, [a, b]| *a + *b >= least);
            (contrast, counted)
        })
        .collect()
    }

    /// The units of a statement, each with the contrast that it belongs to.
    fn units<'t>(
        &self,
        side: usize,
        statement: &'t Statement,
        coded: &Coded,
    ) -> Vec<(Contrast, Unit<'t>)> {
        let (Some(asked), Some(date)) = (&self.study.words, statement.date) else {
            return Vec::new();
        };
        if statement.truncated {
            return Vec::new();
        }
        let spoken = own_words(statement, coded);
        let mut units = Vec::new();
        let group = [asked.before, asked.after].iter().position(|p| p.contains(date));
        for utterance in &coded.utterances {
            let topic = self.study.topic.as_ref();
            let on_topic = topic.is_none_or(|t| utterance.topics.contains(t));
            let (Some(group), true) = (group, on_topic || !asked.on_topic) else { continue };
            let passage = topic.filter(|_| asked.on_topic);
            let about =
                |s: &Spoken<'t>| passage.is_none_or(|t| utterance.is_about(t, s.turn, s.start));
            let mine = |s: &&Spoken<'t>| utterance.turns.contains(&s.turn) && about(s);
            let texts: Vec<&Spoken<'t>> = spoken.iter().filter(mine).collect();
            if let Some(lang) = texts.first().map(|s| s.lang) {
                let texts = texts.iter().map(|s| s.text).collect();
                units.push((Contrast { side, lang, cut: Cut::Periods }, Unit { group, texts }));
            }
        }
        if !self.study.period.contains(date) {
            return units;
        }
        for (number, target) in asked.collocates.iter().enumerate() {
            let mut named: BTreeMap<(u32, u32), Vec<(u32, u32)>> = BTreeMap::new();
            for mention in coded.mentions.iter().filter(|m| m.code == *target) {
                let key = (mention.turn, mention.segment);
                named.entry(key).or_default().push((mention.start, mention.end));
            }
            for one in &spoken {
                let contrast = Contrast { side, lang: one.lang, cut: Cut::Target(number) };
                let unit = match named.get(&(one.turn, one.segment)) {
                    // The target's own words are no collocates of it.
                    Some(spans) => Unit { group: 1, texts: one.without(spans) },
                    None => Unit { group: 0, texts: vec![one.text] },
                };
                units.push((contrast, unit));
            }
        }
        units
    }
}

/// The whole texts that count among some statements, with their codes.
pub(crate) fn counting<'s>(
    observed: &'s Observed,
    statements: &'s [Statement],
    coded: &'s [Coded],
) -> impl Iterator<Item = (&'s Text, &'s Statement, &'s Coded)> {
    let codes: BTreeMap<(&str, u32), &Coded> =
        coded.iter().map(|c| ((c.statement.as_str(), c.revision), c)).collect();
    statements.iter().filter_map(move |statement| {
        let text = observed.counted(&statement.id, statement.revision)?;
        let text = Some(text).filter(|text| !text.truncated)?;
        Some((text, statement, *codes.get(&(statement.id.as_str(), statement.revision))?))
    })
}

/// An own-voice segment with its words.
pub(crate) struct Spoken<'t> {
    pub turn: u32,
    pub segment: u32,
    pub lang: Lang,
    pub start: u32,
    pub text: &'t str,
}

impl<'t> Spoken<'t> {
    fn without(&self, spans: &[(u32, u32)]) -> Vec<&'t str> {
        let mut texts = Vec::new();
        let mut from = 0;
        for &(start, end) in spans {
            let start = start.saturating_sub(self.start) as usize;
            texts.extend(self.text.get(from..start));
            from = from.max(end.saturating_sub(self.start) as usize);
        }
        texts.extend(self.text.get(from..));
        texts
    }
}

/// The own-voice segments of what the institution says.
pub(crate) fn own_words<'t>(statement: &'t Statement, coded: &Coded) -> Vec<Spoken<'t>> {
    let turns: BTreeMap<u32, _> = statement.turns.iter().map(|t| (t.n, t)).collect();
    let mut spoken = Vec::new();
    for segment in coded.segments.iter().filter(|s| s.voice == Voice::Own) {
        let Some(turn) = turns.get(&segment.turn) else { continue };
        if matches!(turn.role, Role::Question | Role::Note) {
            continue;
        }
        let range = segment.start as usize..segment.end as usize;
        let Some(text) = turn.text.get(range) else { continue };
        let (turn, lang, start) = (turn.n, turn.lang, segment.start);
        spoken.push(Spoken { turn, segment: segment.n, lang, start, text });
    }
    spoken
}

/// What counts a word once.
struct Unit<'t> {
    group: usize,
    texts: Vec<&'t str>,
}

impl<'t> Unit<'t> {
    fn words(&self, lang: Lang) -> BTreeSet<Cow<'t, str>> {
        self.texts.iter().flat_map(|text| places(text, lang)).map(|(word, ..)| word).collect()
    }
}

/// All words of a text with their bytes: in Chinese the runs of two to five characters, of which
/// the longest only tell which shorter ones are maximal.
pub(crate) fn places(text: &str, lang: Lang) -> Vec<(Cow<'_, str>, usize, usize)> {
    if lang == Lang::Zh {
        return runs(text);
    }
    let inside = |c: char| match lang {
        Lang::Ko => !c.is_whitespace(),
        _ => c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.'),
    };
    let mut found = Vec::new();
    for part in text.split(|c: char| !inside(c)) {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        if word.chars().any(char::is_alphabetic) {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            let folded = word.to_lowercase().replace('’', "'");
            found.push((Cow::Owned(folded), start, start + word.len()));
        }
    }
    found
}

fn runs(text: &str) -> Vec<(Cow<'_, str>, usize, usize)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end = |place: usize| chars.get(place).map_or(text.len(), |(at, _)| *at);
    let mut found = Vec::new();
    for first in 0..chars.len() {
        for last in first..(first + LONGEST + 1).min(chars.len()) {
            if !han(chars[last].1) {
                break;
            }
            if last > first {
                let (from, to) = (chars[first].0, end(last + 1));
                found.push((Cow::Borrowed(&text[from..to]), from, to));
            }
        }
    }
    found
}

fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// Keeps runs that are maximal: a run is left out where nine in ten of its units, or more, have
/// one and the same longer run that holds it (克兰 inside 乌克兰).
fn keep_maximal(words: &mut BTreeMap<String, Both>) {
    let mut covered: BTreeSet<String> = BTreeSet::new();
    for (word, counts) in words.iter() {
        let inner = word.char_indices().nth(1).map(|(at, _)| &word[at..]);
        let last = word.char_indices().next_back().map(|(at, _)| &word[..at]);
        for shorter in [inner, last].into_iter().flatten() {
            let all = words.get(shorter).map_or(0, |[a, b]| a + b);
            if all > 0 && 10 * (counts[0] + counts[1]) >= 9 * all {
                covered.insert(shorter.to_owned());
            }
        }
    }
    words.retain(|word, _| word.chars().count() <= LONGEST && !covered.contains(word));
}

/// What the words of a study are counted over.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// The earlier days.
    pub before: Period,
    /// The later days.
    pub after: Period,
    /// Whether only utterances on the study's topic are compared.
    #[serde(default)]
    pub on_topic: bool,
    /// Targets whose collocates are given, `target:US`.
    #[serde(default)]
    pub collocates: Vec<String>,
    /// Words in fewer units than this are left out.
    #[serde(default = "least")]
    pub least: u64,
    /// How many words are shown in either direction.
    #[serde(default = "shown")]
    pub shown: usize,
}

fn least() -> u64 {
    10
}

fn shown() -> usize {
    25
}

#[cfg(test)]
mod tests;
