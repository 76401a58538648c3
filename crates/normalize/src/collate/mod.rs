//! Collating: which readings are one statement, which texts it has carried, which statements are
//! copies of one another.
//!
//! The result depends on the set of readings alone, not on their order.

mod difference;
mod links;
mod names;
mod profile;
mod revisions;
mod shingles;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use corpus::{CaptureRef, Date, Digest, Digester, Link, Statement, Turn};

pub use difference::{OnlyIn, difference};
pub use links::links;

use crate::Reading;
use crate::address::address;

/// Statements and what links them.
#[derive(Debug, Clone, Default)]
pub struct Collated {
    /// Every revision of every statement, sorted by source, date, id and revision.
    pub statements: Vec<Statement>,
    /// Links, sorted.
    pub links: Vec<Link>,
}

/// Groups readings into statements and links these, with all their words in memory. What has many
/// calls [`statements`] and [`links`] with readings that were emptied of their turns.
pub fn collate(readings: Vec<Reading>) -> Collated {
    let Ok(statements) = statements(readings, |r| Ok::<_, Infallible>(r.turns.clone()));
    let Ok(links) = links(&statements, |s| Ok::<_, Infallible>(s.turns.clone()));
    Collated { statements, links }
}

/// Groups readings into statements: every revision of each, sorted by source, date, id and
/// revision. A revision has the turns of its first capture, whether they are there or not: a text
/// is known by its digest.
///
/// Readings of one source with the same title, date and text are one statement, at however many
/// addresses. A page whose address is the same and whose text was edited is a further revision;
/// rows of tables are never joined by their address. `words` gives the turns of a reading, and is
/// asked only for texts that share an address.
///
/// # Errors
/// Those of `words`.
pub fn statements<E>(
    readings: Vec<Reading>,
    words: impl Fn(&Reading) -> Result<Vec<Turn>, E>,
) -> Result<Vec<Statement>, E> {
    let texts = texts(readings);
    let groups = revisions::groups(&texts, words)?;
    let mut statements: Vec<Statement> =
        groups.into_iter().flat_map(|group| statement(&texts, &group)).collect();
    statements.sort_by(|a, b| {
        (&a.source, a.date, &a.id, a.revision).cmp(&(&b.source, b.date, &b.id, b.revision))
    });
    Ok(statements)
}

/// By what a text is known: source, title without case and punctuation, day, words.
type Key = (String, String, Option<Date>, Digest);

/// All readings of one text, sorted.
type Texts = Vec<(Key, Vec<Reading>)>;

fn texts(readings: Vec<Reading>) -> Texts {
    let mut texts: BTreeMap<Key, Vec<Reading>> = BTreeMap::new();
    for reading in readings {
        let title = normalized_title(reading.title.as_deref().unwrap_or(""));
        let key = (reading.source.clone(), title, reading.date, reading.text_digest.clone());
        texts.entry(key).or_default().push(reading);
    }
    for same in texts.values_mut() {
        same.sort_by(|a, b| order(&a.capture).cmp(&order(&b.capture)));
    }
    texts.into_iter().collect()
}

/// Earliest capture first; rows of tables, whose time nobody knows, last.
fn order(capture: &CaptureRef) -> (bool, &CaptureRef) {
    (capture.captured.is_none(), capture)
}

/// A title by its letters and digits.
fn normalized_title(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The revisions of one statement.
fn statement(texts: &Texts, group: &[usize]) -> Vec<Statement> {
    let runs = runs(group.iter().filter_map(|n| texts.get(*n)).collect());
    let Some((key, first)) = runs.first() else { return Vec::new() };
    let first_day = day(first);
    let id = id(key, first_day);
    let all = || runs.iter().flat_map(|(_, readings)| readings);
    let urls: BTreeSet<&String> = all()
        .flat_map(|r| std::iter::once(&r.url).chain(&r.other_urls))
        .filter(|url| !url.is_empty())
        .collect();
    let mirrors: BTreeSet<&String> = all().filter(|r| r.mirrored).map(|r| &r.url).collect();
    let canonical = urls
        .iter()
        .min_by_key(|url| (mirrors.contains(**url), !url.starts_with("https://"), **url));
    let canonical = canonical.map_or_else(String::new, |url| (*url).clone());
    let count = u32::try_from(runs.len()).unwrap_or(u32::MAX);
    let revisions = (1..).zip(&runs).filter_map(|(n, (_, readings))| {
        let read = revision(readings, &id, first_day, n, count)?;
        let urls = urls.iter().map(|url| (*url).clone()).collect();
        Some(Statement { url: canonical.clone(), urls, ..read })
    });
    revisions.collect()
}

/// The texts of one statement in the order of their captures. At one address a text that comes
/// back after another is a revision of its own; between addresses it is a mirror that lags.
fn runs(texts: Vec<&(Key, Vec<Reading>)>) -> Vec<(&Key, Vec<&Reading>)> {
    let mut all: Vec<(&Key, &Reading)> =
        texts.iter().flat_map(|(key, readings)| readings.iter().map(move |r| (key, r))).collect();
    all.sort_by_key(|(key, r)| (order(&r.capture), *key));
    let pages = all.iter().filter(|(_, r)| r.capture.row.is_none()).map(|(_, r)| address(&r.url));
    let one_address = pages.collect::<BTreeSet<String>>().len() <= 1;
    let mut runs: Vec<(&Key, Vec<&Reading>)> = Vec::new();
    for (key, reading) in all.iter().copied() {
        // The day may differ between mirrors; the words decide.
        let same = |known: &Key| (&known.1, &known.3) == (&key.1, &key.3);
        let current = runs.last().is_some_and(|(last, _)| same(last));
        let known = runs.iter().position(|(known, _)| same(known));
        let joins = if current {
            runs.len().checked_sub(1)
        } else {
            known.filter(|_| reading.capture.row.is_some() || !one_address)
        };
        match joins.and_then(|at| runs.get_mut(at)) {
            Some((_, readings)) => readings.push(reading),
            None => runs.push((key, vec![reading])),
        }
    }
    runs
}

/// The day of one text. A mirror shows a day a little later, or none: the page's own is the first.
fn day(readings: &[&Reading]) -> Option<Date> {
    readings.iter().filter_map(|r| r.date).min()
}

/// One text of a statement, under the day that it shows, else that of the first.
fn revision(
    readings: &[&Reading],
    id: &str,
    first_day: Option<Date>,
    n: u32,
    revisions: u32,
) -> Option<Statement> {
    let read = (*readings.first()?).clone();
    let date = day(readings).or(first_day);
    let mut captures: Vec<CaptureRef> = readings.iter().map(|r| r.capture.clone()).collect();
    captures.dedup();
    let genre = readings.iter().map(|r| r.genre).min().unwrap_or(read.genre);
    let mut evidence: Vec<_> = readings.iter().flat_map(|r| r.date_evidence.clone()).collect();
    evidence.sort();
    evidence.dedup();
    // That one of several pages shows no day says nothing where another does.
    let noted = || readings.iter().filter(|r| r.date.is_some() == date.is_some());
    Some(Statement {
        id: id.to_owned(),
        source: read.source,
        country: read.country,
        lang: read.lang,
        genre,
        title: read.title,
        date,
        date_evidence: evidence,
        date_note: noted().find_map(|r| r.date_note.clone()),
        published: readings.iter().find_map(|r| r.published.clone()),
        issuer: read.issuer,
        carrier: read.carrier,
        spokesperson: readings.iter().find_map(|r| r.spokesperson.clone()),
        url: String::new(),
        urls: Vec::new(),
        revision: n,
        revisions,
        captures,
        truncated: readings.iter().all(|r| r.truncated),
        layout: read.layout,
        text_digest: read.text_digest,
        turns: read.turns,
    })
}

/// `<source>/<date or undated>/<12 hex digits>` over what the first revision is known by.
fn id(key: &Key, date: Option<Date>) -> String {
    let mut digester = Digester::default();
    digester.field(key.0.as_bytes());
    digester.field(key.1.as_bytes());
    digester.field(key.3.as_str().as_bytes());
    let day = date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    digester.field(day.as_bytes());
    format!("{}/{}/{}", key.0, day, digester.finish().short(12))
}
