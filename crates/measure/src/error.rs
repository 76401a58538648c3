//! What can go wrong while measuring.

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error that names the study's key, the statement or the partition, and the cure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A study file does not parse or does not hold together.
    #[error("{path}: {reason}")]
    Study {
        /// The file.
        path: String,
        /// The key and what is wrong with it.
        reason: String,
    },
    /// A partition could not be read.
    #[error("{0}")]
    Partition(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A statement without codes.
    #[error("{statement} revision {revision} is not coded; run `demarche run --offline`")]
    NotCoded {
        /// The statement.
        statement: String,
        /// Its revision.
        revision: u32,
    },
    /// A number that the findings do not have.
    #[error("there is no number {number}: {known}")]
    NoSuchNumber {
        /// Its address.
        number: String,
        /// Which there are.
        known: String,
    },
}

impl Error {
    pub(crate) fn study(path: &str, reason: impl std::fmt::Display) -> Self {
        Self::Study { path: path.to_owned(), reason: reason.to_string() }
    }
}
