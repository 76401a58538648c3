//! A link between two statements that are one text in some sense.

use serde::{Deserialize, Serialize};

/// In which sense two statements are one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkKind {
    /// The same text in two sources.
    Copy,
    /// The same text in other wording.
    NearCopy,
    /// The same text in another language.
    Twin,
}

/// Two linked statements; `a` sorts before `b`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Statement id.
    pub a: String,
    /// Statement id.
    pub b: String,
    /// In which sense they are one.
    pub kind: LinkKind,
    /// From 0 to 1; what it rests on is in `evidence`.
    pub score: f64,
    /// What the score rests on, in words.
    pub evidence: String,
}
