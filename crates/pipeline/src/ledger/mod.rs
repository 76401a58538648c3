//! The ledger: for each statement that was ever fetched, when it was first and last seen, every
//! change of its words, since when it is gone and whether it came back.
//!
//! It is derived from the archive and from what was read off it. A listing is no ledger: that an
//! item left its list means nothing here, and a page that was blocked, broke off or answered with
//! an error of the server says nothing about the text.

mod entry;
mod observe;
mod redirects;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use corpus::archive::{Archive, RecordKind};
use corpus::source::Sources;
use corpus::{Corpus, Reject, Statement, Time, partition};
use serde::Serialize;

pub use entry::{Event, EventKind, LedgerEntry, State, Try};
pub(crate) use observe::address;
pub(crate) use redirects::Redirects;
pub use words::{Difference, Hunk};

use crate::{Result, Selection};

/// The ledger of a corpus.
#[derive(Debug, Clone, Serialize)]
pub struct Ledger {
    /// Time of the newest capture: later changes cannot be known.
    pub as_of: Option<Time>,
    /// Sums.
    pub totals: Totals,
    /// The same by source.
    pub sources: BTreeMap<String, Totals>,
    /// Every statement that was fetched at least once, sorted by id.
    pub statements: Vec<LedgerEntry>,
}

/// How many statements something happened to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Fetched at least once.
    pub statements: usize,
    /// Of these, asked for again at least once.
    pub looked_at_again: usize,
    /// Their words changed after they were first seen, punctuation aside.
    pub edited: usize,
    /// Nothing but their punctuation changed.
    pub punctuation_edited: usize,
    /// Gone now, at every address.
    pub gone: usize,
    /// Gone at one address, not looked for at another since.
    pub gone_in_part: usize,
    /// Were gone and came back.
    pub back: usize,
    /// Their address carries another statement now.
    pub replaced: usize,
    /// Known from imported tables alone: nobody looked at their pages, so nothing is known.
    pub never_fetched: usize,
}

/// The ledger of the selected statements. Statements must be up to date with the archive.
///
/// # Errors
/// Where the archive or a partition cannot be read.
pub fn ledger(corpus: &Corpus, sources: &Sources, selection: &Selection) -> Result<Ledger> {
    let archive = Archive::open(corpus)?;
    let (statements, never) = fetched(corpus, selection)?;
    let rejects: Vec<Reject> = partition::read(&corpus.rejects())?;
    let looks = observe::looks(&archive, sources, &statements, &rejects);
    let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, statement) in statements.iter().enumerate() {
        rows.entry(&statement.id).or_default().push(row);
    }
    let entries = rows.into_values().filter_map(|rows| {
        let latest = rows.last().and_then(|row| statements.get(*row))?;
        selection.holds(latest).then(|| entry::entry(&statements, &rows, &looks))?
    });
    let mut entries: Vec<LedgerEntry> = entries.collect();
    compare_replaced(corpus, &mut entries)?;
    let answers =
        archive.entries().filter(|e| matches!(e.kind, RecordKind::Response | RecordKind::Revisit));
    let as_of = answers.map(|e| e.captured).max();
    let mut ledger =
        Ledger { as_of, totals: Totals::default(), sources: never, statements: entries };
    ledger.sum();
    Ok(ledger)
}

/// An edit of both title and date makes another statement at the same address: where most of the
/// words of the old one stand in the new one, the event shows how they differ.
fn compare_replaced(corpus: &Corpus, entries: &mut [LedgerEntry]) -> Result<()> {
    let replaced = |entry: &LedgerEntry| -> Vec<String> {
        let by = entry.events.iter().filter_map(|e| e.by.clone());
        by.chain(std::iter::once(entry.id.clone())).collect()
    };
    let any = entries.iter().filter(|entry| entry.events.iter().any(|e| e.by.is_some()));
    let wanted: BTreeSet<String> = any.flat_map(replaced).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut texts: BTreeMap<String, Statement> = BTreeMap::new();
    for path in partition::list(&corpus.statements())? {
        let statements: Vec<Statement> = partition::read(&path)?;
        let found = statements.into_iter().filter(|s| s.is_latest() && wanted.contains(&s.id));
        texts.extend(found.map(|s| (s.id.clone(), s)));
    }
    for entry in entries {
        let Some(old) = texts.get(&entry.id) else { continue };
        for event in &mut entry.events {
            let Some(new) = event.by.as_ref().and_then(|by| texts.get(by)) else { continue };
            let difference = words::difference(old, new);
            event.difference = difference.filter(|d| d.deleted * 2 < words::size(old));
        }
    }
    Ok(())
}

/// All revisions of the statements that a page gave, in order, the texts only of those that have
/// more than one; and by source how many statements no page gave.
fn fetched(
    corpus: &Corpus,
    selection: &Selection,
) -> Result<(Vec<Statement>, BTreeMap<String, Totals>)> {
    let (mut fetched, mut sources) = (Vec::new(), BTreeMap::<String, Totals>::new());
    for path in partition::list(&corpus.statements())? {
        let statements: Vec<Statement> = partition::read(&path)?;
        for mut statement in statements {
            if statement.captures.iter().any(|c| c.captured.is_some()) {
                if statement.revisions == 1 {
                    statement.turns = Vec::new();
                }
                fetched.push(statement);
            } else if statement.is_latest() && selection.holds(&statement) {
                sources.entry(statement.source.clone()).or_default().never_fetched += 1;
            }
        }
    }
    fetched.sort_by(|a, b| (&a.id, a.revision).cmp(&(&b.id, b.revision)));
    Ok((fetched, sources))
}

impl Ledger {
    /// Leaves only the entries that `keep` holds for, and sums anew.
    pub fn retain(&mut self, keep: impl Fn(&LedgerEntry) -> bool) {
        self.statements.retain(keep);
        self.sources.clear();
        self.sum();
    }

    fn sum(&mut self) {
        for entry in &self.statements {
            self.sources.entry(entry.source.clone()).or_default().count(entry);
        }
        self.totals = Totals::default();
        self.sources.values().for_each(|s| self.totals.add(s));
    }
}

impl Totals {
    fn count(&mut self, entry: &LedgerEntry) {
        let any = |holds: &dyn Fn(&Event) -> bool| usize::from(entry.events.iter().any(holds));
        let edited = |e: &Event| {
            matches!(e.kind, EventKind::Edited | EventKind::Replaced)
                && e.difference.as_ref().is_some_and(|d| !d.only_punctuation)
        };
        let words = any(&edited);
        self.statements += 1;
        self.looked_at_again += usize::from(entry.times_seen > 1 || !entry.events.is_empty());
        self.edited += words;
        self.punctuation_edited += any(&|e| e.difference.is_some()).saturating_sub(words);
        self.gone += usize::from(entry.state == State::Gone);
        self.gone_in_part += usize::from(entry.state == State::GoneInPart);
        self.back += any(&|e| e.kind == EventKind::Back);
        self.replaced += usize::from(entry.state == State::Replaced);
    }

    fn add(&mut self, other: &Self) {
        self.statements += other.statements;
        self.looked_at_again += other.looked_at_again;
        self.edited += other.edited;
        self.punctuation_edited += other.punctuation_edited;
        self.gone += other.gone;
        self.gone_in_part += other.gone_in_part;
        self.back += other.back;
        self.replaced += other.replaced;
        self.never_fetched += other.never_fetched;
    }
}
