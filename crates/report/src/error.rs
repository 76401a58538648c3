//! What can go wrong while rendering.

/// The result of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// An error about the output, never about the findings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The output refused bytes.
    #[error("cannot write the report: {0}")]
    Io(#[from] std::io::Error),
    /// CSV refused a row.
    #[error("cannot write the report as csv: {0}")]
    Csv(#[from] ::csv::Error),
    /// JSON refused a value.
    #[error("cannot write the report as json: {0}")]
    Json(#[from] serde_json::Error),
    /// The HTML template failed.
    #[error("cannot write the report as html: {0}")]
    Html(#[from] askama::Error),
}
