//! The archive as readers see it: its files in order, what each holds, and bytes by digest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::cdxj::Entry;
use super::member::{Member, Members, read_at};
use super::stored::body_of;
use super::warc::{Record, RecordKind};
use crate::{Corpus, Digest, Digester, Error, Result, Time};

/// How many records at the end of a file are tried, where some are damaged, to see whether its index is
/// its own.
const LAST_RECORDS: usize = 16;

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
        let mut end = entries.last().map_or(0, |e| e.offset + e.length);
        if end > on_disk || !is_of_these_bytes(&entries, &path)? {
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

/// Whether an index can be that of the file's bytes: its lines lie one behind the other, and the last
/// of the records that can still be read is what its line says. A file may have been put back from
/// a copy, and its index not.
fn is_of_these_bytes(entries: &[Entry], path: &Path) -> Result<bool> {
    let lie_apart = entries.is_sorted_by(|a, b| a.offset + a.length <= b.offset);
    for entry in entries.iter().rev().filter(|_| lie_apart).take(LAST_RECORDS) {
        let Some(Member { length, record: Ok(record), .. }) =
            Members::open(path, entry.offset)?.next().transpose()?
        else {
            continue;
        };
        let found = Entry::of(&record, entry.offset, length);
        return Ok(found.is_ok_and(|found| found.as_ref() == Some(entry)));
    }
    Ok(entries.is_empty())
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
    by_payload: BTreeMap<String, Vec<Place>>,
    by_body: BTreeMap<Digest, Vec<Place>>,
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

    /// Bytes by their digest: a page's decoded body, or an imported file.
    ///
    /// # Errors
    /// Where the record is there and cannot be read.
    pub fn payload(&self, digest: &Digest) -> Result<Option<Vec<u8>>> {
        let mut last = Ok(None);
        for place in self.by_body.get(digest).into_iter().flatten() {
            let damaged = |reason| Error::damaged(&self.files[place.0].path, reason);
            let body = |record| body_of(&record).map(|(_, _, body)| body).map_err(damaged);
            last = self.record_at(*place).and_then(body).map(Some);
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// The block of an indexed record of `file`, as it stands in the archive.
    ///
    /// # Errors
    /// Where the record cannot be read.
    pub fn record(&self, file: &ArchiveFile, entry: &Entry) -> Result<Record> {
        read_at(&file.path, entry.offset)
    }

    /// The record that a revisit points to: by address and time, else by payload digest. Where it is
    /// damaged another with that payload does as well.
    ///
    /// # Errors
    /// Where none is archived, or none can be read.
    pub(super) fn original(
        &self,
        entry: &Entry,
        record: &Record,
    ) -> std::result::Result<Record, String> {
        let url = record.header("WARC-Refers-To-Target-URI").map(|u| u.trim_matches(['<', '>']));
        let date: Option<Time> =
            record.header("WARC-Refers-To-Date").and_then(|date| date.parse().ok());
        let holds = |place: &&Place| {
            let found = self.entry(**place);
            found.kind == RecordKind::Response && Some(found.captured) == date
        };
        let named = url.and_then(|url| self.by_url.get(url)?.iter().find(holds));
        let same = self.by_payload.get(&entry.payload).into_iter().flatten();
        let mut why = "revisit of a record not archived".to_owned();
        for place in named.into_iter().chain(same) {
            match self.record_at(*place) {
                Ok(record) => return Ok(record),
                Err(e) => why = e.to_string(),
            }
        }
        Err(why)
    }

    /// The first response with that payload digest which can be read.
    pub(super) fn by_payload(&self, payload: &str) -> Option<&Entry> {
        let mut places = self.by_payload.get(payload)?.iter();
        places.find(|place| self.record_at(**place).is_ok()).map(|place| self.entry(*place))
    }

    /// Whether one of the records of an address, or of all where there is none, is what `is` asks for
    /// and can be read: what is damaged is not held any more.
    pub(super) fn holds(&self, url: Option<&str>, is: impl Fn(&Entry) -> bool) -> bool {
        let of_url = url.and_then(|url| self.by_url.get(url)).into_iter().flatten().copied();
        let all = self.files.iter().enumerate().filter(|_| url.is_none());
        let all = all.flat_map(|(file, f)| (0..f.entries.len()).map(move |n| (file, n)));
        let mut places = of_url.chain(all).filter(|place| is(self.entry(*place)));
        places.any(|place| self.record_at(place).is_ok())
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
            self.by_payload.entry(entry.payload).or_default().push(place);
        }
        if let Some(body) = entry.body {
            self.by_body.entry(body).or_default().push(place);
        }
        self.by_url.entry(entry.url).or_default().push(place);
    }

    fn entry(&self, (file, entry): Place) -> &Entry {
        &self.files[file].entries[entry]
    }

    pub(super) fn record_at(&self, place: Place) -> Result<Record> {
        read_at(&self.files[place.0].path, self.entry(place).offset)
    }
}
