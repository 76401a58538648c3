//! Nature: what does harm without anybody's fault, so that the harm is nobody's blame.

use corpus::BlameKind;

use super::cues::CueHit;
use super::grammar::Grammar;
use super::standing::Standing;
use super::view::View;
use super::words::{ends_with_any, has_any, left, right};
use crate::words::Words;

/// How far before the cue nature is named, in characters.
const REACH: usize = 60;

/// Whether nature does the harm of a causal cue: `a hurricane hit the U.S., causing damage`. Who is
/// named between it and the cue may have done it after all, unless he is where it struck.
pub(super) fn is_of_nature(view: &View<'_>, cue: &CueHit<'_>) -> bool {
    if cue.entry.kind != BlameKind::Causal {
        return false;
    }
    let forces = match view.grammar() {
        Grammar::English(words) => &words.nature.forces,
        Grammar::Chinese(words) => &words.nature.forces,
        Grammar::Korean(words) => &words.nature.forces,
        Grammar::Unknown => return false,
    };
    let is_english = matches!(view.grammar(), Grammar::English(_));
    let text = view.scene.segment.text;
    if is_english && is_agent(forces, text, cue) {
        return true;
    }
    let before = left(text, cue.start, REACH);
    let sentence = before.rsplit(['。', ';', '；']).next().unwrap_or_default();
    let sentence = sentence.rsplit(". ").next().unwrap_or_default();
    let start = cue.start - sentence.len();
    let in_small_letters = is_english.then(|| sentence.to_ascii_lowercase());
    let force = end_of_force(forces, in_small_letters.as_deref().unwrap_or(sentence));
    let Some(force) = force.map(|end| start + end) else { return false };
    let by_somebody = view.candidates.iter().any(|c| {
        c.start >= force
            && c.end <= cue.start
            && c.standing == Standing::Free
            && !has_any(&text[force..c.start], &STRUCK)
    });
    !by_somebody
}

/// Whether a force of nature is what an English cue names as the cause: `the death toll caused by
/// the quake`, `due to the floods`.
fn is_agent(forces: &Words, text: &str, cue: &CueHit<'_>) -> bool {
    let words = text[cue.start..cue.end].to_ascii_lowercase();
    let after = right(text, cue.end, REACH).to_ascii_lowercase();
    let causes = ["by", "due to", "owing to", "thanks to", "because of"];
    let names = ends_with_any(words.trim_end_matches(" the"), &causes);
    let agent = if names {
        Some(after.as_str())
    } else {
        [" by ", " caused by "].iter().find_map(|by| after.strip_prefix(by))
    };
    let words = agent.unwrap_or_default().split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| !word.is_empty()).take(AGENT).any(|word| forces.include(word))
}

/// How many words an agent has up to its noun: `by the powerful undersea quake`.
const AGENT: usize = 4;

/// Where the last force of nature of a sentence ends, in bytes of it.
fn end_of_force(forces: &Words, sentence: &str) -> Option<usize> {
    let parts = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphabetic());
    let is_whole = |(at, end): &(usize, usize)| {
        parts(sentence[..*at].chars().next_back()) && parts(sentence[*end..].chars().next())
    };
    let last = forces.last_places_in(sentence).map(|(at, word)| (at, at + word.len()));
    last.filter(is_whole).map(|(_, end)| end).max()
}

/// Words between such a force and the place that it struck.
const STRUCK: [&str; 7] =
    [" hit ", " struck ", " lashed ", " swept ", " battered ", " of ", " in "];
