//! Prepositions: whom `of` or `by` behind an English cue names as its culprit.

use corpus::Lang;

use super::cues::{CueHit, Slot};
use super::standing::Standing;
use super::view::{Candidate, View};
use super::words::{ends_with_any, ends_with_any_word};

/// Whom a preposition behind an English cue names, where the cue has a slot for him.
pub(super) fn named_behind<'a, 's>(view: &'a View<'s>, cue: &CueHit<'_>) -> Vec<&'a Candidate<'s>> {
    let slots = [Slot::Possessor, Slot::Agent].into_iter();
    let mut named = slots
        .filter(|slot| cue.entry.slots.contains(slot))
        .map(|slot| after_preposition(view, cue, slot));
    named.find(|named| !named.is_empty()).unwrap_or_default()
}

/// `of X` of a noun cue as its possessor, `by X` as its agent, at most four words after the cue.
pub(super) fn after_preposition<'a, 's>(
    view: &'a View<'s>,
    cue: &CueHit<'_>,
    slot: Slot,
) -> Vec<&'a Candidate<'s>> {
    let text = view.scene.segment.text;
    // `mortgaging the security of Europe`: what follows a gerund with `of` is not whose deed it is.
    let is_gerund = text[cue.start..cue.end].ends_with("ing");
    let is_his = !is_gerund && !ends_with_any(&text[cue.start..cue.end], &HITS);
    let word = match slot {
        Slot::Possessor if is_his => "of",
        Slot::Agent => "by",
        _ => return Vec::new(),
    };
    let found = view.candidates.iter().find(|c| {
        let far = c.start < cue.end || c.start > cue.end + 60;
        if view.scene.lang != Lang::En || far || c.standing == Standing::Aside {
            return false;
        }
        let between = text[cue.end..c.start].trim_end();
        let head = between.strip_suffix("the").unwrap_or(between).trim_end();
        // `threatens the security of Europe`: what follows a verb is not whose deed it is.
        let first = between.split_whitespace().next().unwrap_or_default();
        if ["the", "its", "their", "his", "any", "all"].contains(&first) && head.ends_with(" of") {
            return false;
        }
        // `the reckless option and action of the U.S.`
        let is_pair = between.contains(" and ") && !between.trim_start().starts_with("and");
        between.split_whitespace().count() <= 4 + usize::from(is_pair)
            && !is_of_a_helper(head)
            && !head.ends_with("out of")
            && ends_with_any_word(head, &[word])
    });
    found.filter(|c| c.target != "VEILED").map(|c| view.group(c)).unwrap_or_default()
}

/// Nouns of wrongs that have their victim behind `of`: `in violation of the UN Charter`.
const HITS: [&str; 8] = [
    "violation",
    "violations",
    "infringement",
    "encroachment",
    "disregard",
    "defiance",
    "breach",
    "deprivation",
];

/// Whether `by` leads to who helps and not to who does it: `its ambition, backed by the U.S.`
fn is_of_a_helper(head: &str) -> bool {
    let helped = ["backed", "supported", "patronized", "accompanied", "joined"];
    head.strip_suffix(" by").is_some_and(|before| ends_with_any(before, &helped))
}
