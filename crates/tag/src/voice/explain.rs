//! An explanation: why a segment has its voice.

use corpus::Role;

use super::holder::{Speaker, speaker};
use super::lexicon::{Meaning, VoiceLexicon};
use super::{TurnScene, VoiceRules, title, voices};
use crate::trace::Trace;

/// What the rules of voice found on segment `n` of a turn, counted from 0, the decisive one last.
pub fn explain(
    rules: &VoiceRules,
    turn: &TurnScene<'_>,
    segments: &[&str],
    n: usize,
) -> Vec<Trace> {
    let told = |reason: &str| vec![Trace::silent("voice", reason)];
    match turn.role {
        Role::Question => return told("the turn is a question"),
        Role::Note => return told("the turn is a note: nobody claims anything"),
        _ => {}
    }
    let Some(lexicon) = rules.lexicon(turn.lang) else {
        return told("the codebook has no words of voice in this language: taken as own");
    };
    let text = segments[n];
    let mut traces = words(lexicon, turn.country, text);
    if lexicon.is_no_claim(text, turn.title) {
        traces.push(Trace::silent("voice", "a heading, dateline or phrase of protocol"));
        return traces;
    }
    let announced = Some(turn.role).filter(|role| *role == Role::Narration);
    if let Some(holder) = announced.and_then(|_| title::announced(lexicon, turn)) {
        let reason = format!("the title announces what {holder} says: relayed to the end");
        traces.push(Trace::silent("voice:title", reason));
    }
    let before = n.checked_sub(1).and_then(|before| {
        voices(rules, turn, &segments[..=before]).into_iter().next_back()?.holder
    });
    let reason = match (speaker(lexicon, turn.country, turn.lang, text), before) {
        (Speaker::Own, _) => "the publisher or one of its organs is the one who says it".to_owned(),
        (Speaker::Other(name), _) => {
            format!("{name} stands where a verb of reporting has its speaker")
        }
        (Speaker::SameOr(_) | Speaker::SameAsBefore | Speaker::Pronoun, Some(name)) => {
            format!("goes on reporting what {name} says, as the sentence before")
        }
        (Speaker::SameOr(_), None) => {
            "the speaker is named by a word alone: somebody of that kind".to_owned()
        }
        (Speaker::SameAsBefore, None) => {
            "a verb of reporting without a speaker, and nobody is relayed before: own".to_owned()
        }
        (Speaker::Pronoun, None) => "a person speaks who is named nowhere before: own where the \
             publisher has spoken or is asked, relayed elsewhere"
            .to_owned(),
        (Speaker::Unknown, _) => "no verb of reporting with a speaker".to_owned(),
    };
    traces.push(Trace::silent("voice", reason));
    traces
}

/// The words of voice in the segment.
fn words(lexicon: &VoiceLexicon, country: &str, text: &str) -> Vec<Trace> {
    let found = lexicon.words_in(text);
    let told = found.iter().filter_map(|word| {
        let (rule, reason) = match word.meaning {
            Meaning::Reporting => ("voice:reporting", "a verb of reporting".to_owned()),
            Meaning::Pronoun => ("voice:pronoun", "takes up the speaker before".to_owned()),
            Meaning::Own(of) if of == country => {
                ("voice:own", "an organ of the publisher".to_owned())
            }
            Meaning::Own(_) => return None,
            Meaning::Holder(name) => ("voice:holder", format!("names {name}")),
            Meaning::Dateline => ("voice:dateline", "a mark of datelines".to_owned()),
            Meaning::Protocol => ("voice:protocol", "a phrase of protocol".to_owned()),
        };
        Some(Trace::at(rule, (word.start, word.end), reason))
    });
    told.collect()
}
