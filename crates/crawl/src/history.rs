//! The history of a source's crawls, as the archive tells it: its runs, what its listings showed
//! and when, what could not be fetched.

use corpus::Time;
use corpus::archive::{Archive, Purpose};

use crate::{Failure, Item};
use crate::known::{FAILURE, LISTED, RunNote, run_note};

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
    /// Why, in few stable words first: `status 500`, `blocked`, `soft 404: ...`.
    pub reason: String,
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
            if entry.purpose == Purpose::Listing {
                history.answered.push((entry.url.clone(), entry.captured));
            }
            if entry.purpose != Purpose::Note {
                continue;
            }
            let Ok(record) = archive.record(file, entry) else { continue };
            history.take(&entry.url, entry.captured, &record.block, source);
        }
    }
    history
}

impl History {
    fn take(&mut self, url: &str, at: Time, json: &[u8], source: &str) {
        if let Some(listing) = url.strip_prefix(LISTED) {
            let Ok(items) = serde_json::from_slice(json) else { return };
            self.listings.push(ListingShown { listing: listing.into(), at, items });
        } else if url.starts_with(FAILURE) {
            let Ok(Failure { url, reason, .. }) = serde_json::from_slice(json) else { return };
            self.failures.push(FailedOnce { url, reason, at });
        } else if url == run_note(source) {
            let Ok(note) = serde_json::from_slice::<RunNote>(json) else { return };
            let asked = &note.asked;
            // What another archive was asked for does not show what is newest either.
            let windowed = !asked.starts_with(".. era= ") || asked.contains("Wayback");
            self.runs.push(Run { started: note.started, finished: note.finished, windowed });
        }
    }
}
