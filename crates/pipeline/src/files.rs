//! The files that a stage wrote, as it wrote them.
//!
//! Parquet has no checksum that is written here, and a small column is not packed: a bit that
//! flips in it is another word or another count. So a stage leaves the size and the digest of each
//! of its files in `made.json`. What differs is made again, which gives the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use corpus::{Corpus, Digest};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::statements::remove;
use crate::{Reporter, Result};

/// Files by their names.
pub(crate) type Files = BTreeMap<String, FileState>;

/// A file as it was read or written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileState {
    /// Bytes on disk, the half-written last record of an archive file included.
    pub bytes: u64,
    /// Digest of all bytes; of a file of the archive that of its whole records.
    pub digest: Digest,
}

impl FileState {
    fn of(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|e| corpus::Error::io(path, e))?;
        Ok(Self { bytes: bytes.len() as u64, digest: Digest::of(&bytes) })
    }
}

/// Files that were written, by their names below the corpus folder.
pub(crate) fn written(corpus: &Corpus, paths: &[PathBuf]) -> Result<Files> {
    let state = |path: &PathBuf| Ok((name(corpus, path), FileState::of(path)?));
    paths.par_iter().map(state).collect()
}

/// The sizes of those files that are there, by the same names.
pub(crate) fn sizes(corpus: &Corpus, paths: &[PathBuf]) -> Result<BTreeMap<String, u64>> {
    let mut sizes = BTreeMap::new();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(metadata) => {
                sizes.insert(name(corpus, path), metadata.len());
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(corpus::Error::io(path, e).into()),
        }
    }
    Ok(sizes)
}

/// The names of the files that are new, gone or of another size than they were.
pub(crate) fn resized(now: &BTreeMap<String, u64>, were: &Files) -> Vec<String> {
    let names = now.keys().chain(were.keys().filter(|name| !now.contains_key(*name)));
    let differs = |name: &&String| now.get(*name) != were.get(*name).map(|file| &file.bytes);
    names.filter(differs).cloned().collect()
}

/// The names of the files that are gone or of other bytes than were written.
pub(crate) fn differing(corpus: &Corpus, written: &Files) -> Vec<String> {
    let differs = |(name, file): &(&String, &FileState)| {
        FileState::of(&corpus.root().join(name)).ok().as_ref() != Some(*file)
    };
    written.par_iter().filter(differs).map(|(name, _)| name.clone()).collect()
}

/// Removes the files that are of other bytes than were written, so that they are missed and made
/// again.
pub(crate) fn remove_differing(
    corpus: &Corpus,
    written: &Files,
    reporter: &Reporter,
) -> Result<()> {
    for name in differing(corpus, written) {
        let path = corpus.root().join(&name);
        if path.exists() {
            reporter.done(&format!("{name}: not as it was written, so it is made again"));
            remove(&path)?;
        }
    }
    Ok(())
}

fn name(corpus: &Corpus, path: &Path) -> String {
    path.strip_prefix(corpus.root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
