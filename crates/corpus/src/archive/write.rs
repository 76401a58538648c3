//! The one way into the archive: records appended under the corpus lock, never rewritten.

use std::fs::{File, OpenOptions};
use std::io::Write;

use serde::Serialize;

use super::cdxj::{Entry, Purpose, SOURCE_FIELD, VIA_FIELD};
use super::fields::{NOT_MODIFIED, http_head, provenance, refers_to};
use super::json::json;
use super::member::{compressed, cut};
use super::names::{percent_encoded, record_id};
use super::read::{Archive, ArchiveFile, index_path};
use super::warc::{Record, RecordKind};
use crate::{Corpus, Digest, Error, Reject, Result, Time, WriteLock, write_atomically};

/// Bytes after which a new archive file is begun.
const ROLL: u64 = 256 << 20;

const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// Which file names a writer appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveKind {
    /// `crawl-<n>.warc.gz`
    Crawl,
    /// `import-<n>.warc.gz`
    Import,
}

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
    corpus: &'a Corpus,
    archive: Archive,
    kind: ArchiveKind,
    now: Time,
    roll: u64,
    open: Option<(File, usize)>,
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
        corpus: &'a Corpus,
        _lock: &'a WriteLock,
        kind: ArchiveKind,
        now: Time,
    ) -> Result<Self> {
        let (archive, tails) = Archive::open_with_tails(corpus)?;
        let mut repairs = Vec::new();
        for (path, tail) in tails {
            let bytes = cut(&path, tail.offset)?;
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            repairs.push(Repair { file, offset: tail.offset, bytes, reason: tail.reason });
        }
        Ok(Self { corpus, archive, kind, now, roll: ROLL, open: None, repairs })
    }

    /// Begins a new file after `bytes` instead of 256 MiB.
    pub fn roll_after(mut self, bytes: u64) -> Self {
        self.roll = bytes;
        self
    }

    /// What was cut off the tails of the archive's files.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// The archive with all that was appended so far.
    pub fn archive(&self) -> &Archive {
        &self.archive
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
        if self.archive.contains(response.url, response.captured, &payload) {
            return Ok(Appended::Known);
        }
        let head = http_head(response.status, response.headers, response.payload.len());
        let http = ("Content-Type".to_owned(), "application/http; msgtype=response".to_owned());
        let mut headers = vec![http, ("WARC-Payload-Digest".to_owned(), payload.clone())];
        let known = self.archive.by_payload(&payload).filter(|_| !response.payload.is_empty());
        let (kind, block, appended) = if let Some(known) = known {
            headers.extend(refers_to(known, IDENTICAL));
            (RecordKind::Revisit, head, Appended::Revisit)
        } else {
            (RecordKind::Response, [head.as_slice(), response.payload].concat(), Appended::New)
        };
        headers.extend(self.request(response)?);
        headers.extend(provenance(Some(response.source), response.purpose));
        headers.extend_from_slice(fields);
        self.append(&kind, response.url, &response.captured.to_string(), headers, &block)?;
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
        self.append(&RecordKind::Revisit, response.url, &date, headers, &[])?;
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
        let known = self.archive.entries().any(|e| {
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
        self.append(&RecordKind::Resource, &url, &now, headers, bytes)?;
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
        let known = self.archive.of_url(&entry.url).any(|e| {
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
        self.append(&kind, &entry.url, date, headers, &record.block)?;
        Ok(Appended::New)
    }

    /// Keeps what could not be read of an imported file, so that the reject outlives everything
    /// that is derived.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn reject(&mut self, reject: &Reject) -> Result<Appended> {
        let block = json(reject, &self.corpus.archive())?;
        let digest = Digest::of(block.as_bytes());
        let url = format!("urn:demarche:reject:{}", percent_encoded(&reject.url));
        if self.archive.of_url(&url).any(|e| e.body.as_ref() == Some(&digest)) {
            return Ok(Appended::Known);
        }
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(provenance(reject.source.as_deref(), Purpose::Reject));
        let now = self.now.to_string();
        self.append(&RecordKind::named("metadata"), &url, &now, headers, block.as_bytes())?;
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
        let block = json(note, &self.corpus.archive())?;
        let mut headers = vec![("Content-Type".to_owned(), "application/json".to_owned())];
        headers.extend(provenance(Some(source), Purpose::Note));
        let (kind, date) = (RecordKind::named("metadata"), captured.to_string());
        self.append(&kind, url, &date, headers, block.as_bytes())?;
        Ok(())
    }

    /// Syncs the files and writes the index beside each.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn finish(mut self) -> Result<Archive> {
        self.close()?;
        for file in &self.archive.files {
            write_index(file)?;
        }
        Ok(self.archive)
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
        let id = self.append(&kind, response.url, &date, headers, response.request)?;
        Ok(Some(("WARC-Concurrent-To".to_owned(), id)))
    }

    /// Appends a record and returns its id.
    fn append(
        &mut self,
        kind: &RecordKind,
        url: &str,
        date: &str,
        fields: Vec<(String, String)>,
        block: &[u8],
    ) -> Result<String> {
        let at = self.current()?;
        let offset = self.archive.files[at].length();
        let mut headers = vec![
            ("WARC-Type".to_owned(), kind.name().to_owned()),
            ("WARC-Target-URI".to_owned(), url.to_owned()),
            ("WARC-Date".to_owned(), date.to_owned()),
        ];
        let given = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case("WARC-Record-ID"));
        let id = given.map(|(_, id)| id.clone()).unwrap_or_else(|| {
            record_id(&[kind.name(), url, date, self.archive.files[at].name()], offset)
        });
        if given.is_none() {
            headers.push(("WARC-Record-ID".to_owned(), id.clone()));
        }
        headers.extend(fields);
        let member = self.write(at, &headers, block)?;
        let record = Record { headers, block: block.to_vec(), offset };
        let entry = Entry::of(&record, offset, member);
        let entry =
            entry.map_err(|reason| Error::damaged(self.archive.files[at].path(), reason))?;
        self.archive.push(at, entry, member);
        Ok(id)
    }

    fn write(&mut self, at: usize, headers: &[(String, String)], block: &[u8]) -> Result<u64> {
        let path = self.archive.files[at].path().to_owned();
        let member = compressed(headers, block).map_err(|e| Error::io(&path, e))?;
        let Some((file, _)) = &mut self.open else {
            return Err(Error::damaged(path, "no archive file is open"));
        };
        file.write_all(&member).map_err(|e| Error::io(&path, e))?;
        Ok(member.len() as u64)
    }

    /// The file that is appended to; the last of its kind until it is full.
    fn current(&mut self) -> Result<usize> {
        if let Some((_, at)) = &self.open
            && self.archive.files[*at].length() < self.roll
        {
            return Ok(*at);
        }
        self.close()?;
        let prefix = match self.kind {
            ArchiveKind::Crawl => "crawl-",
            ArchiveKind::Import => "import-",
        };
        let last = self.archive.files.iter().rposition(|f| f.name().starts_with(prefix));
        let at = match last {
            Some(at) if self.archive.files[at].length() < self.roll => at,
            _ => {
                let number = |at: usize| -> Option<u32> {
                    let name = self.archive.files[at].name().strip_prefix(prefix)?;
                    name.strip_suffix(".warc.gz")?.parse().ok()
                };
                let n = last.and_then(number).unwrap_or(0) + 1;
                let name = format!("{prefix}{n:05}.warc.gz");
                let path = self.corpus.archive().join(&name);
                self.archive.files.push(ArchiveFile::empty(name, path));
                self.archive.files.len() - 1
            }
        };
        let path = self.archive.files[at].path().to_owned();
        let file = OpenOptions::new().create(true).append(true).open(&path);
        self.open = Some((file.map_err(|e| Error::io(&path, e))?, at));
        if self.archive.files[at].length() == 0 {
            self.begin(at)?;
        }
        Ok(at)
    }

    /// Writes the `warcinfo` record that opens every file.
    fn begin(&mut self, at: usize) -> Result<()> {
        let name = self.archive.files[at].name().to_owned();
        let now = self.now.to_string();
        let headers = [
            ("WARC-Type".to_owned(), "warcinfo".to_owned()),
            ("WARC-Date".to_owned(), now.clone()),
            ("WARC-Record-ID".to_owned(), record_id(&["warcinfo", &name, &now], 0)),
            ("WARC-Filename".to_owned(), name),
            ("Content-Type".to_owned(), "application/warc-fields".to_owned()),
        ];
        let software = concat!("software: demarche/", env!("CARGO_PKG_VERSION"));
        let block = format!("{software}\r\nformat: WARC File Format 1.1\r\n");
        let length = self.write(at, &headers, block.as_bytes())?;
        self.archive.push(at, None, length);
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        if let Some((file, at)) = self.open.take() {
            file.sync_all().map_err(|e| Error::io(self.archive.files[at].path(), e))?;
        }
        Ok(())
    }
}

/// Writes the CDXJ of `file` where it is missing or differs.
fn write_index(file: &ArchiveFile) -> Result<()> {
    let lines = file.entries().iter().map(|e| e.line(file.path()));
    let mut lines = lines.collect::<Result<Vec<String>>>()?;
    lines.sort_unstable();
    let mut text = lines.join("\n");
    text.push('\n');
    let path = index_path(file.path());
    if std::fs::read_to_string(&path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    write_atomically(&path, |out| out.write_all(text.as_bytes()))
}
