//! Coded text: what `tag` found in one revision of one statement.
//!
//! All spans are byte offsets into the text of the turn with that number and fall on character
//! boundaries.

use serde::{Deserialize, Serialize};

/// Whose claim a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The publishing institution speaks for itself.
    Own,
    /// The institution reports what somebody else said.
    Relayed,
    /// A journalist's question.
    Question,
    /// No claim by anybody: headings, datelines, protocol.
    None,
}

impl Voice {
    /// Every voice.
    pub const ALL: [Self; 4] = [Self::Own, Self::Relayed, Self::Question, Self::None];

    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Relayed => "relayed",
            Self::Question => "question",
            Self::None => "none",
        }
    }
}

/// How a target is blamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlameKind {
    /// Held responsible for causing, prolonging or worsening harm.
    Causal,
    /// Condemned for conduct or character.
    Condemn,
}

impl BlameKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Causal, Self::Condemn];

    /// The name as it is written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Causal => "causal",
            Self::Condemn => "condemn",
        }
    }
}

/// A sentence of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentSpan {
    /// The turn's number.
    pub turn: u32,
    /// Place in the turn, from 1.
    pub n: u32,
    /// First byte in the turn's text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Whose claim it is.
    pub voice: Voice,
}

/// Where an utterance shows its topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TopicSpan {
    /// Topic id of the codebook, `ukraine-war`.
    pub topic: String,
    /// The turn's number.
    pub turn: u32,
    /// First byte in the turn's text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

/// What shares are counted over: an answer with its question, or a whole text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utterance {
    /// Place in the statement, from 1.
    pub n: u32,
    /// The turns that it is made of.
    pub turns: Vec<u32>,
    /// Topic ids, sorted, each once; an answer has its question's too.
    pub topics: Vec<String>,
    /// The spans that the topics rest on.
    pub topic_spans: Vec<TopicSpan>,
    /// Where a topic is that of a part only, as of one section of a long speech: the stretches of
    /// text that are about it. A topic without one is that of the whole utterance.
    pub passages: Vec<TopicSpan>,
}

impl Utterance {
    /// Whether what stands at byte `start` of turn `turn` is about `topic`.
    pub fn is_about(&self, topic: &str, turn: u32, start: u32) -> bool {
        let mut passages = self.passages.iter().filter(|p| p.topic == topic).peekable();
        let holds = |p: &TopicSpan| p.turn == turn && p.start <= start && start < p.end;
        self.topics.iter().any(|t| t == topic) && (passages.peek().is_none() || passages.any(holds))
    }
}

/// A codebook entry found at a span of a segment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The turn's number.
    pub turn: u32,
    /// The segment's number.
    pub segment: u32,
    /// First byte in the turn's text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Family and id: `frame:hegemony`, `target:US`, `naming:invasion`.
    pub code: String,
    /// The event that a naming term points to (`ukraine-war`, `other`, `none`); `None` for
    /// other families.
    pub referent: Option<String>,
    /// Voice of the clause it stands in.
    pub voice: Voice,
}

/// Who blames whom, how, in whose voice, and on what that rests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribution {
    /// The turn's number.
    pub turn: u32,
    /// The segment's number.
    pub segment: u32,
    /// Target id of the codebook, `US`, `NATO`, `VEILED`.
    pub target: String,
    /// How it is blamed.
    pub kind: BlameKind,
    /// Voice of the blaming clause.
    pub voice: Voice,
    /// Whose blame it is: the publishing state, or the one whose words are relayed.
    pub holder: Option<String>,
    /// Topics of the utterance that its segment is about, sorted.
    pub topics: Vec<String>,
    /// The rule that fired.
    pub rule: String,
    /// First byte of the blame cue.
    pub cue_start: u32,
    /// Byte after the cue.
    pub cue_end: u32,
    /// First byte of the words that name the target; the antecedent's own span is not in this
    /// segment, so a pronoun's span stands here.
    pub target_start: u32,
    /// Byte after them.
    pub target_end: u32,
}

/// All codes of one revision of one statement. A row of `coded/<source>/<month>.parquet`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    /// Statement id.
    pub statement: String,
    /// The revision that was coded.
    pub revision: u32,
    /// Segments in order.
    pub segments: Vec<SegmentSpan>,
    /// Utterances in order; every turn but notes is in exactly one.
    pub utterances: Vec<Utterance>,
    /// Mentions, sorted.
    pub mentions: Vec<Mention>,
    /// Attributions, sorted.
    pub attributions: Vec<Attribution>,
}
