//! A hit: a turn that matches, and the places that match in it.

use corpus::{Date, Lang, Role};
use serde::{Deserialize, Serialize};

use crate::record::Head;

/// A range of bytes in a turn's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Place {
    /// The text at the place.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A turn that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Statement id.
    pub statement: String,
    /// The turn's number.
    pub turn: u32,
    /// Day of the event.
    pub date: Option<Date>,
    /// Source id.
    pub source: String,
    /// What the turn does.
    pub role: Role,
    /// Title of the statement.
    pub title: Option<String>,
    /// Canonical address.
    pub url: String,
    /// The words around the first place.
    pub snippet: Snippet,
    /// All places, `[start, end]` in bytes of the turn's text.
    pub spans: Vec<(u32, u32)>,
    /// Language of the turn.
    pub lang: Lang,
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The normalized outlet of a question.
    pub asker: Option<String>,
    /// The revision that the spans lie in.
    pub revision: u32,
}

impl Hit {
    pub(crate) fn new(head: Head, text: &str, places: &[Place]) -> Self {
        Self {
            statement: head.statement,
            turn: head.turn,
            date: head.date,
            source: head.source,
            role: head.role,
            title: head.title,
            url: head.url,
            snippet: Snippet::around(text, places.first().copied()),
            spans: places.iter().map(|place| (place.start, place.end)).collect(),
            lang: head.lang,
            speaker: head.speaker,
            asker: head.asker,
            revision: head.revision,
        }
    }
}

/// A hit as a row of a table: CSV, JSONL, Parquet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitRow {
    /// Statement id.
    pub statement: String,
    /// The turn's number.
    pub turn: u32,
    /// Day of the event.
    pub date: Option<Date>,
    /// Source id.
    pub source: String,
    /// What the turn does.
    pub role: Role,
    /// Language of the turn.
    pub lang: Lang,
    /// The speaker as printed.
    pub speaker: Option<String>,
    /// The normalized outlet of a question.
    pub asker: Option<String>,
    /// Title of the statement.
    pub title: Option<String>,
    /// Canonical address.
    pub url: String,
    /// The revision that the spans lie in.
    pub revision: u32,
    /// How many places match.
    pub occurrences: u32,
    /// All places, `start-end` in bytes of the turn's text, apart by spaces.
    pub spans: String,
    /// The words around the first place.
    pub snippet: String,
}

impl From<Hit> for HitRow {
    fn from(hit: Hit) -> Self {
        let spans: Vec<String> = hit.spans.iter().map(|(s, e)| format!("{s}-{e}")).collect();
        Self {
            statement: hit.statement,
            turn: hit.turn,
            date: hit.date,
            source: hit.source,
            role: hit.role,
            lang: hit.lang,
            speaker: hit.speaker,
            asker: hit.asker,
            title: hit.title,
            url: hit.url,
            revision: hit.revision,
            occurrences: hit.spans.len() as u32,
            spans: spans.join(" "),
            snippet: hit.snippet.into(),
        }
    }
}

impl corpus::partition::Row for HitRow {
    fn sample() -> Self {
        let word = || "word".to_owned();
        Self {
            statement: word(),
            turn: 1,
            date: Date::new(2022, 2, 24),
            source: word(),
            // The first variant: columns are read off the sample.
            role: Role::Question,
            lang: Lang::Zh,
            speaker: Some(word()),
            asker: Some(word()),
            title: Some(word()),
            url: word(),
            revision: 1,
            occurrences: 1,
            spans: word(),
            snippet: word(),
        }
    }
}

/// How many columns of a terminal stand before and after a snippet's keyword.
const SNIPPET_COLUMNS: usize = 60;

/// A piece of a turn on one line. Serialized as its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct Snippet {
    /// The text before the keyword.
    pub before: String,
    /// The first place that matches; empty where the query names none.
    pub keyword: String,
    /// The text after it.
    pub after: String,
}

impl Snippet {
    fn around(text: &str, place: Option<Place>) -> Self {
        let Place { start, end, .. } = place.unwrap_or(Place { start: 0, end: 0 });
        let (start, end) = (start as usize, end as usize);
        let before = text.get(..start).unwrap_or_default();
        let after = text.get(end..).unwrap_or_default();
        let mut from = start;
        let mut columns = 0;
        for (at, c) in before.char_indices().rev() {
            columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if columns > SNIPPET_COLUMNS {
                break;
            }
            from = at;
        }
        let mut to = end;
        columns = 0;
        for (at, c) in after.char_indices() {
            columns += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if columns > SNIPPET_COLUMNS {
                break;
            }
            to = end + at + c.len_utf8();
        }
        let cut_before = if from > 0 { "…" } else { "" };
        let cut_after = if to < text.len() { "…" } else { "" };
        let piece = |from, to| one_line(text.get(from..to).unwrap_or_default());
        Self {
            before: format!("{cut_before}{}", piece(from, start)),
            keyword: piece(start, end),
            after: format!("{}{cut_after}", piece(end, to)),
        }
    }
}

impl From<Snippet> for String {
    fn from(snippet: Snippet) -> Self {
        snippet.before + &snippet.keyword + &snippet.after
    }
}

/// The text on one line: every run of white space is one space.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}
