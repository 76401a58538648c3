//! A grammar of voice: the words by which a language tells who speaks, besides its verbs of reporting and
//! those who are named by them. They are the table `[grammar]` of `voice-<lang>.toml`.
//!
//! They are no terms: they are looked for letter by letter, beside a verb of reporting or a name and not
//! by themselves.

mod chinese;
mod english;
mod korean;

use std::sync::Arc;

use corpus::Lang;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(super) use chinese::Chinese;
pub(super) use english::English;
pub(super) use korean::Korean;

use crate::words::{Words, lists};
use crate::{Error, Result};

/// The grammar of voice of one language. Copies share their words.
#[derive(Debug, Clone)]
pub(super) enum Grammar {
    /// Of the order of words.
    English(Arc<English>),
    /// Of clauses.
    Chinese(Arc<Chinese>),
    /// Of particles.
    Korean(Arc<Korean>),
    /// The rules know none: the first who is named before a verb of reporting speaks.
    Unknown,
}

/// What a file of voice has its lists in.
#[derive(Debug, Deserialize)]
struct Table<L> {
    grammar: L,
}

impl Grammar {
    /// The grammar of a language, by the table that the file at `path` has of it.
    ///
    /// # Errors
    /// [`Error::Codebook`] naming the file and the list that is missing, unknown or broken: of the table as
    /// a whole where the rules know a grammar of that language and the file has none, because without its
    /// words other people speak; or where it has one that no rule reads.
    pub(super) fn new(path: &str, lang: Lang, table: Option<toml::Table>) -> Result<Self> {
        match (lang, table) {
            (Lang::En, table) => Ok(Self::English(Arc::new(read(path, table)?))),
            (Lang::Zh, table) => Ok(Self::Chinese(Arc::new(read(path, table)?))),
            (Lang::Ko, table) => Ok(Self::Korean(Arc::new(read(path, table)?))),
            (_, None) => Ok(Self::Unknown),
            (lang, Some(_)) => {
                let reason = "`grammar`: the rules know none of";
                Err(Error::codebook(path, format!("{reason} `{lang}`; leave it out")))
            }
        }
    }

    /// The holders whom texts in the language charge rather than cite, where the rules ask for them.
    pub(super) fn charged(&self) -> Option<&Words> {
        match self {
            Self::English(grammar) => Some(&grammar.charged),
            Self::Korean(grammar) => Some(&grammar.charged),
            Self::Chinese(_) | Self::Unknown => None,
        }
    }
}

fn read<L: DeserializeOwned>(path: &str, table: Option<toml::Table>) -> Result<L> {
    let table = table.map(|table| ("grammar".to_owned(), toml::Value::Table(table)));
    lists(path, table.into_iter().collect()).map(|table: Table<L>| table.grammar)
}
