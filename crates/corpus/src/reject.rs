//! A reject: what could not be read, where it came from and why.

use serde::{Deserialize, Serialize};

/// One page, row or record that gave no statement. The keys are those of
/// `demarche rejects --json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reject {
    /// The source, where it is known.
    pub source: Option<String>,
    /// The address, or the file and offset where there is none.
    pub url: String,
    /// Why, in few stable words first: `no text`, `unknown source`, `soft 404: ...`.
    pub reason: String,
    /// Payload digest, with `#row N` for a row of a table; `None` where nothing was archived.
    pub capture: Option<String>,
}

impl Reject {
    /// The stable words of the reason: what stands before its first colon.
    pub fn kind(&self) -> &str {
        self.reason.split(':').next().unwrap_or(&self.reason)
    }
}
