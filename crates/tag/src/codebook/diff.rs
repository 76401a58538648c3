//! What changes between two codebooks: in their terms, and in what they count.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Coded, Lang, Statement};

use super::{Codebook, Entry, Terms};
use crate::Tagger;

/// A difference between two codebooks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The entry stands in the second only.
    Added {
        /// `frame:hegemony`.
        code: String,
    },
    /// The entry stands in the first only.
    Removed {
        /// `frame:hegemony`.
        code: String,
    },
    /// Terms or exclusions differ.
    Terms {
        /// `frame:hegemony`.
        code: String,
        /// The language.
        lang: Lang,
        /// Terms of the second only; exclusions have a `-` before them.
        added: Vec<String>,
        /// Terms of the first only; exclusions have a `-` before them.
        removed: Vec<String>,
    },
    /// Label, definition, dates, referent or neighbour rules differ.
    Meaning {
        /// `frame:hegemony`.
        code: String,
    },
}

/// The differences from `old` to `new`, by code.
pub fn diff(old: &Codebook, new: &Codebook) -> Vec<Change> {
    let by_code = |codebook: &Codebook| -> BTreeMap<String, Entry> {
        codebook.entries.iter().map(|entry| (entry.code(), entry.clone())).collect()
    };
    let (old, new) = (by_code(old), by_code(new));
    let mut changes = Vec::new();
    for (code, before) in &old {
        match new.get(code) {
            None => changes.push(Change::Removed { code: code.clone() }),
            Some(after) => changes.extend(changed(code, before, after)),
        }
    }
    let added = new.keys().filter(|code| !old.contains_key(*code));
    changes.extend(added.map(|code| Change::Added { code: code.clone() }));
    changes
}

/// How often each code is counted by an old and by a new codebook.
#[derive(Debug, Clone)]
pub struct Recount {
    old: Tagger,
    new: Tagger,
    counts: BTreeMap<String, (u64, u64)>,
}

impl Recount {
    /// A count of no text yet.
    pub fn new(old: Tagger, new: Tagger) -> Self {
        Self { old, new, counts: BTreeMap::new() }
    }

    /// Adds one statement.
    pub fn add(&mut self, statement: &Statement) {
        for code in codes(&self.old.tag(statement)) {
            self.counts.entry(code).or_default().0 += 1;
        }
        for code in codes(&self.new.tag(statement)) {
            self.counts.entry(code).or_default().1 += 1;
        }
    }

    /// The codes whose counts differ, with the old and the new one.
    pub fn finish(mut self) -> BTreeMap<String, (u64, u64)> {
        self.counts.retain(|_, (old, new)| old != new);
        self.counts
    }
}

/// What a report counts: mentions by code, blame by target and kind, utterances by topic.
fn codes(coded: &Coded) -> Vec<String> {
    let mentions = coded.mentions.iter().map(|mention| mention.code.clone());
    let blames = coded.attributions.iter().map(|a| format!("blame:{}:{}", a.target, a.kind.name()));
    let topics = coded.utterances.iter().flat_map(|utterance| &utterance.topics);
    mentions.chain(blames).chain(topics.map(|topic| format!("topic:{topic}"))).collect()
}

fn changed(code: &str, before: &Entry, after: &Entry) -> Vec<Change> {
    let (old, new) = (marked(before), marked(after));
    let langs: BTreeSet<Lang> = old.keys().chain(new.keys()).copied().collect();
    let mut changes = Vec::new();
    for lang in langs {
        let empty = BTreeSet::new();
        let (old, new) = (old.get(&lang).unwrap_or(&empty), new.get(&lang).unwrap_or(&empty));
        if old != new {
            changes.push(Change::Terms {
                code: code.to_owned(),
                lang,
                added: new.difference(old).cloned().collect(),
                removed: old.difference(new).cloned().collect(),
            });
        }
    }
    let mut rest = after.clone();
    rest.terms = before.terms.clone();
    rest.excludes = before.excludes.clone();
    if rest != *before {
        changes.push(Change::Meaning { code: code.to_owned() });
    }
    changes
}

/// Terms and exclusions by language, exclusions with a `-` before them.
fn marked(entry: &Entry) -> BTreeMap<Lang, BTreeSet<String>> {
    let mut all: BTreeMap<Lang, BTreeSet<String>> = BTreeMap::new();
    let mut add = |terms: &Terms, mark: &str| {
        for (lang, list) in terms {
            let marked = list.iter().map(|term| format!("{mark}{term}"));
            all.entry(*lang).or_default().extend(marked);
        }
    };
    add(&entry.terms, "");
    add(&entry.excludes, "-");
    all
}
