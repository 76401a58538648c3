//! The scan: what a search must count, by reading all text from its first to its last character.
//!
//! It uses no code of `index` and none of `corpus::pattern`. Its normalization is [`even`]; its
//! rule for words is [`stands`].

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use corpus::partition;
use corpus::{Coded, Corpus, Date, Lang, Role, Statement};
use index::{Filters, Totals};
use unicode_normalization::UnicodeNormalization;

/// A turn as the scan sees it.
pub struct Scanned {
    pub statement: String,
    /// 0 for notes, which belong to none.
    pub utterance: u32,
    pub source: String,
    pub role: Role,
    pub lang: Lang,
    pub date: Option<Date>,
    pub original: String,
    /// The text as it is compared.
    pub text: String,
    /// For each byte of `text` the byte of the original.
    pub origins: Vec<u32>,
    /// Where the segments start in the original.
    pub segments: Vec<u32>,
}

/// All turns of the latest revisions of a corpus; utterances are those that its coded text names.
pub fn scan(corpus: &Corpus) -> Vec<Scanned> {
    let mut all = Vec::new();
    for path in partition::list(&corpus.statements()).unwrap() {
        let name = path.strip_prefix(corpus.statements()).unwrap();
        let coded: Vec<Coded> = partition::read(&corpus.coded().join(name)).unwrap();
        let statements: Vec<Statement> = partition::read(&path).unwrap();
        for of in statements.into_iter().filter(|s| s.revision == s.revisions) {
            let is_its = |c: &&Coded| c.statement == of.id && c.revision == of.revision;
            let utterances = &coded.iter().find(is_its).unwrap().utterances;
            for turn in &of.turns {
                let (text, origins) = normalize(&turn.text);
                let segments = corpus::segment::segments(&turn.text, turn.lang);
                let utterance = utterances.iter().find(|u| u.turns.contains(&turn.n));
                all.push(Scanned {
                    statement: of.id.clone(),
                    utterance: utterance.map_or(0, |u| u.n),
                    source: of.source.clone(),
                    role: turn.role,
                    lang: turn.lang,
                    date: of.date,
                    original: turn.text.clone(),
                    text,
                    origins,
                    segments: segments.iter().map(|s| s.start as u32).collect(),
                });
            }
        }
    }
    all
}

/// The text as it is compared: characters evened out, one space for any white space.
pub fn normalize(text: &str) -> (String, Vec<u32>) {
    let (mut normal, mut origins) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let Some(even) = even(c) else { continue };
        if even == ' ' && normal.ends_with(' ') {
            continue;
        }
        normal.push(even);
        origins.resize(normal.len(), at as u32);
    }
    (normal, origins)
}

/// Small letters; half-width for full-width; straight quotation marks; one hyphen; white space
/// as a space; nothing for what has no width.
fn even(c: char) -> Option<char> {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0)?,
        '‘' | '’' | '‛' | 'ʼ' | '′' => '\'',
        '“' | '”' | '‟' => '"',
        '‐' | '‑' | '‒' | '–' | '−' => '-',
        '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => return None,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' => return None,
        _ if c.is_whitespace() => ' ',
        _ => c,
    };
    half.to_lowercase().next()
}

/// Whether a term stands at `start..end`: it does not begin or end inside an alphabetic word.
pub fn stands(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let mut inside = text[start..end].chars();
    let (first, last) = (inside.next(), inside.next_back().or(text[start..end].chars().next()));
    let cuts = |inner: Option<char>, outer: Option<char>, stop: bool| {
        inner.is_some_and(|c| is_alphabet(c) || (stop && c == '.'))
            && outer.is_some_and(is_alphabet)
    };
    !cuts(first, before, false) && !cuts(last, after, true)
}

pub fn is_alphabet(c: char) -> bool {
    let is_cjk = matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    c.is_alphanumeric() && !is_cjk
}

/// Whether a turn passes the filters.
pub fn passes(filters: &Filters, turn: &Scanned) -> bool {
    let dated = filters.from.is_none() && filters.to.is_none();
    (filters.roles.is_empty() || filters.roles.contains(&turn.role))
        && (filters.sources.is_empty() || filters.sources.contains(&turn.source))
        && (filters.langs.is_empty() || filters.langs.contains(&turn.lang))
        && (dated
            || turn.date.is_some_and(|day| {
                filters.from.is_none_or(|f| day >= f) && filters.to.is_none_or(|t| day <= t)
            }))
}

/// Where a literal stands in a turn, of places that overlap the first.
pub fn places(turn: &Scanned, literal: &str) -> Vec<(usize, usize)> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = turn.text[from..].find(literal) {
        let (start, end) = (from + at, from + at + literal.len());
        let counts = stands(&turn.text, start, end);
        if counts {
            found.push((start, end));
        }
        let next = turn.text[start..].chars().next().map_or(1, char::len_utf8);
        from = if counts { end } else { start + next };
    }
    found
}

/// Totals in the making, of one query.
#[derive(Default)]
pub struct Count<'t> {
    totals: Totals,
    statements: BTreeSet<&'t str>,
    utterances: BTreeSet<(&'t str, u32)>,
}

impl<'t> Count<'t> {
    /// Adds the places in one turn, where there are some.
    pub fn add(&mut self, turn: &'t Scanned, starts: impl Iterator<Item = usize>) {
        let mut segments = BTreeSet::new();
        let mut occurrences = 0;
        for start in starts {
            let at = turn.origins[start];
            segments.insert(turn.segments.partition_point(|first| *first <= at).max(1));
            occurrences += 1;
        }
        if occurrences > 0 {
            self.totals.turns += 1;
            self.totals.segments += segments.len() as u64;
            self.totals.occurrences += occurrences;
            self.statements.insert(&turn.statement);
            if turn.utterance > 0 {
                self.utterances.insert((&turn.statement, turn.utterance));
            }
        }
    }

    pub fn totals(&self) -> Totals {
        Totals {
            statements: self.statements.len() as u64,
            utterances: self.utterances.len() as u64,
            ..self.totals
        }
    }
}

/// Totals of each term under its filters.
pub fn count(scanned: &[Scanned], terms: &[String], filters: &[Filters]) -> Vec<Totals> {
    let literals: Vec<String> =
        terms.iter().map(|t| normalize(&t.nfc().collect::<String>()).0).collect();
    let search = AhoCorasick::new(&literals).unwrap();
    let mut counts: Vec<Count<'_>> = terms.iter().map(|_| Count::default()).collect();
    for turn in scanned {
        let mut found: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for place in search.find_overlapping_iter(&turn.text) {
            if stands(&turn.text, place.start(), place.end()) {
                let places = found.entry(place.pattern().as_usize()).or_default();
                if places.last().is_none_or(|(_, end)| place.start() >= *end) {
                    places.push((place.start(), place.end()));
                }
            }
        }
        for (n, places) in found {
            if passes(&filters[n], turn) {
                counts[n].add(turn, places.iter().map(|(start, _)| *start));
            }
        }
    }
    counts.iter().map(Count::totals).collect()
}
