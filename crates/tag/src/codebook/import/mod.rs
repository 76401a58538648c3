//! Dictionaries of other tools as codebook files: quanteda's YAML and LIWC's `.dic`.

mod charset;
mod liwc;
mod quanteda;

use std::collections::BTreeMap;

use corpus::Lang;
use corpus::pattern::Term;

use super::Family;
use crate::{Error, Result};

pub use liwc::import_liwc;
pub use quanteda::import_quanteda;

/// A dictionary of another tool, on its way in.
#[derive(Debug, Clone, Copy)]
pub struct Foreign<'f> {
    /// The file, as errors name it.
    pub path: &'f str,
    /// Its bytes.
    pub bytes: &'f [u8],
    /// The charset, where somebody knows it (`windows-1252`); else it is sniffed.
    pub charset: Option<&'f str>,
    /// The family of its entries.
    pub family: Family,
    /// The language of its terms.
    pub lang: Lang,
}

/// A dictionary, translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file of a codebook that says the same. Definitions are for a person to fill in.
    pub toml: String,
    /// The charset that the bytes were read as.
    pub charset: &'static str,
    /// What could not be translated: the line, the words, why and what cures it.
    pub skipped: Vec<String>,
}

/// Terms by entry, as they come in.
struct Gathered {
    lang: Lang,
    entries: BTreeMap<String, Vec<String>>,
    skipped: Vec<String>,
}

impl Gathered {
    fn new(lang: Lang) -> Self {
        Self { lang, entries: BTreeMap::new(), skipped: Vec::new() }
    }

    fn add(&mut self, line: usize, entry: &str, pattern: &str) {
        if entry.is_empty() {
            return self.skip(line, pattern, "stands under no key");
        }
        if pattern.contains('?') {
            return self.skip(line, pattern, "`?` has no like here; write the forms out");
        }
        // Both tools fold case: a capital of theirs is none of ours.
        let term = pattern.to_lowercase();
        match Term::parse(&term, self.lang) {
            Ok(_) => {
                let terms = self.entries.entry(entry.to_owned()).or_default();
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
            Err(e) => self.skip(line, pattern, &e.to_string()),
        }
    }

    fn skip(&mut self, line: usize, what: &str, why: &str) {
        self.skipped.push(format!("line {line}: `{what}`: {why}"));
    }

    fn finish(self, foreign: Foreign<'_>, charset: &'static str) -> Result<Imported> {
        let Foreign { path, family, .. } = foreign;
        if self.entries.is_empty() {
            return Err(Error::codebook(path, "no key with terms; is it a dictionary?"));
        }
        let mut tables = Vec::new();
        for (id, terms) in self.entries {
            let terms = terms.into_iter().map(toml::Value::String).collect();
            let by_lang =
                toml::Table::from_iter([(self.lang.code().to_owned(), toml::Value::Array(terms))]);
            tables.push(toml::Value::Table(toml::Table::from_iter([
                ("id".to_owned(), toml::Value::String(id.clone())),
                ("label".to_owned(), toml::Value::String(id)),
                ("definition".to_owned(), toml::Value::String(String::new())),
                ("not".to_owned(), toml::Value::String(String::new())),
                ("terms".to_owned(), toml::Value::Table(by_lang)),
            ])));
        }
        let file = toml::Table::from_iter([(family.name().to_owned(), toml::Value::Array(tables))]);
        let toml = toml::to_string_pretty(&file).map_err(|e| Error::codebook(path, e))?;
        Ok(Imported { toml, charset, skipped: self.skipped })
    }
}

/// A key as an id: small letters, `-` for what an id may not hold.
fn slug(key: &str) -> String {
    let small = key.trim().to_lowercase();
    let parts = small.split(|c: char| c.is_whitespace() || c == ':' || c == ',');
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests;
