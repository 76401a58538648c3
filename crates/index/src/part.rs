//! A part: one segment of the tantivy index, opened for reading.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use corpus::{Date, Lang};
use tantivy::columnar::{Column, ColumnIndex};
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use crate::docs::Docs;
use crate::frequent::Frequent;
use crate::schema::{Fields, day_number};
use crate::tally::Totals;
use crate::tokens::LONG_WORD;
use crate::turns::Turns;
use crate::{Result, beside};

/// Everything but the stored text, ready to be asked.
pub(crate) struct Part {
    /// Its place among the parts.
    pub n: u32,
    pub reader: SegmentReader,
    /// The field of the turns' text, and its tokens.
    text: (Field, Arc<InvertedIndexReader>),
    /// The sources that occur, in the order of [`Part::source`].
    pub sources: Vec<String>,
    langs: Vec<Lang>,
    /// Whether a word is so long that its middle is not known from its token.
    pub has_long_words: bool,
    source: Numbers,
    lang: Numbers,
    date: Numbers,
    statement_key: Numbers,
    turn: Numbers,
    utterance: Numbers,
    segments: Numbers,
    coded_segments: Numbers,
    folder: PathBuf,
    frequent: OnceLock<Frequent>,
    turns: OnceLock<Turns>,
}

/// A column of numbers; `None` where no turn of the part has one.
type Numbers = Option<Column<u64>>;

/// How a token is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    Exact(String),
    Prefix(String),
    Suffix(String),
    /// Inside a word, both ends open.
    Infix(String),
}

impl Part {
    /// Opens the part at place `n` of the index in `folder`.
    pub fn open(folder: &Path, n: u32, reader: &SegmentReader, fields: &Fields) -> Result<Self> {
        let columns = reader.fast_fields();
        let numbers = |field| columns.column_opt::<u64>(fields.schema.get_field_name(field));
        let names = |field| names(reader, fields.schema.get_field_name(field));
        let ((sources, source), (langs, lang)) = (names(fields.source)?, names(fields.lang)?);
        let text = reader.inverted_index(fields.text)?;
        let long = Term::from_field_text(fields.text, LONG_WORD);
        Ok(Self {
            n,
            sources,
            has_long_words: text.get_term_info(&long)?.is_some(),
            text: (fields.text, text),
            source,
            // Only known languages are written.
            langs: langs.iter().map(|code| code.parse().unwrap_or(Lang::En)).collect(),
            lang,
            date: numbers(fields.date)?,
            statement_key: numbers(fields.statement_key)?,
            turn: numbers(fields.turn)?,
            utterance: numbers(fields.utterance)?,
            segments: numbers(fields.segments)?,
            coded_segments: numbers(fields.coded_segments)?,
            reader: reader.clone(),
            folder: folder.to_path_buf(),
            frequent: OnceLock::new(),
            turns: OnceLock::new(),
        })
    }

    /// What the whole part gives for a token of the text, where that is known without a look at
    /// its turns.
    pub fn counted(&self, token: &str) -> Result<Option<Totals>> {
        if self.reader.has_deletes() {
            return Ok(None);
        }
        let Some(ord) = self.text.1.terms().term_ord(token)? else {
            return Ok(Some(Totals::default()));
        };
        let file = || beside::totals(&self.folder, self);
        Ok(self.frequent.get_or_init(|| Frequent::read(&file())).of(ord))
    }

    /// What totals are counted by.
    pub fn turns(&self) -> &Turns {
        self.turns.get_or_init(|| Turns::open(&beside::turns(&self.folder, self), self))
    }

    /// Place of the turn's source in [`Part::sources`].
    pub fn source(&self, doc: u32) -> usize {
        first(&self.source, doc).unwrap_or_default() as usize
    }

    pub fn lang(&self, doc: u32) -> Lang {
        let ord = first(&self.lang, doc).unwrap_or_default() as usize;
        self.langs.get(ord).copied().unwrap_or(Lang::En)
    }

    /// The day as a number, where the statement has one.
    pub fn date(&self, doc: u32) -> Option<u64> {
        first(&self.date, doc)
    }

    pub fn statement_key(&self, doc: u32) -> u64 {
        first(&self.statement_key, doc).unwrap_or_default()
    }

    /// The keys of many turns, read at once.
    pub fn statement_keys(&self, docs: &[u32]) -> Vec<u64> {
        all_first(&self.statement_key, docs)
    }

    /// The utterances of many turns, read at once.
    pub fn utterances(&self, docs: &[u32]) -> Vec<u64> {
        all_first(&self.utterance, docs)
    }

    pub fn turn(&self, doc: u32) -> u32 {
        first(&self.turn, doc).unwrap_or_default() as u32
    }

    /// 0 for notes, which belong to none.
    pub fn utterance(&self, doc: u32) -> u32 {
        first(&self.utterance, doc).unwrap_or_default() as u32
    }

    /// How many segments the turn has.
    pub fn segment_count(&self, doc: u32) -> u32 {
        self.segments.as_ref().map_or(0, |column| column.index.value_row_ids(doc).len() as u32)
    }

    /// The steps before each segment of all turns.
    pub fn segment_starts(&self) -> Vec<u32> {
        let columns = self.segments.iter();
        columns.flat_map(|column| column.values.iter()).map(|start| start as u32).collect()
    }

    /// The segment of each coded place of the turn.
    pub fn coded_segments(&self, doc: u32) -> impl Iterator<Item = u32> + '_ {
        values(&self.coded_segments, doc)
    }

    pub fn all(&self) -> Docs {
        Docs::all(self.reader.max_doc())
    }

    pub fn none(&self) -> Docs {
        Docs::none(self.reader.max_doc())
    }

    /// The documents that were not deleted.
    pub fn living(&self) -> Docs {
        let Some(alive) = self.reader.alive_bitset() else { return self.all() };
        let mut living = self.none();
        alive.iter_alive().for_each(|doc| living.add(doc));
        living
    }

    /// The documents of a span of days, both included; undated ones never.
    pub fn dates(&self, from: Option<Date>, to: Option<Date>) -> Docs {
        let mut docs = self.none();
        if let Some(column) = &self.date {
            // tantivy takes a range that ends before the least value to hold that value.
            let first = from.map_or(0, day_number).max(column.min_value());
            let last = to.map_or(u64::MAX, day_number).min(column.max_value());
            if first <= last {
                let mut found = Vec::new();
                let all = 0..self.reader.max_doc();
                column.get_docids_for_value_range(first..=last, all, &mut found);
                found.into_iter().for_each(|doc| docs.add(doc));
            }
        }
        docs
    }

    /// The documents whose field holds exactly this token.
    pub fn term(&self, field: Field, text: &str) -> Result<Docs> {
        self.tokens(field, &[Lookup::Exact(text.to_owned())])
    }

    /// The documents with one of the tokens; long words may hold anything in their middle.
    pub fn tokens(&self, field: Field, lookups: &[Lookup]) -> Result<Docs> {
        Ok(self.docs(self.postings(field, lookups, IndexRecordOption::Basic)?))
    }

    /// The documents of some postings.
    pub fn docs(&self, postings: Vec<SegmentPostings>) -> Docs {
        let mut docs = self.none();
        for mut one in postings {
            let mut doc = one.doc();
            while doc != TERMINATED {
                docs.add(doc);
                doc = one.advance();
            }
        }
        docs
    }

    /// The postings of all tokens that the lookups find.
    pub fn postings(
        &self,
        field: Field,
        lookups: &[Lookup],
        read: IndexRecordOption,
    ) -> Result<Vec<SegmentPostings>> {
        self.found(field, lookups)?.iter().map(|token| self.opened(field, token, read)).collect()
    }

    /// All tokens that the lookups find.
    pub fn found(&self, field: Field, lookups: &[Lookup]) -> Result<Vec<TermInfo>> {
        let index = self.index(field)?;
        let mut found = Vec::with_capacity(lookups.len());
        for lookup in lookups {
            match lookup {
                Lookup::Exact(token) => found.extend(index.terms().get(token.as_bytes())?),
                Lookup::Prefix(start) => words(&index, start, |_| true, &mut found)?,
                Lookup::Suffix(end) => words(&index, "", |w| w.ends_with(end), &mut found)?,
                Lookup::Infix(part) => words(&index, "", |w| w.contains(part), &mut found)?,
            }
        }
        Ok(found)
    }

    /// The postings of a token that was found.
    pub fn opened(
        &self,
        field: Field,
        token: &TermInfo,
        read: IndexRecordOption,
    ) -> Result<SegmentPostings> {
        Ok(self.index(field)?.read_postings_from_terminfo(token, read)?)
    }

    /// The tokens of a field. Those of the text are kept at hand: tantivy looks each field up.
    fn index(&self, field: Field) -> Result<Arc<InvertedIndexReader>> {
        Ok(match &self.text {
            (text, index) if *text == field => index.clone(),
            _ => self.reader.inverted_index(field)?,
        })
    }
}

/// The values of a field of names, and for each document the place of its own among them.
fn names(reader: &SegmentReader, field: &str) -> Result<(Vec<String>, Numbers)> {
    let Some(column) = reader.fast_fields().str(field)? else { return Ok((Vec::new(), None)) };
    let mut names = Vec::with_capacity(column.num_terms());
    for ord in 0..column.num_terms() as u64 {
        let mut name = String::new();
        column.ord_to_str(ord, &mut name)?;
        names.push(name);
    }
    Ok((names, Some(column.ords().clone())))
}

/// Adds the words that begin with `start` and fit, and long ones.
fn words(
    index: &InvertedIndexReader,
    start: &str,
    fits: impl Fn(&str) -> bool,
    found: &mut Vec<TermInfo>,
) -> Result<()> {
    let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(start.as_bytes()) {
        let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
        if word == LONG_WORD || fits(word) {
            found.push(stream.value().clone());
        }
    }
    Ok(())
}

fn first(column: &Numbers, doc: u32) -> Option<u64> {
    column.as_ref()?.first(doc)
}

fn all_first(column: &Numbers, docs: &[u32]) -> Vec<u64> {
    let mut found = vec![0; docs.len()];
    match column {
        Some(column) if matches!(column.index, ColumnIndex::Full) => {
            column.values.get_vals(docs, &mut found);
        }
        _ => {
            let each = docs.iter().map(|doc| first(column, *doc).unwrap_or_default());
            found.iter_mut().zip(each).for_each(|(slot, value)| *slot = value);
        }
    }
    found
}

fn values(column: &Numbers, doc: u32) -> impl Iterator<Item = u32> + '_ {
    column.iter().flat_map(move |column| column.values_for_doc(doc)).map(|value| value as u32)
}
