//! The peers of the bench: bare tantivy, and SQLite FTS5 by way of Python.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use corpus::Role;
use serde_json::{Value as Json, json};
use tantivy::collector::Count;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, Value};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{IndexWriter, Searcher, TantivyDocument, Term};

/// An index of the same schema and tokens, with nothing around it.
pub struct Bare {
    index: tantivy::Index,
    searcher: Searcher,
}

impl Bare {
    /// Indexes the documents of the index in `ours` once more, into `folder`, and says in which
    /// time; `ready` ones lie in memory before it begins.
    pub fn build(ours: &Path, folder: &Path, ready: bool) -> (Self, Duration) {
        let source = tantivy::Index::open_in_dir(ours).unwrap();
        let searcher = source.reader().unwrap().searcher();
        let schema = source.schema();
        let index = tantivy::Index::create_in_dir(folder, schema.clone()).unwrap();
        let mut index = index;
        index.set_tokenizers(index::tokenizers());
        let documents = searcher.segment_readers().iter().flat_map(|reader| {
            let store = reader.get_store_reader(4).unwrap();
            let documents: Vec<TantivyDocument> =
                store.iter(reader.alive_bitset()).map(|stored| stored.unwrap()).collect();
            documents.into_iter().map(|stored| document(&schema, &stored)).collect::<Vec<_>>()
        });
        let mut writer: IndexWriter = index.writer(200_000_000).unwrap();
        let started = if ready {
            let documents: Vec<TantivyDocument> = documents.collect();
            let started = Instant::now();
            documents.into_iter().for_each(|document| {
                writer.add_document(document).unwrap();
            });
            started
        } else {
            let started = Instant::now();
            documents.for_each(|document| {
                writer.add_document(document).unwrap();
            });
            started
        };
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        let took = started.elapsed();
        let searcher = index.reader().unwrap().searcher();
        (Self { index, searcher }, took)
    }

    /// How many documents hold all terms, in turns of that role.
    pub fn count(&self, terms: &[&str], role: Option<Role>) -> usize {
        let mut parts: Vec<Box<dyn Query>> = terms.iter().map(|term| self.term(term)).collect();
        if let Some(role) = role {
            let field = self.index.schema().get_field("role").unwrap();
            let term = Term::from_field_text(field, role.name());
            parts.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        match parts.len() {
            1 => self.searcher.search(&parts[0], &Count).unwrap(),
            _ => self.searcher.search(&BooleanQuery::intersection(parts), &Count).unwrap(),
        }
    }

    fn term(&self, written: &str) -> Box<dyn Query> {
        let text = self.index.schema().get_field("text").unwrap();
        let mut tokenizer = self.index.tokenizer_for_field(text).unwrap();
        let mut tokens: Vec<(usize, Term)> = Vec::new();
        tokenizer.token_stream(written).process(&mut |token: &Token| {
            tokens.push((token.position, Term::from_field_text(text, &token.text)));
        });
        // Of a string in bigrams the last character alone is part of the last bigram.
        if tokens.len() > 1 && !written.is_ascii() {
            tokens.pop();
        }
        match tokens.as_slice() {
            [(_, only)] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::Basic)),
            _ => Box::new(PhraseQuery::new_with_offset(tokens)),
        }
    }
}

/// The document that a stored one was made from, as far as its records tell.
fn document(schema: &Schema, stored: &TantivyDocument) -> TantivyDocument {
    let field = |name: &str| schema.get_field(name).unwrap();
    let text = |name: &str| {
        stored.get_first(field(name)).and_then(|value| value.as_str()).unwrap_or_default()
    };
    let head: Json = serde_json::from_str(text("head")).unwrap();
    let codes: Json = serde_json::from_str(text("codes")).unwrap();
    let mut made = TantivyDocument::default();
    for name in ["text", "head", "codes"] {
        made.add_text(field(name), text(name));
    }
    let names = ["statement", "source", "country", "issuer", "carrier", "lang", "genre", "role"];
    for name in names.into_iter().chain(["speaker", "asker", "title"]) {
        if let Some(value) = head[name].as_str() {
            let value = if name == "title" { value.to_owned() } else { value.to_lowercase() };
            made.add_text(field(name), value);
        }
    }
    let month = head["date"].as_str().map_or("undated", |day| &day[..7]);
    made.add_text(field("partition"), format!("{}/{month}", head["source"].as_str().unwrap()));
    if let Some(day) = head["date"].as_str() {
        made.add_u64(field("date"), day.replace('-', "").parse().unwrap());
    }
    for name in ["statement_key", "turn", "utterance"] {
        made.add_u64(field(name), head["turn"].as_u64().unwrap());
    }
    let segments = codes["s"].as_array().unwrap();
    let voice = |position| Token { text: "voice:own".to_owned(), position, ..Token::default() };
    let tokens = (0..segments.len()).map(voice).collect();
    let voices = PreTokenizedString { text: String::new(), tokens };
    made.add_pre_tokenized_text(field("code"), voices);
    for segment in segments {
        made.add_u64(field("segments"), segment[0].as_u64().unwrap());
    }
    made
}

/// Indexes the texts with FTS5 and counts the documents of each query; `None` without Python.
pub fn sqlite<'t>(
    texts: impl Iterator<Item = &'t str>,
    asked: &[&[&str]],
    rounds: usize,
) -> Option<String> {
    let mut python = Command::new("python3")
        .args(["-c", include_str!("sqlite.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = std::io::BufWriter::new(python.stdin.take()?);
    writeln!(input, "{}", json!({ "asked": asked, "rounds": rounds })).ok()?;
    for text in texts {
        writeln!(input, "{}", json!(text)).ok()?;
    }
    drop(input);
    let output = python.wait_with_output().ok()?;
    let line = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !line.is_empty()).then_some(line)
}
