//! Totals read off positions alone.
//!
//! A bare term that is one run of letters (a word, a string of Han or Hangul) stands exactly where
//! the index has its tokens: a word is a token, and bigrams at their character offsets leave no
//! character of a string open. Such a term is counted without reading any text. Everything else
//! is verified on the stored text.

use corpus::pattern::Script;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use crate::docs::Docs;
use crate::plan::{Node, Plan};
use crate::tokens::{Runs, covering_bigrams};
use crate::{Options, Result, Totals};

/// A term that positions decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Tokens and the characters before each.
    tokens: Vec<(u32, String)>,
    /// Characters of the term.
    length: u32,
}

/// Totals in the making; statements and utterances are made distinct at the end.
#[derive(Debug, Default)]
pub(crate) struct Count {
    totals: Totals,
    statements: Vec<u64>,
    utterances: Vec<(u64, u64)>,
}

impl Run {
    /// The plan's only term, where positions decide it.
    pub fn of(plan: &Plan, options: &Options) -> Option<Self> {
        let Node::Term(leaf) = plan.node else { return None };
        let [term] = plan.matcher.entries().get(leaf)?.terms.as_slice() else { return None };
        let literal = term.literals().next()?;
        let is_plain = !options.boundaries
            && !options.fold_orthography
            && term.literals().count() == 1
            && !term.has_open_start()
            && !term.has_open_end();
        let run = Runs::new(literal).next()?;
        if !is_plain || (run.start, run.end) != (0, literal.len()) {
            return None;
        }
        let length = literal.chars().count() as u32;
        let tokens = match run.script {
            Script::Alphabet => vec![(0, literal.to_owned())],
            _ if length < 2 => return None,
            _ => covering_bigrams(literal).map(|(at, pair)| (at as u32, pair)).collect(),
        };
        Some(Self { tokens, length })
    }

    /// Adds the places in those documents of an index segment that are in `docs`.
    pub fn count(&self, reader: &SegmentReader, field: Field, docs: &Docs) -> Result<Count> {
        let mut count = Count::default();
        let index = reader.inverted_index(field)?;
        let last = self.tokens.last().map_or(0, |(at, _)| *at);
        let mut postings: Vec<(u32, SegmentPostings)> = Vec::with_capacity(self.tokens.len());
        for (at, token) in &self.tokens {
            let term = Term::from_field_text(field, token);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(found) => postings.push((last - at, found)),
                None => return Ok(count),
            }
        }
        postings.sort_by_key(|(_, found)| found.doc_freq());
        let statements = reader.fast_fields().u64("statement_key")?;
        let utterances = reader.fast_fields().u64("utterance")?;
        let segments = reader.fast_fields().u64("segments")?;
        let (mut places, mut more) = (Vec::new(), Vec::new());
        while let Some(doc) = next_common(&mut postings) {
            if docs.holds(doc) {
                common_positions(&mut postings, &mut places, &mut more);
                self.drop_overlapping(&mut places);
                // Positions are those of the last token.
                let starts = places.iter().map(|place| u64::from(place - last));
                count.add(
                    statements.first(doc).unwrap_or_default(),
                    utterances.first(doc).unwrap_or_default(),
                    starts,
                    segments.values_for_doc(doc),
                );
            }
            if let Some((_, first)) = postings.first_mut() {
                first.advance();
            }
        }
        Ok(count)
    }

    /// Of places that overlap the first stays: 啊啊 stands twice in 啊啊啊啊.
    fn drop_overlapping(&self, places: &mut Vec<u32>) {
        let mut end = 0;
        places.retain(|place| {
            let stays = *place >= end;
            if stays {
                end = place + self.length;
            }
            stays
        });
    }
}

impl Count {
    /// Adds a turn with places that start at these characters, in order.
    fn add(
        &mut self,
        statement: u64,
        utterance: u64,
        starts: impl Iterator<Item = u64>,
        segments: impl Iterator<Item = u64>,
    ) {
        let mut ahead = segments.peekable();
        let (mut segment, mut counted) = (0_u64, None);
        let mut places = 0;
        for start in starts {
            while ahead.next_if(|first| *first <= start).is_some() {
                segment += 1;
            }
            // What stands before the first segment belongs to it.
            let of = Some(segment.max(1));
            self.totals.segments += u64::from(counted != of);
            counted = of;
            places += 1;
        }
        if places == 0 {
            return;
        }
        self.totals.occurrences += places;
        self.totals.turns += 1;
        self.statements.push(statement);
        if utterance > 0 {
            self.utterances.push((statement, utterance));
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.totals.turns += other.totals.turns;
        self.totals.segments += other.totals.segments;
        self.totals.occurrences += other.totals.occurrences;
        self.statements.extend(other.statements);
        self.utterances.extend(other.utterances);
    }

    pub fn totals(mut self) -> Totals {
        self.statements.sort_unstable();
        self.statements.dedup();
        self.utterances.sort_unstable();
        self.utterances.dedup();
        Totals {
            statements: self.statements.len() as u64,
            utterances: self.utterances.len() as u64,
            ..self.totals
        }
    }
}

/// Moves all postings to the next document that they share.
fn next_common(postings: &mut [(u32, SegmentPostings)]) -> Option<u32> {
    let mut doc = postings.first()?.1.doc();
    'search: while doc != TERMINATED {
        for (_, one) in postings.iter_mut() {
            if one.doc() < doc {
                one.seek(doc);
            }
            if one.doc() != doc {
                doc = one.doc();
                continue 'search;
            }
        }
        return Some(doc);
    }
    None
}

/// The positions that all postings share in their document, moved by what each is to be moved.
fn common_positions(
    postings: &mut [(u32, SegmentPostings)],
    places: &mut Vec<u32>,
    more: &mut Vec<u32>,
) {
    for (n, (offset, one)) in postings.iter_mut().enumerate() {
        if n == 0 {
            one.positions_with_offset(*offset, places);
            continue;
        }
        one.positions_with_offset(*offset, more);
        let mut ahead = more.iter().copied().peekable();
        places.retain(|place| {
            while ahead.next_if(|other| other < place).is_some() {}
            ahead.peek() == Some(place)
        });
    }
}
