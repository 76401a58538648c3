//! What can go wrong with vote tables.

use std::path::{Path, PathBuf};

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error about a table of votes or a question put to it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Configuration that does not parse.
    #[error(transparent)]
    Config(#[from] corpus::Error),
    /// A table that cannot be read.
    #[error("{path}: {reason}")]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong and what cures it.
        reason: String,
    },
    /// A state that never voted in these roll calls.
    #[error("`{0}` votes in none of these roll calls; write an ISO 3166-1 code such as CHN")]
    UnknownCountry(String),
    /// All roll calls are needed and only those of a study are there.
    #[error(
        "Only the votes of the studies ship with the program. For all roll calls give a folder with \
         rollcalls.csv.gz and votes.csv.gz: `demarche votes --data DIR`, `demarche report --votes DIR`"
    )]
    NeedsData,
}

impl Error {
    pub(crate) fn table(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::Table { path: path.to_path_buf(), reason: reason.to_string() }
    }
}
