//! Evidence: the segments behind the figures, each text once, named by place.
//!
//! ```text
//! Figure.evidence  -> Findings.evidence[i]    one counted place: code, voice, rule, spans
//!   .segment       -> Findings.segments[i]    its sentence, with the text once
//!     .document    -> Findings.documents[i]   the statement, its address, revision and capture
//! Figure.documents -> Findings.documents[i]   of figures that count texts
//! ```
//!
//! The lists are whole: a figure whose `evidence_total` is its list's length names everything that
//! it counts. Only where more than [`MOST`] places or texts can be named (a report on a whole archive of
//! years) each figure names its first [`FEW`], `evidence_total` says how many there are, and a
//! note says so; [`crate::places`] gives all of one figure. Figures of words name their first fifty
//! places.

use corpus::{Date, Voice};
use serde::{Deserialize, Serialize};

/// Places, and texts, that findings hold in full; the memory of findings is bounded by it.
pub const MOST: usize = 100_000;

/// Places, or texts, that each figure names where there are more than [`MOST`] of either to name.
pub const FEW: usize = 12;

/// A statement that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Statement id.
    pub statement: String,
    /// The revision that counts.
    pub revision: u32,
    /// Its day.
    pub date: Date,
    /// Its source.
    pub source: String,
    /// Its title, empty where it has none.
    pub title: String,
    /// Its canonical address, as untrusted as any text of the corpus.
    pub url: String,
    /// Payload digest of the capture its text was first found in, with `#row N` for a table.
    pub capture: String,
    /// Whether the text is cut short.
    pub truncated: bool,
}

/// A sentence in which something is counted. The text stands here once, however many figures and
/// places name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Its place in [`crate::Findings::documents`].
    pub document: u32,
    /// The turn's number.
    pub turn: u32,
    /// The segment's number in the turn.
    pub segment: u32,
    /// The role of the turn: `question`, `answer`, `narration` ...
    pub role: String,
    /// Who speaks, as printed before the turn; empty where nothing is.
    pub speaker: String,
    /// First byte of `text` in the turn's text.
    pub start: u32,
    /// The sentence as it is stored, line ends included; where a counted span reaches before it
    /// (a pronoun whose antecedent stands in the sentence before), from there on.
    pub text: String,
}

/// One counted place: what a reader needs to contest it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its place in [`crate::Findings::segments`].
    pub segment: u32,
    /// First byte and byte after the last of the counted words in the *turn's* text, sorted and
    /// apart: of a mention one, of an attribution the cue and the target. Less the segment's
    /// `start` they are bytes of its `text`.
    pub spans: Vec<(u32, u32)>,
    /// Family and id: `frame:hegemony`, `blame:US`.
    pub code: String,
    /// Referent or kind of blame, and the holder of relayed words.
    pub detail: String,
    /// In whose voice.
    pub voice: Voice,
    /// The rule that fired; for mentions the codebook entry.
    pub rule: String,
}

impl crate::Findings {
    /// The sentence of a counted place, cut at its spans: pieces of text, each with whether it is
    /// counted words. `None` where the places do not fit, which no findings of this program have.
    pub fn pieces(&self, evidence: &Evidence) -> Option<Vec<(bool, &str)>> {
        let segment = self.segments.get(evidence.segment as usize)?;
        let mut pieces = Vec::with_capacity(evidence.spans.len() * 2 + 1);
        let mut done = 0;
        for &(start, end) in &evidence.spans {
            let start = start.checked_sub(segment.start)? as usize;
            let end = end.checked_sub(segment.start)? as usize;
            pieces.push((false, segment.text.get(done..start)?));
            pieces.push((true, segment.text.get(start..end)?));
            done = end;
        }
        pieces.push((false, segment.text.get(done..)?));
        pieces.retain(|(_, text)| !text.is_empty());
        Some(pieces)
    }
}
