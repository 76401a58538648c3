//! A quarrel: what two have with each other, told of without a charge (`the conflict between Russia and
//! the U.S.`).

use super::english::Place;
use crate::attribute::words::{left, right};

/// Whether a quarrel is told of between another and the target: `the conflict between Russia and
/// the U.S. will persist` charges neither.
pub(super) fn is_one_of_two(place: &Place<'_>) -> bool {
    let before = left(place.text, place.start, 60).to_lowercase();
    let Some((quarrel, pair)) = before.rsplit_once(" between ") else { return false };
    let pair = pair.trim_end().trim_end_matches(" the");
    let other =
        pair.strip_suffix(" and").filter(|o| !o.contains(" and ") && !o.contains([',', '.']));
    place.words.quarrels.end(quarrel) && other.is_some()
}

/// Whether the target is one side of what two have with each other: `Russian-Japanese stand-off and
/// friction`.
pub(super) fn is_side_by_side(place: &Place<'_>) -> bool {
    let near = right(place.text, place.end, 60);
    let mut words = near.split([' ', ',', '.', ';', '-']).filter(|word| !word.is_empty());
    let after = match near.strip_prefix('-') {
        // The other side is a state of one word or two; `U.S.-instigated` has none.
        Some(other) => match words.next() {
            Some("south" | "South" | "north" | "North") => words.nth(1),
            _ if other.starts_with(char::is_uppercase) => words.next(),
            _ => None,
        },
        None => words.next().filter(|_| is_behind_a_state(&place.text[..place.start])),
    };
    after.map(str::to_lowercase).is_some_and(|word| {
        let others = ["relations", "ties", "stand", "dispute"];
        place.words.quarrels.include(&word) || others.contains(&word.as_str())
    })
}

/// Whether the words before a hyphen end with a state's name: `Russian-`, but not `non-`.
fn is_behind_a_state(before: &str) -> bool {
    let last = before.strip_suffix('-').and_then(|before| before.rsplit(' ').next());
    last.is_some_and(|word| word.starts_with(char::is_uppercase))
}
