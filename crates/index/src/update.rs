//! Bringing the index in line with the corpus.
//!
//! What the index holds is written into its commit: for each partition of statements the stamps
//! that it and its codes carried. A partition whose stamps are the same is not touched; the turns
//! of one that changed or is gone are dropped, in the same commit that adds the new ones. A run
//! killed anywhere leaves the last commit.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use corpus::partition::{self, Stamp};
use corpus::{Corpus, Digest};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tantivy::{IndexWriter, Term};

use crate::coded::CodedRow;
use crate::document::documents;
use crate::folder::Folder;
use crate::schema::{Fields, tokenizers};
use crate::search::parts;
use crate::statement::StatementRow;
use crate::writers::Writers;
use crate::{Error, Result, VERSION, beside};

/// What tantivy's own writer has for documents, in bytes: the least that it takes, since it is
/// given none.
const WRITER_MEMORY: usize = 15_000_000;

/// How many statements of a partition one thread takes.
const STATEMENTS: usize = 256;

/// How many of them are made documents before these are written: making some and writing some
/// keeps in the processor's caches what either needs.
const BATCH: usize = 64;

/// What an update did, in turns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Updated {
    /// Turns that were added.
    pub added: u64,
    /// Turns that were dropped.
    pub removed: u64,
    /// Turns that were not touched.
    pub unchanged: u64,
    /// Why the whole index was built anew, where it was.
    pub rebuilt: Option<String>,
    /// Why the totals of frequent words could not be kept beside the index, where they could not:
    /// such words are counted at each search then, which takes longer.
    pub uncounted: Option<String>,
}

/// How far an update is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Partitions that were read.
    pub done: usize,
    /// Partitions that are to be read.
    pub total: usize,
}

/// What the index says of itself, in its commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contents {
    version: u32,
    /// By partition (`cn-mfa-zh/2022-02`), sorted.
    partitions: BTreeMap<String, Held>,
}

/// What the index holds of one partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Held {
    /// The stamps of statements and codes.
    stamps: String,
    turns: u64,
}

/// Brings the index of `corpus` in line with its statements and codes.
///
/// The caller holds the corpus's write lock.
///
/// # Errors
/// Where a partition cannot be read or the index not be written; the last commit stays.
pub fn update(corpus: &Corpus, on_progress: impl FnMut(Progress) + Send) -> Result<Updated> {
    let path = corpus.index();
    let (index, held, rebuilt) = match open_whole(&path) {
        Ok((index, contents)) => (index, contents, None),
        Err(e) => {
            let reason = match &e {
                Error::Missing(_) => None,
                Error::Version { found, .. } => {
                    Some(format!("it was of version {found}, this program writes {VERSION}"))
                }
                Error::Damaged { reason, .. } => Some(reason.clone()),
                _ => Some(e.to_string()),
            };
            (create(&path)?, Contents::default(), reason)
        }
    };
    let wanted = names(corpus)?;
    let mut updated = Updated { rebuilt, ..Updated::default() };
    let mut next = Contents { version: VERSION, partitions: BTreeMap::new() };
    // What the index holds nothing of tells its stamps when it is read.
    let are_same = |(name, of): &(&String, &Held)| {
        let now = || stamps(files(corpus, name).map(|file| partition::stamp(&file)));
        wanted.contains(*name) && of.stamps == now()
    };
    let same: BTreeSet<&String> =
        held.partitions.par_iter().filter(are_same).map(|(name, _)| name).collect();
    for (name, of) in &held.partitions {
        if same.contains(name) {
            updated.unchanged += of.turns;
            next.partitions.insert(name.clone(), of.clone());
        } else {
            updated.removed += of.turns;
        }
    }
    let stale: Vec<&String> = wanted.iter().filter(|name| !same.contains(name)).collect();
    let fields = Fields::new();
    if stale.is_empty() && updated.removed == 0 && held.version == VERSION {
        updated.uncounted = write_beside(&index, &path, &fields)?;
        return Ok(updated);
    }
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    for (name, of) in &held.partitions {
        if !same.contains(name) {
            let token = partition_token(name, &of.stamps);
            writer.delete_term(Term::from_field_text(fields.partition, &token));
        }
    }
    let total = stale.len();
    let progress = Mutex::new((0, on_progress));
    let step = |by: usize| {
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.0 += by;
        let (done, tell) = &mut *progress;
        tell(Progress { done: *done, total });
    };
    step(0);
    let writers = Writers::new(&writer);
    let added = stale.par_iter().map(|name| {
        let held = add_partition(corpus, name, &fields, &writers)?;
        step(1);
        Ok((*name, held))
    });
    let added: Vec<(&String, Held)> = added.collect::<Result<_>>()?;
    writers.finish()?;
    for (name, held) in added {
        updated.added += held.turns;
        next.partitions.insert(name.clone(), held);
    }
    let mut commit = writer.prepare_commit()?;
    let contents = serde_json::to_string(&next)
        .map_err(|e| Error::Damaged { path: path.clone(), reason: e.to_string() })?;
    commit.set_payload(&contents);
    commit.commit()?;
    writer.wait_merging_threads()?;
    updated.uncounted = write_beside(&index, &path, &fields)?;
    Ok(updated)
}

/// Writes what lies beside the parts; gives the reason where that fails, since the index serves
/// without.
fn write_beside(index: &tantivy::Index, path: &Path, fields: &Fields) -> Result<Option<String>> {
    let parts = parts(path, &index.reader()?.searcher(), fields)?;
    Ok(beside::update(path, &parts, fields).err().map(|e| e.to_string()))
}

/// Opens the index in `path` as [`open_current`] does, after a look at every byte of it: a reader
/// meets damage late, by an error, a panic or another count.
fn open_whole(path: &Path) -> Result<(tantivy::Index, Contents)> {
    let (index, contents) = open_current(path)?;
    match index.validate_checksum()?.into_iter().min() {
        None => Ok((index, contents)),
        Some(file) => {
            let reason = format!("{} is not as it was written", file.display());
            Err(Error::Damaged { path: path.to_path_buf(), reason })
        }
    }
}

/// Opens the index in `path` with what it says of itself.
pub(crate) fn open_current(path: &Path) -> Result<(tantivy::Index, Contents)> {
    if !path.join("meta.json").is_file() {
        return Err(Error::Missing(path.to_path_buf()));
    }
    let damaged = |reason: String| Error::Damaged { path: path.to_path_buf(), reason };
    let folder = Folder::open(path).map_err(|e| damaged(e.to_string()))?;
    let mut index = tantivy::Index::open(folder).map_err(|e| damaged(e.to_string()))?;
    index.set_tokenizers(tokenizers());
    let Some(payload) = index.load_metas()?.payload else {
        return Err(damaged("it was never written to its end".to_owned()));
    };
    let contents: Contents = serde_json::from_str(&payload)
        .map_err(|e| damaged(format!("what it says of itself cannot be read: {e}")))?;
    let found = contents.version;
    if found != VERSION {
        return Err(Error::Version { path: path.to_path_buf(), found, expected: VERSION });
    }
    if index.schema() != Fields::new().schema {
        return Err(damaged(format!("its fields are not those of version {VERSION}")));
    }
    Ok((index, contents))
}

/// Makes an empty index in `path`, in place of whatever lies there.
fn create(path: &Path) -> Result<tantivy::Index> {
    if path.exists() {
        std::fs::remove_dir_all(path)?;
    }
    std::fs::create_dir_all(path)?;
    let directory = Folder::open(path).map_err(tantivy::TantivyError::from)?;
    let index = tantivy::Index::builder()
        .schema(Fields::new().schema)
        .tokenizers(tokenizers())
        .open_or_create(directory)?;
    Ok(index)
}

/// The names of all partitions of statements.
fn names(corpus: &Corpus) -> Result<BTreeSet<String>> {
    let folder = corpus.statements();
    let name = |path: &PathBuf| {
        let relative = path.strip_prefix(&folder).ok()?;
        Some(relative.with_extension("").to_string_lossy().replace('\\', "/"))
    };
    Ok(partition::list(&folder)?.iter().filter_map(name).collect())
}

/// The files of a partition: its statements and their codes.
fn files(corpus: &Corpus, name: &str) -> [PathBuf; 2] {
    let file = format!("{name}.parquet");
    [corpus.statements().join(&file), corpus.coded().join(&file)]
}

/// The stamps of a partition's files as one text.
fn stamps(of: [Option<Stamp>; 2]) -> String {
    let [statements, coded] = of.map(|stamp| match stamp {
        Some(Stamp { stage, inputs }) => format!("{stage} {inputs}"),
        None => "none".to_owned(),
    });
    format!("{statements}; {coded}")
}

/// The token of a partition's turns. Other stamps give another, so that a deletion never meets
/// turns that are added in the same commit.
fn partition_token(name: &str, stamps: &str) -> String {
    format!("{name} {}", Digest::of(stamps.as_bytes()).short(12))
}

/// Adds the latest revisions of a partition's statements.
fn add_partition(
    corpus: &Corpus,
    name: &str,
    fields: &Fields,
    writers: &Writers<'_>,
) -> Result<Held> {
    let [statements, coded] = files(corpus, name);
    let (stamp, tables) = StatementRow::tables(&statements)?;
    let mut statements = Vec::new();
    tables.iter().try_for_each(|table| StatementRow::latest(table, &mut statements))?;
    let (coded_stamp, tables) =
        if coded.is_file() { CodedRow::tables(&coded)? } else { (None, Vec::new()) };
    let stamps = stamps([stamp, coded_stamp]);
    let mut coded = Vec::new();
    tables.iter().try_for_each(|table| CodedRow::all(table, &mut coded))?;
    let coded: HashMap<(&str, u32), &CodedRow<'_>> =
        coded.iter().map(|row| ((row.statement, row.revision), row)).collect();
    let token = Arc::from(partition_token(name, &stamps));
    let add = |statements: &[StatementRow<'_>]| {
        let mut made = Vec::new();
        for statement in statements {
            let coded = coded.get(&(statement.id, statement.revision)).copied();
            let documents = documents(fields, &token, statement, coded)
                .map_err(|e| Error::Damaged { path: corpus.index(), reason: e.to_string() })?;
            made.extend(documents);
        }
        let turns = made.len() as u64;
        // At once, so that the turns of a statement lie side by side.
        writers.add(made)?;
        Ok(turns)
    };
    let some =
        |statements: &[StatementRow<'_>]| statements.chunks(BATCH).map(add).sum::<Result<u64>>();
    let turns = statements.par_chunks(STATEMENTS).map(some).sum::<Result<u64>>()?;
    Ok(Held { stamps, turns })
}
