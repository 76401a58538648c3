//! A check of a codebook: what a careful reader of it would mend.

use std::collections::{BTreeMap, BTreeSet};

use corpus::pattern::{self, Matcher, Term};
use corpus::segment::segments;
use corpus::{Lang, Statement};

use super::{Codebook, Entry, Family, Terms};
use crate::finder::Finder;
use crate::{Error, Result};

/// Something to mend or to look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The entry, `frame:hegemony`.
    pub code: String,
    /// What kind of finding it is.
    pub kind: FindingKind,
    /// The language and the term, where one is concerned.
    pub term: Option<(Lang, String)>,
    /// What it says to a reader.
    pub message: String,
}

/// The kinds of findings, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingKind {
    /// An entry has no definition.
    NoDefinition,
    /// An entry does not say what it is not.
    NoNot,
    /// A term does not find itself: an exclusion covers it, or nothing could match.
    NotFound,
    /// A term stands twice in an entry.
    Twice,
    /// Wherever a term stands, another one of the entry stands too; it only widens the span.
    Covered,
}

impl FindingKind {
    /// Whether the codebook counts wrongly or cannot be understood because of it.
    pub fn is_problem(self) -> bool {
        !matches!(self, Self::Covered)
    }
}

/// Everything that can be found without a corpus, sorted by entry and kind.
///
/// # Errors
/// [`Error`] where terms do not make a matcher.
pub fn check(codebook: &Codebook) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let finder = Finder::new(codebook)?;
    for (place, entry) in codebook.entries.iter().enumerate() {
        let mut add = |kind, term, message: String| {
            findings.push(Finding { code: entry.code(), kind, term, message });
        };
        if entry.definition.trim().is_empty() {
            add(FindingKind::NoDefinition, None, "has no definition".to_owned());
        }
        if entry.not.trim().is_empty() {
            add(FindingKind::NoNot, None, "does not say what it is not".to_owned());
        }
        for (lang, terms) in &entry.terms {
            for term in twice(terms) {
                let message = format!("`{term}` stands twice");
                add(FindingKind::Twice, Some((*lang, term)), message);
            }
            for term in terms {
                let text = specimen(term);
                let whole = segments(&text, *lang);
                let found = finder.find(&text, *lang, entry.since, &whole);
                if !found.iter().any(|found| found.entry == place) {
                    let message = format!("`{term}` does not find itself");
                    add(FindingKind::NotFound, Some((*lang, term.clone())), message);
                }
            }
            if entry.family != Family::Fixed {
                for (term, by) in covered(codebook, terms, *lang)? {
                    let message = format!("`{term}` holds `{by}`, which counts it already");
                    add(FindingKind::Covered, Some((*lang, term)), message);
                }
            }
        }
    }
    findings.sort();
    Ok(findings)
}

/// A string in the text around the places of a term, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surrounding {
    /// The entry, `target:US`.
    pub code: String,
    /// The words that were matched.
    pub form: String,
    /// A longer string that holds them: one character more on one side.
    pub longer: String,
    /// How often it stands in the texts.
    pub count: u64,
    /// How often the form does.
    pub of: u64,
}

/// For each form that an entry matches in Chinese and Korean text, the longer strings around it
/// that make up at least `share` of its places and stand there `least` times or more: a person
/// reads them and excludes what is something else. Sorted by code, then by count.
///
/// # Errors
/// [`Error`] where terms do not make a matcher.
pub fn surroundings<'s>(
    codebook: &Codebook,
    statements: impl Iterator<Item = &'s Statement>,
    share: f64,
    least: u64,
) -> Result<Vec<Surrounding>> {
    let finder = Finder::new(codebook)?;
    let mut forms: BTreeMap<(usize, String), u64> = BTreeMap::new();
    let mut around: BTreeMap<(usize, String, String), u64> = BTreeMap::new();
    for statement in statements {
        for turn in &statement.turns {
            if !matches!(turn.lang, Lang::Zh | Lang::Ko) {
                continue;
            }
            let cut = segments(&turn.text, turn.lang);
            for found in finder.find(&turn.text, turn.lang, statement.date, &cut) {
                let form = found.span().of(&turn.text).to_owned();
                for longer in widened(&turn.text, found.start, found.end) {
                    *around.entry((found.entry, form.clone(), longer)).or_default() += 1;
                }
                *forms.entry((found.entry, form)).or_default() += 1;
            }
        }
    }
    let mut listed: Vec<Surrounding> = around
        .into_iter()
        .filter_map(|((entry, form, longer), count)| {
            let of = forms.get(&(entry, form.clone())).copied().unwrap_or_default();
            let often = count >= least && count as f64 >= share * of as f64;
            let code = codebook.entries[entry].code();
            often.then_some(Surrounding { code, form, longer, count, of })
        })
        .collect();
    listed.sort_by(|a, b| (&a.code, b.count, &a.longer).cmp(&(&b.code, a.count, &b.longer)));
    Ok(listed)
}

/// The place with one more character before it, and with one more after it; a space or mark is
/// none.
fn widened(text: &str, start: usize, end: usize) -> Vec<String> {
    let before = text[..start].chars().next_back().filter(|c| c.is_alphanumeric());
    let after = text[end..].chars().next().filter(|c| c.is_alphanumeric());
    let form = &text[start..end];
    let before = before.map(|c| format!("{c}{form}"));
    before.into_iter().chain(after.map(|c| format!("{form}{c}"))).collect()
}

fn twice(terms: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    terms.iter().filter(|term| !seen.insert(term.as_str())).cloned().collect()
}

/// A text in which a term stands: the term without its stars.
fn specimen(term: &str) -> String {
    term.replace('*', "")
}

/// Terms that hold another term of the same list.
fn covered(codebook: &Codebook, terms: &[String], lang: Lang) -> Result<Vec<(String, String)>> {
    let wrong = |e: pattern::TermError| Error::codebook(format!("codebook/{}", codebook.name), e);
    let mut entries = Vec::new();
    for term in terms {
        let parsed = Term::parse(term, lang).map_err(wrong)?;
        entries.push(pattern::Entry { terms: vec![parsed], excludes: Vec::new() });
    }
    let matcher = Matcher::new(entries)
        .map_err(|source| Error::Matcher { name: codebook.name.clone(), source })?;
    let mut found = Vec::new();
    for term in terms {
        let hits = matcher.find_all(&specimen(term), lang);
        let other = hits.iter().map(|hit| &terms[hit.entry]).find(|other| *other != term);
        found.extend(other.map(|other| (term.clone(), other.clone())));
    }
    Ok(found)
}

/// The forms that each entry matched in the texts, the commonest first, with their counts.
///
/// # Errors
/// [`Error`] where terms do not make a matcher.
pub fn matched_forms<'s>(
    codebook: &Codebook,
    statements: impl Iterator<Item = &'s Statement>,
) -> Result<BTreeMap<String, Vec<(String, u64)>>> {
    let finder = Finder::new(codebook)?;
    let mut forms: BTreeMap<(usize, String), u64> = BTreeMap::new();
    for statement in statements {
        for turn in &statement.turns {
            let cut = segments(&turn.text, turn.lang);
            for found in finder.find(&turn.text, turn.lang, statement.date, &cut) {
                let form = found.span().of(&turn.text).to_lowercase();
                *forms.entry((found.entry, form)).or_default() += 1;
            }
        }
    }
    let mut by_code: BTreeMap<String, Vec<(String, u64)>> =
        codebook.entries.iter().map(|entry: &Entry| (entry.code(), Vec::new())).collect();
    for ((entry, form), count) in forms {
        by_code.entry(codebook.entries[entry].code()).or_default().push((form, count));
    }
    for forms in by_code.values_mut() {
        forms.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    }
    Ok(by_code)
}

/// How many terms there are.
pub(super) fn number_of(terms: &Terms) -> usize {
    terms.values().map(Vec::len).sum()
}
