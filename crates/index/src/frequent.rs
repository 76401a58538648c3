//! Frequent tokens: how often each stands in a part, counted once when the part is written.
//!
//! A word that stands in thousands of turns is counted by reading thousands of lists of places.
//! What a whole part gives for it lies in a file beside the part's own. A part that lost turns
//! since, or has no such file, is counted anew at each search.

use std::path::Path;

use rayon::prelude::*;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, TERMINATED};

use crate::Result;
use crate::part::Part;
use crate::tally::{Tally, Totals};
use crate::turns::Turns;

/// Tokens in fewer turns and with shorter lists of places are counted as fast as they are looked up.
const FREQUENT_TURNS: u32 = 256;

/// The same, in bytes of the packed lists of places: a Korean address has hundreds of a name.
const LONG_LISTS: usize = 512;

/// Numbers of a record: the token's place among all, statements, utterances, turns, segments,
/// occurrences.
const NUMBERS: usize = 6;

/// The totals of the frequent tokens of a part, by the token's place among all.
#[derive(Debug, Default)]
pub(crate) struct Frequent(Vec<[u32; NUMBERS]>);

impl Frequent {
    /// Reads what was counted; empty where nothing was.
    pub fn read(file: &Path) -> Self {
        let bytes = std::fs::read(file).unwrap_or_default();
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, byte| n << 8 | u32::from(*byte));
        let record = |bytes: &[u8]| {
            let mut numbers = bytes.chunks_exact(4).map(number);
            [(); NUMBERS].map(|()| numbers.next().unwrap_or_default())
        };
        Self(bytes.chunks_exact(4 * NUMBERS).map(record).collect())
    }

    /// The totals of the token at place `ord`, where they were counted.
    pub fn of(&self, ord: u64) -> Option<Totals> {
        let at = self.0.binary_search_by_key(&ord, |record| u64::from(record[0])).ok()?;
        let [_, statements, utterances, turns, segments, occurrences] = self.0[at].map(u64::from);
        Some(Totals { statements, utterances, turns, segments, occurrences })
    }

    /// Counts the frequent tokens of a field of the part; what the file holds then.
    pub fn bytes(part: &Part, field: Field, turns: &Turns) -> Result<Vec<u8>> {
        let index = part.reader.inverted_index(field)?;
        let tokens = frequent(&index)?;
        // Parts are of uneven sizes: who is done with one helps with another.
        let records = tokens.par_iter().map_init(Vec::new, |places, (ord, token)| {
            Ok(record(*ord, totals(&index, token, turns, places)?))
        });
        let records: Vec<_> = records.collect::<Result<_>>()?;
        Ok(records.as_flattened().iter().copied().flat_map(u32::to_le_bytes).collect())
    }
}

/// The frequent tokens of a part, each with its place among all.
fn frequent(index: &InvertedIndexReader) -> Result<Vec<(u64, TermInfo)>> {
    let mut tokens = index.terms().stream()?;
    let mut found = Vec::new();
    while tokens.advance() {
        let token = tokens.value();
        let is_frequent =
            token.doc_freq >= FREQUENT_TURNS || token.positions_range.len() >= LONG_LISTS;
        if is_frequent && !overlaps_itself(tokens.key()) {
            found.push((tokens.term_ord(), token.clone()));
        }
    }
    Ok(found)
}

/// What the whole part gives for a token; `places` is written over.
fn totals(
    index: &InvertedIndexReader,
    token: &TermInfo,
    turns: &Turns,
    places: &mut Vec<u32>,
) -> Result<Totals> {
    let read = IndexRecordOption::WithFreqsAndPositions;
    let mut postings = index.read_postings_from_terminfo(token, read)?;
    let mut tally = Tally::default();
    let mut doc = postings.doc();
    while doc != TERMINATED {
        let (segments, occurrences) = turns.count(&mut postings, places);
        turns.add(&mut tally, doc, segments, occurrences);
        doc = postings.advance();
    }
    Ok(tally.totals)
}

fn record(ord: u64, totals: Totals) -> [u32; NUMBERS] {
    let Totals { statements, utterances, turns, segments, occurrences } = totals;
    [ord, statements, utterances, turns, segments, occurrences].map(|n| n as u32)
}

/// Whether places of the token may overlap, as those of 谢谢 do in 谢谢谢: only a look at each turn
/// tells how many of them count.
pub(crate) fn overlaps_itself(token: &[u8]) -> bool {
    let mut chars = std::str::from_utf8(token).unwrap_or_default().chars();
    chars.next() == chars.next() && chars.next().is_none()
}
