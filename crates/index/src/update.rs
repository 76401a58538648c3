//! Bringing the index in line with the corpus.
//!
//! What the index holds is written into its commit: for each partition of statements the stamps
//! that it and its codes carried. A partition whose stamps are the same is not touched; the turns
//! of one that changed or is gone are dropped, in the same commit that adds the new ones. A run
//! killed anywhere leaves the last commit.

use std::collections::BTreeMap;
use std::path::Path;

use corpus::partition::{self, Stamp};
use corpus::pattern::Folded;
use corpus::{Coded, Corpus, Digest, Statement};
use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::UserOperation;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexWriter, TantivyDocument, Term};

use crate::record::{Codes, Head, uncoded_utterances};
use crate::schema::{Fields, day_number, folded_name, tokenizers};
use crate::search::parts;
use crate::tokens::length;
use crate::{Error, Result, VERSION, frequent};

/// Memory of all writing threads together, in bytes.
const WRITER_MEMORY: usize = 200_000_000;

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
pub fn update(corpus: &Corpus, mut on_progress: impl FnMut(Progress)) -> Result<Updated> {
    let path = corpus.index();
    let (index, held, rebuilt) = match open_current(&path) {
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
    let wanted = stamps(corpus)?;
    let mut updated = Updated { rebuilt, ..Updated::default() };
    let mut next = Contents { version: VERSION, partitions: BTreeMap::new() };
    for (name, of) in &held.partitions {
        if wanted.get(name) == Some(&of.stamps) {
            updated.unchanged += of.turns;
            next.partitions.insert(name.clone(), of.clone());
        } else {
            updated.removed += of.turns;
        }
    }
    let stale: Vec<_> =
        wanted.iter().filter(|(name, _)| !next.partitions.contains_key(*name)).collect();
    let fields = Fields::new();
    if stale.is_empty() && updated.removed == 0 && held.version == VERSION {
        updated.uncounted = count_frequent(&index, &path, &fields)?;
        return Ok(updated);
    }
    let mut writer: IndexWriter = index.writer(WRITER_MEMORY)?;
    for name in held.partitions.keys().filter(|name| !next.partitions.contains_key(*name)) {
        writer.delete_term(Term::from_field_text(fields.partition, name));
    }
    for (done, (name, stamps)) in stale.iter().enumerate() {
        on_progress(Progress { done, total: stale.len() });
        let turns = add_partition(corpus, name, &fields, &writer)?;
        updated.added += turns;
        let held = Held { stamps: (*stamps).clone(), turns };
        next.partitions.insert((*name).clone(), held);
    }
    on_progress(Progress { done: stale.len(), total: stale.len() });
    let mut commit = writer.prepare_commit()?;
    let contents = serde_json::to_string(&next)
        .map_err(|e| Error::Damaged { path: path.clone(), reason: e.to_string() })?;
    commit.set_payload(&contents);
    commit.commit()?;
    writer.wait_merging_threads()?;
    updated.uncounted = count_frequent(&index, &path, &fields)?;
    Ok(updated)
}

/// Counts the frequent words; gives the reason where that fails, since the index serves without.
fn count_frequent(index: &tantivy::Index, path: &Path, fields: &Fields) -> Result<Option<String>> {
    let parts = parts(&index.reader()?.searcher(), fields)?;
    Ok(frequent::count(path, &parts, fields).err().map(|e| e.to_string()))
}

/// Opens the index in `path` with what it says of itself.
pub(crate) fn open_current(path: &Path) -> Result<(tantivy::Index, Contents)> {
    if !path.join("meta.json").is_file() {
        return Err(Error::Missing(path.to_path_buf()));
    }
    let damaged = |reason: String| Error::Damaged { path: path.to_path_buf(), reason };
    let mut index = tantivy::Index::open_in_dir(path).map_err(|e| damaged(e.to_string()))?;
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
    let directory = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
    let index = tantivy::Index::builder()
        .schema(Fields::new().schema)
        .tokenizers(tokenizers())
        .open_or_create(directory)?;
    Ok(index)
}

/// The stamps of all partitions of statements and of their codes, by name.
fn stamps(corpus: &Corpus) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let folder = corpus.statements();
    for path in partition::list(&folder)? {
        let Ok(relative) = path.strip_prefix(&folder) else { continue };
        let name = relative.with_extension("").to_string_lossy().replace('\\', "/");
        let written = |path: &Path| match partition::stamp(path) {
            Some(Stamp { stage, inputs }) => format!("{stage} {inputs}"),
            None => "none".to_owned(),
        };
        let coded = written(&corpus.coded().join(relative));
        found.insert(name, format!("{}; {coded}", written(&path)));
    }
    Ok(found)
}

/// Adds the latest revisions of a partition's statements; gives the number of turns.
fn add_partition(
    corpus: &Corpus,
    name: &str,
    fields: &Fields,
    writer: &IndexWriter,
) -> Result<u64> {
    let file = format!("{name}.parquet");
    let statements: Vec<Statement> = partition::read(&corpus.statements().join(&file))?;
    let coded_path = corpus.coded().join(&file);
    let coded: Vec<Coded> =
        if coded_path.is_file() { partition::read(&coded_path)? } else { Vec::new() };
    let coded: BTreeMap<(&str, u32), &Coded> =
        coded.iter().map(|c| ((c.statement.as_str(), c.revision), c)).collect();
    let mut turns = 0;
    for statement in statements.iter().filter(|s| s.is_latest()) {
        let coded = coded.get(&(statement.id.as_str(), statement.revision)).copied();
        let utterances = uncoded_utterances(statement);
        let mut documents = Vec::with_capacity(statement.turns.len());
        for (turn, utterance) in statement.turns.iter().zip(utterances) {
            let codes = match coded {
                Some(coded) => Codes::of(coded, turn.n),
                None => Codes::uncoded(turn, utterance),
            };
            let head = Head::of(statement, turn);
            let document = document(fields, name, &head, &turn.text, &codes, &corpus.index())?;
            documents.push(UserOperation::Add(document));
        }
        turns += documents.len() as u64;
        // In one batch, so that the turns of a statement lie side by side.
        writer.run(documents)?;
    }
    Ok(turns)
}

/// The document of one turn.
fn document(
    fields: &Fields,
    partition: &str,
    head: &Head,
    text: &str,
    codes: &Codes,
    path: &Path,
) -> Result<TantivyDocument> {
    let damaged =
        |e: serde_json::Error| Error::Damaged { path: path.to_path_buf(), reason: e.to_string() };
    let mut document = TantivyDocument::default();
    document.add_text(fields.text, text);
    document.add_text(fields.head, serde_json::to_string(head).map_err(damaged)?);
    document.add_text(fields.codes, serde_json::to_string(codes).map_err(damaged)?);
    document.add_text(fields.partition, partition);
    let token = |(text, position)| Token { text, position, ..Token::default() };
    let tokens = codes.names().into_iter().map(token).collect();
    document
        .add_pre_tokenized_text(fields.code, PreTokenizedString { text: String::new(), tokens });
    if let Some(title) = &head.title {
        document.add_text(fields.title, title);
    }
    if let Some(date) = head.date {
        document.add_u64(fields.date, day_number(date));
    }
    document.add_u64(fields.statement_key, statement_key(&head.statement));
    document.add_u64(fields.utterance, u64::from(codes.utterance));
    document.add_u64(fields.turn, u64::from(head.turn));
    for start in segment_starts(text, codes) {
        document.add_u64(fields.segments, u64::from(start));
    }
    for place in codes.places() {
        document.add_u64(fields.coded_segments, u64::from(place.segment));
    }
    let named = [
        (fields.statement, Some(head.statement.as_str())),
        (fields.source, Some(head.source.as_str())),
        (fields.country, Some(head.country.as_str())),
        (fields.issuer, Some(head.issuer.as_str())),
        (fields.carrier, head.carrier.as_deref()),
        (fields.lang, Some(head.lang.code())),
        (fields.genre, Some(head.genre.name())),
        (fields.role, Some(head.role.name())),
        (fields.speaker, head.speaker.as_deref()),
        (fields.asker, head.asker.as_deref()),
    ];
    for (field, value) in named {
        if let Some(value) = value {
            document.add_text(field, folded_name(value));
        }
    }
    Ok(document)
}

/// A number for a statement: of a source and day those are in the order of the digits that end
/// their ids, and it is told from all others by what stands before.
fn statement_key(id: &str) -> u64 {
    let digest = |text: &str, digits| {
        u64::from_str_radix(Digest::of(text.as_bytes()).short(digits), 16).unwrap_or_default()
    };
    match id.rsplit_once('/') {
        Some((before, last)) if last.len() == 12 => match u64::from_str_radix(last, 16) {
            Ok(number) => digest(before, 4) << 48 | number,
            Err(_) => digest(id, 16),
        },
        _ => digest(id, 16),
    }
}

/// For each segment the steps of the folded text before it.
fn segment_starts(text: &str, codes: &Codes) -> Vec<u32> {
    let mut starts = Vec::with_capacity(codes.segments.len());
    let (mut at, mut before, mut after_space) = (0, 0, false);
    for (start, _, _) in &codes.segments {
        let piece = Folded::new(text.get(at..*start as usize).unwrap_or_default()).into_text();
        // White space on both sides of the cut folds to one space.
        before += length(&piece) - u32::from(after_space && piece.starts_with(' '));
        after_space = if piece.is_empty() { after_space } else { piece.ends_with(' ') };
        at = *start as usize;
        starts.push(before);
    }
    starts
}
