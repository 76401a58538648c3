//! A scene: a segment with all that is known about it when its blames are looked for.

use corpus::{BlameKind, Lang, Voice};

use super::Slot;

/// Words that name a target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TargetSpan {
    /// First byte in the passage.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Target id of the codebook, `US`, `NATO`, `VEILED`.
    pub target: String,
}

/// A text with the targets that it names, sorted by place.
#[derive(Debug, Clone, Default)]
pub struct Passage<'t> {
    /// The words.
    pub text: &'t str,
    /// The targets in them.
    pub targets: Vec<TargetSpan>,
}

/// A segment, whose claim it is, and what stands before it.
#[derive(Debug, Clone)]
pub struct Scene<'t> {
    /// The language of the segment.
    pub lang: Lang,
    /// ISO code of the state that publishes, `CN`, `KP`.
    pub country: &'t str,
    /// Whose claim the segment is.
    pub voice: Voice,
    /// Target id of the one who speaks, where it is a target: nobody blames himself.
    pub speaker: Option<&'t str>,
    /// The name of the one whose words are relayed.
    pub holder: Option<&'t str>,
    /// Where the segment names him, in bytes of it.
    pub holder_at: Option<(usize, usize)>,
    /// The segment itself.
    pub segment: Passage<'t>,
    /// The segments of the turn before it, nearest last.
    pub before: Vec<Passage<'t>>,
}

/// A target found blamed, with the words that it rests on; bytes in the segment's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blame {
    /// Target id.
    pub target: String,
    /// How it is blamed.
    pub kind: BlameKind,
    /// The rule that fired: family and cue, `slot:smear/subject`.
    pub rule: String,
    /// Which place of the cue it fills.
    pub slot: Slot,
    /// The cue's words.
    pub cue: (usize, usize),
    /// The words that name the target, or those that stand for it.
    pub span: (usize, usize),
}
