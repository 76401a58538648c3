//! Words that set two groups of units apart, within one language: words in English, spaced words
//! in Korean, in Chinese character 2- to 4-grams that are maximal repeats.
//!
//! A unit counts a word once, so that a phrase repeated inside one answer does not inflate it.
//! Two passes over the text keep memory bounded whatever the corpus: the first counts every word
//! into a sketch of fixed size that never counts too low, the second counts exactly those that
//! the sketch has often enough, each held once however many contrasts count it. Often enough is in
//! so many units as the study says, and in one of [`RAREST`]: the words that so large a part of
//! the units has do not become more with the corpus.

mod vocabulary;

use std::borrow::Cow;
use std::collections::BTreeMap;

use corpus::{Coded, Lang, Role, Statement, Voice};

use crate::observed::{Observed, Text};
use crate::{Period, Study};

pub(crate) use vocabulary::Counted;
use vocabulary::{Sketch, Vocabulary};

/// The longest run of characters that is shown; one more is counted, to know which are maximal.
const LONGEST: usize = 4;

/// A word that fewer than one in so many units have is left out: beside the most distinctive words
/// of so many units it cannot be shown, and one would have to hold all of them to know how many
/// there are.
pub(crate) const RAREST: u64 = 2000;

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

impl Cut {
    /// Its place among the cuts of a vocabulary.
    fn number(self) -> usize {
        match self {
            Self::Periods => 0,
            Self::Target(number) => number + 1,
        }
    }
}

/// Counts words over the passes that measuring makes.
pub(crate) struct Counter<'a> {
    study: &'a Study,
    sketch: Option<Sketch>,
    /// In how many units of each contrast a word must be.
    least: BTreeMap<Contrast, u64>,
    vocabularies: BTreeMap<(usize, Lang), Vocabulary>,
}

/// The words of every contrast, counted.
pub(crate) struct Counts<'a> {
    study: &'a Study,
    least: BTreeMap<Contrast, u64>,
    vocabularies: BTreeMap<(usize, Lang), Vocabulary>,
}

impl<'a> Counter<'a> {
    /// Counts nothing where the study asks for no words.
    pub fn new(study: &'a Study) -> Self {
        let sketch = study.words.as_ref().map(|_| Sketch::new());
        Self { study, sketch, least: BTreeMap::new(), vocabularies: BTreeMap::new() }
    }

    /// First pass: a statement that may count.
    pub fn sketch(&mut self, side: usize, statement: &Statement, coded: &Coded) {
        let Some(sketch) = &mut self.sketch else { return };
        units(self.study, side, statement, coded, |contrast, _, words| {
            *self.least.entry(contrast).or_default() += 1;
            words.iter().for_each(|word| sketch.add(contrast, word));
        });
    }

    /// Between the passes: from the units that there are to those that a word must be in. Versions
    /// that are set aside are among them.
    pub fn sketched(&mut self) {
        let asked = self.study.words.as_ref().map_or(0, |asked| asked.least);
        for units in self.least.values_mut() {
            *units = units.div_ceil(RAREST).max(asked);
        }
    }

    /// Second pass: the statements that count.
    pub fn count(&mut self, observed: &Observed, statements: &[Statement], coded: &[Coded]) {
        let (Some(sketch), Some(asked)) = (&self.sketch, &self.study.words) else { return };
        let (cuts, vocabularies) = (asked.collocates.len() + 1, &mut self.vocabularies);
        for (text, statement, coded) in counting(observed, statements, coded) {
            units(self.study, text.side, statement, coded, |contrast, group, words| {
                let of = (contrast.side, contrast.lang);
                let vocabulary = vocabularies.entry(of).or_insert_with(|| Vocabulary::new(cuts));
                let cut = contrast.cut.number();
                vocabulary.units[cut][group] += 1;
                let least = self.least.get(&contrast).copied().unwrap_or(asked.least);
                let often = words.iter().filter(|word| sketch.often(contrast, word, least));
                often.for_each(|word| vocabulary.add(word, cut, group));
            });
        }
    }

    /// After the second pass: what was counted, without the sketch.
    pub fn counts(self) -> Counts<'a> {
        Counts { study: self.study, least: self.least, vocabularies: self.vocabularies }
    }
}

impl Counts<'_> {
    /// The words that are often enough and, in Chinese, maximal; of every contrast with units in
    /// both groups. One contrast's words are listed at a time.
    pub fn each(&self, mut take: impl FnMut(Contrast, &Counted<'_>)) {
        let Some(asked) = &self.study.words else { return };
        for (&(side, lang), vocabulary) in &self.vocabularies {
            let cuts = (0..asked.collocates.len()).map(Cut::Target);
            for cut in std::iter::once(Cut::Periods).chain(cuts) {
                let mut counted = vocabulary.counted(cut.number());
                if counted.units.contains(&0) {
                    continue;
                }
                let contrast = Contrast { side, lang, cut };
                let least = self.least.get(&contrast).copied().unwrap_or(asked.least);
                // First, so that what the sketch took for often enough covers nothing: that
                // depends on the order of the partitions.
                counted.words.retain(|(_, [a, b])| *a + *b >= least);
                if lang == Lang::Zh {
                    keep_maximal(&mut counted.words);
                }
                take(contrast, &counted);
            }
        }
    }
}

/// The units of a statement: the contrast that each belongs to, its group, and its words, sorted
/// and each once.
fn units(
    study: &Study,
    side: usize,
    statement: &Statement,
    coded: &Coded,
    mut take: impl FnMut(Contrast, usize, &[Cow<'_, str>]),
) {
    let (Some(asked), Some(date)) = (&study.words, statement.date) else { return };
    if statement.truncated {
        return;
    }
    let spoken = own_words(statement, coded);
    // The words of a segment serve several cuts.
    let words: Vec<Vec<Cow<'_, str>>> = spoken.iter().map(|s| once([s.text], s.lang)).collect();
    let group = [asked.before, asked.after].iter().position(|p| p.contains(date));
    let topic = study.topic.as_ref();
    for utterance in &coded.utterances {
        let on_topic = topic.is_none_or(|t| utterance.topics.contains(t));
        let (Some(group), true) = (group, on_topic || !asked.on_topic) else { continue };
        let passage = topic.filter(|_| asked.on_topic);
        let about = |s: &Spoken<'_>| passage.is_none_or(|t| utterance.is_about(t, s.turn, s.start));
        let mine = |s: &Spoken<'_>| utterance.turns.contains(&s.turn) && about(s);
        let mine: Vec<usize> = (0..spoken.len()).filter(|&place| mine(&spoken[place])).collect();
        let Some(lang) = mine.first().map(|&place| spoken[place].lang) else { continue };
        let mut all: Vec<Cow<'_, str>> = Vec::new();
        for &place in &mine {
            // An utterance is of its first segment's language.
            if spoken[place].lang == lang {
                all.extend(words[place].iter().map(|word| Cow::Borrowed(word.as_ref())));
            } else {
                all.extend(once([spoken[place].text], lang));
            }
        }
        all.sort_unstable();
        all.dedup();
        take(Contrast { side, lang, cut: Cut::Periods }, group, &all);
    }
    if !study.period.contains(date) {
        return;
    }
    for (number, target) in asked.collocates.iter().enumerate() {
        let mut named: BTreeMap<(u32, u32), Vec<(u32, u32)>> = BTreeMap::new();
        for mention in coded.mentions.iter().filter(|m| m.code == *target) {
            let key = (mention.turn, mention.segment);
            named.entry(key).or_default().push((mention.start, mention.end));
        }
        for (one, words) in spoken.iter().zip(&words) {
            let contrast = Contrast { side, lang: one.lang, cut: Cut::Target(number) };
            match named.get(&(one.turn, one.segment)) {
                // The target's own words are no collocates of it.
                Some(spans) => take(contrast, 1, &once(one.without(spans), one.lang)),
                None => take(contrast, 0, words),
            }
        }
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

/// The words of some texts, sorted and each once.
fn once<'t>(texts: impl IntoIterator<Item = &'t str>, lang: Lang) -> Vec<Cow<'t, str>> {
    let words = texts.into_iter().flat_map(|text| places(text, lang));
    let mut words: Vec<Cow<'t, str>> = words.map(|(word, ..)| word).collect();
    words.sort_unstable();
    words.dedup();
    words
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
            found.push((folded(word), start, start + word.len()));
        }
    }
    found
}

/// A word in lower case, with straight apostrophes.
fn folded(word: &str) -> Cow<'_, str> {
    match word.is_ascii() {
        true if !word.bytes().any(|b| b.is_ascii_uppercase()) => Cow::Borrowed(word),
        true => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Owned(word.to_lowercase().replace('’', "'")),
    }
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
fn keep_maximal(words: &mut Vec<(&str, Both)>) {
    let mut covered = vec![false; words.len()];
    for (word, [a, b]) in words.iter() {
        let inner = word.char_indices().nth(1).map(|(at, _)| &word[at..]);
        let last = word.char_indices().next_back().map(|(at, _)| &word[..at]);
        for shorter in [inner, last].into_iter().flatten() {
            let place = words.binary_search_by(|(other, _)| (*other).cmp(shorter));
            let Ok(place) = place else { continue };
            let all: u64 = words[place].1.iter().sum();
            covered[place] |= all > 0 && 10 * (a + b) >= 9 * all;
        }
    }
    let mut covered = covered.into_iter();
    words.retain(|(word, _)| {
        let covered = covered.next().unwrap_or(false);
        word.chars().count() <= LONGEST && !covered
    });
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
