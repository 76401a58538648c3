//! The one way into the archive: records appended under the corpus lock, never rewritten.

use serde::Serialize;

use super::append::{Appender, ArchiveKind};
use super::cdxj::{Entry, Purpose, SOURCE_FIELD, VIA_FIELD};
use super::fields::{NOT_MODIFIED, http_head, provenance, refers_to};
use super::json::json;
use super::member::cut;
use super::names::percent_encoded;
use super::read::Archive;
use super::warc::{Record, RecordKind};
use crate::{Corpus, Digest, Reject, Result, Time, WriteLock};

const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// One fetched response, as the crawl hands it over.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// The address that was asked for.
    pub url: &'a str,
    /// When.
    pub captured: Time,
    /// The source that it was fetched for.
    pub source: &'a str,
    /// What it was fetched for.
    pub purpose: Purpose,
    /// The request as sent: request line and header fields; empty where it is not known.
    pub request: &'a [u8],
    /// HTTP status.
    pub status: u16,
    /// Header fields; those of the transfer coding are dropped.
    pub headers: &'a [(String, String)],
    /// The payload, transfer coding removed, content coding in place.
    pub payload: &'a [u8],
}

/// What became of something that was to be archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is new.
    New,
    /// Its payload was archived before; a revisit record now says so.
    Revisit,
    /// The archive holds this very record; nothing was written.
    Known,
    /// A record of a kind that holds no capture: `request`, `warcinfo`, `metadata`, the texts of a
    /// WET file; nothing was written.
    LeftOut,
    /// A record that cannot be a capture, and why; nothing was written.
    Faulty(String),
}

/// A half-written last record that was cut off when the writer started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The archive file.
    pub file: String,
    /// Where its last whole record ends.
    pub offset: u64,
    /// Bytes that were cut off.
    pub bytes: u64,
    /// What was wrong with them.
    pub reason: String,
}

/// Appends records to the archive. Dropping it without [`ArchiveWriter::finish`] loses nothing
/// but the index files, which the next reader derives again.
pub struct ArchiveWriter<'a> {
    /// Held as long as it is written.
    _lock: &'a WriteLock,
    files: Appender,
    now: Time,
    repairs: Vec<Repair>,
}

impl<'a> ArchiveWriter<'a> {
    /// Opens the archive for writing; the lock proves that nobody else does. A half-written last
    /// record is cut off and told by [`ArchiveWriter::repairs`]. `now` dates what
    /// has no date of its own.
    ///
    /// # Errors
    /// Where the archive cannot be read or repaired.
    pub fn open(
        corpus: &Corpus,
        lock: &'a WriteLock,
        kind: ArchiveKind,
        now: Time,
    ) -> Result<Self> {
        let (archive, tails) = Archive::open_with_tails(corpus)?;
        let mut repairs = Vec::new();
        // A file of another name may be on its way from another disk.
        for (path, tail) in tails {
            if !ArchiveKind::is_appended_to(&archive, &path) {
                continue;
            }
            let bytes = cut(&path, tail.offset)?;
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            repairs.push(Repair { file, offset: tail.offset, bytes, reason: tail.reason });
        }
        Ok(Self {
            files: Appender::new(corpus.archive(), archive, kind, now),
            _lock: lock,
            now,
            repairs,
        })
    }

    /// Begins a new file after `bytes` instead of 256 MiB.
    pub fn roll_after(mut self, bytes: u64) -> Self {
        self.files.roll_after(bytes);
        self
    }

    /// What was cut off the tails of the archive's files.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The archive with all that was appended so far.
    pub fn archive(&self) -> &Archive {
        self.files.archive()
    }

    /// Appends a response with its request; a payload that is archived already becomes a revisit.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn response(&mut self, response: &Response<'_>) -> Result<Appended> {
        self.response_with(response, &[])
    }

    /// Appends what another web archive captured, as a capture of its own address and time; `via`
    /// is where it was fetched from. Its request is not known and not kept.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn memento(&mut self, response: &Response<'_>, via: &str) -> Result<Appended> {
        let response = Response { request: &[], ..*response };
        self.response_with(&response, &[(VIA_FIELD.to_owned(), via.to_owned())])
    }

    fn response_with(
        &mut self,
        response: &Response<'_>,
        fields: &[(String, String)],
    ) -> Result<Appended> {
        let payload = Digest::of(response.payload).to_string();
        let same = |e: &Entry| e.captured == response.captured && e.payload == payload;
        if self.archive().holds(Some(response.url), same) {
            return Ok(Appended::Known);
        }
        let head = http_head(response.status, response.headers, response.payload.len());
        let http = ("Content-Type".to_owned(), "application/http; msgtype=response".to_owned());
        let mut headers = vec![http, ("WARC-Payload-Digest".to_owned(), payload.clone())];
        let known = self.archive().by_payload(&payload).filter(|_| !response.payload.is_empty());
        let (kind, block, appended) = if let Some(known) = known {
            headers.extend(refers_to(known, IDENTICAL));
            (RecordKind::Revisit, head, Appended::Revisit)
        } else {
            (RecordKind::Response, [head.as_slice(), response.payload].concat(), Appended::New)
        };
        headers.extend(self.request(response)?);
        headers.extend(provenance(Some(response.source), response.purpose));
        headers.extend_from_slice(fields);
        self.files.append(&kind, response.url, &response.captured.to_string(), headers, &block)?;
        Ok(appended)
    }

    /// Appends a revisit for a `304 Not Modified` answer to a conditional request about `known`.
    ///
    /// It has no block: replay tools show the head that a revisit has in place of the original's,
    /// and a 304 would give a blank page to whoever never asked for the one before.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn not_modified(&mut self, response: &Response<'_>, known: &Entry) -> Result<()> {
        let mut headers = vec![("WARC-Payload-Digest".to_owned(), known.payload.clone())];
        headers.extend(refers_to(known, NOT_MODIFIED));
        headers.extend(self.request(response)?);
        headers.extend(provenance(Some(response.source), response.purpose));
        let date = response.captured.to_string();
        self.files.append(&RecordKind::Revisit, response.url, &date, headers, &[])?;
        Ok(())
    }

    /// Appends an imported file as it is. `source` is the one that the importer forced.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn resource(
        &mut self,
        name: &str,
        media_type: &str,
        source: Option<&str>,
        bytes: &[u8],
    ) -> Result<Appended> {
        let digest = Digest::of(bytes);
        let known = self.archive().holds(None, |e| {
            e.kind == RecordKind::Resource
                && e.body.as_ref() == Some(&digest)
                && e.source.as_deref() == source
        });
        if known {
            return Ok(Appended::Known);
        }
        let mut headers = vec![
            ("Content-Type".to_owned(), media_type.to_owned()),
            ("WARC-Payload-Digest".to_owned(), digest.to_string()),
        ];
        headers.extend(provenance(source, Purpose::Page));
        let url = format!("file:///{}", percent_encoded(name));
        let now = self.now.to_string();
        self.files.append(&RecordKind::Resource, &url, &now, headers, bytes)?;
        Ok(Appended::New)
    }

    /// Copies a record of another archive: `response`, `revisit` or `resource`, its header fields,
    /// HTTP head, date and address kept. Other kinds are left out.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn copy(&mut self, record: &Record, source: Option<&str>) -> Result<Appended> {
        let kind = record.kind();
        if matches!(kind, RecordKind::Other(_)) {
            return Ok(Appended::LeftOut);
        }
        let entry = match Entry::of(record, 0, 0) {
            Ok(Some(entry)) => entry,
            Ok(None) => return Ok(Appended::LeftOut),
            Err(reason) => return Ok(Appended::Faulty(reason)),
        };
        let source = source.map(str::to_owned).or(entry.source);
        let known = self.archive().holds(Some(&entry.url), |e| {
            e.captured == entry.captured
                && e.payload == entry.payload
                && e.kind == kind
                && e.source == source
        });
        if known {
            return Ok(Appended::Known);
        }
        let set_here =
            ["WARC-Target-URI", "WARC-Type", "WARC-Date", "Content-Length", SOURCE_FIELD];
        let kept = |name: &str| !set_here.iter().any(|s| s.eq_ignore_ascii_case(name));
        let mut headers: Vec<_> =
            record.headers.iter().filter(|(name, _)| kept(name)).cloned().collect();
        headers.extend(source.map(|s| (SOURCE_FIELD.to_owned(), s)));
        if record.header("WARC-Payload-Digest").is_none() {
            headers.push(("WARC-Payload-Digest".to_owned(), entry.payload));
        }
        // The date as the other archive wrote it.
        let date = record.header("WARC-Date").unwrap_or_default();
        self.files.append(&kind, &entry.url, date, headers, &record.block)?;
        Ok(Appended::New)
    }

    /// Keeps what could not be read of an imported file, so that the reject outlives everything
    /// that is derived.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn reject(&mut self, reject: &Reject) -> Result<Appended> {
        let block = json(reject, self.files.folder())?;
        let digest = Digest::of(block.as_bytes());
        let url = format!("urn:demarche:reject:{}", percent_encoded(&reject.url));
        if self.archive().holds(Some(&url), |e| e.body.as_ref() == Some(&digest)) {
            return Ok(Appended::Known);
        }
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(provenance(reject.source.as_deref(), Purpose::Reject));
        let now = self.now.to_string();
        self.files.append(&RecordKind::named("metadata"), &url, &now, headers, block.as_bytes())?;
        Ok(Appended::New)
    }

    /// Appends a note of the crawl: a `metadata` record with `note` as its JSON block.
    ///
    /// # Errors
    /// Where the file cannot be written, or the note is not to be had as JSON.
    pub fn note(
        &mut self,
        url: &str,
        captured: Time,
        source: &str,
        note: &(impl Serialize + ?Sized),
    ) -> Result<()> {
        let block = json(note, self.files.folder())?;
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(provenance(Some(source), Purpose::Note));
        let (kind, date) = (RecordKind::named("metadata"), captured.to_string());
        self.files.append(&kind, url, &date, headers, block.as_bytes())?;
        Ok(())
    }

    /// Syncs the files and writes the index beside each.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn finish(self) -> Result<Archive> {
        self.files.finish()
    }

    /// Appends the request and returns the field by which its response refers to it.
    fn request(&mut self, response: &Response<'_>) -> Result<Option<(String, String)>> {
        if response.request.is_empty() {
            return Ok(None);
        }
        let http = "application/http; msgtype=request".to_owned();
        let headers = vec![("Content-Type".to_owned(), http)];
        let kind = RecordKind::named("request");
        let date = response.captured.to_string();
        let id = self.files.append(&kind, response.url, &date, headers, response.request)?;
        Ok(Some(("WARC-Concurrent-To".to_owned(), id)))
    }
}
