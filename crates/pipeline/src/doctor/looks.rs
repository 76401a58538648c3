//! The newest captures of each source, looked at with its layouts.

use std::collections::BTreeMap;

use corpus::archive::{Archive, ArchiveFile, Entry, Purpose, RecordKind};
use corpus::source::Sources;
use corpus::{Capture, Reason, Time};
use normalize::Inspection;
use rayon::prelude::*;

use super::Asked;
use crate::Result;

/// How many captures before the newest are looked at, to compare with: about a month's.
const BEFORE: usize = 150;

/// One capture and what it shows.
#[derive(Debug, Clone)]
pub(super) struct Look {
    /// When it was captured.
    pub at: Time,
    /// Its address.
    pub url: String,
    /// What it shows, or why it is no page that a layout should fit.
    pub seen: std::result::Result<Inspection, Reason>,
    /// The same page as the source's last fitting layout sees it, where none fits.
    pub expected: Option<Inspection>,
}

impl Look {
    /// Characters of text found; none where the capture is no page of statements.
    pub fn text(&self) -> Option<usize> {
        let seen = self.seen.as_ref().ok()?;
        match seen.kind {
            None => Some(0),
            Some(corpus::source::PageKind::Statement) => Some(seen.chars("body")),
            Some(_) => None,
        }
    }

    /// The layout of a page of statements.
    pub fn layout(&self) -> Option<&str> {
        self.seen.as_ref().ok()?.layout.as_deref()
    }
}

type Place<'a> = (&'a ArchiveFile, &'a Entry);

/// The newest captures by source, oldest first.
pub(super) fn looks(
    archive: &Archive,
    sources: &Sources,
    asked: &Asked,
) -> Result<BTreeMap<String, Vec<Look>>> {
    let mut captures: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    for file in archive.files() {
        for entry in file.entries().iter().filter(|e| e.purpose == Purpose::Page) {
            // A page that did not change still shows that its layout fits.
            if !matches!(entry.kind, RecordKind::Response | RecordKind::Revisit) {
                continue;
            }
            let named = entry.source.as_deref().and_then(|id| sources.get(id));
            let Some(source) = named.or_else(|| sources.by_address(&entry.url)) else { continue };
            if asked.sources.is_empty() || asked.sources.contains(&source.id) {
                captures.entry(&source.id).or_default().push((file, entry));
            }
        }
    }
    let mut looked = BTreeMap::new();
    for (id, mut found) in captures {
        found.sort_by_key(|(_, entry)| (entry.captured, &entry.url));
        let newest = found.split_off(found.len().saturating_sub(asked.newest + BEFORE));
        let Some(source) = sources.get(id) else { continue };
        let looks = newest.into_par_iter().map(|(file, entry)| {
            let seen = archive.capture(file, entry).and_then(|capture| {
                let seen = normalize::inspect(&capture, source, None)?;
                Ok((seen, capture))
            });
            let (seen, capture) = match seen {
                Ok((seen, capture)) => (Ok(seen), Some(capture)),
                Err(reason) => (Err(reason), None),
            };
            let url = entry.url.clone();
            (Look { at: entry.captured, url, seen, expected: None }, capture)
        });
        let mut looks: Vec<(Look, Option<Capture>)> = looks.collect();
        let mut last = source.layouts.first();
        for (look, capture) in &mut looks {
            let fits = look.layout().and_then(|id| source.layouts.iter().find(|l| l.id == id));
            last = fits.filter(|_| look.text().is_some()).or(last);
            if let (None, Some(capture), Ok(_)) = (fits, capture, &look.seen) {
                look.expected =
                    last.and_then(|l| normalize::inspect(capture, source, Some(l)).ok());
            }
        }
        looked.insert(id.to_owned(), looks.into_iter().map(|(look, _)| look).collect());
    }
    Ok(looked)
}
