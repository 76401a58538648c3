//! A mention and an attribution as other tools read them.

use corpus::partition::Row;
use corpus::{Attribution, BlameKind, Date, Mention, Statement, Voice};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// One codebook entry at a span; `start` and `end` are bytes in the turn's text, `start_char` and
/// `end_char` characters.
#[derive(Debug, Serialize, Deserialize)]
pub struct MentionRow {
    statement: String,
    revision: u32,
    date: Option<Date>,
    source: String,
    country: String,
    turn: u32,
    segment: u32,
    start: u32,
    end: u32,
    start_char: u32,
    end_char: u32,
    code: String,
    referent: Option<String>,
    voice: Voice,
    text: String,
}

impl MentionRow {
    /// A mention with its statement's data and the words at its span.
    ///
    /// # Errors
    /// [`Error::Span`] where the span is none of the turn's text.
    pub fn of(statement: &Statement, mention: &Mention) -> Result<Self> {
        let (start, end) = (mention.start, mention.end);
        let words = Words::at(statement, mention.turn, start, end)?;
        Ok(Self {
            statement: statement.id.clone(),
            revision: statement.revision,
            date: statement.date,
            source: statement.source.clone(),
            country: statement.country.clone(),
            turn: mention.turn,
            segment: mention.segment,
            start,
            end,
            start_char: words.start_char,
            end_char: words.end_char,
            code: mention.code.clone(),
            referent: mention.referent.clone(),
            voice: mention.voice,
            text: words.text,
        })
    }
}

/// One holder blaming one target, with the words of cue and target.
#[derive(Debug, Serialize, Deserialize)]
pub struct AttributionRow {
    statement: String,
    revision: u32,
    date: Option<Date>,
    source: String,
    country: String,
    turn: u32,
    segment: u32,
    target: String,
    kind: BlameKind,
    voice: Voice,
    holder: Option<String>,
    topics: Vec<String>,
    rule: String,
    cue_start: u32,
    cue_end: u32,
    cue_start_char: u32,
    cue_end_char: u32,
    cue_text: String,
    target_start: u32,
    target_end: u32,
    target_start_char: u32,
    target_end_char: u32,
    target_text: String,
    start: u32,
    end: u32,
    start_char: u32,
    end_char: u32,
}

impl AttributionRow {
    /// An attribution with its statement's data; `start` to `end` covers cue and target.
    ///
    /// # Errors
    /// [`Error::Span`] where a span is none of the turn's text.
    pub fn of(statement: &Statement, found: &Attribution) -> Result<Self> {
        let cue = Words::at(statement, found.turn, found.cue_start, found.cue_end)?;
        let target = Words::at(statement, found.turn, found.target_start, found.target_end)?;
        Ok(Self {
            statement: statement.id.clone(),
            revision: statement.revision,
            date: statement.date,
            source: statement.source.clone(),
            country: statement.country.clone(),
            turn: found.turn,
            segment: found.segment,
            target: found.target.clone(),
            kind: found.kind,
            voice: found.voice,
            holder: found.holder.clone(),
            topics: found.topics.clone(),
            rule: found.rule.clone(),
            cue_start: found.cue_start,
            cue_end: found.cue_end,
            cue_start_char: cue.start_char,
            cue_end_char: cue.end_char,
            cue_text: cue.text,
            target_start: found.target_start,
            target_end: found.target_end,
            target_start_char: target.start_char,
            target_end_char: target.end_char,
            target_text: target.text,
            start: found.cue_start.min(found.target_start),
            end: found.cue_end.max(found.target_end),
            start_char: cue.start_char.min(target.start_char),
            end_char: cue.end_char.max(target.end_char),
        })
    }
}

/// The words at a span, and the span in characters.
struct Words {
    start_char: u32,
    end_char: u32,
    text: String,
}

impl Words {
    fn at(statement: &Statement, turn: u32, start: u32, end: u32) -> Result<Self> {
        let wrong = || Error::Span { statement: statement.id.clone(), turn, start, end };
        let turn_text = statement.turns.iter().find(|t| t.n == turn).map(|t| t.text.as_str());
        let text = turn_text.ok_or_else(wrong)?;
        let before = text.get(..start as usize).ok_or_else(wrong)?;
        let words = text.get(start as usize..end as usize).ok_or_else(wrong)?;
        let start_char = before.chars().count() as u32;
        let end_char = start_char + words.chars().count() as u32;
        Ok(Self { start_char, end_char, text: words.to_owned() })
    }
}

impl Row for MentionRow {
    fn sample() -> Self {
        Self {
            statement: String::new(),
            revision: 1,
            date: Statement::sample().date,
            source: String::new(),
            country: String::new(),
            turn: 1,
            segment: 1,
            start: 0,
            end: 1,
            start_char: 0,
            end_char: 1,
            code: String::new(),
            referent: Some(String::new()),
            voice: Voice::Own,
            text: String::new(),
        }
    }
}

impl Row for AttributionRow {
    fn sample() -> Self {
        Self {
            statement: String::new(),
            revision: 1,
            date: Statement::sample().date,
            source: String::new(),
            country: String::new(),
            turn: 1,
            segment: 1,
            target: String::new(),
            kind: BlameKind::Causal,
            voice: Voice::Own,
            holder: Some(String::new()),
            topics: vec![String::new()],
            rule: String::new(),
            cue_start: 0,
            cue_end: 1,
            cue_start_char: 0,
            cue_end_char: 1,
            cue_text: String::new(),
            target_start: 0,
            target_end: 1,
            target_start_char: 0,
            target_end_char: 1,
            target_text: String::new(),
            start: 0,
            end: 1,
            start_char: 0,
            end_char: 1,
        }
    }
}
