//! The filter: a segment or a turn as a line of JSON in, the same line with its codes out. Pure,
//! so that any batch engine can pipe through it.

use std::borrow::Cow;

use corpus::pattern::Folded;
use corpus::segment::{Span, segments};
use corpus::{Coded, Date, Lang, Role, SegmentSpan, Statement, Turn, Voice, language};
use serde_json::{Map, Value, json};

use crate::tagger::Tagger;
use crate::trace::Trace;
use crate::turn::SegmentedTurn;

/// Keys that the filter writes; what the input says under them is replaced.
pub const CODE_KEYS: [&str; 4] = ["voice", "segments", "mentions", "attributions"];

/// What a line cannot be read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// Not an object.
    #[error("a line is a JSON object")]
    NoObject,
    /// No text.
    #[error("`text` is missing or no string")]
    NoText,
    /// A value of the wrong kind.
    #[error("`{key}`: {reason}")]
    Value {
        /// The key.
        key: &'static str,
        /// What it should be.
        reason: String,
    },
}

/// Codes one line: the same object with `voice`, `mentions` and `attributions`, offsets in
/// `text`.
///
/// A line is coded segment by segment, as the text of a corpus is. Where it holds several, it gets
/// `segments: [{start, end, voice}]` instead of `voice`; with the key `unit` it is a unit of coding,
/// and has one voice for all of them.
///
/// # Errors
/// [`LineError`] where the line is no object, has no text or a key of the wrong kind.
pub fn filter_line(tagger: &Tagger, line: Value) -> Result<Value, LineError> {
    let Value::Object(mut line) = line else { return Err(LineError::NoObject) };
    let unit = Unit::read(&line)?;
    let coded = unit.code(tagger);
    for key in CODE_KEYS {
        line.shift_remove(key);
    }
    let inside: Vec<_> = unit.segments(&coded).collect();
    if unit.is_coded_as_one || inside.len() < 2 {
        line.insert("voice".to_owned(), json!(unit.voice(&coded).name()));
    } else {
        let spans = inside.iter().map(|s| {
            json!({"start": unit.shift(s.start), "end": unit.shift(s.end), "voice": s.voice.name()})
        });
        line.insert("segments".to_owned(), spans.collect());
    }
    line.insert("mentions".to_owned(), unit.mentions(&coded));
    line.insert("attributions".to_owned(), unit.attributions(&coded));
    Ok(Value::Object(line))
}

/// A text to code in its surroundings: a line between what stands before and after it, as one turn; or
/// a segment of a statement.
pub(crate) struct Unit<'s> {
    statement: Cow<'s, Statement>,
    /// Place of its turn in the statement.
    turn: usize,
    /// Its bytes in the turn.
    span: Span,
    /// Whether it is a line, whose text is cut apart from what stands around it.
    is_line: bool,
    is_coded_as_one: bool,
}

impl<'s> Unit<'s> {
    /// Segment `segment` of turn `turn` of a statement, both as `explain` numbers them; `None` where
    /// there is no such segment.
    pub(crate) fn of(statement: &'s Statement, turn: u32, segment: u32) -> Option<Self> {
        let place = statement.turns.iter().position(|t| t.n == turn)?;
        let spoken = &statement.turns[place];
        let cut = segments(&spoken.text, spoken.lang);
        let span = *cut.get((segment as usize).checked_sub(1)?)?;
        let statement = Cow::Borrowed(statement);
        Some(Self { statement, turn: place, span, is_line: false, is_coded_as_one: true })
    }

    pub(crate) fn read(line: &Map<String, Value>) -> Result<Self, LineError> {
        let text = word(line, "text")?.ok_or(LineError::NoText)?;
        let before = word(line, "before")?.unwrap_or_default();
        let after = word(line, "after")?.unwrap_or_default();
        let lang = match word(line, "lang")?.filter(|code| !code.is_empty()) {
            Some(code) => lang_of(&code)?,
            None => language(&text, Lang::En),
        };
        let date = word(line, "date")?.filter(|date| !date.is_empty());
        let date: Option<Date> = date.map(|date| day_of(&date)).transpose()?;
        let role = match word(line, "role")?.as_deref() {
            None | Some("") => Role::Narration,
            Some(role) => {
                role.parse().map_err(|reason| LineError::Value { key: "role", reason })?
            }
        };
        let start = if before.is_empty() { 0 } else { before.len() + 1 };
        let span = Span { start, end: start + text.len() };
        let parts = [before, text, after].into_iter().filter(|part| !part.is_empty());
        let joined = parts.collect::<Vec<_>>().join("\n");
        let institution = word(line, "institution")?.unwrap_or_default();
        let country = word(line, "country")?.unwrap_or_default();
        let title = word(line, "title")?.filter(|title| !title.is_empty());
        let speaker = word(line, "speaker")?;
        let turn = Turn { n: 1, role, speaker, asker: None, lang, text: joined };
        Ok(Self {
            statement: Cow::Owned(statement(turn, institution, country, title, date)),
            turn: 0,
            span,
            is_line: true,
            is_coded_as_one: line.contains_key("unit"),
        })
    }

    pub(crate) fn code(&self, tagger: &Tagger) -> Coded {
        tagger.code(&self.statement, &self.segmented(tagger))
    }

    /// The voice of the text: of its first blame, else of its first segment that claims something.
    pub(crate) fn voice(&self, coded: &Coded) -> Voice {
        let blame = coded.attributions.iter().find(|a| self.holds(a.turn, a.cue_start, a.cue_end));
        let claim = || self.segments(coded).map(|s| s.voice).find(|voice| *voice != Voice::None);
        blame.map(|blame| blame.voice).or_else(claim).unwrap_or(Voice::None)
    }

    /// The segments of the text.
    pub(crate) fn segments<'c>(&self, coded: &'c Coded) -> impl Iterator<Item = &'c SegmentSpan> {
        coded.segments.iter().filter(|s| self.holds(s.turn, s.start, s.end))
    }

    /// Why each rule did or did not fire on the segments of the text, in order.
    pub(crate) fn explain(&self, tagger: &Tagger) -> Vec<Trace> {
        let turns = self.segmented(tagger);
        let here = &turns[self.turn];
        let inside = |n: &usize| self.span.holds(here.segments[*n]);
        let told = (0..here.segments.len())
            .filter(inside)
            .filter_map(|n| tagger.explain_in(&self.statement, &turns, self.turn, n));
        told.flat_map(|(_, traces)| traces).collect()
    }

    fn segmented(&self, tagger: &Tagger) -> Vec<SegmentedTurn<'_>> {
        if !self.is_line {
            return tagger.segmented(&self.statement);
        }
        let turn = &self.statement.turns[self.turn];
        let cut = |from: usize, to: usize| {
            let part = turn.text.get(from..to).unwrap_or_default();
            segments(part, turn.lang)
                .into_iter()
                .map(move |s| Span { start: from + s.start, end: from + s.end })
        };
        let mut spans: Vec<Span> = cut(0, self.span.start).collect();
        spans.extend(cut(self.span.start, self.span.end));
        spans.extend(cut(self.span.end, turn.text.len()));
        let folded = Folded::new(&turn.text);
        let found = tagger.finder().find_in(&folded, turn.lang, self.statement.date, &spans);
        vec![SegmentedTurn { turn, folded, segments: spans, found }]
    }

    /// Whether bytes of a turn lie in it.
    pub(crate) fn holds(&self, turn: u32, start: u32, end: u32) -> bool {
        turn == self.turn() && self.span.holds(Span { start: start as usize, end: end as usize })
    }

    /// The number of its turn.
    pub(crate) fn turn(&self) -> u32 {
        self.statement.turns[self.turn].n
    }

    pub(crate) fn lang(&self) -> Lang {
        self.statement.lang
    }

    /// The words of a span of the turn.
    pub(crate) fn words(&self, start: u32, end: u32) -> &str {
        let turn = &self.statement.turns[self.turn];
        turn.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn shift(&self, at: u32) -> usize {
        (at as usize).saturating_sub(self.span.start)
    }

    fn mentions(&self, coded: &Coded) -> Value {
        let inside = coded.mentions.iter().filter(|m| self.holds(m.turn, m.start, m.end));
        let written = inside.map(|m| {
            json!({
                "start": self.shift(m.start), "end": self.shift(m.end), "code": m.code,
                "referent": m.referent, "voice": m.voice.name(),
            })
        });
        written.collect()
    }

    fn attributions(&self, coded: &Coded) -> Value {
        let inside =
            coded.attributions.iter().filter(|a| self.holds(a.turn, a.cue_start, a.cue_end));
        let written = inside.map(|a| {
            json!({
                "target": a.target, "kind": a.kind.name(), "voice": a.voice.name(),
                "holder": a.holder, "topics": a.topics, "rule": a.rule,
                "cue_start": self.shift(a.cue_start), "cue_end": self.shift(a.cue_end),
                "target_start": self.shift(a.target_start),
                "target_end": self.shift(a.target_end),
            })
        });
        written.collect()
    }
}

/// The string under a key; `None` where it is missing or null.
fn word(line: &Map<String, Value>, key: &'static str) -> Result<Option<String>, LineError> {
    match line.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) => Ok(Some(word.clone())),
        Some(_) => Err(LineError::Value { key, reason: "is no string".to_owned() }),
    }
}

/// The language of a tag, `en`, `zh-Hans`, `ko_KP`.
fn lang_of(code: &str) -> Result<Lang, LineError> {
    let primary = code.split(['-', '_']).next().unwrap_or(code).to_ascii_lowercase();
    primary.parse().map_err(|reason| LineError::Value { key: "lang", reason })
}

/// The day of a date or a timestamp.
fn day_of(written: &str) -> Result<Date, LineError> {
    let day = written.split(['T', ' ']).next().unwrap_or(written);
    day.parse().map_err(|reason| LineError::Value { key: "date", reason })
}

/// A statement around one turn, for coding only.
fn statement(
    turn: Turn,
    issuer: String,
    country: String,
    title: Option<String>,
    date: Option<Date>,
) -> Statement {
    Statement { country, title, date, issuer, ..Statement::of_turns(vec![turn]) }
}
