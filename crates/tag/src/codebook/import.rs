//! Dictionaries of other tools as codebook files: quanteda's YAML and LIWC's `.dic`.

use std::collections::BTreeMap;

use corpus::Lang;
use corpus::pattern::Term;

use super::Family;
use crate::{Error, Result};

/// A dictionary, translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file of a codebook that says the same. Definitions are for a person to fill in.
    pub toml: String,
    /// The charset that the bytes were read as.
    pub charset: &'static str,
    /// Lines and patterns that could not be translated, each with the reason.
    pub skipped: Vec<String>,
}

/// A quanteda dictionary in YAML: nested keys over lists of glob patterns. Nested keys are joined
/// by `-`. Only this subset of YAML is read: mappings, lists of plain or quoted strings, comments.
///
/// # Errors
/// [`Error`] where the file holds no key with patterns.
pub fn import_quanteda(path: &str, bytes: &[u8], family: Family, lang: Lang) -> Result<Imported> {
    let (text, charset) = decoded(bytes);
    let mut gathered = Gathered::new(lang);
    let mut keys: Vec<(usize, String)> = Vec::new();
    for line in text.lines() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') || content == "---" {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if let Some(item) = content.strip_prefix("- ") {
            gathered.add(&joined(&keys), unquoted(item));
            continue;
        }
        let Some((key, rest)) = content.split_once(':') else {
            gathered.skip(content, "is neither a key nor an item");
            continue;
        };
        keys.retain(|(outer, _)| *outer < indent);
        keys.push((indent, slug(unquoted(key))));
        let inline = rest.trim().trim_start_matches('[').trim_end_matches(']');
        for item in inline.split(',').map(unquoted).filter(|item| !item.is_empty()) {
            gathered.add(&joined(&keys), item);
        }
    }
    gathered.finish(path, family, charset)
}

/// A LIWC dictionary: numbered categories between two lines of `%`, then words with the numbers
/// of their categories.
///
/// # Errors
/// [`Error`] where no category has a word.
pub fn import_liwc(path: &str, bytes: &[u8], family: Family, lang: Lang) -> Result<Imported> {
    let (text, charset) = decoded(bytes);
    let mut gathered = Gathered::new(lang);
    let mut categories: BTreeMap<&str, String> = BTreeMap::new();
    let mut marks = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line == "%" {
            marks += 1;
            continue;
        }
        let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        let fields: Vec<&str> = line.split_whitespace().collect();
        if marks == 1 {
            if let [number, name, ..] = fields.as_slice() {
                categories.insert(number, slug(name));
            }
            continue;
        }
        let words = fields.len() - fields.iter().rev().take_while(|w| is_number(w)).count();
        let word = fields[..words].join(" ");
        if word.contains(['(', '/']) || words == fields.len() {
            gathered.skip(line, "has conditions or no category");
            continue;
        }
        for number in &fields[words..] {
            match categories.get(number) {
                Some(category) => gathered.add(category, &word),
                None => gathered.skip(line, "names a category that is not declared"),
            }
        }
    }
    gathered.finish(path, family, charset)
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

    fn add(&mut self, entry: &str, pattern: &str) {
        if entry.is_empty() {
            return self.skip(pattern, "stands under no key");
        }
        if pattern.contains('?') {
            return self.skip(pattern, "`?` has no like here; write the forms out");
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
            Err(e) => self.skip(pattern, &e.to_string()),
        }
    }

    fn skip(&mut self, what: &str, why: &str) {
        self.skipped.push(format!("`{what}`: {why}"));
    }

    fn finish(self, path: &str, family: Family, charset: &'static str) -> Result<Imported> {
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

/// The text, by its byte order mark or by the look of its bytes.
fn decoded(bytes: &[u8]) -> (String, &'static str) {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            let mut detector =
                chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        }
    };
    let (text, used, _) = encoding.decode(bytes);
    (text.into_owned(), used.name())
}

fn joined(keys: &[(usize, String)]) -> String {
    let names: Vec<&str> = keys.iter().map(|(_, key)| key.as_str()).collect();
    names.join("-")
}

fn unquoted(written: &str) -> &str {
    let written = written.trim();
    let bare = |mark: char| written.strip_prefix(mark).and_then(|w| w.strip_suffix(mark));
    bare('"').or_else(|| bare('\'')).unwrap_or(written)
}

/// A key as an id: small letters, `-` for what an id may not hold.
fn slug(key: &str) -> String {
    let small = key.trim().to_lowercase();
    small.split(|c: char| c.is_whitespace() || c == ':' || c == ',').collect::<Vec<_>>().join("-")
}
