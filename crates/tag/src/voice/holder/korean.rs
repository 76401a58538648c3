//! Where a Korean verb of reporting has its speaker: who carries the particle of a subject or topic.

use super::{Sentence, Speaker, is_own_name, other};
use crate::voice::grammar::Korean;
use crate::voice::lexicon::{Meaning, Word};

/// The speaker of a Korean sentence. Its last verb reports all of it.
pub(super) fn speaker(sentence: Sentence<'_>, grammar: &Korean) -> Speaker {
    let mut speaker = Speaker::Unknown;
    for verb in sentence.verbs().rev() {
        match before(sentence, grammar, verb) {
            Speaker::Unknown => speaker = Speaker::Open,
            found => return found,
        }
    }
    speaker
}

/// Who carries the particle of a subject or topic before a verb.
fn before(sentence: Sentence<'_>, grammar: &Korean, verb: &Word<'_>) -> Speaker {
    let names = sentence.names(0, verb.start);
    for word in &names {
        match word.meaning {
            Meaning::Pronoun => return Speaker::SameAsBefore,
            Meaning::Own(_) => return Speaker::Own,
            Meaning::Holder(name) if is_own_name(name, sentence.country) => return Speaker::Own,
            Meaning::Holder(_) => {
                let rest: String = sentence.text[word.end..].chars().take(30).collect();
                let phrase = rest.split([',', '.', '，']).next().unwrap_or("");
                if has_subject_particle(phrase, grammar) {
                    return other(&names, word, sentence).unwrap_or(Speaker::Own);
                }
            }
            _ => {}
        }
    }
    Speaker::Unknown
}

/// Whether one of the next words carries the particle of a subject or topic before any other word
/// closes the phrase: 로씨야외무성 대변인은, but not 로씨야의 지위를 허물고 궁극적으로는.
fn has_subject_particle(phrase: &str, grammar: &Korean) -> bool {
    // 스위스에서 is a place, 로씨야외무성에서 a speaker.
    if phrase.starts_with("에서") {
        return false;
    }
    let words = phrase.split_whitespace().take(6);
    let mut open = words.take_while(|w| !w.ends_with(['을', '를', '고', '며', '에']));
    // 모략에 따른것이라는, 하고있다는 describe what comes after them.
    let is_subject = |w: &str| w.ends_with(['은', '는', '이', '가']) && !grammar.describing.end(w);
    open.any(|w| is_subject(w) || w.ends_with("에서"))
}
