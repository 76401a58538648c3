//! A scan: all turns of one part of the index that match, counted by positions where they decide
//! and on the stored text elsewhere.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use crate::candidates::{Candidates, Narrowed, code_lookups, holding, tests};
use crate::docs::Docs;
use crate::evaluate::{Facts, Spot, evaluate};
use crate::part::Part;
use crate::passing::Passing;
use crate::places::{LookedUp, together};
use crate::plan::{CodeTest, Node, Plan};
use crate::query::Family;
use crate::rows::{Row, Rows};
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
/// order of the part. `terms` are the plan's leaves in the part, where positions decide them.
pub(crate) fn scan(
    index: &Index,
    part: &Part,
    plan: &Plan,
    terms: Option<&[LookedUp]>,
    filters: &Filters,
    found: impl FnMut(Matching),
) -> Result<()> {
    let passing = Passing::of(index, part, filters)?;
    match (terms, plan.joined()) {
        (Some(terms), Some(joined)) => {
            let terms: Vec<&LookedUp> = joined.iter().map(|leaf| &terms[*leaf]).collect();
            count_joined(index, part, plan, &terms, &passing, found)
        }
        (Some(terms), None) => count(index, part, plan, terms, &passing.docs(), found),
        (None, _) => read(index, part, plan, &passing.docs(), found),
    }
}

/// Counts a plan that joins terms and tests in the turn.
fn count_joined(
    index: &Index,
    part: &Part,
    plan: &Plan,
    terms: &[&LookedUp],
    passing: &Passing<'_>,
    mut found: impl FnMut(Matching),
) -> Result<()> {
    let tests = tests(index, part, plan)?;
    let mut within = passing.rows();
    within.extend(tests.iter().map(Row::set));
    let turns = part.turns();
    if let [term] = terms
        && let Some(token) = term.token()
    {
        let field = index.fields.text;
        let mut rows = vec![Row::piece((0, 0), part, field, std::slice::from_ref(token))?];
        rows.extend(within);
        let (mut rows, mut places) = (Rows::new(rows), Vec::new());
        while let Some(doc) = rows.next() {
            let Some(postings) = rows.lead() else { break };
            let (segments, occurrences) = turns.count(postings, &mut places);
            found(Matching { doc, segments, occurrences, places: None });
        }
        return Ok(());
    }
    let (mut spots, mut starts) = (Vec::new(), Vec::new());
    together(part, index.fields.text, terms, within, |doc, places| {
        let starts = match places {
            [only] => only,
            _ => {
                spots.clear();
                for (term, places) in terms.iter().zip(places) {
                    spots.extend(places.iter().map(|start| (*start, start + term.length)));
                }
                spots.sort_unstable();
                spots.dedup();
                starts.clear();
                starts.extend(spots.iter().map(|(start, _)| *start));
                &starts
            }
        };
        let segments = turns.segments_of(doc, starts);
        found(Matching { doc, segments, occurrences: starts.len() as u32, places: None });
    })
}

/// Counts by positions alone.
fn count(
    index: &Index,
    part: &Part,
    plan: &Plan,
    terms: &[LookedUp],
    passing: &Docs,
    mut found: impl FnMut(Matching),
) -> Result<()> {
    let tests = tests(index, part, plan)?;
    let mut narrowed = Narrowed::new(plan, passing, &tests);
    let mut codes = Vec::with_capacity(plan.codes.len());
    for (n, test) in plan.codes.iter().enumerate() {
        let spots = coded_spots(index, part, test, &narrowed.passing)?;
        narrowed.to(&Node::Code(n), &spots.docs);
        codes.push(spots);
    }
    let mut leaves: Vec<Spots> = terms.iter().map(|_| Spots::new(part)).collect();
    // Where a turn lacks one of the terms that it needs, no place of any is read.
    let (needed, others): (Vec<usize>, Vec<usize>) =
        (0..terms.len()).partition(|n| plan.node.needs(&Node::Term(*n)));
    let groups = std::iter::once(needed).chain(others.into_iter().map(|n| vec![n]));
    for group in groups.filter(|group| !group.is_empty()) {
        let of_group: Vec<&LookedUp> = group.iter().map(|n| &terms[*n]).collect();
        let within = vec![Row::set(&narrowed.passing)];
        together(part, index.fields.text, &of_group, within, |doc, places| {
            for (n, starts) in group.iter().zip(places) {
                part.turns().in_segments(doc, starts, |start, segment| {
                    let end = start + terms[*n].length;
                    leaves[*n].add(doc, Spot { start, end, code: 0, segment });
                });
            }
        })?;
        for n in group {
            narrowed.to(&Node::Term(n), &leaves[n].docs);
        }
    }
    let candidates = Candidates {
        passing: &narrowed.passing,
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
            segments: part.turns().segment_count(doc),
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
    let tests = tests(index, part, plan)?;
    let mut narrowed = Narrowed::new(plan, passing, &tests);
    let mut codes = Vec::with_capacity(plan.codes.len());
    for (n, test) in plan.codes.iter().enumerate() {
        let docs = coded_spots(index, part, test, &narrowed.passing)?.docs;
        narrowed.to(&Node::Code(n), &docs);
        codes.push(docs);
    }
    let mut leaves = Vec::with_capacity(plan.leaves.len());
    for (n, entry) in plan.leaves.iter().enumerate() {
        let text = index.fields.text;
        let docs = holding(part, text, entry, plan.simplified, &narrowed.passing)?;
        narrowed.to(&Node::Term(n), &docs);
        leaves.push(docs);
    }
    let candidates = Candidates {
        passing: &narrowed.passing,
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
    // A segment of two topics is one place of `topic:*`.
    found.dedup();
    let mut spots = Spots::new(part);
    let mut segments = (u32::MAX, Vec::new());
    for (doc, number) in found {
        if segments.0 != doc {
            segments = (doc, part.coded_segments(doc).collect());
        }
        let spot = match test.family {
            Family::Voice | Family::Topic => {
                Spot { start: number, end: number, code: 0, segment: number }
            }
            _ => {
                let segment = segments.1.get(number as usize).copied().unwrap_or_default();
                Spot { start: 0, end: 0, code: number + 1, segment }
            }
        };
        spots.add(doc, spot);
    }
    Ok(spots)
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
