//! Rows: lists of turns that are walked side by side, to the turns that all of them share.

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, TERMINATED};

use crate::Result;
use crate::docs::Docs;
use crate::part::Part;

/// The turns of one token or set, and the places of the token there.
pub(crate) struct Row<'d> {
    /// Which of the terms that are looked for it is a piece of; what only narrows is of none.
    pub term: Option<usize>,
    /// What its places are moved by.
    offset: u32,
    list: List<'d>,
}

enum List<'d> {
    One(Box<SegmentPostings>),
    /// (document, steps) of several tokens, sorted, and how far they are read.
    Many(Vec<(u32, u32)>, usize),
    /// A set, and the document that it stands at.
    Set(&'d Docs, u32),
}

impl<'d> Row<'d> {
    /// A piece of a term, which is one of some tokens in a field of the part.
    pub fn piece(
        (term, offset): (usize, u32),
        part: &Part,
        field: Field,
        tokens: &[TermInfo],
    ) -> Result<Self> {
        let open = |token| part.opened(field, token, IndexRecordOption::WithFreqsAndPositions);
        let list = match tokens {
            [token] => List::One(Box::new(open(token)?)),
            _ => List::Many(merged(tokens.iter().map(open))?, 0),
        };
        Ok(Self { term: Some(term), offset, list })
    }

    /// The turns of a token, whatever its places.
    pub fn token(postings: SegmentPostings) -> Self {
        Self { term: None, offset: 0, list: List::One(Box::new(postings)) }
    }

    /// The turns of a set.
    pub fn set(docs: &'d Docs) -> Self {
        let first = docs.next(0).unwrap_or(TERMINATED);
        Self { term: None, offset: 0, list: List::Set(docs, first) }
    }

    fn doc(&self) -> u32 {
        match &self.list {
            List::One(postings) => postings.doc(),
            List::Many(places, at) => places.get(*at).map_or(TERMINATED, |(doc, _)| *doc),
            List::Set(_, doc) => *doc,
        }
    }

    fn advance(&mut self) -> u32 {
        match &mut self.list {
            List::One(postings) => postings.advance(),
            List::Many(..) | List::Set(..) => self.seek(self.doc().saturating_add(1)),
        }
    }

    /// Goes on to the first document that is `target` or later.
    fn seek(&mut self, target: u32) -> u32 {
        match &mut self.list {
            List::One(postings) if postings.doc() < target => postings.seek(target),
            List::One(postings) => postings.doc(),
            List::Many(places, at) => {
                *at += places[*at..].partition_point(|(doc, _)| *doc < target);
                places.get(*at).map_or(TERMINATED, |(doc, _)| *doc)
            }
            List::Set(docs, doc) => {
                if *doc < target {
                    *doc = docs.next(target).unwrap_or(TERMINATED);
                }
                *doc
            }
        }
    }

    fn places(&mut self, into: &mut Vec<u32>) {
        into.clear();
        match &mut self.list {
            List::One(postings) => postings.positions_with_offset(self.offset, into),
            List::Many(places, at) => {
                let doc = places.get(*at).map(|(doc, _)| *doc);
                let here = places[*at..].iter().take_while(|(d, _)| Some(*d) == doc);
                into.extend(here.map(|(_, steps)| steps + self.offset));
            }
            List::Set(..) => {}
        }
    }
}

fn merged(postings: impl Iterator<Item = Result<SegmentPostings>>) -> Result<Vec<(u32, u32)>> {
    let (mut all, mut places) = (Vec::new(), Vec::new());
    for one in postings {
        let mut one = one?;
        let mut doc = one.doc();
        while doc != TERMINATED {
            one.positions(&mut places);
            all.extend(places.iter().map(|steps| (doc, *steps)));
            doc = one.advance();
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Rows on their way through the turns that all of them hold.
pub(crate) struct Rows<'d> {
    rows: Vec<Row<'d>>,
    has_begun: bool,
    other: Vec<u32>,
}

impl<'d> Rows<'d> {
    /// Walks rows, of which the first leads: it had better be the shortest.
    pub fn new(rows: Vec<Row<'d>>) -> Self {
        Self { rows, has_begun: false, other: Vec::new() }
    }

    /// The token that leads, where the first row is of one.
    pub fn lead(&mut self) -> Option<&mut SegmentPostings> {
        match &mut self.rows.first_mut()?.list {
            List::One(postings) => Some(postings),
            List::Many(..) | List::Set(..) => None,
        }
    }

    /// Goes on to the next document that all rows hold.
    pub fn next(&mut self) -> Option<u32> {
        let (lead, others) = self.rows.split_first_mut()?;
        let mut doc = if self.has_begun { lead.advance() } else { lead.doc() };
        self.has_begun = true;
        'search: while doc != TERMINATED {
            for row in others.iter_mut() {
                let at = row.seek(doc);
                if at != doc {
                    doc = lead.seek(at);
                    continue 'search;
                }
            }
            return Some(doc);
        }
        None
    }

    /// The places in this document that all pieces of a term share.
    pub fn places(&mut self, term: usize, places: &mut Vec<u32>) {
        let mut is_first = true;
        for row in self.rows.iter_mut().filter(|row| row.term == Some(term)) {
            if is_first {
                row.places(places);
                is_first = false;
                continue;
            }
            row.places(&mut self.other);
            keep_common(places, &self.other);
            if places.is_empty() {
                return;
            }
        }
    }
}

/// Leaves those of the ascending `places` that are among the ascending `others`. A phrase has few
/// places beside the many of a word in it, so that each is looked for.
fn keep_common(places: &mut Vec<u32>, others: &[u32]) {
    let mut kept = 0;
    for at in 0..places.len() {
        let place = places[at];
        let beside = others.get(others.partition_point(|other| *other < place));
        // Kept or not it is written: which stay nobody foresees, and a processor that guesses wrong
        // loses more than a write.
        places[kept] = place;
        kept += usize::from(beside == Some(&place));
    }
    places.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_meet_in_what_all_of_them_hold() {
        let of = |docs: &[u32]| {
            let mut set = Docs::none(200);
            docs.iter().for_each(|doc| set.add(*doc));
            set
        };
        let (some, others) = (of(&[0, 3, 64, 150, 199]), of(&[3, 63, 64, 199]));
        let many = List::Many(vec![(3, 1), (3, 5), (64, 2), (199, 4)], 0);
        let piece = Row { term: Some(0), offset: 10, list: many };
        let mut rows = Rows::new(vec![piece, Row::set(&some), Row::set(&others)]);
        let mut found = Vec::new();
        let mut places = vec![99];
        while let Some(doc) = rows.next() {
            rows.places(0, &mut places);
            found.push((doc, places.clone()));
        }
        assert_eq!(found, [(3, vec![11, 15]), (64, vec![12]), (199, vec![14])]);
        assert_eq!(Rows::new(vec![Row::set(&of(&[]))]).next(), None);
        assert_eq!(Rows::new(Vec::new()).next(), None);
    }

    #[test]
    fn common_places_are_kept() {
        let common = |places: &[u32], others: &[u32]| {
            let mut places = places.to_vec();
            keep_common(&mut places, others);
            places
        };
        assert_eq!(common(&[1, 3, 5, 9], &[0, 3, 4, 9, 10]), [3, 9]);
        assert_eq!(common(&[1, 2], &[]), [0; 0]);
        assert_eq!(common(&[], &[1]), [0; 0]);
        assert_eq!(common(&[7], &[7]), [7]);
    }
}
