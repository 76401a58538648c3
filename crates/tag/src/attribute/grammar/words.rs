//! Words: a list of a grammar, and the few ways in which the rules look for its words in a text.

use serde::Deserialize;

use crate::attribute::words::{ends_with_any, ends_with_any_word, has_any, starts_with_any};

/// A list of a grammar. None of its words is empty: such a word would stand everywhere.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub(crate) struct Words(Vec<String>);

impl TryFrom<Vec<String>> for Words {
    type Error = &'static str;

    fn try_from(words: Vec<String>) -> Result<Self, Self::Error> {
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
