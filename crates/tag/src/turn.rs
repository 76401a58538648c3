//! A turn cut into segments, with what the codebook finds in it.

use corpus::Turn;
use corpus::pattern::{Folded, Piece};
use corpus::segment::Span;

/// A turn with its segments and what the codebook finds in them.
#[derive(Debug, Clone)]
pub struct SegmentedTurn<'s> {
    /// The turn.
    pub turn: &'s Turn,
    /// Its text, folded once for all who look for words in it.
    pub folded: Folded<'s>,
    /// Its segments, in order; segment `n` of the codes is `segments[n - 1]`.
    pub segments: Vec<Span>,
    /// Entries found, sorted by place.
    pub found: Vec<Found>,
}

impl SegmentedTurn<'_> {
    /// The segments, folded.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.segments.iter().map(|span| self.folded.piece(span.start, span.end))
    }
}

/// A codebook entry found in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Place of the entry in [`crate::Finder::entries`].
    pub entry: usize,
    /// Place of the segment that holds it.
    pub segment: usize,
}

impl Found {
    /// Its bytes.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}
