//! What takes back an English cue: the words before it in its clause, mostly.

use corpus::BlameKind;

use super::Outcome::{Counts, Refused};
use super::{Outcome, first, rejected};
use crate::attribute::grammar::EnglishGuards;
use crate::attribute::view::Candidate;
use crate::attribute::words::{ends_with_any, has_any, last_word, left, right, starts_with_any};

/// The place of an English cue.
pub(super) type Place<'p, 's> = super::Place<'p, 's, EnglishGuards>;

/// A guard of English.
pub(super) type Guard = super::Guard<EnglishGuards>;

/// What becomes of an English cue: by the words as they are written, then by `before`, `near` and
/// `after` in small letters.
pub(super) fn outcome(place: &Place<'_, '_>) -> Option<Outcome> {
    let in_small_letters = || {
        let [before, near, after] = [place.before, place.near, place.after].map(str::to_lowercase);
        first(IN_SMALL_LETTERS, &Place { before: &before, near: &near, after: &after, ..*place })
    };
    first(AS_WRITTEN, place).or_else(in_small_letters)
}

/// The guards that read the words as they are written.
const AS_WRITTEN: &[Guard] = &[
    (Refused("background"), is_thrown_off),
    (Refused("background"), is_borne),
    (Refused("background"), is_how_it_is),
    (Refused("background"), is_where_one_fought),
    (Refused("an epithet in passing"), is_adornment),
    (Refused("another's accusation, rejected"), is_accused_by_another),
    rejected::IN_ENGLISH,
];

/// The guards that read them in small letters.
const IN_SMALL_LETTERS: &[Guard] = &[
    (Counts, is_to_be_undone),
    (Counts, is_yet_to_end),
    (Refused("hypothetical"), is_supposed),
    (Refused("negated"), is_negated),
    (Refused("negated"), is_unwanted),
    (Refused("background"), is_defied),
    (Refused("background"), is_faced),
    (Refused("overcome"), is_overcome),
    (Refused("overcome"), was_beaten),
    (Refused("overcome"), is_aim_of_what_is_beaten),
    (Refused("negated"), is_absent),
    (Refused("the other side's word"), is_someones),
    (Refused("hypothetical"), is_possible),
    (Refused("the other side's word"), is_so_called),
];

/// Whether the cue is a yoke that was thrown off: `liberated Korea from the yoke of`.
fn is_thrown_off(place: &Place<'_, '_>) -> bool {
    let freed = ["liberat", "freed ", "freeing ", "saved ", "independence ", "free themselves "];
    is_yoke(place) && {
        let before = place.before.to_lowercase();
        let at = freed.iter().filter_map(|word| before.rfind(word)).max();
        at.is_some_and(|at| before[at..].contains(" from "))
    }
}

/// Whether the cue is the yoke that others bear: `south Korea was under the U.S. imperialists'
/// occupation`, `liberate it from Japanese colonial rule`.
fn is_borne(place: &Place<'_, '_>) -> bool {
    let cue = place.hit;
    let near = |c: &&Candidate<'_>| c.end <= cue.start && cue.start - c.end <= BORNE_REACH;
    let owner = place.view.candidates.iter().rev().find(near).filter(|_| is_yoke(place));
    owner.is_some_and(|owner| {
        let lead = place.before.len().saturating_sub(cue.start - owner.start);
        let lead = place.before.get(..lead).unwrap_or_default().trim_end();
        let lead = lead.trim_end_matches(" the").to_lowercase();
        let is_freed = has_any(&lead, &["liberat", "freed", "independence"]);
        lead.ends_with("under") || (lead.ends_with("from") && is_freed)
    })
}

/// How far after its owner's name a yoke stands, in bytes.
const BORNE_REACH: usize = 24;

/// Whether the cue is a word for foreign rule.
fn is_yoke(place: &Place<'_, '_>) -> bool {
    place.words.yokes.begin(&place.cue.to_lowercase())
}

/// Whether a verb of causing only says how something is: `budget shortage from the aggravated
/// economic crisis`, `the ever-worsening situation`.
fn is_how_it_is(place: &Place<'_, '_>) -> bool {
    if place.hit.entry.kind != BlameKind::Causal {
        return false;
    }
    let said = place.said.to_lowercase();
    let is_participle = place.cue.ends_with("ed") && !place.cue.contains(' ');
    said.ends_with("ever-")
        || (is_participle && ["the", "a", "an", "such"].contains(&last_word(&said)))
}

/// Whether the cue only says in whose war one stood: `the war against the U.S. imperialists`.
fn is_where_one_fought(place: &Place<'_, '_>) -> bool {
    let wars = ["war", "wars", "battle", "battles", "victory", "victories", "fought"];
    place.cue.starts_with("against")
        && wars.contains(&last_word(place.before).to_lowercase().as_str())
}

/// Whether an adjective only adorns the name of the enemy: `gave defeat to the arrogant U.S.
/// imperialists`.
fn is_adornment(place: &Place<'_, '_>) -> bool {
    let near = right(place.rest, 0, ADORNED_REACH).trim_start();
    let states = ["U.S. ", "US ", "American ", "Japanese ", ""];
    let mut named = states.iter().filter_map(|state| near.strip_prefix(state));
    place.said.ends_with("the ") && named.any(|rest| rest.starts_with("imperialist"))
}

/// How far after its adjective the name of an enemy ends, in characters.
const ADORNED_REACH: usize = 24;

/// Whether a charge is made by what is itself denounced: `denounced the statement of the UNSC
/// accusing the DPRK`.
fn is_accused_by_another(place: &Place<'_, '_>) -> bool {
    let charges = ["accusing", "condemning", "denouncing", "criticizing", "blaming", "slandering"];
    let denounced = ["denounced ", "rejected ", "refuted ", "condemned ", "slammed ", "censured "];
    let before = place.before.trim_end();
    charges.contains(&place.cue.to_lowercase().as_str())
        && !ends_with_any(before, &[",", ";", " and"])
        && has_any(before, &denounced)
}

/// Whether the condition that a wrong ends says so behind the cue: `Unless the hostile policy and
/// the threats are completely withdrawn`.
fn is_to_be_undone(place: &Place<'_, '_>) -> bool {
    let opening = opening(place.before);
    opening.starts_with("unless ")
        && takes_an_end_for_granted(place.words, &[opening, clause_behind(place)].concat())
}

/// Whether the condition that a wrong ends says so before the cue: `unless the U.S. drops its
/// hostile policy`.
fn is_yet_to_end(place: &Place<'_, '_>) -> bool {
    takes_an_end_for_granted(place.words, opening(place.before))
}

/// Whether a condition is that a wrong ends or had not been, which takes it for granted: `unless
/// the U.S. drops its hostile policy`, `if the U.S. does not stop it`.
fn takes_an_end_for_granted(words: &EnglishGuards, clause: &str) -> bool {
    let negated = [" not ", "n't ", " fails to ", " refuses to "];
    // `Had the U.S. not pursued a reckless policy` tells that it did.
    let undone = starts_with_any(clause, &["had ", "but had "]) && clause.contains(" not ");
    // A clause is cut before `unless`, but not before the `Unless` of a sentence that stands behind
    // `the U.S.` unparted.
    let lacking = clause.starts_with("unless ")
        || clause.contains(" unless ")
        || (clause.starts_with("if ") && has_any(clause, &negated));
    undone || (lacking && words.ends.occur_in(clause))
}

/// Whether the clause only supposes it: `if the ROK refuses`. `No matter how hard it may try to mislead
/// the public` takes the trying for granted.
fn is_supposed(place: &Place<'_, '_>) -> bool {
    let before = place.before;
    let (lead, _) = before.split_once("no matter how ").unwrap_or((before, ""));
    let supposes = starts_with_any(opening(lead), SUPPOSING)
        || has_any(lead, SUPPOSING_INSIDE)
        || goes_on_supposing(place);
    supposes && !has_any(before, GOING_ON) && !has_any(before, THINKING)
}

/// Whether the clause goes on with a supposition behind an aside: `if Japan, no matter how strong it
/// is, tramples`.
fn goes_on_supposing(place: &Place<'_, '_>) -> bool {
    let (text, start) = (place.view.scene.segment.text, place.view.clause_start(place.hit.start));
    let lead = left(text, start, SUPPOSED_REACH).trim_end_matches([',', ' ']).to_lowercase();
    let mut clauses = lead.rsplit(", ");
    clauses.next().is_some_and(|aside| aside.starts_with("no matter "))
        && clauses.next().is_some_and(|lead| starts_with_any(lead, SUPPOSING))
}

/// How far before the clause the supposition and the aside begin at most, in characters.
const SUPPOSED_REACH: usize = 120;

/// What opens a clause that supposes.
const SUPPOSING: &[&str] =
    &["if ", "even if ", "no matter ", "whatever ", "should the ", "in case ", "unless "];

/// What begins to suppose inside a clause.
const SUPPOSING_INSIDE: &[&str] = &[" if ", " no matter ", " in case "];

/// `If it continues attempting to ...` takes it for granted.
const GOING_ON: &[&str] = &["continue", "persist in", "keep on ", "keeps on "];

/// `If the U.S. thinks ..., it is mistaken` charges him with the thought; `as if` likens.
const THINKING: &[&str] = &["as if ", "think", "thought", "expect", "believe", "calculat"];

/// Whether one of the three words before the cue negates it: `has never threatened anybody`. `is
/// the U.S. not an aggressor?` says that he is, and so do `cannot live without bullying` and `no
/// desperate moves can ever quell it`.
fn is_negated(place: &Place<'_, '_>) -> bool {
    let negates = |word: &str| NEGATIONS.contains(&word) || ends_with_any(word, &["n't", "n’t"]);
    let asks = || place.after.split(['.', '!']).next().unwrap_or_default().contains('?');
    let is_negated_too = |without: &str| {
        let lead = place.before.rsplit_once(" without ").filter(|_| without == "without");
        lead.is_some_and(|(lead, _)| last_words(lead).any(negates))
    };
    let avails_nothing = |no: &str| no == "no" && has_any(clause_behind(place), AVAILING);
    let negation = last_words(place.near).find(|word| negates(word));
    negation.is_some_and(|word| !is_negated_too(word) && !avails_nothing(word))
        && !asks()
        && !place.words.still_said.occur_in(place.near)
}

/// Whether somebody is said to want no such thing: `does not seek to start a new Cold War`.
fn is_unwanted(place: &Place<'_, '_>) -> bool {
    let last = place.words.unwanted.last_places_in(place.before).max();
    last.is_some_and(|(at, words)| {
        let wanted = &place.before[at + words.len()..];
        wanted.split_whitespace().count() <= UNWANTED_REACH
            && !has_any(wanted, GOES_ON)
            && !place.words.ends.occur_in(wanted)
    })
}

/// How many words before what is not wanted the words of wanting end at most.
const UNWANTED_REACH: usize = 7;

/// What begins to say something else than what is not wanted.
const GOES_ON: &[&str] = &[",", ";", " but ", " and ", " which ", " that ", " who ", " as "];

/// What a wrong is said not to do, in spite of all.
const AVAILING: &[&str] = &[" can ", " could ", " will ever "];

/// Words that negate what follows.
const NEGATIONS: &[&str] = &["not", "never", "no", "without", "nor", "neither", "cannot", "hardly"];

/// Whether something is done all the same: `despite the sanctions and the blockade`, with no verb
/// or mark between.
fn is_defied(place: &Place<'_, '_>) -> bool {
    let despite = place.before.rfind("despite ").map(|at| &place.before[at..]);
    despite.is_some_and(|phrase| !phrase.contains([',', ';']) && !has_any(phrase, FINITE))
}

/// Verbs with which the phrase of `despite` is over.
const FINITE: &[&str] = &[" is ", " are ", " was ", " were ", " has ", " have ", " had ", " will "];

/// Whether it is what somebody holds out against: `in the face of the hostile policy`.
fn is_faced(place: &Place<'_, '_>) -> bool {
    has_any(place.near, &["despite ", "in spite of ", "in the face of "])
}

/// Whether the word before the cue, but for an article, is a verb of overcoming: `prevented a nuclear
/// war`.
///
/// To prevent a war is not to say that somebody wages it. To smash a plot says that there is one:
/// where that is called for or yet to be done, the plot is charged.
fn is_overcome(place: &Place<'_, '_>) -> bool {
    // `All Koreans should smash the moves of the U.S.` charges him with them.
    let is_called_for = || place.words.calling.occur_in(place.before);
    let is_yet_to_be_met = || is_called_for() || is_to_be_met(place.words, place.near);
    let is_verb = |word: &str| {
        let ends_it = || ENDING.contains(&word) || is_beating(place.words, word);
        starts_with_any(word, AVERTING) || (ends_it() && !is_yet_to_be_met())
    };
    let mut words = last_words(place.near);
    let last = words.next().unwrap_or_default();
    let last_but_one = words.next().unwrap_or_default();
    is_verb(last) || (["the", "all", "a", "any"].contains(&last) && is_verb(last_but_one))
}

/// Beginnings of the verbs of what is kept from being.
const AVERTING: &[&str] = &["prevent", "reduc", "ease", "easing", "defus"];

/// Whether a word is a verb of what is met: `deterred`, but not `determined`.
fn is_beating(words: &EnglishGuards, word: &str) -> bool {
    words.beating.begin(word) || word == "deter" || starts_with_any(word, &["deters", "deterr"])
}

/// The forms of `end`.
const ENDING: &[&str] = &["end", "ends", "ended", "ending"];

/// Whether the verb of beating that stands nearest is an infinitive of aim: `measures to foil the
/// moves of the U.S.`, `to deter the aggressive policy`.
fn is_to_be_met(words: &EnglishGuards, near: &str) -> bool {
    let mut before = near.split_whitespace().rev().filter(|word| !word.ends_with("ly"));
    let found = before.by_ref().find(|word| is_beating(words, word));
    found.is_some_and(|verb| !ends_with_any(verb, &["ed", "ing"])) && before.next() == Some("to")
}

/// Whether it was met before: `smashed all the aggressive moves`. What is said in this form is
/// done, whoever calls for more.
fn was_beaten(place: &Place<'_, '_>) -> bool {
    let beaten =
        ["foiled ", "checked ", "smashed ", "frustrated ", "thwarted ", "repulsed ", "crushed "];
    has_any(place.near, &beaten)
}

/// Whether it is what beaten moves were for: `will frustrate every move of the U.S. to stifle it`.
fn is_aim_of_what_is_beaten(place: &Place<'_, '_>) -> bool {
    let moves = [" move", " attempt", " scheme", " plot", " maneuver", " campaign"];
    let at = moves.iter().filter_map(|word| place.before.rfind(word)).max();
    at.filter(|_| ends_with_any(place.before, &[" to ", " for "])).is_some_and(|at| {
        let head = &place.before[..at];
        last_words(head).any(|word| is_beating(place.words, word))
            && !place.words.calling.occur_in(place.before)
            && !is_to_be_met(place.words, head)
    })
}

/// Whether there is none: `a peaceful world free from domination` has none.
fn is_absent(place: &Place<'_, '_>) -> bool {
    has_any(place.near, &["free from ", "freed from ", "free of "])
}

/// Whether others call so what the speaker does: `It loudly talks about someone's provocation`.
fn is_someones(place: &Place<'_, '_>) -> bool {
    last_words(place.near).any(|word| ["someone's", "someone’s"].contains(&word))
}

/// Whether it only may come: `a potential threat`.
fn is_possible(place: &Place<'_, '_>) -> bool {
    last_words(place.near).any(|word| ["potential", "possible"].contains(&word))
}

/// Whether the cue stands in quotation marks, as what the other side calls it: `the so-called
/// “threat”`.
fn is_so_called(place: &Place<'_, '_>) -> bool {
    place.near.ends_with(['“', '"'])
        && place.after.contains(['”', '"'])
        && place.words.so_called.occur_in(place.near)
}

/// The clause without the marks that it may open with.
fn opening(before: &str) -> &str {
    before.trim_start_matches([',', ' ', '"', '“'])
}

/// What follows the cue up to the next mark.
fn clause_behind<'p>(place: &Place<'p, '_>) -> &'p str {
    place.rest.split([',', ';']).next().unwrap_or_default()
}

/// The last three words, the last one first.
fn last_words(near: &str) -> impl Iterator<Item = &str> {
    near.split_whitespace().rev().take(3)
}
