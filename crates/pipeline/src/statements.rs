//! The first stage: archive to statements, links and rejects.
//!
//! What was read off an archive file is kept in `readings/`, so that only files that grew are
//! read again. Collating needs all readings at once, though not their words, which wait on disk; it
//! is done whenever one of them changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use corpus::archive::{Archive, ArchiveFile, Stored};
use corpus::partition::{self, Row, Stamp};
use corpus::source::Config;
use corpus::{Corpus, Digest, Digester, Reject, Statement};
use rayon::prelude::*;

use crate::files::{self, remove_differing};
use crate::made::{Made, MadeStatements, ReadFrom};
use crate::words::{FinishedWords, Words};
use crate::{Error, Progress, Reading, Reporter, Result, Until, counted, stale};

/// How many archived items are read at a time, by all threads together.
const CHUNK: usize = 256;

/// What the stage did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Normalized {
    /// Whether anything was stale.
    pub stale: bool,
    /// Revisions of statements in the corpus.
    pub statements: u64,
    /// Rejects in the corpus.
    pub rejects: u64,
    /// Links in the corpus.
    pub links: u64,
}

/// Brings statements, links and rejects in line with the archive. The caller holds the lock.
///
/// # Errors
/// Where the archive cannot be read or a partition not be written.
pub fn normalize(corpus: &Corpus, reading: &Reading, reporter: &Reporter) -> Result<Normalized> {
    let archive = Archive::open(corpus)?;
    let from = ReadFrom::now(&archive, reading.digest())?;
    let made = Made::read(corpus);
    if let Some(made) = &made.statements {
        remove_differing(corpus, &made.files, reporter)?;
        if made.from == from && is_whole(corpus, made)? {
            return Ok(Normalized { stale: false, ..count(corpus)? });
        }
    }
    remove_differing(corpus, &made.readings, reporter)?;
    Made::change(corpus, |made| made.readings.clear())?;
    let items = archive.files().iter().map(|f| f.entries().len() as u64).sum();
    reporter.tell(Progress::Started { stage: "normalize", total: items });
    let (mut readings, mut rejects) = (Vec::new(), Vec::new());
    let mut words = Words::new(corpus)?;
    for file in archive.files() {
        let (some, bad) = read_file(corpus, &archive, file, reading, reporter)?;
        for reading in some {
            readings.push(words.take(reading)?);
        }
        rejects.extend(bad);
    }
    let words = words.finish()?;
    let kept = all_kept(corpus, &archive);
    remove_others(&corpus.readings(), &kept)?;
    let statements = ::normalize::statements(readings, |reading| words.of_reading(reading))?;
    let links = ::normalize::links(&statements, |statement| words.of(statement))?;
    Made::change(corpus, |made| made.statements = None)?;
    write_statements(corpus, statements, &words)?;
    rejects.sort();
    rejects.dedup();
    write_rows(&corpus.rejects(), &rejects)?;
    write_rows(&corpus.links(), &links)?;
    let rows = corpus_digest(corpus)?;
    let files = files::written(corpus, &paths(corpus)?)?;
    let readings = files::written(corpus, &kept)?;
    Made::change(corpus, |made| {
        made.readings = readings;
        made.statements = Some(MadeStatements { from, rows, files });
    })?;
    Ok(Normalized { stale: true, ..count(corpus)? })
}

/// Brings statements up to date for a command that only reads. `false` where they lag behind the
/// archive because another process is writing, or because this one may not write.
///
/// # Errors
/// As [`normalize`], and where nothing was ever read and nothing can be.
pub fn up_to_date(corpus: &Corpus, config: &Config, reporter: &Reporter) -> Result<bool> {
    if stale(corpus, config, "", Until::Statements)?.is_empty() {
        return Ok(true);
    }
    let attempt = corpus.lock().map_err(Error::from).and_then(|_lock| {
        let read = normalize(corpus, &Reading::load(config)?, reporter)?;
        let (statements, rejects) =
            (counted(read.statements, "statement"), counted(read.rejects, "reject"));
        reporter.done(&format!("normalize: {statements}, {rejects}"));
        Ok(())
    });
    match attempt {
        Ok(()) => Ok(true),
        Err(Error::Corpus(corpus::Error::Locked(_) | corpus::Error::Io { .. }))
            if corpus.links().exists() =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Whether nobody took away a file that was written, or put another one beside them.
fn is_whole(corpus: &Corpus, made: &MadeStatements) -> Result<bool> {
    let there = files::sizes(corpus, &paths(corpus)?)?;
    Ok(files::resized(&there, &made.files).is_empty())
}

/// All files that reading the archive gives.
pub(crate) fn paths(corpus: &Corpus) -> Result<Vec<PathBuf>> {
    let mut paths = partition::list(&corpus.statements())?;
    paths.extend([corpus.links(), corpus.rejects()]);
    Ok(paths)
}

fn stage() -> String {
    format!("normalize/{}", ::normalize::VERSION)
}

type Read = (Vec<::normalize::Reading>, Vec<Reject>);

fn read_file(
    corpus: &Corpus,
    archive: &Archive,
    file: &ArchiveFile,
    reading: &Reading,
    reporter: &Reporter,
) -> Result<Read> {
    let mut digester = Digester::default();
    digester.field(file.digest()?.as_str().as_bytes());
    digester.field(reading.digest().as_str().as_bytes());
    let stamp = Stamp { stage: stage(), inputs: digester.finish() };
    let (kept, kept_rejects) = kept_paths(corpus, file.name());
    let fresh = |path: &Path| partition::stamp(path).is_some_and(|s| s == stamp);
    let records = counted(file.entries().len(), "record");
    if fresh(&kept) && fresh(&kept_rejects) {
        reporter.detail(&format!("archive/{}: {records}, as read before", file.name()));
        reporter.tell(Progress::Stepped(file.entries().len() as u64));
        return Ok((partition::read(&kept)?, partition::read(&kept_rejects)?));
    }
    reporter.detail(&format!("archive/{}: {records} to read", file.name()));
    let (mut readings, mut rejects) = (Vec::new(), Vec::new());
    let mut items = archive.stored(file)?;
    loop {
        let chunk: Vec<Stored> = items.by_ref().take(CHUNK).collect::<corpus::Result<_>>()?;
        if chunk.is_empty() {
            break;
        }
        let n = chunk.len() as u64;
        let read: Vec<Read> = chunk.into_par_iter().map(|item| reading.stored(item)).collect();
        for (some, bad) in read {
            readings.extend(some);
            rejects.extend(bad);
        }
        reporter.tell(Progress::Stepped(n));
    }
    partition::write(&kept, &readings, &stamp)?;
    partition::write(&kept_rejects, &rejects, &stamp)?;
    Ok((readings, rejects))
}

fn kept_paths(corpus: &Corpus, name: &str) -> (PathBuf, PathBuf) {
    let folder = corpus.readings();
    (folder.join(format!("{name}.parquet")), folder.join(format!("{name}.rejects.parquet")))
}

/// What is kept of all files of the archive. Of those that a user removed nothing is.
fn all_kept(corpus: &Corpus, archive: &Archive) -> Vec<PathBuf> {
    let kept = |file: &ArchiveFile| <[PathBuf; 2]>::from(kept_paths(corpus, file.name()));
    archive.files().iter().flat_map(kept).collect()
}

/// Writes one partition a source and month of the earliest capture's event day; partitions whose
/// rows did not change are left alone, those that no statement belongs to any more are removed.
/// The words of one partition a thread are in memory.
fn write_statements(
    corpus: &Corpus,
    statements: Vec<Statement>,
    words: &FinishedWords,
) -> Result<()> {
    let mut months: HashMap<String, String> = HashMap::new();
    for first in statements.iter().filter(|s| s.revision == 1) {
        let month = first.date.map_or_else(|| "undated".to_owned(), corpus::Date::month);
        months.insert(first.id.clone(), month);
    }
    let mut partitions: BTreeMap<PathBuf, Vec<Statement>> = BTreeMap::new();
    for statement in statements {
        let month = months.get(&statement.id).map_or("undated", String::as_str);
        let path = corpus.statements().join(&statement.source).join(format!("{month}.parquet"));
        partitions.entry(path).or_default().push(statement);
    }
    partitions.par_iter_mut().try_for_each(|(path, rows)| {
        rows.sort_by(|a, b| (a.date, &a.id, a.revision).cmp(&(b.date, &b.id, b.revision)));
        for statement in rows.iter_mut() {
            statement.turns = words.of(statement)?;
        }
        write_rows(path, rows)?;
        rows.iter_mut().for_each(|statement| statement.turns = Vec::new());
        Ok::<_, Error>(())
    })?;
    for old in partition::list(&corpus.statements())? {
        if !partitions.contains_key(&old) {
            remove(&old)?;
        }
    }
    Ok(())
}

/// Writes rows under the digest of their own content, unless the file holds them already.
fn write_rows<T: Row>(path: &Path, rows: &[T]) -> Result<()> {
    let mut digester = Digester::default();
    for row in rows {
        let json = serde_json::to_vec(row).map_err(|e| Error::Encode(e.to_string()))?;
        digester.field(&json);
    }
    let stamp = Stamp { stage: stage(), inputs: digester.finish() };
    if partition::stamp(path).is_some_and(|s| s == stamp) {
        return Ok(());
    }
    Ok(partition::write(path, rows, &stamp)?)
}

/// Removes the Parquet files of `folder` that are not `wanted`.
fn remove_others(folder: &Path, wanted: &[PathBuf]) -> Result<()> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        // Nothing was ever read: the archive is empty.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(corpus::Error::io(folder, e).into()),
    };
    for entry in listed {
        let path = entry.map_err(|e| corpus::Error::io(folder, e))?.path();
        if path.extension().is_some_and(|e| e == "parquet") && !wanted.contains(&path) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Removes a derived file.
pub(crate) fn remove(path: &Path) -> Result<()> {
    Ok(std::fs::remove_file(path).map_err(|e| corpus::Error::io(path, e))?)
}

fn count(corpus: &Corpus) -> Result<Normalized> {
    let mut counted = Normalized::default();
    for path in partition::list(&corpus.statements())? {
        counted.statements += partition::rows(&path)?;
    }
    counted.rejects = partition::rows(&corpus.rejects())?;
    counted.links = partition::rows(&corpus.links())?;
    Ok(counted)
}

/// Digest over the stamps of all statement partitions: the corpus as it is measured.
///
/// # Errors
/// Where the folder cannot be listed.
pub fn corpus_digest(corpus: &Corpus) -> Result<Digest> {
    let mut digester = Digester::default();
    for path in partition::list(&corpus.statements())? {
        let name = path.strip_prefix(corpus.statements()).unwrap_or(&path);
        digester.field(name.as_os_str().as_encoded_bytes());
        if let Some(stamp) = partition::stamp(&path) {
            digester.field(stamp.inputs.as_str().as_bytes());
        }
    }
    Ok(digester.finish())
}
