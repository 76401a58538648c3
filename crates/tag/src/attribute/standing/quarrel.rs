//! A quarrel: what two have with each other, told of without a charge (`the conflict between Russia and
//! the U.S.`).

use crate::attribute::words::{ends_with_any, left, right};

/// Whether a quarrel is told of between another and the target: `the conflict between Russia and
/// the U.S. will persist` charges neither.
pub(super) fn is_one_of_two(text: &str, start: usize) -> bool {
    let before = left(text, start, 60).to_lowercase();
    let Some((quarrel, pair)) = before.rsplit_once(" between ") else { return false };
    let pair = pair.trim_end().trim_end_matches(" the");
    let other =
        pair.strip_suffix(" and").filter(|o| !o.contains(" and ") && !o.contains([',', '.']));
    ends_with_any(quarrel, &EN_QUARRELS) && other.is_some()
}

/// Whether the target is one side of what two have with each other: `Russian-Japanese stand-off and
/// friction`.
pub(super) fn is_side_by_side(text: &str, start: usize, end: usize) -> bool {
    let joined = text[..start].ends_with('-') || text[end..].starts_with('-');
    let after = right(text, end, 60).to_lowercase();
    let mut words = after.split([' ', ',', '.', ';', '-']).filter(|word| !word.is_empty());
    // The other side is a word of its own where it follows.
    let follows = usize::from(text[end..].starts_with('-'));
    joined
        && words.by_ref().skip(follows).take(1).any(|word| {
            EN_QUARRELS.contains(&word) || ["relations", "ties", "stand", "dispute"].contains(&word)
        })
}

/// Quarrels that have two sides.
const EN_QUARRELS: [&str; 12] = [
    "conflict",
    "conflicts",
    "confrontation",
    "confrontations",
    "contradiction",
    "contradictions",
    "discord",
    "friction",
    "frictions",
    "rivalry",
    "tension",
    "tensions",
];
