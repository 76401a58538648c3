//! Utterances and what they are about.
//!
//! A word in passing makes no topic. An utterance is about what its question or the title of its
//! text names, and about what its own words come back to: one segment in six has a term of the
//! topic, or at least three close together do. In the last case the topic is that of this passage
//! and not of the rest of a long text.

use std::collections::{BTreeMap, BTreeSet};

use corpus::segment::segments;
use corpus::{Role, Statement, TopicSpan, Utterance};

use crate::codebook::{Entry, Family};
use crate::finder::Finder;
use crate::trace::Trace;
use crate::turn::SegmentedTurn;

/// Where one segment in so many has a term, all of the utterance is about the topic.
const ONE_IN: usize = 6;

/// So many segments with a term make a passage about it.
const PASSAGE: usize = 3;

/// Segments without a term that may stand between two of a passage.
const GAP: usize = 3;

/// The utterances of a statement in order. In a text with questions, an utterance is an answer
/// with the questions right before it, and each announcement; in a digest each item; in any other,
/// all of it. Notes belong to none.
pub(crate) fn utterances(
    statement: &Statement,
    turns: &[SegmentedTurn<'_>],
    finder: &Finder,
) -> Vec<Utterance> {
    let entries = finder.entries();
    let groups = grouped(statement);
    let titled = if groups.len() == 1 { in_title(statement, finder) } else { Vec::new() };
    let numbered = groups.into_iter().zip(1..);
    let utterance = |(members, n): (Vec<u32>, u32)| {
        let inside = turns.iter().filter(|turn| members.contains(&turn.turn.n));
        let inside: Vec<&SegmentedTurn<'_>> = inside.collect();
        let found: Vec<TopicSpan> = inside.iter().flat_map(|t| topic_spans(t, entries)).collect();
        let mut topics: Vec<String> = found.iter().map(|span| span.topic.clone()).collect();
        topics.sort_unstable();
        topics.dedup();
        let mut passages = Vec::new();
        topics.retain(|topic| match extent(topic, &inside, entries, &titled) {
            Extent::Whole => true,
            Extent::Nothing => false,
            Extent::Passages(found) => {
                passages.extend(found);
                true
            }
        });
        let rests = |span: &TopicSpan| topics.contains(&span.topic);
        let topic_spans = found.into_iter().filter(rests).collect();
        Utterance { n, turns: members, topics, topic_spans, passages }
    };
    numbered.map(utterance).collect()
}

/// How much of an utterance is about a topic of which it has a term.
enum Extent {
    Whole,
    Passages(Vec<TopicSpan>),
    Nothing,
}

fn extent(
    topic: &str,
    inside: &[&SegmentedTurn<'_>],
    entries: &[Entry],
    titled: &[String],
) -> Extent {
    let (asked, said): (Vec<&SegmentedTurn<'_>>, Vec<_>) =
        inside.iter().partition(|turn| turn.turn.role == Role::Question);
    let is_asked = || asked.iter().any(|turn| !segments_with(topic, turn, entries).is_empty());
    if titled.iter().any(|t| t == topic) || is_asked() {
        return Extent::Whole;
    }
    let (mut named, mut all): (Vec<usize>, usize) = (Vec::new(), 0);
    for turn in &said {
        named.extend(segments_with(topic, turn, entries).into_iter().map(|n| all + n));
        all += turn.segments.len();
    }
    if named.len() * ONE_IN >= all {
        return Extent::Whole;
    }
    let in_order = said.iter().flat_map(|turn| (0..turn.segments.len()).map(|n| (*turn, n)));
    let said: Vec<(&SegmentedTurn<'_>, usize)> = in_order.collect();
    let runs = named.chunk_by(|a, b| b - a <= GAP + 1).filter(|run| run.len() >= PASSAGE);
    let passages: Vec<TopicSpan> =
        runs.flat_map(|run| stretches(topic, &said[run[0]..=run[run.len() - 1]])).collect();
    if passages.is_empty() { Extent::Nothing } else { Extent::Passages(passages) }
}

/// The segments of a turn in which a term of the topic stands, in order.
fn segments_with(topic: &str, turn: &SegmentedTurn<'_>, entries: &[Entry]) -> Vec<usize> {
    let is_of_topic = |entry: &Entry| entry.family == Family::Topic && entry.id == topic;
    let found = turn.found.iter().filter(|found| is_of_topic(&entries[found.entry]));
    let mut segments: Vec<usize> = found.map(|found| found.segment).collect();
    segments.dedup();
    segments
}

/// Segments in a row as stretches of text, one a turn.
fn stretches(topic: &str, run: &[(&SegmentedTurn<'_>, usize)]) -> Vec<TopicSpan> {
    let of_turn = run.chunk_by(|a, b| a.0.turn.n == b.0.turn.n);
    let stretch = |part: &[(&SegmentedTurn<'_>, usize)]| {
        let ((turn, first), (_, last)) = (part.first()?, part.last()?);
        Some(TopicSpan {
            topic: topic.to_owned(),
            turn: turn.turn.n,
            start: turn.segments[*first].start as u32,
            end: turn.segments[*last].end as u32,
        })
    };
    of_turn.filter_map(stretch).collect()
}

/// The topics that the title of a text names.
fn in_title(statement: &Statement, finder: &Finder) -> Vec<String> {
    let title = statement.title.as_deref().unwrap_or_default();
    let spans = segments(title, statement.lang);
    let found = finder.find(title, statement.lang, statement.date, &spans);
    let entries = found.iter().map(|found| &finder.entries()[found.entry]);
    let topics = entries.filter(|entry| entry.family == Family::Topic);
    topics.map(|entry| entry.id.clone()).collect()
}

/// On which words the topics of the utterance rest that turn `turn` is in, and which of them the
/// segment that begins at byte `start` of the turn is about.
pub(crate) fn explained(
    statement: &Statement,
    turns: &[SegmentedTurn<'_>],
    finder: &Finder,
    turn: u32,
    start: u32,
) -> Vec<Trace> {
    let all = utterances(statement, turns, finder);
    let Some(utterance) = all.into_iter().find(|u| u.turns.contains(&turn)) else {
        return vec![Trace::silent("topic", "a note is in no utterance and has no topic")];
    };
    let told = utterance.topics.iter().map(|topic| {
        let words = utterance.topic_spans.iter().filter(|span| span.topic == *topic).map(|span| {
            let text = turns.iter().find(|t| t.turn.n == span.turn).map(|t| t.turn.text.as_str());
            let words = text.and_then(|t| t.get(span.start as usize..span.end as usize));
            format!("`{}` in turn {}", words.unwrap_or_default(), span.turn)
        });
        let mut seen = BTreeSet::new();
        let words: Vec<String> = words.filter(|told| seen.insert(told.clone())).collect();
        let mut reason = format!("the utterance has {}", words.join(", "));
        if utterance.passages.iter().any(|passage| passage.topic == *topic) {
            reason.push_str("; only a passage of it is about this");
        }
        let is_about = utterance.is_about(topic, turn, start);
        let targets = is_about.then(|| topic.clone()).into_iter().collect();
        Trace { targets, ..Trace::silent(format!("topic:{topic}"), reason) }
    });
    let told: Vec<Trace> = told.collect();
    match told.is_empty() {
        true => vec![Trace::silent("topic", "the utterance has no term of a topic, or in passing")],
        false => told,
    }
}

/// The turns' numbers, by utterance.
fn grouped(statement: &Statement) -> Vec<Vec<u32>> {
    let roles: Vec<Role> = statement.turns.iter().map(|turn| turn.role).collect();
    let numbers = corpus::utterance_numbers(statement.genre, &roles);
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (turn, number) in statement.turns.iter().zip(numbers).filter(|(_, number)| *number > 0) {
        groups.entry(number).or_default().push(turn.n);
    }
    groups.into_values().collect()
}

fn topic_spans(turn: &SegmentedTurn<'_>, entries: &[Entry]) -> Vec<TopicSpan> {
    let topics = turn.found.iter().filter(|found| entries[found.entry].family == Family::Topic);
    topics
        .map(|found| TopicSpan {
            topic: entries[found.entry].id.clone(),
            turn: turn.turn.n,
            start: found.start as u32,
            end: found.end as u32,
        })
        .collect()
}
