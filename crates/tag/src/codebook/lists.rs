//! The word lists of cue and voice files, whatever tables they stand in: what can be checked and
//! compared without knowing what each list is for.

use corpus::Lang;

use super::Codebook;
use crate::{Error, Result};

/// A list of terms: `cue:smear`, `voice:holder:Russia`, in its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct List {
    pub code: String,
    pub lang: Lang,
    pub terms: Vec<String>,
}

/// The lists of all cue and voice files, in the order of the files.
///
/// # Errors
/// [`Error::Codebook`] naming the file that is no TOML.
pub(super) fn lists(codebook: &Codebook) -> Result<Vec<List>> {
    let mut found = Vec::new();
    for (prefix, kind) in [("cues-", "cue"), ("voice-", "voice")] {
        for (name, text) in codebook.files(prefix) {
            let path = format!("codebook/{}/{name}", codebook.name);
            let table: toml::Table = text.parse().map_err(|e| Error::codebook(path, e))?;
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

/// The lists of strings below a value; an entry of a table list goes by its id, name or country.
fn gather(code: &str, value: &toml::Value, found: &mut Vec<(String, Vec<String>)>) {
    match value {
        toml::Value::Array(items) if items.iter().all(toml::Value::is_str) => {
            let terms = items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
            found.push((code.to_owned(), terms));
        }
        toml::Value::Array(items) => {
            for table in items.iter().filter_map(toml::Value::as_table) {
                let named =
                    ["id", "name", "country"].iter().find_map(|key| table.get(*key)?.as_str());
                let terms = table.get("terms").map(|terms| (named.unwrap_or_default(), terms));
                if let Some((name, terms)) = terms {
                    let code = code.strip_suffix(":cue").unwrap_or(code);
                    gather(&format!("{code}:{name}"), terms, found);
                }
            }
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                gather(&format!("{code}:{key}"), value, found);
            }
        }
        _ => {}
    }
}
