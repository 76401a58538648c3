//! Where addresses led that are no statement's own, as archived redirects tell.

use std::collections::{BTreeMap, BTreeSet};

use corpus::Time;
use corpus::archive::{Archive, ArchiveFile, Entry, HttpResponse, RecordKind};
use url::Url;

use super::observe::address;

/// Redirects that are followed from one address.
const REDIRECTS: usize = 5;

/// Where archived redirects led.
#[derive(Debug, Default)]
pub(crate) struct Redirects {
    /// By address when it led to a statement's for the last time, and to which.
    led: BTreeMap<String, (Time, String)>,
    /// All addresses that led anywhere.
    all: BTreeSet<String>,
}

impl Redirects {
    /// Reads those of the redirects in the archive that hold for `is_ours` and whose address is
    /// no statement's own. No other record is inflated.
    pub(crate) fn of(
        archive: &Archive,
        is_ours: impl Fn(&Entry) -> bool,
        is_statement: impl Fn(&str) -> bool,
    ) -> Self {
        let mut hops = Vec::new();
        for file in archive.files() {
            for entry in file.entries() {
                let moved = entry.status.is_some_and(|s| (300..400).contains(&s) && s != 304);
                if !moved || entry.kind != RecordKind::Response || !is_ours(entry) {
                    continue;
                }
                let asked = address(&entry.url);
                if is_statement(&asked) {
                    continue;
                }
                let base = Url::parse(&entry.url).ok();
                let to = location(archive, file, entry).and_then(|to| base?.join(&to).ok());
                if let Some(to) = to {
                    hops.push((asked, entry.captured, address(to.as_str())));
                }
            }
        }
        let mut found = Self::default();
        for _ in 0..REDIRECTS {
            for (asked, at, to) in &hops {
                let end = match is_statement(to) {
                    true => Some(to.clone()),
                    false => found.led.get(to).map(|(_, end)| end.clone()),
                };
                let is_later = found.led.get(asked).is_none_or(|(last, _)| last <= at);
                if let Some(end) = end.filter(|_| is_later) {
                    found.led.insert(asked.clone(), (*at, end));
                }
            }
        }
        found.all = hops.into_iter().map(|(asked, ..)| asked).collect();
        found
    }

    /// The statement's address that `asked` led to, else itself.
    pub(crate) fn end(&self, asked: String) -> String {
        self.led.get(&asked).map_or(asked, |(_, to)| to.clone())
    }

    /// Addresses that led to what is no statement, and never to one.
    pub(crate) fn astray(&self) -> impl Iterator<Item = &String> {
        self.all.iter().filter(|asked| !self.led.contains_key(*asked))
    }
}

/// Where an archived redirect leads.
pub(super) fn location(archive: &Archive, file: &ArchiveFile, entry: &Entry) -> Option<String> {
    let record = archive.record(file, entry).ok()?;
    let head = HttpResponse::parse(&record.block).ok()?;
    head.header("Location").map(str::to_owned)
}
