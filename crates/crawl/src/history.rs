//! The history of a source's crawls, as the archive tells it: its runs, what its listings showed
//! and when, what could not be fetched.

use corpus::archive::{Archive, Purpose};
use corpus::{Reason, Time};

use crate::notes::{RunNote, failure_of, listed_of, run_of};
use crate::{Failure, Item};

/// All that the archive tells about the crawls of one source, each part in order of archiving.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The runs; one that was taken up again stands once a time it was noted.
    pub runs: Vec<Run>,
    /// What a listing page showed, noted whenever that changed.
    pub listings: Vec<ListingShown>,
    /// When a listing page answered, with the page's address.
    pub answered: Vec<(String, Time)>,
    /// What could not be fetched.
    pub failures: Vec<FailedOnce>,
}

/// One note about a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When the run began.
    pub started: Time,
    /// Whether the note says that it came to its end.
    pub finished: bool,
    /// Whether it asked for a window or an era, so that its listings do not show what is newest.
    pub windowed: bool,
}

/// What one listing page showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingShown {
    /// The listing page's address.
    pub listing: String,
    /// When.
    pub at: Time,
    /// Its items in order.
    pub items: Vec<Item>,
}

/// One failure to fetch an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedOnce {
    /// The address.
    pub url: String,
    /// Why.
    pub reason: Reason,
    /// When.
    pub at: Time,
}

/// Reads the history of `source` off the archive. A note that cannot be read is passed over: the
/// check of the archive tells of it.
pub fn history(archive: &Archive, source: &str) -> History {
    let mut history = History::default();
    for file in archive.files() {
        let ours = file.entries().iter().filter(|e| e.source.as_deref() == Some(source));
        for entry in ours {
            let at = entry.captured;
            if entry.purpose == Purpose::Listing {
                history.answered.push((entry.url.clone(), at));
            }
            if let Some((listing, items)) = listed_of(archive, file, entry) {
                history.listings.push(ListingShown { listing, at, items });
            } else if let Some(Failure { url, reason, .. }) = failure_of(archive, file, entry) {
                history.failures.push(FailedOnce { url, reason, at });
            } else if let Some(RunNote { started, asked, finished }) = run_of(archive, file, entry)
            {
                history.runs.push(Run { started, finished, windowed: asked.is_windowed() });
            }
        }
    }
    history
}
