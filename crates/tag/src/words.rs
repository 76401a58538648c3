//! Words: a list of a grammar, and the few ways in which the rules look for its words in a text.
//!
//! The rules say where a word must stand and what follows from it; which words these are is the
//! codebook's: who is blamed by `grammar-<lang>.toml`, who speaks by `[grammar]` of `voice-<lang>.toml`.
//! A grammar has all lists that its rules know, and no other: a list that was forgotten would change
//! what is found without a word.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// How what is wrong with a grammar is mended.
pub(crate) const CURE: &str =
    "the default codebook has all lists of a grammar: copy what is missing from it";

/// The lists of a grammar, of the table that the file at `path` has them in.
///
/// # Errors
/// [`Error::Codebook`] naming the file and the list that is missing, unknown or broken.
pub(crate) fn lists<L: DeserializeOwned>(path: &str, table: toml::Table) -> Result<L> {
    table.try_into().map_err(|e| {
        let reason = e.to_string().trim_end().replace('\n', " ");
        Error::codebook(path, format!("{reason}; {CURE}"))
    })
}

/// A list of a grammar. None of its words is empty: such a word would stand everywhere.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Words(Vec<String>);

impl TryFrom<Vec<String>> for Words {
    type Error = &'static str;

    fn try_from(words: Vec<String>) -> std::result::Result<Self, Self::Error> {
        match words.iter().any(String::is_empty) {
            true => Err("a word is empty"),
            false => Ok(Self(words)),
        }
    }
}

impl Words {
    /// Whether one of them ends the text.
    pub fn end(&self, text: &str) -> bool {
        ends_with_any(text, &self.0)
    }

    /// Whether one of them ends the text, and no longer word: `rest with`, but not `interest with`.
    pub fn end_whole(&self, text: &str) -> bool {
        ends_with_any_word(text, &self.0)
    }

    /// Whether one of them begins the text.
    pub fn begin(&self, text: &str) -> bool {
        starts_with_any(text, &self.0)
    }

    /// What is left of the text behind the one that begins it.
    pub fn behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|word| text.strip_prefix(word.as_str()))
    }

    /// What is left of the text before the first of them, in their order, that ends it.
    pub fn before<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|word| text.strip_suffix(word.as_str()))
    }

    /// Whether one of them stands in the text.
    pub fn occur_in(&self, text: &str) -> bool {
        has_any(text, &self.0)
    }

    /// Whether one of them is the whole text.
    pub fn include(&self, text: &str) -> bool {
        self.0.iter().any(|word| word == text)
    }

    /// Where they stand in the text: first bytes, and the words.
    pub fn places_in<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        self.0.iter().flat_map(move |word| text.match_indices(word.as_str()))
    }

    /// Where each of them stands last in the text: first bytes, and the words.
    pub fn last_places_in<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        self.0.iter().filter_map(move |word| text.rmatch_indices(word.as_str()).next())
    }
}

/// Whether `text` ends with one of the words.
pub(crate) fn ends_with_any<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_ref()))
}

/// Whether `text` ends with one of the words, and no longer one: `rest with`, but not `interest with`.
pub(crate) fn ends_with_any_word<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    words.iter().any(|word| {
        text.strip_suffix(word.as_ref()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// Whether `text` begins with one of the words.
pub(crate) fn starts_with_any<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_ref()))
}

/// Whether one of the words stands in `text`.
pub(crate) fn has_any<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    words.iter().any(|word| text.contains(word.as_ref()))
}
