//! Utterances and what they are about.

use corpus::{Role, Statement, TopicSpan, Utterance};

use crate::codebook::{Entry, Family};
use crate::tagger::SegmentedTurn;
use crate::trace::Trace;

/// The utterances of a statement in order. In a text with questions, an utterance is an answer
/// with the questions right before it, and each announcement; in any other, all of it. Notes
/// belong to none.
pub(crate) fn utterances(
    statement: &Statement,
    turns: &[SegmentedTurn<'_>],
    entries: &[Entry],
) -> Vec<Utterance> {
    let groups = grouped(statement);
    let numbered = groups.into_iter().zip(1..);
    numbered
        .map(|(members, n)| {
            let inside = turns.iter().filter(|turn| members.contains(&turn.turn.n));
            let topic_spans: Vec<TopicSpan> =
                inside.flat_map(|turn| topic_spans(turn, entries)).collect();
            let mut topics: Vec<String> =
                topic_spans.iter().map(|span| span.topic.clone()).collect();
            topics.sort_unstable();
            topics.dedup();
            Utterance { n, turns: members, topics, topic_spans }
        })
        .collect()
}

/// On which words the topics of the utterance rest that turn `turn` is in.
pub(crate) fn explained(
    statement: &Statement,
    turns: &[SegmentedTurn<'_>],
    entries: &[Entry],
    turn: u32,
) -> Vec<Trace> {
    let all = utterances(statement, turns, entries);
    let Some(utterance) = all.into_iter().find(|u| u.turns.contains(&turn)) else {
        return vec![Trace::silent("topic", "a note is in no utterance and has no topic")];
    };
    let told = utterance.topics.iter().map(|topic| {
        let words = utterance.topic_spans.iter().filter(|span| span.topic == *topic).map(|span| {
            let text = turns.iter().find(|t| t.turn.n == span.turn).map(|t| t.turn.text.as_str());
            let words = text.and_then(|t| t.get(span.start as usize..span.end as usize));
            format!("`{}` in turn {}", words.unwrap_or_default(), span.turn)
        });
        let mut words: Vec<String> = words.collect();
        words.dedup();
        let reason = format!("the utterance has {}", words.join(", "));
        Trace { targets: vec![topic.clone()], ..Trace::silent(format!("topic:{topic}"), reason) }
    });
    let told: Vec<Trace> = told.collect();
    match told.is_empty() {
        true => vec![Trace::silent("topic", "no term of a topic stands in the utterance")],
        false => told,
    }
}

/// The turns' numbers, by utterance.
fn grouped(statement: &Statement) -> Vec<Vec<u32>> {
    let spoken = || statement.turns.iter().filter(|turn| turn.role != Role::Note);
    if !spoken().any(|turn| turn.role == Role::Question) {
        let all: Vec<u32> = spoken().map(|turn| turn.n).collect();
        return if all.is_empty() { Vec::new() } else { vec![all] };
    }
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut before = None;
    for turn in spoken() {
        let joins = matches!(
            (before, turn.role),
            (Some(Role::Question), Role::Question | Role::Answer)
                | (Some(Role::Answer), Role::Answer)
                | (Some(Role::Narration), Role::Narration)
        );
        match groups.last_mut().filter(|_| joins) {
            Some(group) => group.push(turn.n),
            None => groups.push(vec![turn.n]),
        }
        before = Some(turn.role);
    }
    groups
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
