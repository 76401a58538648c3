//! A matcher: many terms looked for in one pass.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};

use super::fold::Folded;
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
pub struct MatcherError(String);

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

/// The literals of one language.
#[derive(Debug, Clone)]
struct Automaton {
    search: Option<AhoCorasick>,
    /// For each pattern of `search`, the terms that begin with it.
    owners: Vec<Vec<Owner>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Owner {
    entry: usize,
    term: usize,
    excludes: bool,
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
        self.find_in(&Folded::new(text), lang)
    }

    /// Like [`Matcher::find_all`], in a text that is folded already.
    pub fn find_in(&self, text: &Folded<'_>, lang: Lang) -> Vec<Hit> {
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
        let mut hits = keep_longest(places);
        for hit in &mut hits {
            (hit.start, hit.end) = text.span(hit.start, hit.end);
        }
        hits.sort_unstable();
        hits
    }
}

impl Automaton {
    fn new(entries: &[Entry], lang: Option<Lang>) -> Result<Self, MatcherError> {
        let mut literals: BTreeMap<&str, Vec<Owner>> = BTreeMap::new();
        for (entry, of) in entries.iter().enumerate() {
            for (excludes, terms) in [(false, &of.terms), (true, &of.excludes)] {
                for (term, parsed) in terms.iter().enumerate() {
                    if parsed.lang().is_none() || parsed.lang() == lang {
                        let owner = Owner { entry, term, excludes };
                        literals.entry(parsed.first_literal()).or_default().push(owner);
                    }
                }
            }
        }
        if literals.is_empty() {
            return Ok(Self { search: None, owners: Vec::new() });
        }
        // Left to itself the library drops the DFA above a hundred patterns, at a third of the
        // speed.
        let search = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .build(literals.keys())
            .map_err(|e| MatcherError(e.to_string()))?;
        Ok(Self { search: Some(search), owners: literals.into_values().collect() })
    }

    fn scan(&self, text: &Folded<'_>, mut found: impl FnMut(Owner, usize)) {
        let Some(search) = &self.search else { return };
        for place in search.find_overlapping_iter(text.text()) {
            for owner in &self.owners[place.pattern().as_usize()] {
                found(*owner, place.start());
            }
        }
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

/// Of the places of one entry that overlap, keeps the longest, then the first.
fn keep_longest(mut places: Vec<Hit>) -> Vec<Hit> {
    places.sort_unstable_by_key(|hit| (hit.entry, hit.start, hit.end, hit.term));
    let mut kept = Vec::with_capacity(places.len());
    let mut rest = places.as_slice();
    while let Some(first) = rest.first() {
        let mut end = first.end;
        let mut length = 1;
        while let Some(next) = rest.get(length) {
            if next.entry != first.entry || next.start >= end {
                break;
            }
            end = end.max(next.end);
            length += 1;
        }
        let (cluster, others) = rest.split_at(length);
        match cluster {
            [alone] => kept.push(*alone),
            _ => kept.extend(longest_of(cluster)),
        }
        rest = others;
    }
    kept
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
