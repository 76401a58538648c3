//! What the archive knows of a source: pages and their validators, items listed before, failures
//! and when to try again, a run that was cut short. There is no other record of a crawl.

use std::collections::BTreeMap;

use corpus::Time;
use corpus::archive::{Archive, Entry, HttpResponse, Purpose, RecordKind};
use url::Url;

use crate::fetch::Validators;
use crate::notes::{
    RunNote, failure_note, failure_of, listed_note, listed_of, run_note, run_of, unread_note,
    unread_of,
};
use crate::{Failure, Item};

/// Redirects that are followed within the archive.
const REDIRECTS: usize = 5;

/// The run that was cut short and is to be taken up again: the last one, if it did not finish and
/// asked for the same.
pub(crate) fn unfinished(archive: &Archive, source: &str, now: &RunNote) -> Option<RunNote> {
    let (file, entry) = archive.places_of(&run_note(source)).last()?;
    let note = run_of(archive, file, entry)?;
    (!note.finished && note.asked == now.asked).then_some(note)
}

/// Whether the last note about a listing page holds exactly these items.
pub(crate) fn same_items(archive: &Archive, listing: &str, items: &[Item]) -> bool {
    let last = archive.places_of(&listed_note(listing)).last();
    last.and_then(|(file, entry)| listed_of(archive, file, entry)).is_some_and(|(_, i)| i == items)
}

/// Every item that the source's own listings ever named, by address, as named last.
pub(crate) fn items(archive: &Archive, source: &str) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for file in archive.files() {
        let ours = file.entries().iter().filter(|e| e.source.as_deref() == Some(source));
        for entry in ours {
            let Some((_, listed)) = listed_of(archive, file, entry) else { continue };
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
    failure_of(archive, file, entry)
}

/// The page that is owed of the listing which begins at `first`: it could not be read, and the
/// listing was not read as far as that since.
pub(crate) fn unread(archive: &Archive, first: &str) -> Option<Failure> {
    let (file, entry) = archive.places_of(&unread_note(first)).last()?;
    unread_of(archive, file, entry)
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

/// The newest good capture of `url`, where it can still be read.
pub(crate) fn page(archive: &Archive, url: &str) -> Option<KnownPage> {
    let newest = newest(archive, url)?;
    let (file, _) = archive.places_of(&newest.url).find(|(_, e)| std::ptr::eq(*e, newest))?;
    // What is damaged since is not known any more: it is fetched again, whole.
    let record = archive.record(file, newest).ok()?;
    if newest.kind == RecordKind::Revisit {
        archive.capture(file, newest).ok()?;
    }
    let response = HttpResponse::parse(&record.block).ok()?;
    let field = |name| response.header(name).map(str::to_owned);
    let validators = Validators { etag: field("ETag"), modified: field("Last-Modified") };
    Some(KnownPage { captured: newest.captured, payload: newest.payload.clone(), validators })
}
