//! Coverage: by source and day what was expected, listed, fetched, read and failed, so that every
//! rate can be held against the share of the days that was really seen.

mod calendar;

use std::collections::{BTreeMap, BTreeSet};

use corpus::archive::{Archive, Purpose, RecordKind};
use corpus::source::{Expected, Source, Sources};
use corpus::{Corpus, Date, Reason, Reject, Statement, Time, partition};
use serde::Serialize;

pub use calendar::{
    Calendar, Counts, Day, DayStatus, KnownParts, Month, PageFact, StatementFact, calendar,
};

use crate::ledger::{Redirects, address};
use crate::{Result, Selection};

/// The calendar of one source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceCoverage {
    /// The source.
    pub source: String,
    /// Its name.
    pub label: String,
    /// The rhythm that is expected of it, in words; none where nobody declared one.
    pub rhythm: Option<String>,
    /// When its listings answered last; none where they were never read.
    pub listing_read: Option<Time>,
    /// The calendar.
    #[serde(flatten)]
    pub calendar: Calendar,
}

/// The calendars of the selected sources of which anything is known, sorted by id. Statements
/// must be up to date with the archive.
///
/// # Errors
/// Where the archive or a partition cannot be read.
pub fn coverage(
    corpus: &Corpus,
    sources: &Sources,
    selection: &Selection,
) -> Result<Vec<SourceCoverage>> {
    let archive = Archive::open(corpus)?;
    let rejects: Vec<Reject> = partition::read(&corpus.rejects())?;
    let mut covered = Vec::new();
    for source in sources.iter() {
        if !selection.sources.is_empty() && !selection.sources.contains(&source.id) {
            continue;
        }
        let statements = statements(corpus, &source.id)?;
        let history = crawl::history(&archive, &source.id);
        let pages = Pages::gather(&archive, sources, source, &statements, &rejects, &history);
        let asked = selection.sources.contains(&source.id);
        if statements.is_empty() && pages.0.is_empty() && history.answered.is_empty() && !asked {
            continue;
        }
        covered.push(of_source(sources, source, &statements, &pages, &history, selection));
    }
    Ok(covered)
}

fn of_source(
    sources: &Sources,
    source: &Source,
    statements: &[Brief],
    pages: &Pages,
    history: &crawl::History,
    selection: &Selection,
) -> SourceCoverage {
    let expected = sources.expected(source);
    let listing_read = history.answered.iter().map(|(_, at)| *at).max();
    let known = KnownParts {
        listing: listing_read.is_some(),
        pages: pages.0.values().any(|page| page.fetched),
    };
    // The day before the last look at what is newest: that day's text may still have been to come.
    let newest = history.runs.iter().filter(|r| r.finished && !r.windowed).map(|r| r.started).max();
    let watched_to = newest.and_then(|at| at.day().0.yesterday().ok()).map(Date);
    let within = |day: Option<Date>| match day {
        None => selection.from.is_none() && selection.to.is_none(),
        Some(day) => {
            selection.from.is_none_or(|from| from <= day) && selection.to.is_none_or(|to| day <= to)
        }
    };
    let facts: Vec<PageFact> = pages.facts().filter(|p| within(p.day)).collect();
    let said: Vec<StatementFact> =
        statements.iter().map(|s| s.fact).filter(|s| within(s.day)).collect();
    let range = (selection.from, selection.to);
    SourceCoverage {
        source: source.id.clone(),
        label: source.label.clone(),
        rhythm: expected.and_then(in_words),
        listing_read,
        calendar: calendar(expected, &facts, &said, known, range, watched_to),
    }
}

/// `a press-conference on mon, tue, wed, thu, fri since 2011-09-05`.
fn in_words(expected: &Expected) -> Option<String> {
    if expected.weekdays.is_empty() {
        return None;
    }
    let days: Vec<&str> = expected.weekdays.iter().map(|day| day.name()).collect();
    let what = expected.genre.map_or("a text".to_owned(), |genre| format!("a {}", genre.name()));
    let days =
        if days.len() == 7 { "every day".to_owned() } else { format!("on {}", days.join(", ")) };
    let since = expected.since.map(|day| format!(" since {day}")).unwrap_or_default();
    let until = expected.until.map(|day| format!(" until {day}")).unwrap_or_default();
    Some(format!("{what} {days}{since}{until}"))
}

/// What the calendar needs of a statement.
struct Brief {
    fact: StatementFact,
    /// Addresses that a page was fetched from.
    fetched: BTreeSet<String>,
}

fn statements(corpus: &Corpus, source: &str) -> Result<Vec<Brief>> {
    let selection = Selection { sources: vec![source.to_owned()], ..Selection::default() };
    let mut briefs = Vec::new();
    for path in selection.partitions(corpus)? {
        let mut fetched: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let rows: Vec<Statement> = partition::read(&path)?;
        for row in &rows {
            let pages = row.captures.iter().filter(|c| c.captured.is_some());
            let urls = pages.map(|c| address(&c.url));
            fetched.entry(row.id.clone()).or_default().extend(urls);
        }
        for row in rows.iter().filter(|row| row.is_latest()) {
            let fetched = fetched.remove(&row.id).unwrap_or_default();
            let from_table = fetched.is_empty();
            let fact = StatementFact { day: row.date, genre: row.genre, from_table };
            briefs.push(Brief { fact, fetched });
        }
    }
    Ok(briefs)
}

/// The pages of a source by their address, that which they led to where it is a statement's.
struct Pages(BTreeMap<String, PageFact>);

impl Pages {
    fn gather(
        archive: &Archive,
        sources: &Sources,
        source: &Source,
        statements: &[Brief],
        rejects: &[Reject],
        history: &crawl::History,
    ) -> Self {
        let ours = |url: &str, named: Option<&str>| match named {
            Some(named) => named == source.id,
            None => sources.by_address(url).is_some_and(|s| s.id == source.id),
        };
        let read: BTreeSet<&str> =
            statements.iter().flat_map(|brief| &brief.fetched).map(String::as_str).collect();
        let led = Redirects::of(
            archive,
            |entry| ours(&entry.url, entry.source.as_deref()),
            |at| read.contains(at),
        );
        let unknown =
            PageFact { day: None, listed: false, fetched: false, parsed: false, failed: false };
        let mut pages: BTreeMap<String, PageFact> = BTreeMap::new();
        let mut page = |url: &str, set: &dyn Fn(&mut PageFact)| {
            set(pages.entry(led.end(address(url))).or_insert(unknown));
        };
        for item in history.listings.iter().flat_map(|l| &l.items) {
            page(&item.url, &|p| {
                p.listed = true;
                p.day = item.date.or(p.day);
            });
        }
        for failure in &history.failures {
            page(&failure.url, &|p| p.failed = true);
        }
        let rejected = |as_what: fn(&Reason) -> bool| -> BTreeSet<String> {
            let found = rejects.iter().filter(|r| as_what(&r.reason));
            found.map(|r| address(&r.url)).collect()
        };
        let (no_page, blocked) =
            (rejected(Reason::is_no_statement_page), rejected(Reason::is_blocked));
        for entry in archive.entries() {
            let is_page = entry.purpose == Purpose::Page
                && matches!(entry.kind, RecordKind::Response | RecordKind::Revisit);
            let place = address(&entry.url);
            if !is_page || no_page.contains(&place) || !ours(&entry.url, entry.source.as_deref()) {
                continue;
            }
            let answered = entry.status.is_none_or(|s| (200..300).contains(&s) || s == 304);
            page(&entry.url, &|p| {
                p.fetched |= answered && !blocked.contains(&place);
                p.failed = true;
            });
        }
        for brief in statements {
            for url in &brief.fetched {
                page(url, &|p| {
                    (p.fetched, p.parsed) = (true, true);
                    p.day = brief.fact.day.or(p.day);
                });
            }
        }
        // What led to no statement, as to the home page, was asked for and gave none.
        for asked in led.astray() {
            pages.entry(asked.clone()).and_modify(|p| p.failed = true);
        }
        // What was read in the end did not fail.
        pages.values_mut().for_each(|p| p.failed &= !p.parsed);
        Self(pages)
    }

    fn facts(&self) -> impl Iterator<Item = PageFact> {
        self.0.values().copied()
    }
}
