//! Whether a turn matches a plan, and at which places.

use std::ops::Range;

use crate::plan::{Node, Plan};
use crate::query::{Family, Unit};
use crate::words;

/// A place in a turn: bytes of its text, or steps where positions decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub start: u32,
    pub end: u32,
    /// Which code of the turn stands here, from 1, so that two codes at one place count as two;
    /// 0 for words.
    pub code: u32,
    /// The segment that it counts in.
    pub segment: u32,
}

/// Set in the code of a stretch that `near` found, beside its number.
const STRETCH: u32 = 1 << 31;

/// What is known of a turn that is to be checked.
pub(crate) struct Facts<'t> {
    /// How many segments it has.
    pub segments: usize,
    /// Where each term of the plan stands, in order.
    pub leaves: &'t [Vec<Spot>],
    /// Where each code of the plan stands; of a voice or topic the segments.
    pub codes: &'t [Vec<Spot>],
    /// Whether each test of the plan holds.
    pub tests: &'t [bool],
    /// The text, for distances in words.
    pub text: &'t str,
}

/// The places at which a turn matches, sorted, each once; `None` where it does not. Where the
/// plan names no place, each segment that matches is one: its number is start and end.
pub(crate) fn evaluate(plan: &Plan, facts: &Facts<'_>) -> Option<Vec<Spot>> {
    let turn = Turn { plan, facts };
    let whole = 0..facts.segments;
    let mut spots = match plan.unit {
        Unit::Turn => turn.node(&plan.node, &whole)?,
        Unit::Segment => turn.in_segments(&plan.node, &whole)?,
    };
    if !plan.has_places {
        spots = turn.matching_segments();
    }
    spots.sort_unstable();
    spots.dedup();
    Some(spots)
}

struct Turn<'t> {
    plan: &'t Plan,
    facts: &'t Facts<'t>,
}

impl Turn<'_> {
    /// The places of `node` in the segments `scope`; `None` where it does not match there.
    fn node(&self, node: &Node, scope: &Range<usize>) -> Option<Vec<Spot>> {
        let leaves = self.facts.leaves;
        match node {
            Node::Term(leaf) => some(self.inside(&leaves[*leaf], scope)),
            Node::Sequence { words, slop } => {
                some(self.inside(&self.sequence(words, *slop), scope))
            }
            Node::Near { one, other, distance } => {
                some(self.inside(&self.near(*one, *other, *distance), scope))
            }
            Node::Code(code) => {
                let found = some(self.inside(&self.facts.codes[*code], scope));
                match self.plan.codes[*code].family {
                    Family::Voice | Family::Topic => given(found.is_some()),
                    _ => found,
                }
            }
            Node::Test(test) => given(self.facts.tests[*test]),
            Node::And(parts) => {
                let mut spots = Vec::new();
                for part in parts {
                    spots.extend(self.node(part, scope)?);
                }
                Some(spots)
            }
            Node::Or(parts) => {
                let found: Vec<_> =
                    parts.iter().filter_map(|part| self.node(part, scope)).collect();
                (!found.is_empty()).then(|| found.concat())
            }
            Node::Not(part) => given(self.node(part, scope).is_none()),
            Node::Within(Unit::Turn, part) => self.node(part, &(0..self.facts.segments)),
            Node::Within(Unit::Segment, part) => self.in_segments(part, scope),
        }
    }

    /// The places of `node` in those segments of `scope` in which it matches.
    fn in_segments(&self, node: &Node, scope: &Range<usize>) -> Option<Vec<Spot>> {
        let each = scope.clone().filter_map(|n| self.node(node, &(n..n + 1)));
        each.reduce(|mut all, more| {
            all.extend(more);
            all
        })
    }

    /// The segments that match a plan which names no place of its own.
    fn matching_segments(&self) -> Vec<Spot> {
        let matching =
            (0..self.facts.segments).filter(|n| self.node(&self.plan.node, &(*n..n + 1)).is_some());
        let spot = |n| Spot { start: n, end: n, code: 0, segment: n };
        matching.map(|n| spot(n as u32)).collect()
    }

    /// Those of `spots` that count in the segments `scope`.
    fn inside(&self, spots: &[Spot], scope: &Range<usize>) -> Vec<Spot> {
        if *scope == (0..self.facts.segments) {
            return spots.to_vec();
        }
        let counts = |spot: &&Spot| scope.contains(&(spot.segment as usize));
        spots.iter().filter(counts).copied().collect()
    }

    /// Places of the first word from which the others follow in order with at most `slop` other
    /// words between; of two that end together the shorter.
    fn sequence(&self, leaves: &[usize], slop: u32) -> Vec<Spot> {
        let Some((first, rest)) = leaves.split_first() else { return Vec::new() };
        let mut found: Vec<Spot> = Vec::new();
        for start in &self.facts.leaves[*first] {
            let (mut end, mut between) = (start.end, 0);
            let mut complete = true;
            for leaf in rest {
                let spots = &self.facts.leaves[*leaf];
                let Some(next) = spots.get(spots.partition_point(|p| p.start < end)) else {
                    complete = false;
                    break;
                };
                between += self.words_between(end, next.start);
                end = next.end;
            }
            if complete && between <= slop as usize {
                found.retain(|earlier| earlier.end != end);
                found.push(Spot { end, ..*start });
            }
        }
        found
    }

    /// For each place of `one` the stretch from it to the nearest place of `other`, where at
    /// most `distance` words lie between.
    fn near(&self, one: usize, other: usize, distance: u32) -> Vec<Spot> {
        let others = &self.facts.leaves[other];
        let mut found = Vec::new();
        for spot in &self.facts.leaves[one] {
            let after = others.iter().find(|o| o.start >= spot.end).copied();
            let before = others.iter().rev().find(|o| o.end <= spot.start).copied();
            let code = STRETCH | spot.start;
            let stretches = [
                after.map(|o| {
                    let stretch = Spot { end: o.end, code, ..*spot };
                    (self.words_between(spot.end, o.start), stretch)
                }),
                before.map(|o| {
                    let stretch = Spot { end: spot.end, code, ..o };
                    (self.words_between(o.end, spot.start), stretch)
                }),
            ];
            let nearest = stretches.into_iter().flatten().min();
            found.extend(
                nearest
                    .filter(|(between, _)| *between <= distance as usize)
                    .map(|(_, stretch)| stretch),
            );
        }
        found
    }

    fn words_between(&self, start: u32, end: u32) -> usize {
        self.facts.text.get(start as usize..end as usize).map_or(0, words::count)
    }
}

fn some(spots: Vec<Spot>) -> Option<Vec<Spot>> {
    (!spots.is_empty()).then_some(spots)
}

fn given(holds: bool) -> Option<Vec<Spot>> {
    holds.then(Vec::new)
}
