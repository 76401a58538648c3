//! What changes between two codebooks: in their terms, and in what they count.

use std::collections::{BTreeMap, BTreeSet};

use corpus::{Coded, Lang, Statement};

use super::lists::{lists, meanings};
use super::{Codebook, Entry, Terms};
use crate::{Result, Tagger};

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
    /// Label, definition, dates, referent, neighbours or companions differ, or the kind or slots
    /// of a cue.
    Meaning {
        /// `frame:hegemony`.
        code: String,
    },
}

/// The differences from `old` to `new`, by code.
///
/// # Errors
/// [`crate::Error::Codebook`] naming a file of words that is no TOML.
pub fn diff(old_book: &Codebook, new_book: &Codebook) -> Result<Vec<Change>> {
    let by_code = |codebook: &Codebook| -> BTreeMap<String, Entry> {
        codebook.entries.iter().map(|entry| (entry.code(), entry.clone())).collect()
    };
    let (old, new) = (by_code(old_book), by_code(new_book));
    let mut changes = Vec::new();
    for (code, before) in &old {
        match new.get(code) {
            None => changes.push(Change::Removed { code: code.clone() }),
            Some(after) => changes.extend(changed(code, before, after)),
        }
    }
    let added = new.keys().filter(|code| !old.contains_key(*code));
    changes.extend(added.map(|code| Change::Added { code: code.clone() }));
    changes.extend(changed_lists(old_book, new_book)?);
    let after = meanings(new_book)?;
    for (key, cue) in meanings(old_book)? {
        if after.get(&key).is_some_and(|other| *other != cue) {
            changes.push(Change::Meaning { code: key.0 });
        }
    }
    Ok(changes)
}

/// What differs in the words of cues, grammars and voices.
fn changed_lists(old: &Codebook, new: &Codebook) -> Result<Vec<Change>> {
    type Lists = BTreeMap<(String, Lang), BTreeSet<String>>;
    let by_code = |codebook: &Codebook| -> Result<Lists> {
        let mut all = Lists::new();
        for list in lists(codebook)? {
            all.entry((list.code, list.lang)).or_default().extend(list.terms);
        }
        Ok(all)
    };
    let (old, new) = (by_code(old)?, by_code(new)?);
    let keys: BTreeSet<&(String, Lang)> = old.keys().chain(new.keys()).collect();
    let empty = BTreeSet::new();
    let changed = keys.into_iter().filter_map(|key| {
        let (before, after) = (old.get(key).unwrap_or(&empty), new.get(key).unwrap_or(&empty));
        (before != after).then(|| Change::Terms {
            code: key.0.clone(),
            lang: key.1,
            added: after.difference(before).cloned().collect(),
            removed: before.difference(after).cloned().collect(),
        })
    });
    Ok(changed.collect())
}

/// How often each code is counted by an old and by a new codebook, by publishing state and voice,
/// as a report counts.
#[derive(Debug, Clone)]
pub struct Recount {
    old: Tagger,
    new: Tagger,
    counts: BTreeMap<Counted, (u64, u64)>,
}

/// What is counted: a code of one state in one voice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Counted {
    /// The publishing state, `CN`.
    pub country: String,
    /// `frame:hegemony`, `blame:US`, `topic:taiwan` (utterances), `segment` (of that voice).
    pub code: String,
    /// `own`, `relayed`, `question`, `none`; empty for topics.
    pub voice: String,
}

impl Recount {
    /// A count of no text yet.
    pub fn new(old: Tagger, new: Tagger) -> Self {
        Self { old, new, counts: BTreeMap::new() }
    }

    /// Adds one statement.
    pub fn add(&mut self, statement: &Statement) {
        for counted in counted(&statement.country, &self.old.tag(statement)) {
            self.counts.entry(counted).or_default().0 += 1;
        }
        for counted in counted(&statement.country, &self.new.tag(statement)) {
            self.counts.entry(counted).or_default().1 += 1;
        }
    }

    /// What is counted differently, with the old and the new one.
    pub fn finish(mut self) -> BTreeMap<Counted, (u64, u64)> {
        self.counts.retain(|_, (old, new)| old != new);
        self.counts
    }
}

/// What a report counts: segments by voice, mentions by code and referent, blame by target and
/// kind, utterances by topic.
fn counted(country: &str, coded: &Coded) -> Vec<Counted> {
    let of = |code: String, voice: &str| Counted {
        country: country.to_owned(),
        code,
        voice: voice.to_owned(),
    };
    let segments = coded.segments.iter().map(|s| of("segment".to_owned(), s.voice.name()));
    let mentions = coded.mentions.iter().map(|m| {
        let referent = m.referent.iter().map(|referent| format!("={referent}"));
        of(m.code.clone() + &referent.collect::<String>(), m.voice.name())
    });
    let blames = coded
        .attributions
        .iter()
        .map(|a| of(format!("blame:{}:{}", a.target, a.kind.name()), a.voice.name()));
    let topics = coded.utterances.iter().flat_map(|utterance| &utterance.topics);
    let topics = topics.map(|topic| of(format!("topic:{topic}"), ""));
    segments.chain(mentions).chain(blames).chain(topics).collect()
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
