//! Utterances and what they are about.

use corpus::{Role, Statement, TopicSpan, Utterance};

use crate::codebook::{Entry, Family};
use crate::tagger::SegmentedTurn;

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
