//! An automaton: the literals that the terms of one language begin with, looked for in one pass.

use std::collections::BTreeMap;
use std::fmt;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};
use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::fold::Piece;
use super::matcher::{Entry, MatcherError};
use crate::Lang;

/// The literals of one language.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    search: Option<Search>,
    /// For each pattern of `search`, the terms that begin with it.
    owners: Vec<Vec<Owner>>,
}

/// A term or an exclusion of an entry, by places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub entry: usize,
    pub term: usize,
    pub excludes: bool,
}

/// The way in which a text is gone through.
#[derive(Clone)]
enum Search {
    /// Byte by byte, with a table for all bytes of each state.
    Bytes(AhoCorasick),
    /// Character by character: a third of the steps where a character has three bytes, and a
    /// twentieth of the memory, so that several automata stay in the cache beside each other.
    Chars(CharwiseDoubleArrayAhoCorasick<usize>),
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes(_) => "Bytes",
            Self::Chars(_) => "Chars",
        })
    }
}

impl Automaton {
    /// The literals of the terms of a language, with those of every language; `None` is those
    /// alone.
    pub fn new(entries: &[Entry], lang: Option<Lang>) -> Result<Self, MatcherError> {
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
        let search = match lang {
            Some(Lang::Zh | Lang::Ja | Lang::Ko) => Search::by_chars(literals.keys()),
            _ => Search::by_bytes(literals.keys()),
        }?;
        Ok(Self { search: Some(search), owners: literals.into_values().collect() })
    }

    /// Tells of every place where a term may begin: its owner and the byte.
    pub fn scan(&self, text: Piece<'_>, mut found: impl FnMut(Owner, usize)) {
        let mut tell = |literal: usize, start| {
            self.owners[literal].iter().for_each(|owner| found(*owner, start));
        };
        match &self.search {
            None => {}
            Some(Search::Bytes(search)) => search
                .find_overlapping_iter(text.text())
                .for_each(|place| tell(place.pattern().as_usize(), place.start())),
            Some(Search::Chars(search)) => search
                .find_overlapping_iter(text.text())
                .for_each(|place| tell(place.value(), place.start())),
        }
    }
}

impl Search {
    fn by_bytes<'l>(literals: impl Iterator<Item = &'l &'l str>) -> Result<Self, MatcherError> {
        // Left to itself the library drops the DFA above a hundred patterns, at a third of the
        // speed.
        let search = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .build(literals);
        search.map(Self::Bytes).map_err(|e| MatcherError(e.to_string()))
    }

    fn by_chars<'l>(literals: impl Iterator<Item = &'l &'l str>) -> Result<Self, MatcherError> {
        let search = CharwiseDoubleArrayAhoCorasick::new(literals);
        search.map(Self::Chars).map_err(|e| MatcherError(e.to_string()))
    }
}
