//! Whether the listings of a source still answer, hold items, and show what is new.

use std::collections::{BTreeMap, BTreeSet};

use corpus::source::{Discovery, Expected, Source, Sources};
use corpus::{Date, Time};
use serde::Serialize;

use super::{Complaint, Health, Since};
use crate::ledger::address;

/// Days after which a listing without a declared rhythm is worth a look.
const QUIET_DAYS: u32 = 30;

/// What the listings of a source showed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListingHealth {
    /// When a listing page answered last; none where they were never read.
    pub answered: Option<Time>,
    /// Items that all listing pages showed last, each address once.
    pub items: usize,
    /// The newest day among them.
    pub newest: Option<Date>,
    /// Expected days (days of the calendar where none are declared) after which it is stale.
    pub stale_after: Option<u32>,
}

/// What the listings showed last; `None` for a source that declares none.
pub(super) fn health(
    source: &Source,
    expected: Option<&Expected>,
    history: &crawl::History,
) -> Option<ListingHealth> {
    if source.discoveries.is_empty() {
        return None;
    }
    // A selector may match an item and the link in it, and sections name one another's items.
    let items = shown(history).into_values().flat_map(|listing| &listing.items);
    let addresses: BTreeSet<String> = items.map(|item| address(&item.url)).collect();
    Some(ListingHealth {
        answered: answered(history),
        items: addresses.len(),
        newest: newest(history),
        stale_after: expected.and_then(|e| e.stale_after),
    })
}

/// What each listing page showed last.
fn shown(history: &crawl::History) -> BTreeMap<&str, &crawl::ListingShown> {
    history.listings.iter().map(|listing| (listing.listing.as_str(), listing)).collect()
}

/// When a listing page answered last.
fn answered(history: &crawl::History) -> Option<Time> {
    history.answered.iter().map(|(_, at)| *at).max()
}

fn newest(history: &crawl::History) -> Option<Date> {
    let items = shown(history).into_values().flat_map(|listing| &listing.items);
    items.filter_map(|item| item.date).max()
}

/// Everything that is wrong with the listings.
pub(super) fn complaints(
    source: &Source,
    sources: &Sources,
    file: &str,
    history: &crawl::History,
    today: Date,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    // A run for a window or an era does not tell what is new.
    let Some(run) = history.runs.iter().rfind(|run| !run.windowed) else {
        return complaints;
    };
    let era = source.discoveries.first().map(|d| d.era().to_owned());
    let mut complain = |health, selector: Option<String>, since: Option<Since>, what, cure| {
        let (layout, key) = (era.clone(), selector.is_some().then(|| "item".to_owned()));
        complaints.push(Complaint {
            health,
            part: "listing",
            layout,
            key,
            selector,
            since,
            what,
            cure,
        });
    };
    let answered = answered(history);
    if answered.is_none_or(|at| at < run.started) {
        let since = Some(Since::Time(run.started));
        let what = match answered {
            Some(at) => {
                format!("no listing page answered at the last run; the last that did: {at}")
            }
            None => "no listing page ever answered".to_owned(),
        };
        let cure = format!("open the address of [[discovery]] in {file} in a browser and mend it");
        complain(Health::Broken, None, since, what, cure);
    }
    let shown = shown(history);
    for discovery in &source.discoveries {
        let first = discovery.first();
        let selector = match discovery {
            Discovery::Listing(listing) => Some(listing.items.item.clone()),
            // What is asked day by day or by number has no one address that must show items.
            Discovery::Days(_) | Discovery::Counter(_) | Discovery::Wayback(_) => continue,
            Discovery::Feed(_) | Discovery::Sitemap(_) => None,
        };
        let Some(last) = shown.get(first).filter(|l| l.items.is_empty()) else {
            continue;
        };
        let had = history.listings.iter().any(|l| l.listing == first && !l.items.is_empty());
        let others = shown.values().any(|l| !l.items.is_empty());
        let health = if had || !others { Health::Broken } else { Health::Doubtful };
        let what = format!("zero items: {first} answers and none is found on it");
        let part = if selector.is_some() { "`item`" } else { "`address`" };
        let cure = format!("mend {part} of the [[discovery]] of era {} in {file}", discovery.era());
        complain(health, selector, Some(Since::Time(last.at)), what, cure);
    }
    let expected = sources.expected(source);
    let limit = expected.and_then(|e| e.stale_after);
    let rhythm = expected.cloned().unwrap_or_default();
    let unit = if rhythm.weekdays.is_empty() { "days" } else { "expected days" };
    if let Some(newest) = newest(history) {
        let missed = rhythm.missed(newest, today);
        let allowed = limit.unwrap_or(QUIET_DAYS);
        let read = answered.map(Time::day);
        let unread = read.map_or(0, |day| rhythm.missed(day, today));
        let read = read.map_or("never".to_owned(), |day| day.to_string());
        if missed > allowed {
            let health = if limit.is_some() { Health::Broken } else { Health::Doubtful };
            let what = format!(
                "the newest item is of {newest}: {missed} {unit} without a new one, {allowed} are \
                 allowed; the listing was read last on {read}"
            );
            let cure = if unread > allowed {
                "crawl again, or let `demarche schedule` do it".to_owned()
            } else {
                format!(
                    "see whether the site lists newer ones; if so mend its [[discovery]] in \
                     {file}, if not declare the recess under [expected]"
                )
            };
            complain(health, None, Some(Since::Day(newest)), what, cure);
        }
    } else if !shown.is_empty() && shown.values().any(|l| !l.items.is_empty()) {
        let what = "no item has a date, so freshness cannot be told".to_owned();
        let cure = format!("set `date` of the [[discovery]] in {file}");
        complain(Health::Doubtful, None, None, what, cure);
    }
    complaints
}
