//! A check of a codebook: what a careful reader of it would mend.

mod conditions;

use std::collections::{BTreeMap, BTreeSet};

use corpus::Lang;
use corpus::pattern::{self, Matcher, Term};
use corpus::segment::segments;

use super::lists::{List, lists};
use super::{Codebook, Terms};
use crate::{Error, Finder, Result, Tagger};

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
    /// Of a note: why it stands as it is, where the codebook says so.
    pub decided: Option<String>,
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
    /// A term stands twice in an entry, or in two cues of blame of one language, or a word twice in a
    /// list of words.
    Twice,
    /// A term finds nothing that another one of the entry does not find in the same places.
    Needless,
    /// An exclusion in which no term of its entry stands.
    Idle,
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
    for place in 0..codebook.entries.len() {
        of_entry(codebook, tagger.finder(), place, &mut findings)?;
    }
    of_lists(&lists(codebook)?, &mut findings)?;
    findings.sort();
    findings.dedup();
    Ok(findings)
}

fn of_entry(
    codebook: &Codebook,
    finder: &Finder,
    place: usize,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let entry = &codebook.entries[place];
    let (code, family) = (entry.code(), entry.family.name());
    let decided =
        codebook.decided.iter().find(|d| d.of.iter().any(|of| *of == code || of == family));
    let mut add = |kind: FindingKind, term, message: String| {
        let reason = decided.filter(|_| !kind.is_problem()).map(|d| d.reason.clone());
        findings.push(Finding { code: code.clone(), kind, term, message, decided: reason });
    };
    if entry.definition.trim().is_empty() {
        add(FindingKind::NoDefinition, None, "has no definition".to_owned());
    }
    if entry.not.trim().is_empty() {
        add(FindingKind::NoNot, None, "does not say what it is not".to_owned());
    }
    for (lang, terms) in &entry.terms {
        for term in twice(terms) {
            add(FindingKind::Twice, Some((*lang, term.clone())), format!("`{term}` stands twice"));
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
        if !entry.family.is_of_expressions() {
            for (term, by, is_same) in covered(terms, *lang)? {
                let (kind, message) = match is_same {
                    true => (FindingKind::Needless, format!("`{by}` finds all that `{term}` does")),
                    false => (
                        FindingKind::Covered,
                        format!("`{term}` holds `{by}`, which counts it already"),
                    ),
                };
                add(kind, Some((*lang, term)), message);
            }
        }
    }
    for when in &entry.whens {
        for (kind, lang, term, message) in conditions::of_when(finder, entry, place, when) {
            add(kind, Some((lang, term)), message);
        }
    }
    for (lang, excludes) in &entry.excludes {
        let lists = entry.whens.iter().map(|when| &when.terms).chain([&entry.terms]);
        let terms: Vec<&str> =
            lists.filter_map(|terms| terms.get(lang)).flatten().map(String::as_str).collect();
        for term in idle(&terms, excludes, *lang)? {
            let message = format!("`{term}` excludes nothing: no term of the entry stands in it");
            add(FindingKind::Idle, Some((*lang, term)), message);
        }
    }
    Ok(())
}

/// What is to be said of the words of cues, grammars and voices.
fn of_lists(lists: &[List], findings: &mut Vec<Finding>) -> Result<()> {
    let mut add = |list: &List, kind, term: &str, message: String| {
        let (code, term) = (list.code.clone(), Some((list.lang, term.to_owned())));
        findings.push(Finding { code, kind, term, message, decided: None });
    };
    for list in lists {
        for term in twice(&list.terms) {
            add(list, FindingKind::Twice, &term, format!("`{term}` stands twice"));
        }
        for term in list.terms.iter().filter(|_| list.is_of_terms()) {
            if Term::parse(term, list.lang).is_ok() && !finds_itself(term, list.lang)? {
                let message = format!("`{term}` does not find itself");
                add(list, FindingKind::NotFound, term, message);
            }
        }
    }
    let mut cues: BTreeMap<(Lang, &str), &List> = BTreeMap::new();
    let is_cue =
        |list: &&List| list.code.starts_with("cue:") && list.code.matches(':').count() == 1;
    for list in lists.iter().filter(is_cue) {
        for term in &list.terms {
            let first = *cues.entry((list.lang, term)).or_insert(list);
            if first.code != list.code {
                let message = format!("`{term}` stands in `{}`, too", first.code);
                add(list, FindingKind::Twice, term, message);
            }
        }
    }
    let by_code = |code: &str, lang| lists.iter().find(|l| l.code == code && l.lang == lang);
    for list in lists {
        let cue = list.code.strip_suffix(":excludes").and_then(|code| by_code(code, list.lang));
        let Some(cue) = cue else { continue };
        let (pairs, neutral) = (format!("{}:pair:", cue.code), format!("{}:neutral", cue.code));
        let is_of_cue = |l: &&List| l.code.starts_with(&pairs) || l.code == neutral;
        let others = lists.iter().filter(|l| l.lang == list.lang).filter(is_of_cue);
        // Terms of Korean cues stand inside words, too.
        let open = |term: &String| match list.lang {
            Lang::Ko if !term.starts_with('*') => format!("*{term}"),
            _ => term.clone(),
        };
        let terms: Vec<String> = others.chain([cue]).flat_map(|l| &l.terms).map(open).collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        for term in idle(&terms, &list.terms, list.lang)? {
            let message = format!("`{term}` excludes nothing: no term of the cue stands in it");
            add(list, FindingKind::Idle, &term, message);
        }
    }
    Ok(())
}

/// The exclusions in which none of the terms stands, whatever the capitals; of one that takes any
/// ending nothing can be said.
fn idle(terms: &[&str], excludes: &[String], lang: Lang) -> Result<Vec<String>> {
    let matcher = alone(terms, lang)?;
    let nothing = |term: &&String| {
        let text = specimen(term).to_uppercase();
        !term.ends_with('*') && matcher.find_all(&text, lang).is_empty()
    };
    Ok(excludes.iter().filter(nothing).cloned().collect())
}

/// A matcher in which each term is an entry by itself.
fn alone(terms: &[&str], lang: Lang) -> Result<Matcher> {
    let name = || "the codebook".to_owned();
    let mut entries = Vec::new();
    for term in terms {
        let parsed = Term::parse(term, lang).map_err(|e| Error::codebook(name(), e))?;
        entries.push(pattern::Entry { terms: vec![parsed], excludes: Vec::new() });
    }
    Matcher::new(entries).map_err(|source| Error::Matcher { name: name(), source })
}

/// Whether a term stands in a text that is nothing but it.
fn finds_itself(term: &str, lang: Lang) -> Result<bool> {
    Ok(!alone(&[term], lang)?.find_all(&specimen(term), lang).is_empty())
}

fn twice(terms: &[String]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    terms.iter().filter(|term| !seen.insert(term.as_str())).cloned().collect()
}

/// A text in which a term stands: the term without its stars.
fn specimen(term: &str) -> String {
    term.replace('*', "")
}

/// Terms that hold another term of the same list, and whether that stands in the same places:
/// `feud*` for `feud`.
fn covered(terms: &[String], lang: Lang) -> Result<Vec<(String, String, bool)>> {
    let words: Vec<&str> = terms.iter().map(String::as_str).collect();
    let matcher = alone(&words, lang)?;
    let mut found = Vec::new();
    for term in terms {
        let text = specimen(term);
        let hits = matcher.find_all(&text, lang);
        let others = hits.iter().map(|hit| &terms[hit.entry]).filter(|other| *other != term);
        let (same, shorter): (Vec<&String>, Vec<&String>) =
            others.partition(|other| specimen(other).to_lowercase() == text.to_lowercase());
        let wider = same.into_iter().find(|other| is_wider(other, term));
        let other = wider.or_else(|| shorter.first().copied());
        found.extend(other.map(|other| (term.clone(), other.clone(), wider.is_some())));
    }
    Ok(found)
}

/// Whether the one of two terms with the same letters is found wherever the other is: stars open
/// its ends, a capital asks for one.
fn is_wider(one: &str, other: &str) -> bool {
    let stars = |term: &str| (term.starts_with('*'), term.ends_with('*'));
    let capitals = |term: &str| term.chars().filter(|c| c.is_uppercase()).count();
    let (mine, its) = (stars(one), stars(other));
    mine.0 >= its.0 && mine.1 >= its.1 && capitals(one) <= capitals(other)
}

/// How many terms there are.
pub(super) fn number_of(terms: &Terms) -> usize {
    terms.values().map(Vec::len).sum()
}
