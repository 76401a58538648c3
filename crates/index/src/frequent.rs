//! Frequent tokens: how often each stands in a part, counted once when the part is written.
//!
//! A word that stands in thousands of turns is counted by reading thousands of lists of places.
//! What a whole part gives for it never changes, since parts are never rewritten: it lies in a
//! file beside the part's own. A part that lost turns since, or has no such file, is counted anew
//! at each search; so the file can be missing at any time, and nothing is lost but time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::Result;
use crate::part::Part;
use crate::schema::Fields;
use crate::tally::{Tally, Totals};

/// Tokens in fewer turns are counted as fast as they are looked up.
const FREQUENT_TURNS: u32 = 64;

const EXTENSION: &str = "totals";

/// Numbers of a record: the token's place among all, statements, utterances, turns, segments,
/// occurrences.
const NUMBERS: usize = 6;

/// The totals of the frequent tokens of a part, by the token's place among all.
#[derive(Debug, Default)]
pub(crate) struct Frequent(Vec<[u32; NUMBERS]>);

impl Frequent {
    /// Reads what was counted; empty where nothing was.
    pub fn read(folder: &Path, part: &Part) -> Self {
        let bytes = std::fs::read(path(folder, part)).unwrap_or_default();
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
}

/// Counts the parts that were not counted yet, and drops the files of those that are gone.
pub(crate) fn count(folder: &Path, parts: &[Part], fields: &Fields) -> Result<()> {
    let living: BTreeSet<PathBuf> = parts.iter().map(|part| path(folder, part)).collect();
    for file in std::fs::read_dir(folder)? {
        let file = file?.path();
        if file.extension().is_some_and(|e| e == EXTENSION) && !living.contains(&file) {
            std::fs::remove_file(file)?;
        }
    }
    let missing = || parts.iter().filter(|part| !path(folder, part).is_file());
    std::thread::scope(|scope| {
        let counts: Vec<_> =
            missing().map(|part| scope.spawn(move || write(folder, part, fields))).collect();
        let mut joined = counts.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined.try_for_each(|done| done.unwrap_or_else(|e| std::panic::resume_unwind(e)))
    })
}

fn path(folder: &Path, part: &Part) -> PathBuf {
    let name = part.reader.segment_id().uuid_string();
    folder.join(format!("{name}.{EXTENSION}"))
}

/// Whether places of the token may overlap, as those of 谢谢 do in 谢谢谢: only a look at each turn
/// tells how many of them count.
fn overlaps_itself(token: &[u8]) -> bool {
    let mut chars = std::str::from_utf8(token).unwrap_or_default().chars();
    chars.next() == chars.next() && chars.next().is_none()
}

fn write(folder: &Path, part: &Part, fields: &Fields) -> Result<()> {
    let index = part.reader.inverted_index(fields.text)?;
    let mut tokens = index.terms().stream()?;
    let mut bytes: Vec<u8> = Vec::new();
    let mut places = Vec::new();
    let turns = part.unpacked();
    while tokens.advance() {
        if tokens.value().doc_freq < FREQUENT_TURNS || overlaps_itself(tokens.key()) {
            continue;
        }
        let read = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = index.read_postings_from_terminfo(tokens.value(), read)?;
        let mut tally = Tally::default();
        let mut doc = postings.doc();
        while doc != TERMINATED {
            // Most tokens stand once in most of their turns, somewhere.
            if postings.term_freq() == 1 {
                turns.add_one(&mut tally, doc);
            } else {
                postings.positions(&mut places);
                turns.add(&mut tally, doc, &places);
            }
            doc = postings.advance();
        }
        let Totals { statements, utterances, turns, segments, occurrences } = tally.totals;
        for n in [tokens.term_ord(), statements, utterances, turns, segments, occurrences] {
            bytes.extend((n as u32).to_le_bytes());
        }
    }
    let path = path(folder, part);
    Ok(corpus::write_atomically(&path, |file| std::io::Write::write_all(file, &bytes))?)
}
