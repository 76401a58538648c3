//! A referent: the event that a naming term points to.
//!
//! The event named nearest wins: first in the term's clause, then in its segment, then in the
//! segments around it, then in its turn, and at last in the question. A naming term inside a fixed
//! expression names no event.

use corpus::Role;
use corpus::segment::{Span, clauses};

use crate::codebook::{Entry, Family};
use crate::finder::Found;
use crate::tagger::SegmentedTurn;

/// The referent of a term that names no event.
pub(crate) const NONE: &str = "none";

/// How many segments on either side are looked at.
const NEIGHBOURS: usize = 2;

/// The events and fixed expressions of a codebook.
#[derive(Debug, Clone)]
pub(crate) struct Referents {
    /// For each entry: the referent, where it is an event.
    events: Vec<Option<String>>,
    /// For each entry: whether it is a fixed expression.
    fixed: Vec<bool>,
}

/// Where a naming term stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) turns: &'a [SegmentedTurn<'a>],
    /// Place of the turn in `turns`.
    pub(crate) turn: usize,
}

impl Referents {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        Self {
            events: entries.iter().map(|entry| entry.referent.clone()).collect(),
            fixed: entries.iter().map(|entry| entry.family == Family::Fixed).collect(),
        }
    }

    /// The referent of the naming term `term`, which stands in `scene`.
    pub(crate) fn of(&self, term: &Found, scene: &Scene<'_>) -> String {
        let turn = &scene.turns[scene.turn];
        let is_fixed = |found: &&Found| self.fixed[found.entry] && found.span().holds(term.span());
        if turn.found.iter().any(|found| is_fixed(&found)) {
            return NONE.to_owned();
        }
        let segment = turn.segments[term.segment];
        let own = clauses(&turn.turn.text, segment, turn.turn.lang);
        let clause = own.into_iter().find(|clause| clause.holds(term.span())).unwrap_or(segment);
        let first = turn.segments[term.segment.saturating_sub(NEIGHBOURS)].start;
        let last = (term.segment + NEIGHBOURS).min(turn.segments.len() - 1);
        let around = Span { start: first, end: turn.segments[last].end };
        let whole = Span { start: 0, end: turn.turn.text.len() };
        let nearest = [clause, segment, around, whole]
            .into_iter()
            .find_map(|window| self.nearest(&turn.found, term.span(), window));
        nearest.or_else(|| self.asked(scene)).unwrap_or(NONE).to_owned()
    }

    /// The event named nearest to `span` inside `window`.
    fn nearest(&self, found: &[Found], span: Span, window: Span) -> Option<&str> {
        let events = found.iter().filter(|found| window.holds(found.span()));
        let distance = |other: &Found| {
            let before = span.start.saturating_sub(other.end);
            let after = other.start.saturating_sub(span.end);
            before.max(after)
        };
        events
            .filter_map(|found| Some((distance(found), self.events[found.entry].as_deref()?)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, referent)| referent)
    }

    /// The event that the question before an answer names last.
    fn asked(&self, scene: &Scene<'_>) -> Option<&str> {
        let before = scene.turns[..scene.turn].iter().rev();
        let question = before.take_while(|turn| turn.turn.role == Role::Question);
        question
            .flat_map(|turn| turn.found.iter().rev())
            .find_map(|found| self.events[found.entry].as_deref())
    }
}
