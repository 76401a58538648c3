//! A check of a codebook: what a careful reader of it would mend.

use std::collections::BTreeSet;

use corpus::Lang;
use corpus::pattern::{self, Matcher, Term};
use corpus::segment::segments;

use super::lists::lists;
use super::{Codebook, Family, Terms};
use crate::{Error, Result, Tagger};

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
/// [`Error`] where the codebook makes no [`Tagger`], naming the file.
pub fn check(codebook: &Codebook) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let tagger = Tagger::new(codebook)?;
    let finder = tagger.finder();
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
                let is_it = |at: usize| {
                    let together = codebook.entries[at].together.as_ref();
                    at == place || together.is_some_and(|rule| rule.alone == entry.id)
                };
                if !found.iter().any(|found| is_it(found.entry)) {
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
    for list in lists(codebook)? {
        for term in twice(&list.terms) {
            let message = format!("`{term}` stands twice");
            let (code, term) = (list.code.clone(), Some((list.lang, term)));
            findings.push(Finding { code, kind: FindingKind::Twice, term, message });
        }
        for term in &list.terms {
            if Term::parse(term, list.lang).is_ok() && !finds_itself(term, list.lang)? {
                let message = format!("`{term}` does not find itself");
                let (code, term) = (list.code.clone(), Some((list.lang, term.clone())));
                findings.push(Finding { code, kind: FindingKind::NotFound, term, message });
            }
        }
    }
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Whether a term stands in a text that is nothing but it.
fn finds_itself(term: &str, lang: Lang) -> Result<bool> {
    let name = || "cues and voices".to_owned();
    let parsed = Term::parse(term, lang).map_err(|e| Error::codebook(name(), e))?;
    let entry = pattern::Entry { terms: vec![parsed], excludes: Vec::new() };
    let matcher =
        Matcher::new(vec![entry]).map_err(|source| Error::Matcher { name: name(), source })?;
    Ok(!matcher.find_all(&specimen(term), lang).is_empty())
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

/// How many terms there are.
pub(super) fn number_of(terms: &Terms) -> usize {
    terms.values().map(Vec::len).sum()
}
