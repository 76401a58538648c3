//! A matcher: many terms looked for in one pass.

use std::collections::BTreeMap;

use super::automaton::Automaton;
use super::fold::{Folded, Piece};
use super::term::Term;
use crate::Lang;

/// What counts as one thing: its terms, and the longer strings that are something else.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Any of them stands for the entry.
    pub terms: Vec<Term>,
    /// Where one of these covers a place of a term, the place does not count.
    pub excludes: Vec<Term>,
}

/// A place where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// First byte, in the text as given.
    pub start: usize,
    /// Byte after the last; both are character boundaries.
    pub end: usize,
    /// Place of the entry in the slice that the matcher was built from.
    pub entry: usize,
    /// Place of the term among the entry's terms.
    pub term: usize,
}

/// Why a matcher cannot be built.
#[derive(Debug, thiserror::Error)]
#[error("the terms do not fit into one automaton: {0}")]
pub struct MatcherError(pub(super) String);

/// Terms of many entries, looked for in one pass over a text.
///
/// All overlapping places are found, each is checked by its term, and of the places of one entry
/// that overlap the longest stays (the first of equally long ones). Places of different entries
/// never displace each other.
#[derive(Debug, Clone)]
pub struct Matcher {
    entries: Vec<Entry>,
    by_lang: BTreeMap<Lang, Automaton>,
    /// The terms of every language alone: for texts in a language that no term names.
    general: Automaton,
}

impl Matcher {
    /// Builds the automata, one for each language that a term names.
    ///
    /// # Errors
    /// [`MatcherError`] where the terms are too many for an automaton.
    pub fn new(entries: Vec<Entry>) -> Result<Self, MatcherError> {
        let all_terms = || entries.iter().flat_map(|e| e.terms.iter().chain(&e.excludes));
        let mut by_lang = BTreeMap::new();
        for lang in all_terms().filter_map(Term::lang) {
            if let std::collections::btree_map::Entry::Vacant(vacant) = by_lang.entry(lang) {
                vacant.insert(Automaton::new(&entries, Some(lang))?);
            }
        }
        let general = Automaton::new(&entries, None)?;
        Ok(Self { entries, by_lang, general })
    }

    /// The entries that the matcher was built from.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All places of all entries, sorted by start, end, entry, term.
    pub fn find_all(&self, text: &str, lang: Lang) -> Vec<Hit> {
        self.find_in(Folded::new(text).whole(), lang)
    }

    /// Like [`Matcher::find_all`], in a piece of a text that is folded already; the bytes of the
    /// hits run in the piece.
    pub fn find_in(&self, text: Piece<'_>, lang: Lang) -> Vec<Hit> {
        let automaton = self.by_lang.get(&lang).unwrap_or(&self.general);
        let (mut places, mut excluded) = (Vec::new(), Vec::new());
        automaton.scan(text, |owner, start| {
            let entry = &self.entries[owner.entry];
            let terms = if owner.excludes { &entry.excludes } else { &entry.terms };
            let Some((start, end)) = terms[owner.term].verify(text, start) else { return };
            let hit = Hit { start, end, entry: owner.entry, term: owner.term };
            if owner.excludes { excluded.push(hit) } else { places.push(hit) }
        });
        drop_covered(&mut places, &mut excluded);
        // The scan goes by where literals end, which is nearly the order that is wanted.
        places.sort();
        let mut hits = keep_longest(&places);
        for hit in &mut hits {
            (hit.start, hit.end) = text.span(hit.start, hit.end);
        }
        hits
    }
}

/// Drops the places that an exclusion of their entry covers.
fn drop_covered(places: &mut Vec<Hit>, excluded: &mut [Hit]) {
    if excluded.is_empty() {
        return;
    }
    excluded.sort_unstable_by_key(|hit| (hit.entry, hit.start, hit.end));
    // The furthest end so far within the entry: a place is covered exactly when an exclusion
    // starts no later and the furthest end of those reaches as far.
    let mut furthest = Vec::with_capacity(excluded.len());
    let mut last: Option<(usize, usize)> = None;
    for hit in excluded.iter() {
        let end = match last {
            Some((entry, end)) if entry == hit.entry => end.max(hit.end),
            _ => hit.end,
        };
        last = Some((hit.entry, end));
        furthest.push(end);
    }
    places.retain(|place| {
        let after =
            excluded.partition_point(|hit| (hit.entry, hit.start) <= (place.entry, place.start));
        after == 0 || excluded[after - 1].entry != place.entry || furthest[after - 1] < place.end
    });
}

/// Of the places of one entry that overlap, keeps the longest, then the first. The places are sorted
/// before and after.
fn keep_longest(places: &[Hit]) -> Vec<Hit> {
    let mut kept = Vec::with_capacity(places.len());
    let mut rest = places;
    while let Some(first) = rest.first() {
        let mut end = first.end;
        let touches = |next: &&Hit| {
            let touches = next.start < end;
            end = end.max(next.end);
            touches
        };
        let others = rest[1..].iter().take_while(touches).count();
        let (touching, after) = rest.split_at(1 + others);
        keep_longest_of(touching, &mut kept);
        rest = after;
    }
    kept
}

/// The same of places each of which overlaps with one before, mostly of another entry.
fn keep_longest_of(touching: &[Hit], kept: &mut Vec<Hit>) {
    let again = |(n, hit): (usize, &Hit)| touching[..n].iter().any(|one| one.entry == hit.entry);
    if !touching.iter().enumerate().any(again) {
        kept.extend_from_slice(touching);
        return;
    }
    let from = kept.len();
    let mut by_entry = touching.to_vec();
    by_entry.sort_by_key(|hit| hit.entry);
    for places in by_entry.chunk_by(|a, b| a.entry == b.entry) {
        kept.extend(longest_of(places));
    }
    kept[from..].sort_unstable();
}

fn longest_of(cluster: &[Hit]) -> impl Iterator<Item = Hit> + use<> {
    let mut by_length = cluster.to_vec();
    by_length.sort_by_key(|hit| (std::cmp::Reverse(hit.end - hit.start), hit.start, hit.term));
    let mut taken: BTreeMap<usize, Hit> = BTreeMap::new();
    for hit in by_length {
        let before = taken.range(..hit.end).next_back();
        if before.is_none_or(|(_, other)| other.end <= hit.start) {
            taken.insert(hit.start, hit);
        }
    }
    taken.into_values()
}
