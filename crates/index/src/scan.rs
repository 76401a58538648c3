//! A scan: all turns of one part of the index that match, counted by positions where they decide
//! and on the stored text elsewhere.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::candidates::{Candidates, code_lookups, holding, passing, tests};
use crate::docs::Docs;
use crate::evaluate::{Facts, Spot, evaluate};
use crate::part::Part;
use crate::places::Spelled;
use crate::plan::{CodeTest, Node, Plan};
use crate::query::Family;
use crate::stored::Stored;
use crate::verify::{segments, verify};
use crate::{Filters, Index, Place, Result};

/// One turn that matches.
pub(crate) struct Matching {
    pub doc: u32,
    /// How many segments the places count in.
    pub segments: u32,
    pub occurrences: u32,
    /// The places in the text, where it was read.
    pub places: Option<Vec<Place>>,
}

/// Blocks of stored text that a scan keeps unpacked.
const CACHED_BLOCKS: usize = 4;

/// Hands every turn of the part that passes `filters` and matches the plan to `found`, in the
/// order of the part.
pub(crate) fn scan(
    index: &Index,
    part: &Part,
    plan: &Plan,
    filters: &Filters,
    found: impl FnMut(Matching),
) -> Result<()> {
    let passing = passing(index, part, filters)?;
    if passing.is_empty() {
        return Ok(());
    }
    match (plan.spelled(part), &plan.node) {
        (Some(spelled), Node::Term(leaf)) => {
            count_term(index, part, &spelled[*leaf], &passing, found)
        }
        (Some(spelled), _) => count(index, part, plan, spelled, &passing, found),
        (None, _) => read(index, part, plan, &passing, found),
    }
}

/// Counts a plan that is one term.
fn count_term(
    index: &Index,
    part: &Part,
    spelled: &Spelled,
    passing: &Docs,
    mut found: impl FnMut(Matching),
) -> Result<()> {
    spelled.each(part, index.fields.text, passing, |doc, starts| {
        let segments = match starts {
            [_] => 1,
            _ => {
                let (mut last, mut count) = (u32::MAX, 0);
                in_segments(part, doc, starts, |_, segment| {
                    count += u32::from(segment != last);
                    last = segment;
                });
                count
            }
        };
        found(Matching { doc, segments, occurrences: starts.len() as u32, places: None });
    })
}

/// Counts by positions alone.
fn count(
    index: &Index,
    part: &Part,
    plan: &Plan,
    spelled: &[Spelled],
    passing: &Docs,
    mut found: impl FnMut(Matching),
) -> Result<()> {
    let mut leaves = Vec::with_capacity(spelled.len());
    for leaf in spelled {
        let mut spots = Spots::new(part);
        leaf.each(part, index.fields.text, passing, |doc, starts| {
            in_segments(part, doc, starts, |start, segment| {
                spots.add(doc, Spot { start, end: start + leaf.length, code: 0, segment });
            });
        })?;
        leaves.push(spots);
    }
    let mut codes = Vec::with_capacity(plan.codes.len());
    for test in &plan.codes {
        codes.push(coded_spots(index, part, test, passing)?);
    }
    let tests = tests(index, part, plan)?;
    let candidates = Candidates {
        passing,
        leaves: leaves.iter().map(|spots| &spots.docs).collect(),
        codes: codes.iter().map(|spots| &spots.docs).collect(),
        tests: &tests,
    };
    let candidates = candidates.of(&plan.node);
    for doc in candidates.iter() {
        let here = |all: &mut Vec<Spots>| -> Vec<Vec<Spot>> {
            all.iter_mut().map(|spots| spots.take(doc)).collect()
        };
        let held: Vec<bool> = tests.iter().map(|docs| docs.holds(doc)).collect();
        let facts = Facts {
            segments: part.segments(doc).count(),
            leaves: &here(&mut leaves),
            codes: &here(&mut codes),
            tests: &held,
            text: "",
        };
        if let Some(spots) = evaluate(plan, &facts) {
            let (segments, occurrences) = (segments(&spots), spots.len() as u32);
            found(Matching { doc, segments, occurrences, places: None });
        }
    }
    Ok(())
}

/// Verifies every candidate on its stored text.
fn read(
    index: &Index,
    part: &Part,
    plan: &Plan,
    passing: &Docs,
    mut found: impl FnMut(Matching),
) -> Result<()> {
    let holding = |entry| holding(part, index.fields.text, entry, plan.simplified, passing);
    let leaves = plan.leaves.iter().map(holding).collect::<Result<Vec<_>>>()?;
    let coded = |test| Ok(coded_spots(index, part, test, passing)?.docs);
    let codes = plan.codes.iter().map(coded).collect::<Result<Vec<_>>>()?;
    let tests = tests(index, part, plan)?;
    let candidates = Candidates {
        passing,
        leaves: leaves.iter().collect(),
        codes: codes.iter().collect(),
        tests: &tests,
    };
    let candidates = candidates.of(&plan.node);
    if candidates.is_empty() {
        return Ok(());
    }
    let store = part.reader.get_store_reader(CACHED_BLOCKS)?;
    for doc in candidates.iter() {
        let stored = Stored::new(store.get(doc)?, index);
        let held: Vec<bool> = tests.iter().map(|docs| docs.holds(doc)).collect();
        if let Some(verified) = verify(&stored, part.lang(doc), plan, &held)? {
            let occurrences = verified.places.len() as u32;
            let segments = verified.segments;
            found(Matching { doc, segments, occurrences, places: Some(verified.places) });
        }
    }
    Ok(())
}

/// Where a code stands in the part: at the number of its place, in that place's segment.
fn coded_spots(index: &Index, part: &Part, test: &CodeTest, passing: &Docs) -> Result<Spots> {
    let field = index.fields.code;
    let lookups = code_lookups(field, part, test)?;
    let read = IndexRecordOption::WithFreqsAndPositions;
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for mut postings in part.postings(field, &lookups, read)? {
        let mut doc = postings.doc();
        while doc != TERMINATED {
            if passing.holds(doc) {
                postings.positions(&mut numbers);
                found.extend(numbers.iter().map(|number| (doc, *number)));
            }
            doc = postings.advance();
        }
    }
    found.sort_unstable();
    let mut spots = Spots::new(part);
    let mut segments = (u32::MAX, Vec::new());
    for (doc, number) in found {
        if segments.0 != doc {
            segments = (doc, part.coded_segments(doc).collect());
        }
        let spot = match test.family {
            Family::Voice => Spot { start: number, end: number, code: 0, segment: number },
            _ => {
                let segment = segments.1.get(number as usize).copied().unwrap_or_default();
                Spot { start: 0, end: 0, code: number + 1, segment }
            }
        };
        spots.add(doc, spot);
    }
    Ok(spots)
}

/// Calls `found` with each of the ascending places and the segment that it starts in.
fn in_segments(part: &Part, doc: u32, starts: &[u32], mut found: impl FnMut(u32, u32)) {
    let mut ahead = part.segments(doc).peekable();
    let mut begun: u32 = 0;
    for start in starts {
        while ahead.next_if(|first| first <= start).is_some() {
            begun += 1;
        }
        // What stands before the first segment counts in it.
        found(*start, begun.saturating_sub(1));
    }
}

/// The places of one term or code, by document.
struct Spots {
    docs: Docs,
    /// Ascending by document.
    all: Vec<(u32, Spot)>,
    /// How far they were taken.
    taken: usize,
}

impl Spots {
    fn new(part: &Part) -> Self {
        Self { docs: part.none(), all: Vec::new(), taken: 0 }
    }

    fn add(&mut self, doc: u32, spot: Spot) {
        self.docs.add(doc);
        self.all.push((doc, spot));
    }

    /// The places in `doc`; documents are asked for in order.
    fn take(&mut self, doc: u32) -> Vec<Spot> {
        let rest = &self.all[self.taken..];
        let before = rest.partition_point(|(d, _)| *d < doc);
        let here = rest[before..].iter().take_while(|(d, _)| *d == doc);
        let spots: Vec<Spot> = here.map(|(_, spot)| *spot).collect();
        self.taken += before + spots.len();
        spots
    }
}
