//! Import: files that others made, put into the archive as they are.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use corpus::archive::{Appended, ArchiveKind, ArchiveWriter, WarcReader};
use corpus::{Corpus, Digest, Reason, Reject, Time};
use serde::Serialize;

use crate::{Error, Progress, Reading, Reporter, Result, counted};

/// The largest block of a WARC record that is imported, in bytes.
const RECORD_LIMIT: u64 = 1 << 30;
/// The largest table that is imported, in bytes as it lies on disk.
const TABLE_LIMIT: u64 = 2 << 30;

/// Media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Records that were added to the archive.
    pub captures: u64,
    /// Rows of new tables that are statements; 0 for WARC files.
    pub statements: u64,
    /// Records and rows that could not be taken, each with a reason.
    pub rejects: u64,
    /// Records, and rejects of them, that the archive held already.
    pub known: u64,
    /// What was taken or held already: records of WARC files, rows of new tables, known tables.
    #[serde(skip)]
    pub accepted: u64,
    /// The rejects by the stable words of their reasons.
    #[serde(skip)]
    pub reasons: BTreeMap<String, u64>,
}

impl Imported {
    fn refuse(&mut self, reject: &Reject, reporter: &Reporter) {
        self.rejects += 1;
        *self.reasons.entry(reject.reason.words().to_owned()).or_default() += 1;
        reporter.detail(&format!("reject: {}: {}", reject.url, reject.reason));
    }

    /// Keeps a reject in the archive; one that it holds already is nothing new.
    fn keep(
        &mut self,
        reject: &Reject,
        writer: &mut ArchiveWriter<'_>,
        reporter: &Reporter,
    ) -> Result<()> {
        match writer.reject(reject)? {
            Appended::Known => self.known += 1,
            _ => self.refuse(reject, reporter),
        }
        Ok(())
    }

    fn add(&mut self, other: Self) {
        self.captures += other.captures;
        self.statements += other.statements;
        self.rejects += other.rejects;
        self.known += other.known;
        self.accepted += other.accepted;
        for (reason, n) in other.reasons {
            *self.reasons.entry(reason).or_default() += n;
        }
    }
}

/// Imports `files`: WARC (`.warc`, `.warc.gz`) record by record, tables (`.jsonl`, `.csv`,
/// `.tsv`, each also `.gz`, and `.xlsx`) whole. `source` says where everything in them belongs; without it addresses and
/// rows decide. Importing again adds nothing.
///
/// # Errors
/// Where a file cannot be read at all or has an ending that nobody knows. A bad record or row is
/// a reject.
pub fn import(
    corpus: &Corpus,
    reading: &Reading,
    files: &[PathBuf],
    source: Option<&str>,
    now: Time,
    reporter: &Reporter,
) -> Result<Imported> {
    source.map(|id| reading.sources.named(id)).transpose()?;
    let kinds = files.iter().map(|path| FileKind::of(path)).collect::<Result<Vec<_>>>()?;
    let lock = corpus.lock()?;
    let mut writer = ArchiveWriter::open(corpus, &lock, ArchiveKind::Import, now)?;
    for repair in writer.repairs() {
        reporter.done(&format!(
            "archive/{}: cut off {} bytes of a half-written record at {}: {}",
            repair.file, repair.bytes, repair.offset, repair.reason
        ));
    }
    let mut done = Imported::default();
    reporter.tell(Progress::Started { stage: "import", total: files.len() as u64 });
    for (path, kind) in files.iter().zip(kinds) {
        let of_file = match kind {
            FileKind::Warc => warc(path, source, &mut writer, reporter)?,
            FileKind::Table(media_type) => {
                table(path, media_type, source, (reading, reporter), &mut writer)?
            }
        };
        reporter.tell(Progress::Stepped(1));
        reporter.done(&format!(
            "import {}: {}, {} known, {}",
            path.display(),
            counted(of_file.captures, "record"),
            of_file.known,
            counted(of_file.rejects, "reject")
        ));
        done.add(of_file);
    }
    writer.finish()?;
    Ok(done)
}

/// What a file is, by its ending.
#[derive(Clone, Copy)]
enum FileKind {
    Warc,
    Table(&'static str),
}

impl FileKind {
    fn of(path: &Path) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        match plain.rsplit_once('.').map(|(_, ending)| ending) {
            Some("warc") => Ok(Self::Warc),
            Some("jsonl") => Ok(Self::Table("application/jsonl")),
            Some("csv") => Ok(Self::Table("text/csv")),
            Some("tsv") => Ok(Self::Table("text/tab-separated-values")),
            Some("xlsx") if plain == name => Ok(Self::Table(XLSX)),
            _ => Err(Error::Import {
                path: path.to_path_buf(),
                reason: "unknown ending; known are .warc .jsonl .csv .tsv, each also with .gz, and .xlsx"
                    .to_owned(),
            }),
        }
    }
}

fn warc(
    path: &Path,
    source: Option<&str>,
    writer: &mut ArchiveWriter<'_>,
    reporter: &Reporter,
) -> Result<Imported> {
    let failed =
        |e: std::io::Error| Error::Import { path: path.to_path_buf(), reason: e.to_string() };
    let records =
        File::open(path).and_then(|f| WarcReader::new(f, RECORD_LIMIT)).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut done = Imported::default();
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let at = |offset: u64| format!("{name}@{offset}");
    let damaged = |url: String, reason: &str| Reject {
        source: source.map(str::to_owned),
        url,
        reason: Reason::damaged_record(reason),
        capture: None,
    };
    for record in records {
        let reject = match record {
            Ok(record) => match writer.copy(&record, source)? {
                Appended::New | Appended::Revisit => {
                    done.captures += 1;
                    continue;
                }
                Appended::Known => {
                    done.known += 1;
                    continue;
                }
                Appended::LeftOut => {
                    *left_out.entry(record.kind().name().to_owned()).or_default() += 1;
                    continue;
                }
                Appended::Faulty(reason) => {
                    let url = record.url().map(str::to_owned);
                    damaged(url.unwrap_or_else(|| at(record.offset)), &reason)
                }
            },
            Err(damage) => damaged(at(damage.offset), &damage.reason),
        };
        done.keep(&reject, writer, reporter)?;
    }
    if done == Imported::default() {
        let kinds = left_out.iter().map(|(kind, n)| format!("{n} {kind}")).collect::<Vec<_>>();
        let reason = if kinds.is_empty() {
            "empty file: holds no WARC record".to_owned()
        } else {
            format!("no capture: holds only {}", kinds.join(", "))
        };
        let reject =
            Reject { source: None, url: name.into_owned(), reason: reason.into(), capture: None };
        done.keep(&reject, writer, reporter)?;
    }
    done.accepted = done.captures + done.known;
    Ok(done)
}

fn table(
    path: &Path,
    media_type: &str,
    source: Option<&str>,
    (reading, reporter): (&Reading, &Reporter),
    writer: &mut ArchiveWriter<'_>,
) -> Result<Imported> {
    let failed = |reason: String| Error::Import { path: path.to_path_buf(), reason };
    let file = File::open(path).map_err(|e| failed(e.to_string()))?;
    let mut bytes = Vec::new();
    file.take(TABLE_LIMIT + 1).read_to_end(&mut bytes).map_err(|e| failed(e.to_string()))?;
    if bytes.len() as u64 > TABLE_LIMIT {
        return Err(failed(format!("larger than {TABLE_LIMIT} bytes; split the table")));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut done = Imported::default();
    match writer.resource(&name, media_type, source, &bytes)? {
        Appended::Known | Appended::LeftOut | Appended::Faulty(_) => {
            (done.known, done.accepted) = (1, 1);
        }
        Appended::New | Appended::Revisit => {
            let read = reading.table(&name, &bytes, &Digest::of(&bytes), source);
            done.captures = 1;
            done.statements = read.readings.len() as u64;
            done.accepted = done.statements;
            read.rejects.iter().for_each(|reject| done.refuse(reject, reporter));
        }
    }
    Ok(done)
}
