//! A codebook: the coding instrument. Topics, targets, frames, naming terms, the events that
//! naming terms point to, and cues of blame, each with a definition and its terms by language; and
//! the words by which a language tells who stands where, and whose words are given.
//!
//! A codebook is a folder of TOML files, `codebook/<name>/`. A file holds what its tables say
//! (`[[topic]]`, `[[target]]`, `[[frame]]`, `[[naming]]`, `[[refusal]]`, `[[event]]`, `[[fixed]]`,
//! `[[general]]`, and `[[decided]]` about notes of a check). Files named `cues-*`, `grammar-*` and `voice-*` hold lists of
//! words for attribution and voice, whose rules read them; here they are part of the digest, the
//! page, the check and the difference. A codebook need not have them, but a language with cues, or
//! with states that are a target together, needs its grammar, and a `voice-*` file of a language whose
//! rules know one has its lists of `[grammar]`, every one.

mod check;
mod diff;
mod document;
mod file;
mod import;
mod lists;
mod publisher;
mod survey;

use std::collections::{BTreeMap, BTreeSet};

use corpus::source::Config;
use corpus::{Date, Digest, Lang};

pub use check::{Finding, FindingKind, check};
pub use diff::{Change, Counted, Recount, diff};
pub use document::document;
pub use import::{Foreign, Imported, import_liwc, import_quanteda};
pub use publisher::{Publisher, Spares};
pub use survey::{Form, Surrounding, Survey};

use crate::{Error, Result};

/// What is said of a name that is none, with the cure.
const NO_CODEBOOK: &str = "no such codebook; `default` is built in, others are folders of TOML files in \
                           config/codebook/";

/// What kind of thing an entry codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// What an utterance is about.
    Topic,
    /// Who may be blamed.
    Target,
    /// What the words invoke.
    Frame,
    /// How a conflict is named.
    Naming,
    /// By which fixed phrase an answer is declined.
    Refusal,
    /// Which event a naming term points to.
    Event,
    /// Fixed expressions in which a naming term names no event.
    Fixed,
    /// General expressions in which it names none unless one is named beside them.
    General,
}

impl Family {
    /// All families in the order of a codebook.
    pub const ALL: [Self; 8] = [
        Self::Topic,
        Self::Target,
        Self::Frame,
        Self::Naming,
        Self::Refusal,
        Self::Event,
        Self::Fixed,
        Self::General,
    ];

    /// The family of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }

    /// Whether its terms are expressions around a naming term: they overlap, and each covers what it
    /// covers.
    pub(crate) fn is_of_expressions(self) -> bool {
        matches!(self, Self::Fixed | Self::General)
    }

    /// The name as it is written in codes and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Target => "target",
            Self::Frame => "frame",
            Self::Naming => "naming",
            Self::Refusal => "refusal",
            Self::Event => "event",
            Self::Fixed => "fixed",
            Self::General => "general",
        }
    }
}

/// One entry of a codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it codes.
    pub family: Family,
    /// Short name in codes: `hegemony` in `frame:hegemony`.
    pub id: String,
    /// A name that people read.
    pub label: String,
    /// What counts.
    pub definition: String,
    /// What does not.
    pub not: String,
    /// The first day on which it counts; a text without a date is not refused.
    pub since: Option<Date>,
    /// For an event, the referent that naming terms get from it.
    pub referent: Option<String>,
    /// Terms that stand for it by themselves.
    pub terms: Terms,
    /// Longer strings that are something else.
    pub excludes: Terms,
    /// Terms that stand for it beside others only.
    pub whens: Vec<When>,
    /// For a target, the states that stand for it where several are named in one breath.
    pub together: Option<Together>,
}

impl Entry {
    /// `frame:hegemony`.
    pub fn code(&self) -> String {
        format!("{}:{}", self.family.name(), self.id)
    }
}

/// States that are one target alone, and another where two or more are named in one breath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// The id of the target that one of them is, `OTHER`; its terms find them.
    pub alone: String,
    /// Sets of states that together are still what each is alone.
    pub apart: Vec<BTreeSet<String>>,
    /// By state the beginnings of its names; in Chinese any part of the words that are found.
    pub states: BTreeMap<String, Terms>,
}

/// Notes of [`check`] that somebody has looked at: why what they tell of stands as it is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Entries, `event:other`, or whole families, `target`.
    pub of: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Terms by language, as written.
pub type Terms = BTreeMap<Lang, Vec<String>>;

/// Terms that count only where their neighbours are as required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The terms.
    pub terms: Terms,
    /// One of these must stand on either side.
    pub near: Terms,
    /// One of these must stand before the term.
    pub before: Terms,
    /// One of these must stand after it.
    pub after: Terms,
    /// None of these may stand on either side.
    pub not_near: Terms,
    /// How far a neighbour may be.
    pub within: Within,
    /// The first day on which these terms count.
    pub since: Option<Date>,
    /// The last one.
    pub until: Option<Date>,
}

/// How far a neighbour may be from a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// In the same clause.
    Clause,
    /// In the same segment.
    Segment,
    /// In the same segment, the whole neighbour within so many characters (Unicode scalar values).
    Chars(u32),
}

/// A codebook, read and checked for what would make it unusable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// The folder's name.
    pub name: String,
    /// All entries, by family and in the order of the files.
    pub entries: Vec<Entry>,
    /// The publishers, the one without a state last.
    pub publishers: Vec<Publisher>,
    /// What has been decided about notes of [`check`].
    pub decided: Vec<Decided>,
    digest: Digest,
    texts: BTreeMap<String, String>,
}

impl Codebook {
    /// Reads `codebook/<name>/*.toml`.
    ///
    /// # Errors
    /// [`Error`] naming the file and the key, also for ids that stand twice in a family, terms
    /// that do not parse, and a codebook that is not there.
    pub fn load(config: &Config, name: &str) -> Result<Self> {
        let folder = format!("codebook/{name}");
        let mut texts = BTreeMap::new();
        for (path, text) in config.files(&folder, "toml")? {
            let file = path.file_name().map(|f| f.to_string_lossy().into_owned());
            texts.insert(file.unwrap_or_default(), text);
        }
        if texts.is_empty() {
            return Err(corpus::Error::config(folder, NO_CODEBOOK).into());
        }
        Self::from_texts(name, texts)
    }

    /// Reads a codebook from the texts of its files, by file name.
    ///
    /// # Errors
    /// As [`Codebook::load`].
    pub fn from_texts(name: &str, texts: BTreeMap<String, String>) -> Result<Self> {
        let (mut entries, mut publishers, mut decided) = (Vec::new(), Vec::new(), Vec::new());
        let mut digester = corpus::Digester::default();
        for (file, text) in &texts {
            digester.field(file.as_bytes());
            digester.field(text.as_bytes());
            if lists::kind(file).is_none() {
                let path = format!("codebook/{name}/{file}");
                let read = file::read(&path, text)?;
                entries.extend(read.entries);
                publishers.extend(read.publishers);
                decided.extend(read.decided);
            }
        }
        entries.sort_by_key(|entry| entry.family);
        let mut seen = BTreeSet::new();
        if let Some(twice) = entries.iter().find(|entry| !seen.insert(entry.code())) {
            let path = format!("codebook/{name}");
            return Err(Error::codebook(path, format!("`{}` stands twice", twice.code())));
        }
        let is_target = |id: &str| entries.iter().any(|e| e.family == Family::Target && e.id == id);
        let rules = entries.iter().filter_map(|e| e.together.as_ref());
        if let Some(rule) = rules.into_iter().find(|rule| !is_target(&rule.alone)) {
            let reason = format!("together.alone: there is no target `{}`", rule.alone);
            return Err(Error::codebook(format!("codebook/{name}"), reason));
        }
        publishers.sort_by_key(|p| (p.country.is_empty(), p.country.clone()));
        let known = |p: &Publisher| p.targets().find(|id| !is_target(id)).cloned();
        let wrong = |reason: String| Err(Error::codebook(format!("codebook/{name}"), reason));
        if let Some(id) = publishers.iter().find_map(known) {
            return wrong(format!("publisher: there is no target `{id}`"));
        }
        if let Some(twice) = publishers.windows(2).find(|w| w[0].country == w[1].country) {
            return wrong(format!("publisher `{}` stands twice", twice[0].country));
        }
        let (name, digest) = (name.to_owned(), digester.finish());
        Ok(Self { name, entries, publishers, decided, digest, texts })
    }

    /// Digest of all files of the folder, names included.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The entries of one family.
    pub fn family(&self, family: Family) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.family == family)
    }

    /// The entry with that code, `frame:hegemony`.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        let (family, id) = code.split_once(':')?;
        self.entries.iter().find(|entry| entry.family.name() == family && entry.id == id)
    }

    /// The names by which its voice files call those whose words are relayed; sorted.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming a file that is no TOML.
    pub fn holders(&self) -> Result<BTreeSet<String>> {
        let lists = lists::lists(self)?.into_iter();
        let named = |code: String| code.strip_prefix("voice:holder:").map(str::to_owned);
        Ok(lists.filter_map(|list| named(list.code)).collect())
    }

    /// What `read` makes of each file whose name begins with `prefix`, given its path and text, by
    /// language.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the second file of a language: a reader must not take one of two
    /// without a word.
    pub(crate) fn by_language<T>(
        &self,
        prefix: &str,
        mut read: impl FnMut(&str, &str) -> Result<(Lang, T)>,
    ) -> Result<BTreeMap<Lang, T>> {
        let mut found = BTreeMap::new();
        for (name, text) in self.files(prefix) {
            let path = format!("codebook/{}/{name}", self.name);
            let (lang, one) = read(&path, text)?;
            if found.insert(lang, one).is_some() {
                let reason = format!("a second {prefix}*.toml of `{lang}`; put both into one file");
                return Err(Error::codebook(path, reason));
            }
        }
        Ok(found)
    }

    /// Files of the folder whose name begins with `prefix`, with their text.
    pub fn files(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let all = self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        all.filter(move |(name, _)| name.starts_with(prefix))
    }
}

#[cfg(test)]
mod tests;
