//! What makes an English cue of causing mild: that harm is only meant or possible, or that the cue
//! is about a responsibility, a reproach or a crime.

use super::Condition;
use super::crime::states_deaths;
use crate::attribute::grammar::English;
use crate::attribute::words::{last_word, starts_with_any};

/// The place of an English cue.
type Place<'t> = super::Place<'t, English>;

/// The conditions of English.
pub(super) const CONDITIONS: &[Condition<English>] = &[
    is_asked_to_be_borne,
    is_harming_himself,
    is_evaded,
    is_meant,
    is_stirring_up_a_reproach,
    is_only_possible,
    is_named_as_crime,
];

/// Whether it asks for a responsibility that is yet to be taken: `should bear the responsibility`.
fn is_asked_to_be_borne(place: &Place<'_>) -> bool {
    place.cue.to_lowercase().starts_with("bear")
        && ["should", "must"].contains(&last_word(place.before))
}

/// Whether he harms himself: `is bound to bring its own destruction`.
fn is_harming_himself(place: &Place<'_>) -> bool {
    ["its", "their", "own", "his"].contains(&last_word(place.before))
        && starts_with_any(&place.cue.to_lowercase(), &["destruct", "ruin", "collapse", "doom"])
}

/// Whether a responsibility is what somebody runs away from: `evade the responsibility for the
/// case`.
fn is_evaded(place: &Place<'_>) -> bool {
    let mut before = place.before.split_whitespace().rev().filter(|word| *word != "the");
    before.next().is_some_and(|word| place.words.mild.evading.include(word))
}

/// Whether it is only meant, and no harm that has come about: `drills aimed at invading the DPRK`.
fn is_meant(place: &Place<'_>) -> bool {
    place.words.mild.meant.end(place.before.trim_end())
}

/// Whether what is stirred up is a reproach: `sparking off public outcry`.
fn is_stirring_up_a_reproach(place: &Place<'_>) -> bool {
    let is_reproach = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        place.words.mild.reproaches.include(word.strip_suffix('s').unwrap_or(word))
    };
    place.after.split_whitespace().take(4).any(is_reproach)
}

/// Whether the harm only might come: `may trigger a war`.
fn is_only_possible(place: &Place<'_>) -> bool {
    let mut before = place.before.split_whitespace().rev().take(3);
    before.any(|word| ["may", "might", "could", "would"].contains(&word))
}

/// Whether a crime is named, and no deaths are stated: `denounced the blockade as genocide`.
fn is_named_as_crime(place: &Place<'_>) -> bool {
    let (crime, cue) = (&place.words.crime, place.cue.to_lowercase());
    crime.names.include(&cue) && (cue.starts_with("assault") || !states_deaths(crime, place.text))
}
