//! A statement, and a turn of it, as other tools read them.

use corpus::partition::Row;
use corpus::{Date, Genre, Lang, Role, Statement, Time, Turn};
use serde::{Deserialize, Serialize};

/// One statement a line: the shape of `demarche export statements --format jsonl`.
#[derive(Debug, Serialize)]
pub struct StatementRow<'a> {
    id: &'a str,
    source: &'a str,
    country: &'a str,
    url: &'a str,
    urls: &'a [String],
    date: Option<Date>,
    date_note: Option<&'a str>,
    published: Option<&'a str>,
    title: Option<&'a str>,
    lang: Lang,
    genre: Genre,
    issuer: &'a str,
    carrier: Option<&'a str>,
    spokesperson: Option<&'a str>,
    revision: u32,
    revisions: u32,
    captured: Option<Time>,
    capture_digest: String,
    truncated: bool,
    layout: &'a str,
    turns: &'a [Turn],
}

impl<'a> StatementRow<'a> {
    /// `captured` and `capture_digest` are those of the earliest capture of this revision.
    pub fn of(statement: &'a Statement) -> Self {
        let first = statement.captures.first();
        Self {
            id: &statement.id,
            source: &statement.source,
            country: &statement.country,
            url: &statement.url,
            urls: &statement.urls,
            date: statement.date,
            date_note: statement.date_note.as_deref(),
            published: statement.published.as_deref(),
            title: statement.title.as_deref(),
            lang: statement.lang,
            genre: statement.genre,
            issuer: &statement.issuer,
            carrier: statement.carrier.as_deref(),
            spokesperson: statement.spokesperson.as_deref(),
            revision: statement.revision,
            revisions: statement.revisions,
            captured: first.and_then(|c| c.captured),
            capture_digest: first.map(corpus::CaptureRef::name).unwrap_or_default(),
            truncated: statement.truncated,
            layout: &statement.layout,
            turns: &statement.turns,
        }
    }
}

/// One turn a row, with its statement's data beside it: documents and docvars, as text-analysis
/// packages read them.
#[derive(Debug, Serialize, Deserialize)]
pub struct TurnRow {
    doc_id: String,
    statement: String,
    turn: u32,
    role: Role,
    speaker: Option<String>,
    asker: Option<String>,
    date: Option<Date>,
    source: String,
    country: String,
    lang: Lang,
    genre: Genre,
    issuer: String,
    title: Option<String>,
    url: String,
    truncated: bool,
    text: String,
}

impl TurnRow {
    /// A turn with its statement's data.
    pub fn of(statement: &Statement, turn: &Turn) -> Self {
        Self {
            doc_id: format!("{}:{}", statement.id, turn.n),
            statement: statement.id.clone(),
            turn: turn.n,
            role: turn.role,
            speaker: turn.speaker.clone(),
            asker: turn.asker.clone(),
            date: statement.date,
            source: statement.source.clone(),
            country: statement.country.clone(),
            lang: turn.lang,
            genre: statement.genre,
            issuer: statement.issuer.clone(),
            title: statement.title.clone(),
            url: statement.url.clone(),
            truncated: statement.truncated,
            text: turn.text.clone(),
        }
    }
}

impl Row for TurnRow {
    fn sample() -> Self {
        let statement = Statement::sample();
        let turn = statement.turns[0].clone();
        Self::of(&statement, &turn)
    }
}
