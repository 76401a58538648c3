//! Codes as they are indexed: what `tag` found in a statement but for what nobody looks it up by,
//! with names borrowed from the columns of its partition.

use std::path::Path;

use corpus::partition::{self, Stamp};
use corpus::{BlameKind, Columns, Lists, SegmentSpan, Table, Texts, TopicSpan, Utterance};

use crate::Result;

/// What is indexed of the codes of a statement.
#[derive(Debug)]
pub(crate) struct CodedRow<'t> {
    pub statement: &'t str,
    pub revision: u32,
    pub segments: Vec<SegmentSpan>,
    /// Without the spans that their topics rest on.
    pub utterances: Vec<Utterance>,
    pub mentions: Vec<MentionRow<'t>>,
    pub attributions: Vec<AttributionRow<'t>>,
}

/// A codebook entry found at a span.
#[derive(Debug)]
pub(crate) struct MentionRow<'t> {
    pub turn: u32,
    pub segment: u32,
    pub span: (u32, u32),
    pub code: &'t str,
    pub referent: Option<&'t str>,
}

/// Who is blamed, and how; the span reaches from cue to target.
#[derive(Debug)]
pub(crate) struct AttributionRow<'t> {
    pub turn: u32,
    pub segment: u32,
    pub span: (u32, u32),
    pub target: &'t str,
    pub kind: BlameKind,
}

impl<'t> CodedRow<'t> {
    const COLUMNS: [&'static str; 21] = [
        "statement",
        "revision",
        "segments",
        "utterances.list.element.n",
        "utterances.list.element.turns",
        "utterances.list.element.topics",
        "utterances.list.element.passages",
        "mentions.list.element.turn",
        "mentions.list.element.segment",
        "mentions.list.element.start",
        "mentions.list.element.end",
        "mentions.list.element.code",
        "mentions.list.element.referent",
        "attributions.list.element.turn",
        "attributions.list.element.segment",
        "attributions.list.element.target",
        "attributions.list.element.kind",
        "attributions.list.element.cue_start",
        "attributions.list.element.cue_end",
        "attributions.list.element.target_start",
        "attributions.list.element.target_end",
    ];

    /// What is read of a partition of codes, and its stamp.
    pub fn tables(path: &Path) -> Result<(Option<Stamp>, Vec<Table>)> {
        Ok(partition::read_columns(path, &Self::COLUMNS)?)
    }

    /// Adds the rows of a table.
    pub fn all(table: &'t Table, rows: &mut Vec<Self>) -> Result<()> {
        let columns = table.columns();
        let (statement, revision) = (columns.texts("statement")?, columns.numbers("revision")?);
        let segments = columns.lists("segments")?;
        let segment = SegmentColumns::of(segments.columns()?)?;
        let utterances = columns.lists("utterances")?;
        let utterance = UtteranceColumns::of(utterances.columns()?)?;
        let mentions = columns.lists("mentions")?;
        let mention = MentionColumns::of(mentions.columns()?)?;
        let attributions = columns.lists("attributions")?;
        let attribution = AttributionColumns::of(attributions.columns()?)?;
        for (row, revision) in revision.iter().enumerate() {
            let attributions = attributions.of(row).map(|at| attribution.attribution(at));
            rows.push(Self {
                statement: statement.get(row),
                revision: *revision,
                segments: segments.of(row).map(|at| segment.segment(at)).collect::<Result<_>>()?,
                utterances: utterances.of(row).map(|at| utterance.utterance(at)).collect(),
                mentions: mentions.of(row).map(|at| mention.mention(at)).collect(),
                attributions: attributions.collect::<Result<_>>()?,
            });
        }
        Ok(())
    }
}

struct SegmentColumns<'t> {
    turn: &'t [u32],
    n: &'t [u32],
    start: &'t [u32],
    end: &'t [u32],
    voice: Texts<'t>,
}

impl<'t> SegmentColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        Ok(Self {
            turn: columns.numbers("turn")?,
            n: columns.numbers("n")?,
            start: columns.numbers("start")?,
            end: columns.numbers("end")?,
            voice: columns.texts("voice")?,
        })
    }

    fn segment(&self, at: usize) -> Result<SegmentSpan> {
        Ok(SegmentSpan {
            turn: self.turn[at],
            n: self.n[at],
            start: self.start[at],
            end: self.end[at],
            voice: self.voice.named(at)?,
        })
    }
}

struct UtteranceColumns<'t> {
    n: &'t [u32],
    turns: (Lists<'t>, &'t [u32]),
    topics: (Lists<'t>, Texts<'t>),
    passages: (Lists<'t>, PassageColumns<'t>),
}

impl<'t> UtteranceColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        let turns = columns.lists("turns")?;
        let topics = columns.lists("topics")?;
        let passages = columns.lists("passages")?;
        Ok(Self {
            n: columns.numbers("n")?,
            turns: (turns, turns.numbers()?),
            topics: (topics, topics.texts()?),
            passages: (passages, PassageColumns::of(passages.columns()?)?),
        })
    }

    fn utterance(&self, at: usize) -> Utterance {
        let (turns, turn) = self.turns;
        let (topics, topic) = self.topics;
        let (passages, passage) = &self.passages;
        Utterance {
            n: self.n[at],
            turns: turn[turns.of(at)].to_vec(),
            topics: topics.of(at).map(|at| topic.get(at).to_owned()).collect(),
            topic_spans: Vec::new(),
            passages: passages.of(at).map(|at| passage.passage(at)).collect(),
        }
    }
}

struct PassageColumns<'t> {
    topic: Texts<'t>,
    turn: &'t [u32],
    start: &'t [u32],
    end: &'t [u32],
}

impl<'t> PassageColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        Ok(Self {
            topic: columns.texts("topic")?,
            turn: columns.numbers("turn")?,
            start: columns.numbers("start")?,
            end: columns.numbers("end")?,
        })
    }

    fn passage(&self, at: usize) -> TopicSpan {
        TopicSpan {
            topic: self.topic.get(at).to_owned(),
            turn: self.turn[at],
            start: self.start[at],
            end: self.end[at],
        }
    }
}

struct MentionColumns<'t> {
    turn: &'t [u32],
    segment: &'t [u32],
    start: &'t [u32],
    end: &'t [u32],
    code: Texts<'t>,
    referent: Texts<'t>,
}

impl<'t> MentionColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        Ok(Self {
            turn: columns.numbers("turn")?,
            segment: columns.numbers("segment")?,
            start: columns.numbers("start")?,
            end: columns.numbers("end")?,
            code: columns.texts("code")?,
            referent: columns.texts("referent")?,
        })
    }

    fn mention(&self, at: usize) -> MentionRow<'t> {
        MentionRow {
            turn: self.turn[at],
            segment: self.segment[at],
            span: (self.start[at], self.end[at]),
            code: self.code.get(at),
            referent: self.referent.optional(at),
        }
    }
}

struct AttributionColumns<'t> {
    turn: &'t [u32],
    segment: &'t [u32],
    target: Texts<'t>,
    kind: Texts<'t>,
    cue: (&'t [u32], &'t [u32]),
    target_span: (&'t [u32], &'t [u32]),
}

impl<'t> AttributionColumns<'t> {
    fn of(columns: Columns<'t>) -> Result<Self> {
        Ok(Self {
            turn: columns.numbers("turn")?,
            segment: columns.numbers("segment")?,
            target: columns.texts("target")?,
            kind: columns.texts("kind")?,
            cue: (columns.numbers("cue_start")?, columns.numbers("cue_end")?),
            target_span: (columns.numbers("target_start")?, columns.numbers("target_end")?),
        })
    }

    fn attribution(&self, at: usize) -> Result<AttributionRow<'t>> {
        let (starts, ends) = self.target_span;
        Ok(AttributionRow {
            turn: self.turn[at],
            segment: self.segment[at],
            span: (self.cue.0[at].min(starts[at]), self.cue.1[at].max(ends[at])),
            target: self.target.get(at),
            kind: self.kind.named(at)?,
        })
    }
}
