//! A capture: one archived response, or one row of an imported table.

use serde::{Deserialize, Serialize};

use crate::{Digest, Time};

/// One archived HTTP response with its bytes, as `read` gets it.
#[derive(Debug, Clone)]
pub struct Capture {
    /// The address that was asked for, fragment included.
    pub url: String,
    /// When the bytes were fetched, as the archive says.
    pub captured: Time,
    /// HTTP status; 200 where the record has no HTTP head.
    pub status: u16,
    /// Media type with its parameters, as the server declared it.
    pub content_type: Option<String>,
    /// The source that the importer or crawler named; `None` where the address decides.
    pub source: Option<String>,
    /// Digest of `body`.
    pub digest: Digest,
    /// The payload with transfer and content encodings removed.
    pub body: Vec<u8>,
    /// Whether the collector cut it short (`WARC-Truncated`).
    pub truncated: bool,
}

/// Where a text was found: enough to lead a reader back to the archived bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaptureRef {
    /// When it was fetched; `None` for a row of a table, whose time of import says nothing.
    pub captured: Option<Time>,
    /// Payload digest of the archived record.
    pub digest: Digest,
    /// Row of an imported table, from 1.
    pub row: Option<u64>,
    /// The address as captured or as the row gives it; empty where a row has none.
    pub url: String,
}

impl CaptureRef {
    /// The payload's digest, with `#row N` for a row of a table.
    pub fn name(&self) -> String {
        match self.row {
            Some(row) => format!("{}#row {row}", self.digest),
            None => self.digest.to_string(),
        }
    }
}
