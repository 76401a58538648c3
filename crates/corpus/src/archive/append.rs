//! The files of the archive as they grow: the last of a kind is open, and a new one begins where it
//! is full.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::cdxj::Entry;
use super::member::compressed;
use super::names::record_id;
use super::read::{Archive, ArchiveFile, index_path};
use super::warc::{Record, RecordKind};
use crate::{Error, Result, Time, write_atomically};

/// Bytes after which a new archive file is begun.
const ROLL: u64 = 256 << 20;

/// Which file names a writer appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArchiveKind {
    /// `crawl-<n>.warc.gz`
    Crawl,
    /// `import-<n>.warc.gz`
    Import,
}

impl ArchiveKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Crawl => "crawl-",
            Self::Import => "import-",
        }
    }

    fn name(self, n: u32) -> String {
        format!("{}{n:05}.warc.gz", self.prefix())
    }

    /// The newest file of this kind and its number. Files of other names were put there by hand.
    fn last(self, archive: &Archive) -> Option<(usize, u32)> {
        let number = |f: &ArchiveFile| -> Option<u32> {
            f.name().strip_prefix(self.prefix())?.strip_suffix(".warc.gz")?.parse().ok()
        };
        let files = archive.files.iter().enumerate();
        files.filter_map(|(at, file)| Some((at, number(file)?))).max_by_key(|(_, n)| *n)
    }

    /// Whether a file of the archive is one that writers append to.
    pub(super) fn is_appended_to(archive: &Archive, path: &Path) -> bool {
        let last = [Self::Crawl, Self::Import].map(|kind| kind.last(archive));
        last.into_iter().flatten().any(|(at, _)| archive.files[at].path() == path)
    }
}

/// The archive and the one file of it that is open for appending.
pub(super) struct Appender {
    folder: PathBuf,
    archive: Archive,
    kind: ArchiveKind,
    now: Time,
    roll: u64,
    open: Option<(File, usize)>,
}

impl Appender {
    /// Nothing is opened yet. `now` dates the files that are begun.
    pub fn new(folder: PathBuf, archive: Archive, kind: ArchiveKind, now: Time) -> Self {
        Self { folder, archive, kind, now, roll: ROLL, open: None }
    }

    /// Begins a new file after so many bytes.
    pub fn roll_after(&mut self, bytes: u64) {
        self.roll = bytes;
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The archive with all that was appended so far.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Appends a record and returns its id.
    pub fn append(
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

    /// Syncs the files and writes the index beside each.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn finish(mut self) -> Result<Archive> {
        self.close()?;
        for file in self.archive.files() {
            write_index(file)?;
        }
        Ok(self.archive)
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
        let at = match self.kind.last(&self.archive) {
            Some((at, _)) if self.archive.files[at].length() < self.roll => at,
            last => {
                let name = self.kind.name(last.map_or(1, |(_, n)| n + 1));
                let path = self.folder.join(&name);
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
