//! What can go wrong between the stages.

use std::path::PathBuf;

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error that stops a command.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file of the corpus or of the configuration.
    #[error(transparent)]
    Corpus(#[from] corpus::Error),
    /// The text is not coded, or was coded before it changed.
    #[error("{0}: the text is not coded, or changed since; `demarche run --offline` codes it")]
    NotCoded(PathBuf),
    /// What a command would publish does not follow from archive and configuration as they are.
    #[error("{corpus}: stale: {}; `demarche run --offline` brings it up to date", crate::freshness::joined(.what))]
    Stale {
        /// The corpus folder.
        corpus: PathBuf,
        /// What lags behind.
        what: Vec<crate::Stale>,
    },
    /// A span that is none.
    #[error(
        "{statement}:{turn}: bytes {start}..{end} are no span of the turn; delete coded/ and run `demarche run --offline`"
    )]
    Span {
        /// Statement id.
        statement: String,
        /// The turn's number.
        turn: u32,
        /// First byte.
        start: u32,
        /// Byte after the last.
        end: u32,
    },
    /// What a command writes could not be written.
    #[error("cannot write the output: {0}")]
    Output(#[source] std::io::Error),
    /// A table could not be encoded.
    #[error("cannot encode the table: {0}")]
    Encode(String),
    /// The codebook.
    #[error(transparent)]
    Tag(#[from] tag::Error),
    /// The full-text index.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// A study.
    #[error(transparent)]
    Measure(#[from] measure::Error),
    /// Roll calls.
    #[error(transparent)]
    Votes(#[from] votes::Error),
    /// A format of the report.
    #[error(transparent)]
    Report(#[from] report::Error),
    /// A bundle.
    #[error("{path}: {reason}")]
    Bundle {
        /// The file.
        path: PathBuf,
        /// What is wrong and what cures it.
        reason: String,
    },
    /// A study that nobody wrote.
    #[error("unknown study `{name}`; there are: {known}")]
    UnknownStudy {
        /// The name.
        name: String,
        /// The studies in config/studies/.
        known: String,
    },
    /// A file to import.
    #[error("{path}: {reason}")]
    Import {
        /// The file.
        path: PathBuf,
        /// What is wrong and what cures it.
        reason: String,
    },
}
