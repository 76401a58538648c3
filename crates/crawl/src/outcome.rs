//! What a crawl of one source came to, and what it tells while it runs.

use corpus::{Reason, Time};
use serde::{Deserialize, Serialize};

/// The outcome of one source. The keys are those of `demarche crawl --json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The source.
    pub source: String,
    /// Items of the window that the listings name.
    pub listed: usize,
    /// Pages fetched that are new or have changed.
    pub fetched: usize,
    /// Pages asked for again, or known and not asked for, with the same bytes.
    pub unchanged: usize,
    /// Pages that were known, are listed no more, and are missing.
    pub gone: usize,
    /// What could not be fetched.
    pub failed: Vec<Failure>,
    /// What the reader of these numbers must know, with the cure.
    pub warnings: Vec<String>,
    /// What else is worth knowing; nothing is missing because of it.
    pub notes: Vec<String>,
    /// The crawl was stopped before its end.
    pub interrupted: bool,
}

/// An address that could not be fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The address.
    pub url: String,
    /// Why.
    pub reason: Reason,
    /// How often in a row it failed, over all crawls.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tried: u32,
    /// Before when an incremental crawl does not ask again; none for the next crawl.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Time>,
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// One step of a crawl, for progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// A listing page was read.
    Listed {
        /// The source.
        source: &'a str,
        /// Items so far.
        items: usize,
    },
    /// An item was tried.
    Tried {
        /// The source.
        source: &'a str,
        /// How many were tried so far.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// The crawl waits before it asks again.
    Waits {
        /// The address.
        url: &'a str,
        /// Why.
        reason: &'a str,
        /// Milliseconds.
        millis: u128,
    },
}

/// 0 where all went well, 3 where part failed or was left out, 2 where nothing worked.
pub fn exit_code(outcomes: &[Outcome]) -> u8 {
    let worked = outcomes.iter().any(|o| o.fetched + o.unchanged + o.gone > 0);
    let clean = |o: &Outcome| o.failed.is_empty() && o.warnings.is_empty() && !o.interrupted;
    match (outcomes.iter().all(clean), worked) {
        (true, _) => 0,
        (false, true) => 3,
        (false, false) if outcomes.iter().all(|o| o.failed.is_empty()) => 3,
        (false, false) => 2,
    }
}
