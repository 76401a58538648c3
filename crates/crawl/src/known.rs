//! What the archive knows of a source: pages and their validators, items listed before, failures
//! and when to try again, a run that was cut short. There is no other record of a crawl.

use std::collections::BTreeMap;

use corpus::archive::{Archive, Entry, HttpResponse, Purpose};
use corpus::Time;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::fetch::Validators;
use crate::{Failure, Item, Options};

/// Begins the address of a note about the items of one listing page.
pub(crate) const LISTED: &str = "urn:demarche:listed:";
/// Begins the address of a note about a failure.
pub(crate) const FAILURE: &str = "urn:demarche:failure:";
/// Redirects that are followed within the archive.
const REDIRECTS: usize = 5;

/// The address of the note about the items of a listing page.
pub(crate) fn listed_note(listing: &str) -> String {
    format!("{LISTED}{listing}")
}

/// The address of the notes about the runs of a source.
pub(crate) fn run_note(source: &str) -> String {
    format!("urn:demarche:run:{source}")
}

/// The address of a note about a failure.
pub(crate) fn failure_note(url: &str) -> String {
    format!("{FAILURE}{url}")
}

/// A run's beginning or end as a note keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunNote {
    /// When it began.
    pub started: Time,
    /// The window and what else decides which pages are asked for.
    pub asked: String,
    /// Whether it came to its end.
    pub finished: bool,
}

impl RunNote {
    pub(crate) fn begin(options: &Options) -> Self {
        let day = |d: Option<corpus::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let era = options.era.as_deref().unwrap_or("");
        let (since, until) = (day(options.since), day(options.until));
        let (full, via) = (options.full, options.via);
        let asked = format!("{since}..{until} era={era} full={full} via={via:?}");
        Self { started: options.now(), asked, finished: false }
    }
}

/// The last note of that address, where there is one.
fn last_note(archive: &Archive, url: &str) -> Option<Vec<u8>> {
    let (file, entry) = archive.places_of(url).last()?;
    Some(archive.record(file, entry).ok()?.block)
}

/// The run that was cut short and is to be taken up again: the last one, if it did not finish and
/// asked for the same.
pub(crate) fn unfinished(archive: &Archive, source: &str, now: &RunNote) -> Option<RunNote> {
    let note: RunNote = serde_json::from_slice(&last_note(archive, &run_note(source))?).ok()?;
    (!note.finished && note.asked == now.asked).then_some(note)
}

/// Whether the last note about a listing page holds exactly these items.
pub(crate) fn same_items(archive: &Archive, listing: &str, items: &[Item]) -> bool {
    let last = last_note(archive, &listed_note(listing));
    let last: Option<Vec<Item>> = last.and_then(|note| serde_json::from_slice(&note).ok());
    last.is_some_and(|last| last == items)
}

/// Every item that the source's own listings ever named, by address, as named last.
pub(crate) fn items(archive: &Archive, source: &str) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for file in archive.files() {
        for entry in file.entries() {
            let ours = entry.purpose == Purpose::Note && entry.source.as_deref() == Some(source);
            if !ours || !entry.url.starts_with(LISTED) {
                continue;
            }
            let Ok(record) = archive.record(file, entry) else { continue };
            let listed: Vec<Item> = serde_json::from_slice(&record.block).unwrap_or_default();
            let own = listed.into_iter().filter(|item| item.capture.is_none());
            items.extend(own.map(|item| (item.url.clone(), item)));
        }
    }
    items
}

/// Whether a listing answered at this address before.
pub(crate) fn answered(archive: &Archive, url: &str) -> bool {
    archive.of_url(url).any(|e| e.purpose == Purpose::Listing && e.status == Some(200))
}

/// The last failure of an address, unless a good capture came after it.
pub(crate) fn failure(archive: &Archive, url: &str) -> Option<Failure> {
    let (file, entry) = archive.places_of(&failure_note(url)).last()?;
    if newest(archive, url).is_some_and(|good| good.captured > entry.captured) {
        return None;
    }
    serde_json::from_slice(&archive.record(file, entry).ok()?.block).ok()
}

/// The newest capture of `url` with status 200, redirects followed within the archive.
pub(crate) fn newest<'a>(archive: &'a Archive, url: &str) -> Option<&'a Entry> {
    let mut here = url.to_owned();
    for _ in 0..=REDIRECTS {
        // A page that only says that it is missing has a note of that time.
        let note = failure_note(&here);
        let good = |e: &&Entry| {
            e.status == Some(200)
                && e.purpose == Purpose::Page
                && !archive.of_url(&note).any(|failed| failed.captured == e.captured)
        };
        if let Some(newest) = archive.of_url(&here).filter(good).max_by_key(|e| e.captured) {
            return Some(newest);
        }
        let mut moved = archive.places_of(&here).filter(|(_, e)| e.purpose == Purpose::Redirect);
        let (file, entry) = moved.next_back()?;
        let record = archive.record(file, entry).ok()?;
        let response = HttpResponse::parse(&record.block).ok()?;
        here = Url::parse(&here).ok()?.join(response.header("location")?).ok()?.into();
    }
    None
}

/// What the newest good capture of an address says for the next request.
pub(crate) struct KnownPage {
    /// When it was captured.
    pub captured: Time,
    /// Digest of its payload.
    pub payload: String,
    /// What a conditional request sends.
    pub validators: Validators,
}

/// The newest good capture of `url`.
pub(crate) fn page(archive: &Archive, url: &str) -> Option<KnownPage> {
    let newest = newest(archive, url)?;
    let (file, _) = archive.places_of(&newest.url).find(|(_, e)| std::ptr::eq(*e, newest))?;
    let record = archive.record(file, newest).ok()?;
    let response = HttpResponse::parse(&record.block).ok()?;
    let field = |name| response.header(name).map(str::to_owned);
    let validators = Validators { etag: field("ETag"), modified: field("Last-Modified") };
    Some(KnownPage {
        captured: newest.captured,
        payload: newest.payload.clone(),
        validators,
    })
}
