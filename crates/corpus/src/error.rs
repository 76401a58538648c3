//! What can go wrong with a corpus on disk, each message naming the file and the cure.

use std::path::{Path, PathBuf};

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error about a file of the corpus or its configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused a file.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is there and does not hold what it should.
    #[error("{path}: {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong and what cures it.
        reason: String,
    },
    /// The corpus was written by another version of the program.
    #[error(
        "{path}: corpus format {found}, this program writes {expected}; \
         everything but archive/ can be rebuilt: delete FORMAT and run `demarche run --offline`"
    )]
    Format {
        /// The `FORMAT` file.
        path: PathBuf,
        /// The number in it.
        found: String,
        /// The number this program knows.
        expected: u32,
    },
    /// The folder holds no corpus.
    #[error("{0}: no corpus here; `demarche import` or `demarche crawl` makes one")]
    NoCorpus(PathBuf),
    /// Another process writes to the corpus.
    #[error("{0}: another demarche is writing to this corpus; wait for it or stop it")]
    Locked(PathBuf),
    /// A source that nobody declared.
    #[error("unknown source `{id}`; declared are {known}")]
    UnknownSource {
        /// The id.
        id: String,
        /// The ids of all declared sources.
        known: String,
    },
    /// A configuration file does not parse.
    #[error("{path}: {reason}")]
    Config {
        /// The file, as a path inside the config folder where it is compiled in.
        path: PathBuf,
        /// The key and what is wrong with it.
        reason: String,
    },
}

impl Error {
    /// An error of the operating system about `path`.
    pub fn io(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self::Io { path: path.as_ref().to_path_buf(), source }
    }

    /// A file that does not hold what it should.
    pub fn damaged(path: impl AsRef<Path>, reason: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.as_ref().to_path_buf(), reason: reason.to_string() }
    }

    /// A configuration file that does not parse or does not hold together.
    pub fn config(path: impl AsRef<Path>, reason: impl std::fmt::Display) -> Self {
        Self::Config { path: path.as_ref().to_path_buf(), reason: reason.to_string() }
    }
}
