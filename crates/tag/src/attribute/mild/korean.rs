//! What makes a Korean cue of causing mild: that harm is only attempted or bound to fail, or that a
//! crime is named.

use super::Condition;
use super::crime::states_deaths;
use crate::attribute::grammar::Korean;
use crate::attribute::words::{right, starts_with_any};

/// The place of a Korean cue.
type Place<'t> = super::Place<'t, Korean>;

/// The conditions of Korean.
pub(super) const CONDITIONS: &[Condition<Korean>] =
    &[is_only_attempted, is_bound_to_fail, is_named_as_crime];

/// Whether the harm was attempted only: 가로막아보려고 책동하였다.
fn is_only_attempted(place: &Place<'_>) -> bool {
    starts_with_any(place.after, &["아보려", "어보려", "해보려"])
}

/// Whether the harm will not be done: 투쟁을 가로막지 못할것이다, 가로막을수 없다.
fn is_bound_to_fail(place: &Place<'_>) -> bool {
    let after = right(place.after, 0, FAILING_REACH);
    let word = after.split(' ').next().unwrap_or_default();
    let tail = after[word.len()..].trim_start();
    (word.ends_with('을') && starts_with_any(tail, &["수 없", "수없"]))
        || (word.ends_with("을수") && tail.starts_with('없'))
        || (word.ends_with('지') && starts_with_any(tail, &["못할", "못하", "못한"]))
}

/// How far after a Korean cue it is said that it fails, in characters.
const FAILING_REACH: usize = 30;

/// Whether a crime is named, and no deaths are stated: 학살만행.
fn is_named_as_crime(place: &Place<'_>) -> bool {
    let crime = &place.words.crime;
    // 학살하였다 tells that it was done.
    let is_done = starts_with_any(place.after, &["하", "한", "했", "되", "된", "당"]);
    crime.names.end(place.cue) && !is_done && !states_deaths(crime, place.text)
}
