//! Turns: what the totals of a whole search are counted by, of all turns of a part, as plain
//! numbers. Totals by month or source go by the columns.
//!
//! tantivy packs a column into few bits and keeps each by itself, so that a number out of it costs
//! more than all else that is done with it. Here the numbers of a turn lie side by side, in a file
//! beside the part's own that is mapped into memory. They are those of the columns, and are read
//! from these where the file is missing.

use std::path::Path;

use tantivy::directory::{MmapDirectory, OwnedBytes};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{Directory, DocSet};

use crate::part::Part;
use crate::starts::{in_segments, segments_of};
use crate::tally::Tally;

/// Numbers of a turn: its statement's place in the part, its utterance, and the place among all
/// numbers at which the steps before its segments begin. Behind the last turn stand three more for
/// the end, behind these the steps before each segment.
const NUMBERS: usize = 3;

/// The numbers of the turns of a part.
pub(crate) struct Turns(OwnedBytes);

impl Turns {
    /// Opens what lies in `file`, or reads it from the part's columns.
    pub fn open(file: &Path, part: &Part) -> Self {
        Self::mapped(file, part).unwrap_or_else(|| Self::of(part))
    }

    /// Opens what lies in `file`, if it is all there: as many turns as the part has, and the steps
    /// that these lead to. What the numbers are is trusted, as tantivy's own columns are.
    pub fn mapped(file: &Path, part: &Part) -> Option<Self> {
        let folder = MmapDirectory::open(file.parent()?).ok()?;
        let bytes = folder.open_read(Path::new(file.file_name()?)).ok()?;
        let turns = Self(bytes.read_bytes().ok()?);
        let steps = (part.reader.max_doc() as usize + 1) * NUMBERS;
        let end = turns.number(steps - 1) as usize;
        let is_whole = turns.0.len() == 4 * end && turns.number(2) as usize == steps;
        is_whole.then_some(turns)
    }

    /// Reads the numbers from the part's columns.
    pub fn of(part: &Part) -> Self {
        let docs: Vec<u32> = (0..part.reader.max_doc()).collect();
        let starts = part.segment_starts();
        let mut first_start = ((docs.len() + 1) * NUMBERS) as u32;
        let (mut statement, mut last) = (0, None);
        let mut numbers = Vec::with_capacity(first_start as usize + starts.len());
        let keys = part.statement_keys(&docs).into_iter().zip(part.utterances(&docs));
        for (doc, (key, utterance)) in docs.iter().zip(keys) {
            // The turns of a statement lie side by side.
            statement += u32::from(last.replace(key).is_some_and(|last| last != key));
            numbers.extend([statement, utterance as u32, first_start]);
            first_start += part.segment_count(*doc);
        }
        numbers.extend([statement, 0, first_start]);
        numbers.extend(starts);
        let bytes: Vec<u8> = numbers.into_iter().flat_map(u32::to_le_bytes).collect();
        Self(OwnedBytes::new(bytes))
    }

    /// The numbers as the file holds them.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Adds a turn to totals, with what counts in it.
    pub fn add(&self, tally: &mut Tally, doc: u32, segments: u32, occurrences: u32) {
        let at = doc as usize * NUMBERS;
        let (statement, utterance) = (self.number(at), self.number(at + 1));
        tally.add(u64::from(statement), utterance, segments, occurrences);
    }

    /// How many segments the turn has.
    pub fn segment_count(&self, doc: u32) -> usize {
        self.starts(doc).len()
    }

    /// In how many segments of the turn at which its postings stand a token does, whose places never
    /// overlap, and how often: most stand once in most of their turns, so that no place is read.
    /// `places` is written over.
    pub fn count(&self, postings: &mut SegmentPostings, places: &mut Vec<u32>) -> (u32, u32) {
        let (doc, occurrences) = (postings.doc(), postings.term_freq());
        if occurrences == 1 || self.segment_count(doc) <= 1 {
            return (1, occurrences);
        }
        postings.positions(places);
        (self.segments_of(doc, places), occurrences)
    }

    /// In how many segments of the turn the ascending steps lie.
    pub fn segments_of(&self, doc: u32, steps: &[u32]) -> u32 {
        match steps {
            [_] => 1,
            _ => segments_of(self.starts(doc), steps),
        }
    }

    /// Calls `found` with each of the ascending steps in the turn and the segment that it lies in.
    pub fn in_segments(&self, doc: u32, steps: &[u32], found: impl FnMut(u32, u32)) {
        in_segments(self.starts(doc), steps, found);
    }

    /// The steps before each segment of the turn.
    fn starts(&self, doc: u32) -> &[[u8; 4]] {
        let at = doc as usize * NUMBERS + 2;
        let [first, end] = [at, at + NUMBERS].map(|at| self.number(at) as usize);
        self.0.as_chunks().0.get(first..end).unwrap_or_default()
    }

    fn number(&self, at: usize) -> u32 {
        self.0.as_chunks().0.get(at).copied().map_or(0, u32::from_le_bytes)
    }
}
