//! A file of a codebook as it is written, and what it means.

use std::collections::{BTreeMap, BTreeSet};

use corpus::pattern::Term;
use corpus::{Date, Lang};
use serde::Deserialize;

use super::{Decided, Entry, Family, Publisher, Terms, Together, When, Within};
use crate::{Error, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    topic: Vec<Written>,
    #[serde(default)]
    target: Vec<Written>,
    #[serde(default)]
    frame: Vec<Written>,
    #[serde(default)]
    naming: Vec<Written>,
    #[serde(default)]
    refusal: Vec<Written>,
    #[serde(default)]
    event: Vec<Written>,
    #[serde(default)]
    fixed: Vec<Written>,
    #[serde(default)]
    general: Vec<Written>,
    #[serde(default)]
    publisher: Vec<Publisher>,
    #[serde(default)]
    decided: Vec<Decided>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    id: String,
    label: String,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    not: String,
    since: Option<Date>,
    referent: Option<String>,
    #[serde(default)]
    terms: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    excludes: BTreeMap<Lang, Vec<String>>,
    #[serde(default, rename = "when")]
    whens: Vec<WrittenWhen>,
    together: Option<WrittenTogether>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTogether {
    alone: String,
    #[serde(default)]
    apart: Vec<BTreeSet<String>>,
    states: BTreeMap<String, Terms>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenWhen {
    terms: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    near: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    before: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    after: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    not_near: BTreeMap<Lang, Vec<String>>,
    #[serde(default)]
    within: WrittenWithin,
    since: Option<Date>,
    until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenWithin {
    Unit(Unit),
    Chars(u32),
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    Clause,
    Segment,
}

impl Default for WrittenWithin {
    fn default() -> Self {
        Self::Unit(Unit::Segment)
    }
}

/// What one file holds.
pub(super) struct Read {
    pub entries: Vec<Entry>,
    pub publishers: Vec<Publisher>,
    pub decided: Vec<Decided>,
}

/// Reads one file.
pub(super) fn read(path: &str, text: &str) -> Result<Read> {
    let file: File = toml::from_str(text).map_err(|e| Error::codebook(path, e))?;
    let families = [
        (Family::Topic, file.topic),
        (Family::Target, file.target),
        (Family::Frame, file.frame),
        (Family::Naming, file.naming),
        (Family::Refusal, file.refusal),
        (Family::Event, file.event),
        (Family::Fixed, file.fixed),
        (Family::General, file.general),
    ];
    let mut entries = Vec::new();
    for (family, written) in families {
        for entry in written {
            entries.push(understood(path, family, entry)?);
        }
    }
    Ok(Read { entries, publishers: file.publisher, decided: file.decided })
}

fn understood(path: &str, family: Family, written: Written) -> Result<Entry> {
    let wrong = |reason: String| Error::codebook(path, format!("`{}`: {reason}", written.id));
    if written.id.is_empty() || written.id.contains([':', ' ', ',']) {
        return Err(wrong("an id has no colon, comma or space and is not empty".to_owned()));
    }
    if (family == Family::Event) != written.referent.is_some() {
        return Err(wrong("`referent` belongs to an event, and each event has one".to_owned()));
    }
    let together = written.together.as_ref();
    if family != Family::Target && together.is_some() {
        return Err(wrong("`together` belongs to a target".to_owned()));
    }
    let known = |state: &&String| together.is_some_and(|t| t.states.contains_key(*state));
    if let Some(state) = together.and_then(|t| t.apart.iter().flatten().find(|s| !known(s))) {
        return Err(wrong(format!("together.apart: `{state}` is none of the states")));
    }
    let mut whens = Vec::new();
    for when in &written.whens {
        let all = [&when.terms, &when.near, &when.before, &when.after, &when.not_near];
        all.into_iter().try_for_each(parsed).map_err(&wrong)?;
        if all[1..].iter().all(|terms| terms.is_empty()) && when.since.is_none() {
            return Err(wrong("a `when` needs near, before, after, not-near or since".to_owned()));
        }
    }
    parsed(&written.terms).map_err(&wrong)?;
    parsed(&written.excludes).map_err(&wrong)?;
    for when in written.whens {
        whens.push(When {
            terms: when.terms,
            near: when.near,
            before: when.before,
            after: when.after,
            not_near: when.not_near,
            within: match when.within {
                WrittenWithin::Unit(Unit::Clause) => Within::Clause,
                WrittenWithin::Unit(Unit::Segment) => Within::Segment,
                WrittenWithin::Chars(n) => Within::Chars(n),
            },
            since: when.since,
            until: when.until,
        });
    }
    Ok(Entry {
        family,
        id: written.id,
        label: written.label,
        definition: written.definition,
        not: written.not,
        since: written.since,
        referent: written.referent,
        terms: written.terms,
        excludes: written.excludes,
        whens,
        together: written.together.map(|WrittenTogether { alone, apart, states }| Together {
            alone,
            apart,
            states,
        }),
    })
}

fn parsed(terms: &Terms) -> std::result::Result<(), String> {
    for (lang, list) in terms {
        for term in list {
            Term::parse(term, *lang).map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}
