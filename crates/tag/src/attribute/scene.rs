//! A scene: a segment with all that is known about it when its blames are looked for.

use corpus::pattern::Piece;
use corpus::{BlameKind, Lang, Voice};

use super::Slot;
use super::words::{left, right};

/// How far before the name of a holder its adjective may end, in bytes.
const HOLDER_REACH: usize = 12;

/// The same where a quoted name stands between: 美国“枪支暴力档案”网站.
const QUOTED_REACH: usize = 40;

/// Words that name a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TargetSpan<'t> {
    /// First byte in the passage.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Target id of the codebook, `US`, `NATO`, `VEILED`.
    pub target: &'t str,
}

/// A text with the targets that it names, sorted by place.
#[derive(Debug, Clone)]
pub struct Passage<'t> {
    /// The words.
    pub text: &'t str,
    /// The same, folded.
    pub folded: Piece<'t>,
    /// The targets in them.
    pub targets: Vec<TargetSpan<'t>>,
}

/// A segment, whose claim it is, and what stands before it.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'t> {
    /// The language of the segment.
    pub lang: Lang,
    /// ISO code of the state that publishes, `CN`, `KP`.
    pub country: &'t str,
    /// Whose claim the segment is.
    pub voice: Voice,
    /// Target id of the one who speaks, where it is a target: nobody blames himself.
    pub speaker: Option<&'t str>,
    /// The name of the state whose words are relayed.
    pub holder: Option<&'t str>,
    /// Where the segment names him, in bytes of it.
    pub holder_at: Option<(usize, usize)>,
    /// The segment itself.
    pub segment: &'t Passage<'t>,
    /// The segments of the turn before it, nearest last.
    pub before: &'t [Passage<'t>],
    /// The title of the text, where it has one.
    pub title: Option<&'t Passage<'t>>,
}

impl Scene<'_> {
    /// Where the publisher speaks of himself without a target's name.
    pub(super) fn own_words(&self) -> Vec<(usize, usize)> {
        if !matches!(self.voice, Voice::Own) {
            return Vec::new();
        }
        let words: &[&str] = match self.lang {
            Lang::Zh => &["我们", "我国", "我方"],
            Lang::En => &["we ", "We ", "our ", "Our "],
            Lang::Ko => &["우리 ", "우리는", "우리가", "우리의", "나는"],
            _ => &[],
        };
        let text = self.segment.text;
        let mut found = Vec::new();
        for word in words {
            for (at, found_word) in text.match_indices(word) {
                let starts =
                    self.lang == Lang::Zh || !left(text, at, 1).chars().any(char::is_alphanumeric);
                if starts && !right(text, at, 1).is_empty() {
                    found.push((at, at + found_word.trim_end().len()));
                }
            }
        }
        found
    }

    /// Whether a target only says where the one whose words are relayed is from: `a U.S. newspaper`,
    /// 美国民调, 澳方一些人士.
    pub(super) fn describes_the_holder(&self, span: &TargetSpan<'_>) -> bool {
        let Some((start, end)) = self.holder_at else { return false };
        let between = self.segment.text.get(span.end..start).unwrap_or_default();
        let reach =
            if between.starts_with(['“', '"', '《']) { QUOTED_REACH } else { HOLDER_REACH };
        let near = span.end <= start && between.len() <= reach;
        let links = [',', '.', '，', '、', '：'];
        // 서방은 스위스에서: who has the particle of a topic describes nobody.
        let is_topic = self.lang == Lang::Ko && between.starts_with(['은', '는', '이', '가']);
        (span.start < end && start < span.end) || (near && !is_topic && !between.contains(links))
    }
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
