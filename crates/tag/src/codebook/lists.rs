//! The word lists of cue, grammar and voice files, whatever tables they stand in: what can be checked and
//! compared without knowing what each list is for.

use std::collections::BTreeMap;

use corpus::Lang;

use super::Codebook;
use crate::{Error, Result};

/// The files of words by how their names begin, and what their lists are called by.
const KINDS: [(&str, &str); 3] = [("cues-", "cue"), ("grammar-", "grammar"), ("voice-", "voice")];

/// How the lists of grammars are called: who is blamed by the one, who speaks by the other.
const GRAMMARS: [&str; 2] = ["grammar:", "voice:grammar:"];

/// A list of terms: `cue:smear`, `cue:smear:excludes`, `cue:smear:pair:把:tail`,
/// `voice:holder:Russia`, in its language; or of the words of a grammar, `grammar:standing:acts`,
/// `voice:grammar:times`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct List {
    pub code: String,
    pub lang: Lang,
    pub terms: Vec<String>,
}

impl List {
    /// Whether its words are terms; those of a grammar are looked for letter by letter.
    pub(super) fn is_of_terms(&self) -> bool {
        !GRAMMARS.iter().any(|grammar| self.code.starts_with(grammar))
    }
}

/// What the lists of a file are called by; `None` where it is no file of words.
pub(super) fn kind(file: &str) -> Option<&'static str> {
    KINDS.iter().find(|(prefix, _)| file.starts_with(prefix)).map(|(_, kind)| *kind)
}

/// The lists of all files of words, in the order of the files.
///
/// # Errors
/// [`Error::Codebook`] naming the file that is no TOML.
pub(super) fn lists(codebook: &Codebook) -> Result<Vec<List>> {
    let mut found = Vec::new();
    for (prefix, kind) in KINDS {
        for (name, text) in codebook.files(prefix) {
            let table = parsed(codebook, name, text)?;
            let lang = table.get("lang").and_then(toml::Value::as_str).and_then(|l| l.parse().ok());
            let mut here = Vec::new();
            for (key, value) in &table {
                gather(&format!("{kind}:{key}"), value, &mut here);
            }
            let lang = lang.unwrap_or(Lang::Und);
            found.extend(here.into_iter().map(|(code, terms)| List { code, lang, terms }));
        }
    }
    Ok(found)
}

/// The lists of strings below a value, but for the slots of a cue, which are no words. A table of
/// a list goes by its id, name or country, a pair by the first word of its first part; `terms`
/// are the list of the table itself.
fn gather(code: &str, value: &toml::Value, found: &mut Vec<(String, Vec<String>)>) {
    match value {
        toml::Value::Array(items) if items.iter().all(toml::Value::is_str) => {
            let terms = items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
            found.push((code.to_owned(), terms));
        }
        toml::Value::Array(items) => {
            for item in items {
                if let Some(name) = item.as_table().and_then(name) {
                    let code = code.strip_suffix(":cue").unwrap_or(code);
                    gather(&format!("{code}:{name}"), item, found);
                }
            }
        }
        toml::Value::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| *key != "slots") {
                match key.as_str() {
                    "terms" => gather(code, value, found),
                    _ => gather(&format!("{code}:{key}"), value, found),
                }
            }
        }
        _ => {}
    }
}

/// By what a table of a list goes.
pub(super) fn name(table: &toml::Table) -> Option<&str> {
    let named = ["id", "name", "country"].iter().find_map(|key| table.get(*key)?.as_str());
    named.or_else(|| table.get("head")?.as_array()?.first()?.as_str())
}

/// What a cue is besides its words, by code and file: kind, slots, definition.
///
/// # Errors
/// As [`lists`].
pub(super) fn meanings(codebook: &Codebook) -> Result<BTreeMap<(String, String), toml::Table>> {
    let mut found = BTreeMap::new();
    for (file, text) in codebook.files("cues-") {
        let table = parsed(codebook, file, text)?;
        let cues = table.get("cue").and_then(toml::Value::as_array).into_iter().flatten();
        for cue in cues.filter_map(toml::Value::as_table) {
            let mut cue = cue.clone();
            ["terms", "neutral", "excludes", "pair"].iter().for_each(|key| drop(cue.remove(*key)));
            let code = format!("cue:{}", name(&cue).unwrap_or_default());
            found.insert((code, file.to_owned()), cue);
        }
    }
    Ok(found)
}

/// A file of words as the table that it is.
pub(super) fn parsed(codebook: &Codebook, file: &str, text: &str) -> Result<toml::Table> {
    let path = format!("codebook/{}/{file}", codebook.name);
    text.parse().map_err(|e| Error::codebook(path, e))
}
