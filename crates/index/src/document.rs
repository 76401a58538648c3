//! Documents: the turns of a statement as tantivy takes them, and the rows that they are made of.

use std::path::Path;

use corpus::pattern::FoldedLength;
use corpus::{Coded, Date, Digest, Genre, Turn, partition};
use serde::Deserialize;
use tantivy::TantivyDocument;
use tantivy::schema::Field;

use crate::record::{Codes, Head, uncoded_utterances};
use crate::schema::{Fields, day_number, folded_name};
use crate::tokens::steps_of;
use crate::{Result, code_tokens};

/// What is indexed of a statement: half of its columns.
#[derive(Debug, Deserialize)]
pub(crate) struct StatementRow {
    pub id: String,
    pub source: String,
    pub country: String,
    pub genre: Genre,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub issuer: String,
    pub carrier: Option<String>,
    pub url: String,
    pub revision: u32,
    pub revisions: u32,
    pub turns: Vec<Turn>,
}

impl StatementRow {
    const COLUMNS: [&str; 12] = [
        "id",
        "source",
        "country",
        "genre",
        "title",
        "date",
        "issuer",
        "carrier",
        "url",
        "revision",
        "revisions",
        "turns",
    ];

    /// The rows of a partition of statements that hold what each statement says now.
    pub fn latest(path: &Path) -> Result<Vec<Self>> {
        let mut rows: Vec<Self> = partition::read_columns(path, &Self::COLUMNS)?;
        rows.retain(|row| row.revision == row.revisions);
        Ok(rows)
    }
}

/// The documents of a statement's turns, in their order; `coded` is what `tag` found in it.
pub(crate) fn documents(
    fields: &Fields,
    partition: &str,
    statement: &StatementRow,
    coded: Option<&Coded>,
) -> serde_json::Result<Vec<TantivyDocument>> {
    // What is one for all turns is made once.
    let mut head = Head::of(statement);
    let key = statement_key(&statement.id);
    let named: Vec<(Field, String)> = [
        (fields.statement, Some(&statement.id)),
        (fields.source, Some(&statement.source)),
        (fields.country, Some(&statement.country)),
        (fields.issuer, Some(&statement.issuer)),
        (fields.carrier, statement.carrier.as_ref()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((field, folded_name(value?))))
    .collect();
    let mut documents = Vec::with_capacity(statement.turns.len());
    for (turn, utterance) in statement.turns.iter().zip(uncoded_utterances(&statement.turns)) {
        let codes = match coded {
            Some(coded) => Codes::of(coded, turn.n),
            None => Codes::uncoded(turn, utterance),
        };
        head.set(turn);
        let mut document = TantivyDocument::default();
        document.add_text(fields.text, &turn.text);
        document.add_text(fields.head, serde_json::to_string(&head)?);
        document.add_text(fields.codes, serde_json::to_string(&codes)?);
        document.add_text(fields.partition, partition);
        document.add_text(fields.code, code_tokens::written(&codes));
        if let Some(title) = &statement.title {
            document.add_text(fields.title, title);
        }
        if let Some(date) = statement.date {
            document.add_u64(fields.date, day_number(date));
        }
        document.add_u64(fields.statement_key, key);
        document.add_u64(fields.utterance, u64::from(codes.utterance));
        document.add_u64(fields.turn, u64::from(turn.n));
        for start in segment_starts(&turn.text, &codes) {
            document.add_u64(fields.segments, u64::from(start));
        }
        for place in codes.places() {
            document.add_u64(fields.coded_segments, u64::from(place.segment));
        }
        for (field, value) in &named {
            document.add_text(*field, value);
        }
        document.add_text(fields.lang, turn.lang.code());
        document.add_text(fields.genre, statement.genre.name());
        document.add_text(fields.role, turn.role.name());
        for (field, value) in [(fields.speaker, &turn.speaker), (fields.asker, &turn.asker)] {
            if let Some(value) = value {
                document.add_text(field, folded_name(value));
            }
        }
        documents.push(document);
    }
    Ok(documents)
}

/// A number for a statement: of a source and day those are in the order of the digits that end
/// their ids, and it is told from all others by what stands before.
fn statement_key(id: &str) -> u64 {
    let digest = |text: &str, digits| {
        u64::from_str_radix(Digest::of(text.as_bytes()).short(digits), 16).unwrap_or_default()
    };
    match id.rsplit_once('/') {
        Some((before, last)) if last.len() == 12 => match u64::from_str_radix(last, 16) {
            Ok(number) => digest(before, 4) << 48 | number,
            Err(_) => digest(id, 16),
        },
        _ => digest(id, 16),
    }
}

/// For each segment the steps of the folded text before it.
fn segment_starts(text: &str, codes: &Codes) -> Vec<u32> {
    let starts = codes.segments.iter().map(|(start, _, _)| *start as usize);
    FoldedLength::before(text, starts).map(steps_of).collect()
}
