//! Notes: what a crawl keeps in the archive beside its captures, each a record with an address of
//! its own kind. They say which runs there were, what the listings named, what failed.

use corpus::archive::{Archive, ArchiveFile, Entry, Purpose};
use corpus::{Date, Time};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Failure, Item, Options, Via};

const LISTED: &str = "urn:demarche:listed:";
const UNREAD: &str = "urn:demarche:unread:";
const FAILURE: &str = "urn:demarche:failure:";
const RUN: &str = "urn:demarche:run:";

/// The address of the notes about the items of a listing page.
pub(crate) fn listed_note(listing: &str) -> String {
    format!("{LISTED}{listing}")
}

/// The address of the notes about the listing that begins at `first`: which of its pages could not
/// be read, until that was made good.
pub(crate) fn unread_note(first: &str) -> String {
    format!("{UNREAD}{first}")
}

/// The page of a listing that could not be read and is owed, where an entry of the archive is a
/// note of it.
pub(crate) fn unread_of(archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<Failure> {
    entry.url.starts_with(UNREAD).then(|| read::<Option<Failure>>(archive, file, entry))??
}

/// The address of the notes about the runs of a source.
pub(crate) fn run_note(source: &str) -> String {
    format!("{RUN}{source}")
}

/// The address of the notes about failures to fetch an address.
pub(crate) fn failure_note(url: &str) -> String {
    format!("{FAILURE}{url}")
}

/// What a listing page named, with its address, where an entry of the archive is a note of it.
pub(crate) fn listed_of(
    archive: &Archive,
    file: &ArchiveFile,
    entry: &Entry,
) -> Option<(String, Vec<Item>)> {
    let listing = entry.url.strip_prefix(LISTED)?;
    Some((listing.to_owned(), read(archive, file, entry)?))
}

/// The failure to fetch an address that an entry of the archive is a note of.
pub fn failure_of(archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<Failure> {
    entry.url.starts_with(FAILURE).then(|| read(archive, file, entry))?
}

/// The run that an entry of the archive is a note of.
pub(crate) fn run_of(archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<RunNote> {
    entry.url.starts_with(RUN).then(|| read(archive, file, entry))?
}

/// What a note says; `None` where it is damaged, of which the check of the archive tells, and where it
/// says something else: such a run is as if it had left none, and the next one asks again.
fn read<T: DeserializeOwned>(archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<T> {
    if entry.purpose != Purpose::Note {
        return None;
    }
    serde_json::from_slice(&archive.record(file, entry).ok()?.block).ok()
}

/// A run's beginning or end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RunNote {
    /// When it began.
    pub started: Time,
    /// What it asked for.
    #[serde(deserialize_with = "asked")]
    pub asked: Asked,
    /// Whether it came to its end.
    pub finished: bool,
}

/// What decides which pages a run asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The window.
    pub since: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
    /// The era.
    pub era: Option<String>,
    /// Whether known pages are asked for again.
    pub full: bool,
    /// Where.
    pub via: Via,
}

impl RunNote {
    /// A run that begins now.
    pub(crate) fn begin(options: &Options) -> Self {
        let Options { since, until, era, full, via, .. } = options;
        let (since, until, full, via) = (*since, *until, *full, *via);
        let asked = Asked { since, until, era: era.clone(), full, via };
        Self { started: options.now(), asked, finished: false }
    }
}

impl Asked {
    /// Whether a window, an era or another archive was asked for, none of which shows what is
    /// newest.
    pub(crate) fn is_windowed(&self) -> bool {
        let whole = self.since.is_none() && self.until.is_none() && self.era.is_none();
        !whole || self.via != Via::Site
    }

    /// Reads `2022-01-01..2022-02-01 era=2017 full=false via=Site`, as notes had it at first.
    fn of_words(words: &str) -> Option<Self> {
        let (since, rest) = words.split_once("..")?;
        let (until, rest) = rest.split_once(" era=")?;
        let (era, rest) = rest.split_once(" full=")?;
        let (full, via) = rest.split_once(" via=")?;
        let day =
            |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        Some(Self {
            since: day(since)?,
            until: day(until)?,
            era: (!era.is_empty()).then(|| era.to_owned()),
            full: full.parse().ok()?,
            via: match via {
                "Site" => Via::Site,
                "Wayback" => Via::Wayback,
                _ => return None,
            },
        })
    }
}

fn asked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Asked, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Fields(Asked),
        Words(String),
    }
    match Kept::deserialize(deserializer)? {
        Kept::Fields(asked) => Ok(asked),
        Kept::Words(words) => Asked::of_words(&words)
            .ok_or_else(|| serde::de::Error::custom(format!("`{words}` is nothing to ask for"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_what_its_run_asked_for_now_and_before() {
        let day = |text: &str| text.parse::<Date>().ok();
        for (words, asked, windowed) in [
            (
                ".. era= full=false via=Site",
                Asked { since: None, until: None, era: None, full: false, via: Via::Site },
                false,
            ),
            (
                ".. era= full=true via=Wayback",
                Asked { since: None, until: None, era: None, full: true, via: Via::Wayback },
                true,
            ),
            (
                "2031-05-08.. era=to-2022 full=false via=Site",
                Asked {
                    since: day("2031-05-08"),
                    until: None,
                    era: Some("to-2022".to_owned()),
                    full: false,
                    via: Via::Site,
                },
                true,
            ),
        ] {
            let before = serde_json::json!({
                "started": "2031-06-01T00:00:00Z", "asked": words, "finished": true
            });
            let note: RunNote = serde_json::from_value(before).unwrap();
            assert_eq!((&note.asked, note.asked.is_windowed()), (&asked, windowed), "{words}");
            let now = serde_json::to_value(&note).unwrap();
            assert!(now["asked"].is_object(), "{now}");
            assert_eq!(serde_json::from_value::<RunNote>(now).unwrap(), note);
        }
        let odd = r#"{"started":"2031-06-01T00:00:00Z","asked":"all","finished":true}"#;
        let said = serde_json::from_str::<RunNote>(odd).unwrap_err().to_string();
        assert!(said.contains("`all` is nothing to ask for"), "{said}");
    }
}
