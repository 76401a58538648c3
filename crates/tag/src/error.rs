//! What can go wrong before a text is tagged: all of it concerns a codebook.

use std::path::{Path, PathBuf};

/// The result of everything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// An error about a codebook.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file cannot be read.
    #[error(transparent)]
    Corpus(#[from] corpus::Error),
    /// A file of a codebook does not parse or does not hold together.
    #[error("{path}: {reason}")]
    Codebook {
        /// The file.
        path: PathBuf,
        /// The entry or key, and what is wrong with it.
        reason: String,
    },
    /// The terms do not make a matcher.
    #[error("codebook `{name}`: {source}")]
    Matcher {
        /// The codebook.
        name: String,
        /// What the matcher says.
        source: corpus::pattern::MatcherError,
    },
}

impl Error {
    /// A codebook file that does not parse or does not hold together.
    pub fn codebook(path: impl AsRef<Path>, reason: impl std::fmt::Display) -> Self {
        Self::Codebook { path: path.as_ref().to_path_buf(), reason: reason.to_string() }
    }
}
