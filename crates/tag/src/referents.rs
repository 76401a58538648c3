//! A referent: the event that a naming term points to.
//!
//! The event named nearest wins: first in the term's clause, then in its segment, then in the
//! segments around it, then in its turn, and at last in the question. A naming term inside a fixed
//! expression names no event, and inside a general one only an event that its segment names.
//!
//! Whether a term points back over the end of its segment, English tells by the article: `the war`
//! is one that the reader knows, though the codebook may not, `a war` is none that was named before.
//! Only a war that the codebook follows by a referent of its own is named by bare terms, too, where
//! the text is about it.

use corpus::segment::{Span, clauses};
use corpus::{Lang, Role};

use crate::codebook::{Entry, Family};
use crate::turn::{Found, SegmentedTurn};

/// The referent of a term that names no event.
pub(crate) const NONE: &str = "none";

/// The referent of all events that the codebook does not follow one by one.
const OTHER: &str = "other";

/// How many segments on either side are looked at.
const NEIGHBOURS: usize = 2;

/// The events and fixed expressions of a codebook.
#[derive(Debug, Clone)]
pub(crate) struct Referents {
    /// For each entry: the referent, where it is an event.
    events: Vec<Option<String>>,
    /// For each entry: its family.
    families: Vec<Family>,
}

/// What settled a referent.
enum By<'a> {
    /// A fixed expression covers the term.
    Fixed,
    /// A general one does, and its segment names no event.
    General,
    /// The event named nearest, and where it was looked for.
    Event(&'a Found, &'static str),
    /// An article, that it is one that the reader knows.
    Article,
    /// Nothing did.
    Nothing,
}

/// Where naming terms stand: a turn, with the events that it names.
#[derive(Debug, Clone)]
pub(crate) struct Scene<'a> {
    turns: &'a [SegmentedTurn<'a>],
    /// Place of the turn in `turns`.
    turn: usize,
    /// The events named in the turn, sorted by place.
    events: Vec<(&'a str, &'a Found)>,
}

impl Referents {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        Self {
            events: entries.iter().map(|entry| entry.referent.clone()).collect(),
            families: entries.iter().map(|entry| entry.family).collect(),
        }
    }

    /// The scene of the terms of turn `turn`, counted from 0.
    pub(crate) fn scene<'a>(&'a self, turns: &'a [SegmentedTurn<'a>], turn: usize) -> Scene<'a> {
        let found = turns.get(turn).map_or(&[][..], |turn| turn.found.as_slice());
        let event = |found: &'a Found| Some((self.events[found.entry].as_deref()?, found));
        Scene { turns, turn, events: found.iter().filter_map(event).collect() }
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
            By::General => {
                "stands in a general expression, and its segment names no event".to_owned()
            }
            By::Article => {
                "no event of the codebook is named, but an article points to one".to_owned()
            }
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
        let from = turn.found.partition_point(|found| found.segment < term.segment);
        let here = || turn.found[from..].iter().take_while(|found| found.segment == term.segment);
        let around_it = || here().filter(|found| found.span().holds(term.span()));
        // 经济危机, the Korean War: what the term itself is a part of is nearer than any phrase.
        let compound = around_it().find_map(|found| {
            Some((self.events[found.entry].as_deref()?, By::Event(found, "around it")))
        });
        let is_in = |family| around_it().any(|found| self.families[found.entry] == family);
        let fixed = || is_in(Family::Fixed).then_some((NONE, By::Fixed));
        let general = || is_in(Family::General).then_some((NONE, By::General));
        let named = compound.or_else(fixed).or_else(|| beside(term, scene)).or_else(general);
        named.unwrap_or_else(|| {
            let segment = turn.segments[term.segment];
            let before = &turn.turn.text[segment.start..term.start];
            match (points_back(before, turn.turn.lang), self.beyond(term, scene)) {
                (Some(false), Some((OTHER, _))) | (Some(false) | None, None) => (NONE, By::Nothing),
                (Some(true), None) => (OTHER, By::Article),
                (_, Some(named)) => named,
            }
        })
    }

    /// The event named nearest outside the term's segment.
    fn beyond<'a>(&'a self, term: &Found, scene: &Scene<'a>) -> Option<(&'a str, By<'a>)> {
        let turn = &scene.turns[scene.turn];
        let first = turn.segments[term.segment.saturating_sub(NEIGHBOURS)].start;
        let last = (term.segment + NEIGHBOURS).min(turn.segments.len() - 1);
        let around = Span { start: first, end: turn.segments[last].end };
        let whole = Span { start: 0, end: turn.turn.text.len() };
        let windows = [(around, "in the segments around"), (whole, "in the turn")];
        let named = windows.into_iter().find_map(|window| nearest(term, scene, window));
        named.or_else(|| self.asked(scene))
    }

    /// The event that the question before an answer names last.
    fn asked<'a>(&'a self, scene: &Scene<'a>) -> Option<(&'a str, By<'a>)> {
        let before = scene.turns[..scene.turn].iter().rev();
        let question = before.take_while(|turn| turn.turn.role == Role::Question);
        question.flat_map(|turn| turn.found.iter().rev()).find_map(|found| {
            Some((self.events[found.entry].as_deref()?, By::Event(found, "in the question")))
        })
    }
}

/// The event named nearest in the term's segment, first in its clause.
fn beside<'a>(term: &Found, scene: &Scene<'a>) -> Option<(&'a str, By<'a>)> {
    let turn = &scene.turns[scene.turn];
    let segment = turn.segments[term.segment];
    let own = clauses(&turn.turn.text, segment, turn.turn.lang);
    let clause = own.into_iter().find(|clause| clause.holds(term.span())).unwrap_or(segment);
    let windows = [(clause, "in the clause"), (segment, "in the segment")];
    windows.into_iter().find_map(|window| nearest(term, scene, window))
}

/// The event named nearest to the term inside a window.
fn nearest<'a>(
    term: &Found,
    scene: &Scene<'a>,
    (window, name): (Span, &'static str),
) -> Option<(&'a str, By<'a>)> {
    let distance = |other: &Found| {
        let before = term.start.saturating_sub(other.end);
        let after = other.start.saturating_sub(term.end);
        before.max(after)
    };
    let from = scene.events.partition_point(|(_, event)| event.start < window.start);
    let begun = scene.events[from..].iter().take_while(|(_, event)| event.start < window.end);
    let inside = begun.filter(|(_, event)| window.holds(event.span()));
    let (referent, event) = inside.min_by_key(|(_, event)| distance(event))?;
    Some((referent, By::Event(event, name)))
}

/// Whether a noun points back to something that the reader knows, by the words of its segment before
/// it; `None` in a language without articles.
fn points_back(before: &str, lang: Lang) -> Option<bool> {
    if lang != Lang::En {
        return None;
    }
    // `such a war` is one that was told of.
    let before = before.to_lowercase().replace("such a ", "such ");
    let by_its_article = |word: &str| {
        let points_back = DEFINITE.contains(&word) || word.ends_with("'s");
        (points_back || INDEFINITE.contains(&word)).then_some(points_back)
    };
    let mut nearest = before.split_whitespace().rev().take(ARTICLE_REACH);
    Some(nearest.find_map(by_its_article).unwrap_or(false))
}

/// How many words before a noun its article may stand: `the extremely dangerous touch-and-go situation`.
const ARTICLE_REACH: usize = 4;

/// Words before a noun that points back.
const DEFINITE: &[&str] =
    &["the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "our"];

/// Words between which and a noun nothing does.
const INDEFINITE: &[&str] = &[
    "a", "an", "any", "some", "no", "of", "to", "in", "on", "for", "by", "with", "against", "into",
    "from",
];
