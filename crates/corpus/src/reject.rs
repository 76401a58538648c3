//! A reject: what could not be read, where it came from and why.

use serde::{Deserialize, Serialize};

use crate::Reason;

/// One page, row or record that gave no statement. The keys are those of
/// `demarche rejects --json`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reject {
    /// The source, where it is known.
    pub source: Option<String>,
    /// The address, or the file and offset where there is none.
    pub url: String,
    /// Why.
    pub reason: Reason,
    /// Payload digest, with `#row N` for a row of a table; `None` where nothing was archived.
    pub capture: Option<String>,
}
