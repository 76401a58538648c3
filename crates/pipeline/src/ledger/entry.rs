//! One statement's entry in the ledger, and how it follows from what was found at its addresses.

use std::collections::BTreeSet;

use corpus::{Date, Reason, Statement, Time};
use serde::Serialize;

use super::observe::{Found, Looks, Observation, address};
use super::words::{Difference, difference};

/// Whether a statement was there when it was looked for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Seen, and not found missing since.
    Present,
    /// Missing at every address, by the site's own signs.
    Gone,
    /// Missing at one address, and not looked for at another one since.
    GoneInPart,
    /// Its address carries another statement.
    Replaced,
}

/// What can happen to a statement after it was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Its words changed.
    Edited,
    /// It was asked for and is missing.
    Gone,
    /// It was missing and is there again.
    Back,
    /// Its address carries another statement.
    Replaced,
}

/// One thing that happened to a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// What happened.
    pub kind: EventKind,
    /// When it was noticed; it happened after `after` and not later than this.
    pub noticed: Time,
    /// When the statement was last found otherwise.
    pub after: Time,
    /// Where.
    pub urls: Vec<String>,
    /// The site's sign that a page is missing: `status 404`, `soft 404: ...`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign: Option<String>,
    /// The statement that stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The revisions before and after an edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revisions: Option<[u32; 2]>,
    /// The layouts that the two were read by, where they differ: then the site was rebuilt
    /// between them, and a difference may be one of reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layouts: Option<[String; 2]>,
    /// The words of an edit.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

/// A look that told nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Try {
    /// When.
    pub at: Time,
    /// What came instead of the page.
    pub reason: Reason,
}

/// One statement that was fetched at least once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerEntry {
    /// The statement.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Day of the event.
    pub date: Option<Date>,
    /// Title as printed now.
    pub title: Option<String>,
    /// The canonical address.
    pub url: String,
    /// All addresses at which it was fetched.
    pub urls: Vec<String>,
    /// Whether it is there.
    pub state: State,
    /// When it was first fetched.
    pub first_seen: Time,
    /// When it was last found in place.
    pub last_seen: Time,
    /// How often it was found in place.
    pub times_seen: usize,
    /// When it was first found missing for good.
    pub gone_since: Option<Time>,
    /// The last look that told nothing, where one came after the last that did.
    pub last_try: Option<Try>,
    /// What happened to it, in order of time.
    pub events: Vec<Event>,
}

/// The entry of the statement whose revisions are `rows`; `None` where it was never fetched.
pub(super) fn entry(all: &[Statement], rows: &[usize], looks: &Looks) -> Option<LedgerEntry> {
    let now = all.get(*rows.last()?)?;
    let captures = rows.iter().filter_map(|row| all.get(*row)).flat_map(|s| &s.captures);
    let mut urls: Vec<String> =
        captures.filter(|c| c.captured.is_some()).map(|c| c.url.clone()).collect();
    urls.sort();
    urls.dedup();
    let mut told: Vec<Told> =
        urls.iter().filter_map(|url| told(all, rows, url, looks.get(&address(url))?)).collect();
    // Two spellings of one address (http and https) tell one story.
    let place = |t: &Told| (address(&t.url), t.fragment().map(str::to_owned));
    told.sort_by_cached_key(place);
    told.dedup_by(|b, a| place(a) == place(b));
    let first_seen = told.iter().map(|t| t.first_seen).min()?;
    let last_seen = told.iter().map(|t| t.last_seen).max()?;
    let (state, gone_since) = state(&told, last_seen);
    let last_try = told.iter().filter_map(|t| t.last_try.clone()).max_by_key(|last| last.at);
    Some(LedgerEntry {
        id: now.id.clone(),
        source: now.source.clone(),
        date: now.date,
        title: now.title.clone(),
        url: now.url.clone(),
        urls,
        state,
        first_seen,
        last_seen,
        times_seen: told.iter().map(|t| t.times_seen).sum(),
        gone_since,
        last_try,
        events: merged(told),
    })
}

/// What one address tells about a statement.
struct Told {
    url: String,
    first_seen: Time,
    last_seen: Time,
    times_seen: usize,
    state: State,
    since: Option<Time>,
    last_try: Option<Try>,
    events: Vec<Event>,
}

impl Told {
    fn fragment(&self) -> Option<&str> {
        self.url.split_once('#').map(|(_, fragment)| fragment)
    }
}

fn told(all: &[Statement], rows: &[usize], url: &str, looks: &[Observation]) -> Option<Told> {
    let is_ours = |look: &&Observation| seen_row(rows, look).is_some();
    let first = looks.iter().find(is_ours)?;
    let mut told = Told {
        url: url.to_owned(),
        first_seen: first.at,
        last_seen: first.at,
        times_seen: 0,
        state: State::Present,
        since: None,
        last_try: None,
        events: Vec::new(),
    };
    // The last whole text here; a capture that was cut short shows no absence.
    let mut text: Option<usize> = None;
    let mut sure = first.at;
    for look in looks.iter().skip_while(|look| !is_ours(look)) {
        match (&look.what, seen_row(rows, look)) {
            (Found::Text { cut, .. }, Some(row)) => {
                if told.state != State::Present {
                    told.events.push(event(EventKind::Back, look, sure, url));
                }
                let whole = !cut && all.get(row).is_some_and(|s| !s.truncated);
                if let Some(before) = text.filter(|before| whole && *before != row) {
                    told.events.extend(edit(all, before, row, look, told.last_seen, url));
                }
                // What was read without a layout is not held against what a layout gave.
                let worse = text.is_some_and(|before| !is_guess(all, before) && is_guess(all, row));
                text = if whole && !worse { Some(row) } else { text };
                (told.state, told.since) = (State::Present, None);
                told.times_seen += 1;
                told.last_seen = look.at;
            }
            // Many texts may be answered at one address: another one says nothing of this.
            (Found::Text { rows: others, .. }, None)
                if url.contains('#') && !stood_together(all, rows, others) =>
            {
                continue;
            }
            (Found::Text { rows: others, .. }, None) => {
                let by = others.iter().filter_map(|row| all.get(*row)).find(|other| {
                    !url.contains('#') || other.captures.iter().any(|c| c.url == url)
                });
                // A notice that a filter or a failing server put there and that reads like a text.
                if by.is_some_and(|other| other.date.is_none()) {
                    let title = by.and_then(|other| other.title.as_deref()).unwrap_or("untitled");
                    let reason = format!("another text without a date: {title}").into();
                    told.last_try = Some(Try { at: look.at, reason });
                    continue;
                }
                let mut event = match by {
                    Some(_) => event(EventKind::Replaced, look, sure, url),
                    None => event(EventKind::Gone, look, sure, url),
                };
                event.by = by.map(|other| other.id.clone());
                event.sign = by.is_none().then(|| "its page is there without it".to_owned());
                told.leave(event);
            }
            (Found::Missing(sign), _) => {
                let mut event = event(EventKind::Gone, look, sure, url);
                event.sign = Some(sign.to_string());
                told.leave(event);
            }
            (Found::Unclear(reason), _) => {
                told.last_try = Some(Try { at: look.at, reason: reason.clone() });
                continue;
            }
        }
        told.last_try = None;
        sure = look.at;
    }
    Some(told)
}

impl Told {
    /// Takes note that the statement is not in its place; told once until it is back.
    fn leave(&mut self, event: Event) {
        let state = if event.kind == EventKind::Gone { State::Gone } else { State::Replaced };
        if self.state != state {
            (self.state, self.since) = (state, Some(event.noticed));
            self.events.push(event);
        }
    }
}

/// The revision of the statement that a look found.
fn seen_row(rows: &[usize], look: &Observation) -> Option<usize> {
    let Found::Text { rows: found, .. } = &look.what else { return None };
    found.iter().find(|row| rows.contains(row)).copied()
}

/// Whether one capture ever held both a revision of `rows` and one of `others`, as a page of a day's
/// stories does.
fn stood_together(all: &[Statement], rows: &[usize], others: &[usize]) -> bool {
    let captures = |rows: &[usize]| -> BTreeSet<(String, Option<Time>)> {
        let captures = rows.iter().filter_map(|row| all.get(*row)).flat_map(|s| &s.captures);
        captures.map(|c| (c.digest.to_string(), c.captured)).collect()
    };
    !captures(rows).is_disjoint(&captures(others))
}

fn event(kind: EventKind, look: &Observation, after: Time, url: &str) -> Event {
    Event {
        kind,
        noticed: look.at,
        after,
        urls: vec![url.to_owned()],
        sign: None,
        by: None,
        revisions: None,
        layouts: None,
        difference: None,
    }
}

/// Whether a revision was read without a layout of its source: its edges are a guess, and a
/// difference from what a layout gave would be one of reading.
fn is_guess(all: &[Statement], row: usize) -> bool {
    all.get(row).is_some_and(|s| s.layout.starts_with("fallback"))
}

/// The edit from one revision to another; `None` where only the date, the roles or white space
/// differ.
fn edit(
    all: &[Statement],
    old: usize,
    new: usize,
    look: &Observation,
    after: Time,
    url: &str,
) -> Option<Event> {
    if is_guess(all, old) != is_guess(all, new) {
        return None;
    }
    let (old, new) = (all.get(old)?, all.get(new)?);
    let difference = Some(difference(old, new)?);
    let layouts = (old.layout != new.layout).then(|| [old.layout.clone(), new.layout.clone()]);
    let revisions = Some([old.revision, new.revision]);
    Some(Event { revisions, layouts, difference, ..event(EventKind::Edited, look, after, url) })
}

/// The state of a statement over its addresses, and since when it is gone.
fn state(told: &[Told], last_seen: Time) -> (State, Option<Time>) {
    let gone: Vec<&Told> = told.iter().filter(|t| t.state == State::Gone).collect();
    let since = gone.iter().filter_map(|t| t.since).max();
    if gone.len() == told.len() {
        return (State::Gone, since);
    }
    if told.iter().all(|t| t.state != State::Present) {
        return (State::Replaced, None);
    }
    match since {
        Some(since) if last_seen < since => (State::GoneInPart, Some(since)),
        _ => (State::Present, None),
    }
}

/// All events in order of time; an edit that was noticed at several addresses is told once.
fn merged(told: Vec<Told>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for told in told {
        let before = events.len();
        for event in told.events {
            let (earlier, _) = events.split_at_mut(before);
            let same = earlier.iter_mut().find(|e| {
                e.kind == EventKind::Edited
                    && event.kind == EventKind::Edited
                    && e.difference == event.difference
                    && !e.urls.contains(&told.url)
            });
            match same {
                Some(same) => {
                    same.urls.push(told.url.clone());
                    if event.noticed < same.noticed {
                        (same.noticed, same.after) = (event.noticed, event.after);
                    }
                }
                None => events.push(event),
            }
        }
    }
    events.sort_by_key(|event| (event.noticed, event.kind));
    events
}
