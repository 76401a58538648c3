//! A referent: the event that a naming term points to.
//!
//! The event named nearest wins: first in the term's clause, then in its segment, then in the
//! segments around it, then in its turn, and at last in the question. A naming term inside a fixed
//! expression names no event.

use corpus::Role;
use corpus::segment::{Span, clauses};

use crate::codebook::{Entry, Family};
use crate::turn::{Found, SegmentedTurn};

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

/// What settled a referent.
enum By<'a> {
    /// A fixed expression covers the term.
    Fixed,
    /// The event named nearest, and where it was looked for.
    Event(&'a Found, &'static str),
    /// Nothing did.
    Nothing,
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
        self.settled(term, scene).0.to_owned()
    }

    /// The referent of a naming term, and why it is that one.
    pub(crate) fn explained(&self, term: &Found, scene: &Scene<'_>) -> (String, String) {
        let (referent, by) = self.settled(term, scene);
        let reason = match by {
            By::Fixed => "stands in a fixed expression that names no event".to_owned(),
            By::Nothing => "no event is named in the segment, around it, or asked about".to_owned(),
            By::Event(event, window) => {
                let turns = scene.turns[..=scene.turn].iter().rev();
                let held = turns.filter(|turn| turn.found.contains(event));
                let words = held.map(|turn| event.span().of(&turn.turn.text)).next();
                format!("the nearest event named {window} is `{}`", words.unwrap_or_default())
            }
        };
        (referent.to_owned(), reason)
    }

    /// The referent and what settled it.
    fn settled<'a>(&'a self, term: &Found, scene: &Scene<'a>) -> (&'a str, By<'a>) {
        let turn = &scene.turns[scene.turn];
        let around_it = || turn.found.iter().filter(|found| found.span().holds(term.span()));
        // 经济危机, the Korean War: what the term itself is a part of is nearer than any phrase.
        let compound = around_it().find_map(|found| {
            Some((self.events[found.entry].as_deref()?, By::Event(found, "around it")))
        });
        if let Some(settled) = compound {
            return settled;
        }
        if around_it().any(|found| self.fixed[found.entry]) {
            return (NONE, By::Fixed);
        }
        let segment = turn.segments[term.segment];
        let own = clauses(&turn.turn.text, segment, turn.turn.lang);
        let clause = own.into_iter().find(|clause| clause.holds(term.span())).unwrap_or(segment);
        let first = turn.segments[term.segment.saturating_sub(NEIGHBOURS)].start;
        let last = (term.segment + NEIGHBOURS).min(turn.segments.len() - 1);
        let around = Span { start: first, end: turn.segments[last].end };
        let whole = Span { start: 0, end: turn.turn.text.len() };
        let windows = [
            (clause, "in the clause"),
            (segment, "in the segment"),
            (around, "in the segments around"),
            (whole, "in the turn"),
        ];
        let nearest = windows.into_iter().find_map(|(window, name)| {
            let (event, referent) = self.nearest(&turn.found, term.span(), window)?;
            Some((referent, By::Event(event, name)))
        });
        let asked = || {
            let (event, referent) = self.asked(scene)?;
            Some((referent, By::Event(event, "in the question")))
        };
        nearest.or_else(asked).unwrap_or((NONE, By::Nothing))
    }

    /// The event named nearest to `span` inside `window`.
    fn nearest<'a>(
        &'a self,
        found: &'a [Found],
        span: Span,
        window: Span,
    ) -> Option<(&'a Found, &'a str)> {
        let events = found.iter().filter(|found| window.holds(found.span()));
        let distance = |other: &Found| {
            let before = span.start.saturating_sub(other.end);
            let after = other.start.saturating_sub(span.end);
            before.max(after)
        };
        events
            .filter_map(|found| Some((found, self.events[found.entry].as_deref()?)))
            .min_by_key(|(found, _)| distance(found))
    }

    /// The event that the question before an answer names last.
    fn asked<'a>(&'a self, scene: &Scene<'a>) -> Option<(&'a Found, &'a str)> {
        let before = scene.turns[..scene.turn].iter().rev();
        let question = before.take_while(|turn| turn.turn.role == Role::Question);
        question
            .flat_map(|turn| turn.found.iter().rev())
            .find_map(|found| Some((found, self.events[found.entry].as_deref()?)))
    }
}
