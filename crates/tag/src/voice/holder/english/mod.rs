//! Where an English verb of reporting has its speaker: before it, or behind it where the words that
//! are reported come first.

mod clause;
mod name;
mod verb;

use super::{Holder, Sentence, Speaker, kind_of, other};
use crate::voice::grammar::English;
use crate::voice::lexicon::{Meaning, Word};

pub(super) use name::{is_home_of_an_organization, is_said_by_somebody};

/// The speaker of an English sentence: who stands before its first verb of reporting, or, where the verb
/// comes last (`..., he said`), between the quotation and the verb.
pub(super) fn speaker(sentence: Sentence<'_>, grammar: &English) -> Speaker {
    let text = sentence.text;
    let verbs: Vec<&Word<'_>> =
        sentence.verbs().filter(|verb| verb::says(text, grammar, verb)).collect();
    // Who ends the sentence says all of it: `The ministry calls for ..., says Rodong Sinmun`.
    if verbs.iter().any(|verb| is_own_end(sentence, grammar, verb)) {
        return Speaker::Own;
    }
    // So does who stands in its last clause: `We believe that ..., he added.`
    if let Some(verb) = verbs.last().filter(|verb| clause::is_tag(text, grammar, verb)) {
        let tagged = before(sentence, grammar, verb);
        if !matches!(tagged, Speaker::Unknown | Speaker::Own) {
            return tagged;
        }
    }
    if !verbs.is_empty()
        && let Some(at) = name::citizen(sentence, grammar)
    {
        return Speaker::Other(Holder::unofficial("a citizen"), at);
    }
    let mut open = false;
    for verb in verbs {
        match before(sentence, grammar, verb) {
            Speaker::Unknown if verb::is_according_to_reports(text, grammar, verb) => {
                return Speaker::Other(Holder::unofficial("a report"), (verb.start, verb.end));
            }
            Speaker::Unknown => open |= !verb::is_according(text, verb),
            // `staged drills, claiming that ...`: a pretext that is told with a deed.
            Speaker::Other(holder, _)
                if holder.is_of(&grammar.charged) && verb::is_participle(text, verb) => {}
            found => return found,
        }
    }
    if let Some(at) = name::finding(text, grammar) {
        return Speaker::Other(Holder::unofficial("a report"), at);
    }
    if let Some(at) = name::protest(text, grammar) {
        return Speaker::Other(Holder::unofficial("demonstrators"), at);
    }
    if open { Speaker::Open } else { Speaker::Unknown }
}

/// Whether the publisher stands behind a verb that ends the sentence.
fn is_own_end(sentence: Sentence<'_>, grammar: &English, verb: &Word<'_>) -> bool {
    let (from, to) = (verb.end, clause::phrase_end(sentence.text, grammar, verb.end));
    let own = |w: &Word<'_>| w.is_own(sentence.country) && w.start >= from && w.end <= to;
    verb::is_inverted(sentence.text, grammar, verb) && sentence.words.iter().any(own)
}

/// Longer than this, in bytes, is no pronoun but a word for one who speaks: `the paper`.
const LONG_PRONOUN: usize = 5;

/// Who stands where a verb has its speaker, mostly before it. The first name counts: `The Cuban ambassador
/// to Colombia said`.
fn before(sentence: Sentence<'_>, grammar: &English, verb: &Word<'_>) -> Speaker {
    let (text, words) = (sentence.text, sentence.words);
    let (from, to) = place(sentence, grammar, verb);
    let mut names = sentence.names(from, to);
    // `The minister of Justice of Uganda` takes up nobody.
    names.retain(|w| *w.meaning != Meaning::Pronoun || !text[w.end..].starts_with(" of "));
    let is_his = |w: &Word<'_>| {
        w.is_own(sentence.country) && name::is_said_by_the_leader(sentence, grammar, (w, verb))
    };
    if words.iter().any(is_his) {
        return Speaker::Own;
    }
    // `..., the statement went on`: who stands right at the verb speaks, whoever else is named.
    let at_verb = names.last().filter(|w| {
        *w.meaning == Meaning::Pronoun && text[w.end..verb.start.max(w.end)].trim().is_empty()
    });
    if let Some(organ) = at_verb.filter(|w| w.end - w.start > LONG_PRONOUN) {
        return kind_of(words, organ).map_or(Speaker::Pronoun, Speaker::SameOr);
    }
    // `fosters illegal escape to the U.S., he pointed out`: nor is who is named before him.
    let tag = at_verb.filter(|w| text[..w.start].trim_end().ends_with(','));
    if tag.is_some_and(|w| name::is_person(text, w)) {
        return Speaker::Pronoun;
    }
    by_name(&names, sentence, grammar)
}

/// Where a verb has its speaker, in bytes.
fn place(sentence: Sentence<'_>, grammar: &English, verb: &Word<'_>) -> (usize, usize) {
    let text = sentence.text;
    if verb::is_according(text, verb) {
        return clause::cited(text, verb);
    }
    if verb::is_inverted(text, grammar, verb) || verb::is_said_by(text, verb) {
        return (verb.end, clause::phrase_end(text, grammar, verb.end));
    }
    let from = clause::start(text, grammar, verb);
    let named = |start: &usize| {
        let mut inside = sentence.words.iter().filter(|w| w.start >= *start && w.end <= verb.start);
        inside.any(|w| matches!(w.meaning, Meaning::Own(_) | Meaning::Holder(_) | Meaning::Pronoun))
    };
    let behind = clause::subject_starts(text, grammar, (from, verb)).find(named);
    (behind.unwrap_or(from), verb.start)
}

/// Who speaks by the names before a verb: the first, unless the publisher is among them.
fn by_name(names: &[&Word<'_>], sentence: Sentence<'_>, grammar: &English) -> Speaker {
    let text = sentence.text;
    if names.iter().any(|w| matches!(w.meaning, Meaning::Own(_))) {
        // `We`, `Kim Jong Un`: the nearest own actor speaks, unless another stands first.
        let first = names.iter().find(|w| !matches!(w.meaning, Meaning::Pronoun));
        let another = first.filter(|w| !is_of_the_publisher(w, names, text));
        return another.and_then(|w| other(names, w, sentence)).unwrap_or(Speaker::Own);
    }
    for name_word in names {
        match name_word.meaning {
            Meaning::Holder(_) => {
                return other(names, name_word, sentence).unwrap_or(Speaker::Own);
            }
            Meaning::Pronoun if !name::is_governed(text, grammar, name_word) => {
                return match kind_of(sentence.words, name_word) {
                    _ if name::is_person(text, name_word) => Speaker::Pronoun,
                    Some(kind) => Speaker::SameOr(kind),
                    None => Speaker::SameAsBefore,
                };
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// Whether a paper, its man or a body is the publisher's own: `newspapers of the DPRK`, `a news analyst of
/// Rodong Sinmun`, `the Writers' Society of the DPRK`. Its citizens speak for themselves.
fn is_of_the_publisher(kind: &Word<'_>, names: &[&Word<'_>], text: &str) -> bool {
    let is_called =
        |kind_of: &str| matches!(kind.meaning, Meaning::Holder(name) if name == kind_of);
    let writes = is_called("a newspaper")
        || ["analyst", "commentator"].contains(&&text[kind.start..kind.end]);
    let own = names.iter().find(|w| w.start >= kind.end && matches!(w.meaning, Meaning::Own(_)));
    own.is_some_and(|own| {
        // `The Group for the Study of Kim Jong Il's Works` is not his.
        let is_body = is_called("a party or organization") && &text[own.start..own.end] == "DPRK";
        let between = text.get(kind.end..own.start).unwrap_or(",");
        let links = match text[kind.start..kind.end].ends_with(" of") {
            true => [" the ", " "],
            false => [" of the ", " of "],
        };
        (writes || is_body) && links.contains(&between)
    })
}
