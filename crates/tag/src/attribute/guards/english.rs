//! What takes back an English cue: the words before it, of one clause and in small letters.

use corpus::BlameKind;

use crate::attribute::cues::CueHit;
use crate::attribute::view::{Candidate, View};
use crate::attribute::words::{ends_with_any, has_any, left, right, starts_with_any};

/// Why an English cue does not count after these words of its clause, the nearest of them, and
/// before these.
pub(super) fn refusal(before: &str, near: &str, after: &str) -> Option<&'static str> {
    let opening = before.trim_start_matches([',', ' ', '"', '“']);
    if is_yet_to_end(opening) {
        return None;
    }
    if is_supposed(before, opening) {
        return Some("hypothetical");
    }
    let words: Vec<&str> = near.split_whitespace().rev().take(3).collect();
    let negated = ["not", "never", "no", "without", "nor", "neither", "cannot", "hardly"];
    // `is the U.S. not an aggressor?` says that he is.
    let asks = after.split(['.', '!']).next().unwrap_or_default().contains('?');
    if words.iter().any(|w| negated.contains(w) || w.ends_with("n't"))
        && !asks
        && !has_any(
            near,
            &[
                "not only",
                "no more than",
                "no less",
                "not hesitate",
                "no scruples",
                "not to mention",
                "condon",
                "overlook",
                "tolerat",
                "pardon",
                "forgiv",
                "forget",
                // `can never hide its crimes` tells of them.
                "hide ",
                "conceal ",
                "cover up ",
                "justify ",
            ],
        )
    {
        return Some("negated");
    }
    let background = ["despite ", "in spite of ", "in the face of ", "caused by the imperialist"];
    let finite = [" is ", " are ", " was ", " were ", " has ", " have ", " had ", " will "];
    let despite = before.rfind("despite ").map(|at| &before[at..]);
    let despite = despite.is_some_and(|rest| !rest.contains([',', ';']) && !has_any(rest, &finite));
    if despite || has_any(near, &background) {
        return Some("background");
    }
    // To prevent a war is not to say that somebody wages it; to smash a plot says that there is one.
    let averted = ["prevent", "reduc", "ease", "easing", "defus"];
    let beaten = [
        "deter", "foil", "frustrat", "smash", "defeat", "shatter", "overcom", "repel", "crush",
        "remov", "eliminat", "avoid", "liberat",
    ];
    let ended = |word: &str| ["end", "ends", "ended", "ending"].contains(&word);
    let last = words.first().copied().unwrap_or("");
    let last_two = words.get(1).copied().unwrap_or("");
    // `measures to foil the moves of the U.S.`: what is yet to be met is charged.
    let is_called_for = is_called_for(before) || is_yet_to_be_met(near, &beaten);
    let overcome = |word: &str| {
        averted.iter().any(|stem| word.starts_with(stem))
            || !is_called_for && (ended(word) || beaten.iter().any(|stem| word.starts_with(stem)))
    };
    if overcome(last) || (["the", "all", "a", "any"].contains(&last) && overcome(last_two)) {
        return Some("overcome");
    }
    if has_any(
        near,
        &["foiled ", "checked ", "smashed ", "frustrated ", "thwarted ", "repulsed ", "crushed "],
    ) {
        return Some("overcome");
    }
    // `a peaceful world free from domination` has none.
    if has_any(near, &["free from ", "freed from ", "free of "]) {
        return Some("negated");
    }
    // `It loudly talks about someone's provocation`: so others call what the speaker does.
    if words.iter().any(|w| ["someone's", "someone’s"].contains(w)) {
        return Some("the other side's word");
    }
    if words.iter().any(|w| ["potential", "possible"].contains(w)) {
        return Some("hypothetical");
    }
    let named =
        ["term", "call", "label", "so-called", "brand", "alleged", "charges of", "charge of"];
    if near.ends_with(['“', '"']) && after.contains(['”', '"']) && has_any(near, &named) {
        return Some("the other side's word");
    }
    None
}

/// Why an English cue does not count where it stands in its sentence, after these words of its clause.
pub(super) fn in_place(view: &View<'_>, cue: &CueHit<'_>, before: &str) -> Option<&'static str> {
    let text = view.scene.segment.text;
    let words = &text[cue.start..cue.end];
    let is_background = is_borne(view, before, cue)
        || is_how_it_is(text, cue)
        || is_where_one_fought(before, words);
    if is_background {
        return Some("background");
    }
    if is_adornment(text, cue) {
        return Some("an epithet in passing");
    }
    is_accused_by_another(before, words).then_some("another's accusation, rejected")
}

/// Whether the verb of beating that stands nearest is an infinitive of aim: `to deter the aggressive
/// policy`.
fn is_yet_to_be_met(near: &str, beaten: &[&str]) -> bool {
    let mut words = near.split_whitespace().rev();
    let found = words.by_ref().find(|word| beaten.iter().any(|stem| word.starts_with(stem)));
    found.is_some_and(|verb| !ends_with_any(verb, &["ed", "ing"])) && words.next() == Some("to")
}

/// Whether words of calling lead to the verb: `All Koreans should smash the moves of the U.S.` charges
/// him with them.
fn is_called_for(before: &str) -> bool {
    let calls = [
        "should ",
        "must ",
        "let us ",
        "let's ",
        "called for ",
        "calling for ",
        "call for ",
        "calls for ",
        "called on ",
        "call on ",
        "calls on ",
        "called upon ",
        "appealed to ",
        "ought to ",
        "what is urgent",
        "it is urgent",
        "is urgently needed",
        "it is necessary",
        "it is imperative",
    ];
    has_any(before, &calls)
}

/// Whether a verb of causing only says how something is: `budget shortage from the aggravated economic
/// crisis`.
fn is_how_it_is(text: &str, cue: &CueHit<'_>) -> bool {
    let words = &text[cue.start..cue.end];
    let before = text[..cue.start].to_lowercase();
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    if cue.entry.kind == BlameKind::Causal && before.ends_with("ever-") {
        return true;
    }
    cue.entry.kind == BlameKind::Causal
        && words.ends_with("ed")
        && !words.contains(' ')
        && ["the", "a", "an", "such"].contains(&last)
}

/// Whether the cue only says in whose war one stood: `the war against the U.S. imperialists`.
fn is_where_one_fought(before: &str, cue: &str) -> bool {
    let wars = ["war", "wars", "battle", "battles", "victory", "victories", "fought"];
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    cue.starts_with("against") && wars.contains(&last.as_str())
}

/// Whether an adjective only adorns the name of the enemy: `gave defeat to the arrogant U.S.
/// imperialists`.
fn is_adornment(text: &str, cue: &CueHit<'_>) -> bool {
    let near = right(text, cue.end, ADORNED_REACH).trim_start();
    let states = ["U.S. ", "US ", "American ", "Japanese ", ""];
    let mut named = states.iter().filter_map(|state| near.strip_prefix(state));
    named.any(|rest| rest.starts_with("imperialist")) && left(text, cue.start, 4).ends_with("the ")
}

/// How far after its adjective the name of an enemy ends, in characters.
const ADORNED_REACH: usize = 24;

/// Whether a charge is made by what is itself denounced: `denounced the statement of the UNSC
/// accusing the DPRK`.
fn is_accused_by_another(before: &str, cue: &str) -> bool {
    let charges = ["accusing", "condemning", "denouncing", "criticizing", "blaming", "slandering"];
    let denounced = ["denounced ", "rejected ", "refuted ", "condemned ", "slammed ", "censured "];
    let before = before.trim_end();
    charges.contains(&cue.to_lowercase().as_str())
        && !before.ends_with([',', ';'])
        && !before.ends_with(" and")
        && denounced.iter().any(|verb| before.contains(verb))
}

/// Whether the cue is the yoke that others bear: `south Korea was under the U.S. imperialists'
/// occupation`, `liberate it from Japanese colonial rule`.
fn is_borne(view: &View<'_>, before: &str, cue: &CueHit<'_>) -> bool {
    let yokes = ["occup", "colonial", "rule", "dominat", "yoke", "oppress", "control", "tyrann"];
    let text = view.scene.segment.text;
    if starts_with_any(&text[cue.start..cue.end].to_lowercase(), &yokes) && is_freed_from(before) {
        return true;
    }
    let near = |c: &&Candidate<'_>| c.end <= cue.start && cue.start - c.end <= BORNE_REACH;
    let Some(who) = view.candidates.iter().rev().find(near) else { return false };
    let head = before.get(..before.len().saturating_sub(cue.start - who.start)).unwrap_or_default();
    let head = head.trim_end().trim_end_matches(" the").to_lowercase();
    let freed = ["liberat", "freed", "independence"].iter().any(|word| head.contains(word));
    starts_with_any(&text[cue.start..cue.end].to_lowercase(), &yokes)
        && (head.ends_with("under") || (head.ends_with("from") && freed))
}

/// Whether the words before a yoke tell that it was thrown off: `liberated Korea from the yoke of`.
fn is_freed_from(before: &str) -> bool {
    let before = before.to_lowercase();
    let freed = ["liberat", "freed ", "freeing ", "saved ", "independence ", "free themselves "];
    let at = freed.iter().filter_map(|word| before.rfind(word)).max();
    at.is_some_and(|at| before[at..].contains(" from "))
}

/// How far after its owner's name a yoke stands, in bytes.
const BORNE_REACH: usize = 24;

/// Whether the clause before an English cue only supposes it: `if the ROK refuses`, `no matter how`.
fn is_supposed(before: &str, opening: &str) -> bool {
    let supposing =
        ["if ", "even if ", "no matter ", "whatever ", "should the ", "in case ", "unless "];
    // `If it continues attempting to ...` takes it for granted.
    let goes_on = has_any(before, &["continue", "persist in", "keep on ", "keeps on "]);
    let inside = [" if ", " no matter ", " in case "];
    // `If the U.S. thinks ..., it is mistaken` charges him with the thought.
    let is_likened =
        has_any(before, &["as if ", "think", "thought", "expect", "believe", "calculat"]);
    // `No matter how hard it may try to mislead the public` takes the trying for granted.
    let is_tried = has_any(before, &["no matter how "])
        && has_any(
            before,
            &[" try", " tries", "attempt", "desperat", "frantic", "resort", "hard "],
        );
    !is_likened
        && !is_tried
        && !goes_on
        && (starts_with_any(opening, &supposing) || has_any(before, &inside))
}

/// Whether the condition that a wrong ends says so behind the cue: `Unless the hostile policy and the
/// threats are completely withdrawn`.
pub(super) fn is_to_be_undone(before: &str, after: &str) -> bool {
    let clause = after.split([',', ';', '.']).next().unwrap_or_default();
    let opening = before.trim_start_matches([',', ' ', '"', '“']).to_lowercase();
    opening.starts_with("unless ") && is_yet_to_end(&[&opening, clause].concat())
}

/// Whether a condition is that a wrong ends or had not been, which takes it for granted: `unless the
/// U.S. drops its hostile policy`, `if the U.S. does not stop it`.
fn is_yet_to_end(clause: &str) -> bool {
    let ends = [
        " stop",
        " drop",
        " roll",
        " give up",
        " gives up",
        " ceas",
        " abandon",
        " withdraw",
        " halt",
        " discard",
        " renounc",
        " terminat",
        " put an end",
        " puts an end",
    ];
    let negated = [" not ", "n't ", " fails to ", " refuses to "];
    // `Had the U.S. not pursued a reckless policy` tells that it did.
    let undone = starts_with_any(clause, &["had ", "but had "]) && clause.contains(" not ");
    let lacking = clause.starts_with("unless ")
        || clause.contains(" unless ")
        || (clause.starts_with("if ") && has_any(clause, &negated));
    undone || (lacking && has_any(clause, &ends))
}
