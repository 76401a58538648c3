//! What a search found: all turns that match, in one order always.

use tantivy::DocAddress;

use crate::candidates::tests;
use crate::docs::Docs;
use crate::part::Part;
use crate::plan::{Counted, Plan};
use crate::scan::Matching;
use crate::stored::Stored;
use crate::tally::{Tally, Totals};
use crate::verify::verify;
use crate::{Error, Index, Place, Result};

/// All that matches a query, in order: by day (undated last), source, statement, turn.
#[derive(Debug)]
pub struct Found {
    pub(crate) matches: Vec<Match>,
    plan: Plan,
    /// By part: the documents for which each test of the plan holds.
    tests: Vec<Vec<Docs>>,
}

/// One turn that matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    is_undated: bool,
    day: u64,
    /// Rank of the source's name.
    source: u32,
    statement: u64,
    turn: u32,
    utterance: u32,
    /// How many segments the places count in.
    segments: u32,
    occurrences: u32,
    pub address: DocAddress,
    /// The places in the text, where it was read.
    places: Option<Vec<Place>>,
}

impl Match {
    pub fn new(part: &Part, source: u32, one: Matching) -> Self {
        let day = part.date(one.doc);
        Self {
            is_undated: day.is_none(),
            day: day.unwrap_or_default(),
            source,
            statement: part.statement_key(one.doc),
            turn: part.turn(one.doc),
            utterance: part.utterance(one.doc),
            segments: one.segments,
            occurrences: one.occurrences,
            address: DocAddress::new(part.n, one.doc),
            places: one.places,
        }
    }

    pub fn add_to(&self, tally: &mut Tally) {
        tally.add(self.statement, self.utterance, self.segments, self.occurrences);
    }
}

impl Found {
    pub(crate) fn new(index: &Index, plan: Plan, matches: Vec<Match>) -> Result<Self> {
        let tests = index.parts.iter().map(|part| tests(index, part, &plan)).collect::<Result<_>>();
        Ok(Self { tests: tests?, plan, matches })
    }

    /// Totals of all that was found.
    pub fn totals(&self) -> Totals {
        let mut tally = Tally::default();
        self.matches.iter().for_each(|one| one.add_to(&mut tally));
        tally.totals
    }

    /// By which rule it was counted.
    pub fn counted(&self) -> &Counted {
        &self.plan.counted
    }

    /// How many turns match.
    pub fn len(&self) -> usize {
        self.matches.len()
    }

    /// Whether nothing matches.
    pub fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// The places of a match in its text; what was counted by positions is verified here.
    pub(crate) fn places(
        &self,
        index: &Index,
        one: &Match,
        stored: &Stored<'_>,
    ) -> Result<Vec<Place>> {
        if let Some(places) = &one.places {
            return Ok(places.clone());
        }
        let (part, doc) = (one.address.segment_ord as usize, one.address.doc_id);
        let held: Vec<bool> = self.tests[part].iter().map(|docs| docs.holds(doc)).collect();
        match verify(stored, index.parts[part].lang(doc), &self.plan, &held)? {
            Some(verified) if verified.places.len() == one.occurrences as usize => {
                Ok(verified.places)
            }
            _ => Err(Error::Damaged {
                path: index.path.clone(),
                reason: "its positions differ from the text that it stores".to_owned(),
            }),
        }
    }
}
