//! The archive as readers see it: its files in order, what each holds, and bytes by digest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cdxj::{Entry, Purpose};
use super::http::{BodyLimits, HttpResponse};
use super::member::{Member, Members, read_at};
use super::warc::{Record, RecordKind};
use crate::{Capture, Corpus, Digest, Digester, Error, Reject, Result, Time};

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

/// One WARC file of the archive.
#[derive(Debug, Clone)]
pub struct ArchiveFile {
    name: String,
    path: PathBuf,
    length: u64,
    entries: Vec<Entry>,
}

impl ArchiveFile {
    /// `import-00001.warc.gz`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of whole records in it. A file only ever grows.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Its indexed records in file order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Digest of its whole records, read off the disk.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn digest(&self) -> Result<Digest> {
        let attempt = || -> std::io::Result<Digest> {
            use std::io::Read;
            let mut input = std::fs::File::open(&self.path)?.take(self.length);
            let mut digester = Digester::default();
            let mut buffer = vec![0; 1 << 16];
            loop {
                let n = input.read(&mut buffer)?;
                if n == 0 {
                    return Ok(digester.finish());
                }
                digester.add(&buffer[..n]);
            }
        };
        attempt().map_err(|e| Error::io(&self.path, e))
    }

    pub(super) fn empty(name: String, path: PathBuf) -> Self {
        Self { name, path, length: 0, entries: Vec::new() }
    }

    pub(super) fn push(&mut self, entry: Option<Entry>, length: u64) {
        self.length += length;
        self.entries.extend(entry);
    }

    /// Reads the index beside the file and then what stands in the file behind the last record
    /// that the index knows, so that a stale or missing index costs time and nothing else.
    fn open(path: PathBuf) -> Result<(Self, Option<Tail>)> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let on_disk = std::fs::metadata(&path).map_err(|e| Error::io(&path, e))?.len();
        let mut entries = indexed(&path)?;
        let mut end = entries.iter().map(|e| e.offset + e.length).max().unwrap_or(0);
        if end > on_disk {
            (entries, end) = (Vec::new(), 0);
        }
        let mut tail = None;
        for member in Members::open(&path, end)? {
            let Member { offset, length, record } = member?;
            match record {
                Ok(record) => match Entry::of(&record, offset, length) {
                    Ok(entry) => entries.extend(entry),
                    Err(reason) => {
                        tracing::warn!(file = %name, offset, reason, "damaged record");
                    }
                },
                Err(damage) if damage.at_end => {
                    tail = Some(Tail { offset, reason: damage.reason });
                    break;
                }
                Err(damage) => {
                    tracing::warn!(file = %name, offset, reason = damage.reason, "damaged record");
                }
            }
            end = offset + length;
        }
        Ok((Self { name, path, length: end, entries }, tail))
    }
}

/// A last record that was only half written.
#[derive(Debug, Clone)]
pub(super) struct Tail {
    pub offset: u64,
    pub reason: String,
}

/// The entries of the CDXJ beside `warc`, in file order; none where there is no index or it is
/// another program's.
fn indexed(warc: &Path) -> Result<Vec<Entry>> {
    let path = index_path(warc);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Error::io(path, e)),
    };
    let entries: Option<Vec<Entry>> = text.lines().map(Entry::parse).collect();
    let mut entries = entries.unwrap_or_default();
    entries.sort_by_key(|e| e.offset);
    Ok(entries)
}

/// `crawl-00001.cdxj` for `crawl-00001.warc.gz`.
pub(super) fn index_path(warc: &Path) -> PathBuf {
    let name = warc.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".warc.gz").unwrap_or(&name);
    warc.with_file_name(format!("{stem}.cdxj"))
}

/// Where a record lies: index of its file, index of its entry there.
type Place = (usize, usize);

/// All files of a corpus's archive with their index.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    pub(super) files: Vec<ArchiveFile>,
    by_url: BTreeMap<String, Vec<Place>>,
    by_payload: BTreeMap<String, Place>,
    by_body: BTreeMap<Digest, Place>,
}

impl Archive {
    /// Opens the archive for reading. A half-written last record, as a crawl that still runs
    /// leaves it, is not seen.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn open(corpus: &Corpus) -> Result<Self> {
        Ok(Self::open_with_tails(corpus)?.0)
    }

    pub(super) fn open_with_tails(corpus: &Corpus) -> Result<(Self, Vec<(PathBuf, Tail)>)> {
        let folder = corpus.archive();
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
            let path = entry.map_err(|e| Error::io(&folder, e))?.path();
            if path.to_string_lossy().ends_with(".warc.gz") {
                paths.push(path);
            }
        }
        paths.sort();
        let (mut archive, mut tails) = (Self::default(), Vec::new());
        for path in paths {
            let (file, tail) = ArchiveFile::open(path.clone())?;
            tails.extend(tail.map(|tail| (path, tail)));
            archive.files.push(file);
            let at = archive.files.len() - 1;
            (0..archive.files[at].entries.len()).for_each(|n| archive.learn((at, n)));
        }
        Ok((archive, tails))
    }

    /// The files in order of their names.
    pub fn files(&self) -> &[ArchiveFile] {
        &self.files
    }

    /// All indexed records, file by file in file order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.files.iter().flat_map(|f| &f.entries)
    }

    /// The records of an address in order of archiving.
    pub fn of_url<'a>(&'a self, url: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.by_url.get(url).into_iter().flatten().map(|&place| self.entry(place))
    }

    /// The records of an address with the file that holds each, in order of archiving.
    pub fn places_of<'a>(
        &'a self,
        url: &str,
    ) -> impl DoubleEndedIterator<Item = (&'a ArchiveFile, &'a Entry)> + use<'a> {
        let places = self.by_url.get(url).into_iter().flatten();
        places.map(|&place| (&self.files[place.0], self.entry(place)))
    }

    /// Whether the archive holds a record of that address, time and payload digest (as
    /// [`Entry::payload`] writes it).
    pub fn contains(&self, url: &str, captured: Time, payload: &str) -> bool {
        self.of_url(url).any(|e| e.captured == captured && e.payload == payload)
    }

    /// Whether an imported file of these bytes is archived.
    pub fn contains_resource(&self, digest: &Digest) -> bool {
        self.entries().any(|e| e.kind == RecordKind::Resource && e.body.as_ref() == Some(digest))
    }

    /// Bytes by their digest: a page's decoded body, or an imported file.
    ///
    /// # Errors
    /// Where the record is there and cannot be read.
    pub fn payload(&self, digest: &Digest) -> Result<Option<Vec<u8>>> {
        let Some(&place) = self.by_body.get(digest) else { return Ok(None) };
        let record = self.record_at(place)?;
        let damaged = |reason| Error::damaged(&self.files[place.0].path, reason);
        body_of(&record).map(|(_, _, body)| Some(body)).map_err(damaged)
    }

    /// The block of an indexed record of `file`, as it stands in the archive.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn record(&self, file: &ArchiveFile, entry: &Entry) -> Result<Record> {
        read_at(&file.path, entry.offset)
    }

    /// What one archive file holds, in file order: pages, tables and rejects; listings,
    /// `robots.txt` and notes are passed over.
    ///
    /// # Errors
    /// Where the file cannot be opened; the items are errors where reading the disk fails.
    pub fn stored<'a>(
        &'a self,
        file: &'a ArchiveFile,
    ) -> Result<impl Iterator<Item = Result<Stored>> + 'a> {
        let members = Members::open(&file.path, 0)?;
        let whole = members.take_while(|m| m.as_ref().map_or(true, |m| m.offset < file.length));
        Ok(whole.filter_map(move |member| match member {
            Ok(member) => self.item(file, member).map(Ok),
            Err(e) => Some(Err(e)),
        }))
    }

    fn item(&self, file: &ArchiveFile, member: Member) -> Option<Stored> {
        let at = format!("{}@{}", file.name, member.offset);
        let reject = |url: String, source: Option<String>, reason: String| {
            Some(Stored::Reject(Reject { source, url, reason, capture: None }))
        };
        let record = match member.record {
            Ok(record) => record,
            Err(damage) => return reject(at, None, format!("damaged record: {}", damage.reason)),
        };
        let entry = match Entry::of(&record, member.offset, member.length) {
            Ok(entry) => entry?,
            Err(reason) => {
                let url = record.url().map_or(at, str::to_owned);
                return reject(url, None, format!("damaged record: {reason}"));
            }
        };
        match (entry.purpose, &entry.kind) {
            (Purpose::Reject, _) => {
                return match serde_json::from_slice(&record.block) {
                    Ok(kept) => Some(Stored::Reject(kept)),
                    Err(e) => reject(entry.url, entry.source, format!("damaged reject: {e}")),
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
            let name = percent_decoded(name);
            return Some(Stored::Table { name, bytes: record.block, digest, source: entry.source });
        }
        match self.page(&entry, &record) {
            Ok(capture) => Some(Stored::Page(capture)),
            Err(reason) => Some(Stored::Reject(Reject {
                source: entry.source,
                url: entry.url,
                reason,
                capture: Some(entry.payload),
            })),
        }
    }

    fn page(&self, entry: &Entry, record: &Record) -> std::result::Result<Capture, String> {
        let original;
        let holder = if entry.kind == RecordKind::Revisit {
            let place = self.original(entry, record).ok_or("revisit of a record not archived")?;
            original = self.record_at(place).map_err(|e| e.to_string())?;
            &original
        } else {
            record
        };
        let (status, content_type, body) = body_of(holder)?;
        Ok(Capture {
            url: entry.url.clone(),
            captured: entry.captured,
            status: entry.status.unwrap_or(status),
            content_type,
            source: entry.source.clone(),
            digest: Digest::of(&body),
            body,
            truncated: holder.is_cut_short(),
        })
    }

    /// The record that a revisit points to: by address and time, else by payload digest.
    fn original(&self, entry: &Entry, record: &Record) -> Option<Place> {
        let url = record.header("WARC-Refers-To-Target-URI").map(|u| u.trim_matches(['<', '>']));
        let date: Option<Time> =
            record.header("WARC-Refers-To-Date").and_then(|date| date.parse().ok());
        let holds = |place: &&Place| {
            let found = self.entry(**place);
            found.kind == RecordKind::Response && Some(found.captured) == date
        };
        let named = url.and_then(|url| self.by_url.get(url)?.iter().find(holds));
        named.or_else(|| self.by_payload.get(&entry.payload)).copied()
    }

    /// The first response with that payload digest.
    pub(super) fn by_payload(&self, payload: &str) -> Option<&Entry> {
        self.by_payload.get(payload).map(|&place| self.entry(place))
    }

    /// Takes a new entry of file `at` into the index.
    pub(super) fn push(&mut self, at: usize, entry: Option<Entry>, length: u64) {
        let known = entry.is_some();
        self.files[at].push(entry, length);
        if known {
            self.learn((at, self.files[at].entries.len() - 1));
        }
    }

    fn learn(&mut self, place: Place) {
        let entry = self.entry(place).clone();
        if entry.kind == RecordKind::Response {
            self.by_payload.entry(entry.payload).or_insert(place);
        }
        if let Some(body) = entry.body {
            self.by_body.entry(body).or_insert(place);
        }
        self.by_url.entry(entry.url).or_default().push(place);
    }

    fn entry(&self, (file, entry): Place) -> &Entry {
        &self.files[file].entries[entry]
    }

    fn record_at(&self, place: Place) -> Result<Record> {
        read_at(&self.files[place.0].path, self.entry(place).offset)
    }
}

/// Whether a resource record is a page rather than a table.
fn is_page(entry: &Entry) -> bool {
    entry.url.starts_with("http")
        && matches!(entry.media_type.as_str(), "text/html" | "application/xhtml+xml" | "text/plain")
}

/// Status, declared media type and decoded body of a response or resource.
fn body_of(record: &Record) -> std::result::Result<(u16, Option<String>, Vec<u8>), String> {
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

/// Undoes percent-encoding in a file name.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
