//! The peers of the bench: bare tantivy, and SQLite FTS5 by way of Python.

use std::hash::{Hash, Hasher};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use corpus::Role;
use serde_json::{Value as Json, json};
use tantivy::collector::{Collector, Count, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::indexer::UserOperation;
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, Value};
use tantivy::tokenizer::Token;
use tantivy::{IndexWriter, Searcher, SegmentReader, TantivyDocument, Term};

use crate::{Took, timed};

/// An index of the same schema and tokens, with nothing around it.
pub struct Bare {
    index: tantivy::Index,
    searcher: Searcher,
}

impl Bare {
    /// Indexes the documents of the index in `ours` once more, into `folder`, and says in which
    /// time; `ready` ones lie in memory before it begins.
    pub fn build(ours: &Path, folder: &Path, ready: bool) -> (Self, Took) {
        let source = tantivy::Index::open_in_dir(ours).unwrap();
        let searcher = source.reader().unwrap().searcher();
        let schema = source.schema();
        let index = tantivy::Index::create_in_dir(folder, schema.clone()).unwrap();
        let mut index = index;
        index.set_tokenizers(index::tokenizers());
        let statements = searcher.segment_readers().iter().flat_map(|reader| {
            let store = reader.get_store_reader(4).unwrap();
            let documents: Vec<(String, TantivyDocument)> =
                store.iter(reader.alive_bitset()).map(|d| document(&schema, &d.unwrap())).collect();
            let statements = documents.chunk_by(|(one, _), (next, _)| one == next);
            let added = |(_, document): &(_, TantivyDocument)| UserOperation::Add(document.clone());
            statements.map(|turns| turns.iter().map(added).collect()).collect::<Vec<Vec<_>>>()
        });
        let mut writer: IndexWriter = index.writer(200_000_000).unwrap();
        let statements: Box<dyn Iterator<Item = Vec<_>>> = match ready {
            true => Box::new(statements.collect::<Vec<_>>().into_iter()),
            false => Box::new(statements),
        };
        let ((), took) = timed(|| {
            for statement in statements {
                writer.run(statement).unwrap();
            }
            writer.commit().unwrap();
            writer.wait_merging_threads().unwrap();
        });
        let searcher = index.reader().unwrap().searcher();
        (Self { index, searcher }, took)
    }

    /// How many documents hold all terms, in turns of that role.
    pub fn count(&self, terms: &[&str], role: Option<Role>) -> usize {
        self.searcher.search(&*self.query(terms, role), &Count).unwrap()
    }

    /// The same, and how many statements these turns are of.
    pub fn count_statements(&self, terms: &[&str], role: Option<Role>) -> (u64, u64) {
        self.searcher.search(&*self.query(terms, role), &Statements).unwrap()
    }

    fn query(&self, terms: &[&str], role: Option<Role>) -> Box<dyn Query> {
        let mut parts: Vec<Box<dyn Query>> = terms.iter().map(|term| self.term(term)).collect();
        if let Some(role) = role {
            let field = self.index.schema().get_field("role").unwrap();
            let term = Term::from_field_text(field, role.name());
            parts.push(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        }
        match parts.len() {
            1 => parts.remove(0),
            _ => Box::new(BooleanQuery::intersection(parts)),
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

/// Counts documents and the statements that they are turns of; those of one lie side by side.
struct Statements;

impl Collector for Statements {
    type Fruit = (u64, u64);
    type Child = StatementsOfPart;

    fn for_segment(&self, _: u32, part: &SegmentReader) -> tantivy::Result<StatementsOfPart> {
        let keys = part.fast_fields().u64("statement_key")?;
        Ok(StatementsOfPart { keys, last: None, documents: 0, statements: 0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<(u64, u64)>) -> tantivy::Result<(u64, u64)> {
        Ok(parts.into_iter().fold((0, 0), |(a, b), (c, d)| (a + c, b + d)))
    }
}

struct StatementsOfPart {
    keys: Column<u64>,
    last: Option<u64>,
    documents: u64,
    statements: u64,
}

impl SegmentCollector for StatementsOfPart {
    type Fruit = (u64, u64);

    fn collect(&mut self, doc: u32, _: f32) {
        let key = self.keys.first(doc);
        self.documents += 1;
        self.statements += u64::from(key != self.last);
        self.last = key;
    }

    fn harvest(self) -> (u64, u64) {
        (self.documents, self.statements)
    }
}

/// The document that a stored one was made from, as far as its records tell, and its statement.
fn document(schema: &Schema, stored: &TantivyDocument) -> (String, TantivyDocument) {
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
    let statement = head["statement"].as_str().unwrap().to_owned();
    made.add_u64(field("statement_key"), hash(&statement));
    made.add_u64(field("turn"), head["turn"].as_u64().unwrap());
    made.add_u64(field("utterance"), codes["u"].as_u64().unwrap());
    let segments = codes["s"].as_array().unwrap();
    // The form in which our tokenizer of codes takes a voice of all segments.
    made.add_text(field("code"), format!("voice:own 0 {}\n", segments.len()));
    for segment in segments {
        made.add_u64(field("segments"), segment[0].as_u64().unwrap());
    }
    (statement, made)
}

fn hash(text: &str) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
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
