//! What each stage was last made from, as `made.json` in the corpus folder holds it.
//!
//! A stage takes its own part away before it changes its first file and puts it back when the last
//! one is written. So what stands there is true after a kill, too, and whether a reader reads what
//! a run would give now is told without opening a partition.

use std::io::Write;
use std::path::PathBuf;

use corpus::archive::Archive;
use corpus::source::Config;
use corpus::{Corpus, Digest, Digester, write_atomically};
use serde::{Deserialize, Serialize};

use crate::files::{FileState, Files};
use crate::{Error, Result};

/// `made.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// What was read off the files of the archive.
    pub readings: Files,
    pub statements: Option<MadeStatements>,
    pub codes: Option<MadeCodes>,
    /// What the codes that the index holds were made from.
    pub index: Option<CodedFrom>,
}

/// What statements, links and rejects were read from, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MadeStatements {
    pub from: ReadFrom,
    /// Digest over the partitions ([`crate::corpus_digest`]).
    pub rows: Digest,
    /// The partitions, links and rejects.
    pub files: Files,
}

/// An archive, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReadFrom {
    /// Stage and version.
    pub stage: String,
    /// Digest of sources and outlets.
    pub reading: Digest,
    /// The archive's files.
    pub archive: Files,
}

/// What codes were made from, and what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MadeCodes {
    pub from: CodedFrom,
    /// The partitions.
    pub files: Files,
}

/// Statements, and how they are coded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CodedFrom {
    /// Stage and version.
    pub stage: String,
    /// Digest of the codebook's name and files.
    pub codebook: Digest,
    /// The statements' [`MadeStatements::rows`].
    pub statements: Digest,
}

impl Made {
    /// What is known of `corpus`: nothing where the file is missing or another version's.
    pub fn read(corpus: &Corpus) -> Self {
        let bytes = std::fs::read(path(corpus)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Changes what is known. The caller holds the lock.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn change(corpus: &Corpus, change: impl FnOnce(&mut Self)) -> Result<()> {
        let before = Self::read(corpus);
        let mut made = before.clone();
        change(&mut made);
        if made == before {
            return Ok(());
        }
        let json = serde_json::to_vec_pretty(&made).map_err(|e| Error::Encode(e.to_string()))?;
        Ok(write_atomically(&path(corpus), |file| file.write_all(&json))?)
    }
}

impl ReadFrom {
    /// The archive as it stands, to be read by sources and outlets of that digest.
    ///
    /// # Errors
    /// Where a file of the archive cannot be read.
    pub fn now(archive: &Archive, reading: &Digest) -> Result<Self> {
        let mut files = Files::new();
        for file in archive.files() {
            let path = file.path();
            let bytes = std::fs::metadata(path).map_err(|e| corpus::Error::io(path, e))?.len();
            files.insert(file.name().to_owned(), FileState { bytes, digest: file.digest()? });
        }
        let stage = format!("normalize/{}", normalize::VERSION);
        Ok(Self { stage, reading: reading.clone(), archive: files })
    }
}

impl CodedFrom {
    /// What the codes of `statements` would be made from now.
    ///
    /// # Errors
    /// Where the codebook's files cannot be read.
    pub fn now(config: &Config, codebook: &str, statements: &Digest) -> Result<Self> {
        let mut digester = Digester::default();
        digester.field(codebook.as_bytes());
        for (path, text) in config.files(&format!("codebook/{codebook}"), "toml")? {
            digester.field(path.file_name().unwrap_or_default().as_encoded_bytes());
            digester.field(text.as_bytes());
        }
        let stage = format!("tag/{}", tag::VERSION);
        Ok(Self { stage, codebook: digester.finish(), statements: statements.clone() })
    }
}

fn path(corpus: &Corpus) -> PathBuf {
    corpus.root().join("made.json")
}
