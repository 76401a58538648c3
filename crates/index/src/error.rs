//! What can go wrong with an index.

use std::path::PathBuf;

use crate::QueryError;

/// The result of everything that reads or writes an index.
pub type Result<T> = std::result::Result<T, Error>;

/// An error about an index or a query.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The corpus has no index yet.
    #[error("{0}: no index here; run `demarche index`")]
    Missing(PathBuf),
    /// The index was written by another version of the program.
    #[error("{path}: index version {found}, this program reads {expected}; run `demarche index`")]
    Version {
        /// The index folder.
        path: PathBuf,
        /// The version that wrote it.
        found: u32,
        /// The version this program knows.
        expected: u32,
    },
    /// The index or a record of it cannot be read, or does not hold what it should.
    #[error("{path}: {reason}; delete the folder and run `demarche index`")]
    Damaged {
        /// The index folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The query cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query can be read and takes too many forms to be counted.
    #[error(
        "`{term}` stands for {forms} forms; at most {most} can be counted at once, so ask for a part of it"
    )]
    TooManyForms {
        /// The words as written.
        term: String,
        /// How many they stand for.
        forms: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// A file of the corpus.
    #[error(transparent)]
    Corpus(#[from] corpus::Error),
    /// The search engine refused.
    #[error("index: {0}; where it is damaged `demarche index` builds it anew")]
    Engine(#[from] tantivy::TantivyError),
    /// The search engine could not read its files.
    #[error("index: {0}; where it is damaged `demarche index` builds it anew")]
    Files(#[from] std::io::Error),
}
