//! An explanation: why a segment has its voice.

use corpus::pattern::Piece;

use super::lexicon::{Meaning, VoiceLexicon};
use super::{TurnScene, VoiceRules, Why, settled};
use crate::trace::Trace;

/// What the rules of voice found on segment `n` of a turn, counted from 0, the decisive one last.
pub fn explain(
    rules: &VoiceRules,
    turn: &TurnScene<'_>,
    segments: &[Piece<'_>],
    n: usize,
) -> Vec<Trace> {
    let Some((verdict, why)) = settled(rules, turn, segments).nth(n) else { return Vec::new() };
    let words = rules.lexicon(turn.lang).filter(|_| !matches!(why, Why::Question | Why::Note));
    let mut traces =
        words.map(|lexicon| words_of(lexicon, turn.country, segments[n])).unwrap_or_default();
    let holder = verdict.holder.as_deref().unwrap_or_default();
    let reason = match why {
        Why::Question => "the turn is a question".to_owned(),
        Why::Note => "the turn is a note: nobody claims anything".to_owned(),
        Why::NoWords => "the codebook has no words of voice in this language".to_owned(),
        Why::NoClaim => {
            "the title, a heading, dateline or address, or a phrase of protocol".to_owned()
        }
        Why::Announced => format!("the title announces what {holder} says, to the end"),
        Why::QuotedUnderTitle => {
            format!("under a title that announces another's words, {holder} is quoted")
        }
        Why::Named => format!("{holder} stands where a verb of reporting has its speaker"),
        Why::Own => "the publisher or one of its organs is the one who says it".to_owned(),
        Why::GoesOn => format!("goes on reporting what {holder} says, as before"),
        Why::GoesOnQuoting => format!("a colon opened what {holder} says"),
        Why::Kind => "a word alone names the speaker: somebody of that kind".to_owned(),
        Why::NobodyBefore => {
            "a verb of reporting without a speaker, and nobody is relayed before".to_owned()
        }
        Why::OwnPerson => "a person speaks, and nobody is relayed before: of the publisher, which \
                           has spoken, or answers"
            .to_owned(),
        Why::Somebody => "a person speaks who is named nowhere before".to_owned(),
        Why::Quoted => "nothing but a quotation, and nobody of the publisher has spoken".to_owned(),
        Why::NoSpeaker => "no verb of reporting with a speaker".to_owned(),
    };
    let targets = vec![verdict.voice.name().to_owned()];
    traces.push(Trace { targets, ..Trace::silent("voice", reason) });
    traces
}

/// The words of voice in the segment.
fn words_of(lexicon: &VoiceLexicon, country: &str, segment: Piece<'_>) -> Vec<Trace> {
    let found = lexicon.words_in(segment);
    let told = found.iter().filter_map(|word| {
        let (rule, reason) = match word.meaning {
            Meaning::Reporting => ("voice:reporting", "a verb of reporting".to_owned()),
            Meaning::Pronoun => ("voice:pronoun", "takes up the speaker before".to_owned()),
            Meaning::Own(of) if of == country => {
                ("voice:own", "an organ of the publisher".to_owned())
            }
            Meaning::Own(_)
            | Meaning::Personal
            | Meaning::Surname(_)
            | Meaning::Leader
            | Meaning::Organ
            | Meaning::Title
            | Meaning::Message => return None,
            Meaning::Holder(name) => ("voice:holder", format!("names {name}")),
            Meaning::Dateline => ("voice:dateline", "a mark of datelines".to_owned()),
            Meaning::Protocol => ("voice:protocol", "a phrase of protocol".to_owned()),
        };
        Some(Trace::at(rule, (word.start, word.end), reason))
    });
    told.collect()
}
