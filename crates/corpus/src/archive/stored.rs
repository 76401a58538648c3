//! What an archive file holds for those who read statements: pages, tables and rejects.

use percent_encoding::percent_decode_str;

use super::cdxj::{Entry, Purpose};
use super::http::{BodyLimits, HttpResponse};
use super::member::{Member, Members};
use super::read::{Archive, ArchiveFile};
use super::warc::{Record, RecordKind};
use crate::{Capture, Digest, Reason, Reject, Result};

/// One item read off an archive file.
#[derive(Debug)]
pub enum Stored {
    /// A page, whatever its HTTP status, encodings removed.
    Page(Capture),
    /// An imported file whose rows are read like pages.
    Table {
        /// The file's name as imported, ending included.
        name: String,
        /// Its bytes as imported, compressed where it was.
        bytes: Vec<u8>,
        /// Digest of `bytes`.
        digest: Digest,
        /// The source that the importer named.
        source: Option<String>,
    },
    /// A record that could not be read, here or in the file it was imported from.
    Reject(Reject),
}

impl Archive {
    /// What one archive file holds, in file order: pages, tables and rejects; listings,
    /// `robots.txt` and notes are passed over.
    ///
    /// # Errors
    /// Where the file cannot be opened; the items are errors where reading the disk fails.
    pub fn stored<'a>(
        &'a self,
        file: &'a ArchiveFile,
    ) -> Result<impl Iterator<Item = Result<Stored>> + 'a> {
        let members = Members::open(file.path(), 0)?;
        let whole = members.take_while(|m| m.as_ref().map_or(true, |m| m.offset < file.length()));
        Ok(whole.filter_map(move |member| match member {
            Ok(member) => self.item(file, member).map(Ok),
            Err(e) => Some(Err(e)),
        }))
    }

    /// The page that an indexed response or revisit of `file` is, encodings removed. That a page has
    /// not changed since is no status of its own.
    ///
    /// # Errors
    /// Why it cannot be read, or what it points to is not archived.
    pub fn capture(
        &self,
        file: &ArchiveFile,
        entry: &Entry,
    ) -> std::result::Result<Capture, Reason> {
        let record = self.record(file, entry).map_err(|e| e.to_string())?;
        Ok(self.page(entry, &record)?)
    }

    fn item(&self, file: &ArchiveFile, member: Member) -> Option<Stored> {
        let at = format!("{}@{}", file.name(), member.offset);
        let reject = |url: String, source: Option<String>, reason: Reason| {
            Some(Stored::Reject(Reject { source, url, reason, capture: None }))
        };
        let record = match member.record {
            Ok(record) => record,
            Err(damage) => return reject(at, None, Reason::damaged_record(damage.reason)),
        };
        let entry = match Entry::of(&record, member.offset, member.length) {
            Ok(entry) => entry?,
            Err(reason) => {
                let url = record.url().map_or(at, str::to_owned);
                return reject(url, None, Reason::damaged_record(reason));
            }
        };
        match (entry.purpose, &entry.kind) {
            (Purpose::Reject, _) => {
                return match serde_json::from_slice(&record.block) {
                    Ok(kept) => Some(Stored::Reject(kept)),
                    Err(e) => {
                        reject(entry.url, entry.source, format!("damaged reject: {e}").into())
                    }
                };
            }
            (Purpose::Page, RecordKind::Other(_)) => return None,
            (Purpose::Page, _) => {}
            _ => return None,
        }
        if entry.kind == RecordKind::Revisit && entry.status == Some(304) {
            return None;
        }
        if entry.kind == RecordKind::Resource && !is_page(&entry) {
            let name = entry.url.rsplit('/').next().unwrap_or(&entry.url);
            let digest = entry.body.clone().unwrap_or_else(|| Digest::of(&record.block));
            let name = percent_decode_str(name).decode_utf8_lossy().into_owned();
            return Some(Stored::Table { name, bytes: record.block, digest, source: entry.source });
        }
        match self.page(&entry, &record) {
            Ok(capture) => Some(Stored::Page(capture)),
            Err(reason) => Some(Stored::Reject(Reject {
                source: entry.source,
                url: entry.url,
                reason: reason.into(),
                capture: Some(entry.payload),
            })),
        }
    }

    fn page(&self, entry: &Entry, record: &Record) -> std::result::Result<Capture, String> {
        let original;
        let holder = if entry.kind == RecordKind::Revisit {
            original = self.original(entry, record)?;
            &original
        } else {
            record
        };
        let (status, content_type, body) = body_of(holder)?;
        Ok(Capture {
            url: entry.url.clone(),
            captured: entry.captured,
            status: entry.status.filter(|status| *status != 304).unwrap_or(status),
            content_type,
            source: entry.source.clone(),
            digest: Digest::of(&body),
            body,
            truncated: holder.is_cut_short(),
        })
    }
}

/// Whether a resource record is a page rather than a table.
fn is_page(entry: &Entry) -> bool {
    entry.url.starts_with("http")
        && matches!(entry.media_type.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")
}

/// Status, declared media type and decoded body of a response or resource.
pub(super) fn body_of(
    record: &Record,
) -> std::result::Result<(u16, Option<String>, Vec<u8>), String> {
    let declared = record.header("Content-Type");
    if record.kind() != RecordKind::Response
        || !declared.is_some_and(|d| d.starts_with("application/http"))
    {
        return Ok((200, declared.map(str::to_owned), record.block.clone()));
    }
    let response = HttpResponse::parse(&record.block)?;
    let body = response.body(BodyLimits::default())?;
    Ok((response.status, response.header("Content-Type").map(str::to_owned), body))
}
