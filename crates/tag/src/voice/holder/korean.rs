//! Where a Korean verb of reporting has its speaker: who carries the particle of a subject or topic.

use super::{Sentence, Speaker, is_own_name, other};
use crate::voice::lexicon::{Meaning, Word};

/// The speaker of a Korean sentence. Its last verb reports all of it.
pub(super) fn speaker(sentence: Sentence<'_>) -> Speaker {
    let mut speaker = Speaker::Unknown;
    for verb in sentence.verbs().rev() {
        match before(sentence, verb) {
            Speaker::Unknown => speaker = Speaker::Open,
            found => return found,
        }
    }
    speaker
}

/// Who carries the particle of a subject or topic before a verb.
fn before(sentence: Sentence<'_>, verb: &Word<'_>) -> Speaker {
    let names = sentence.names(0, verb.start);
    for word in &names {
        match word.meaning {
            Meaning::Pronoun => return Speaker::SameAsBefore,
            Meaning::Own(_) => return Speaker::Own,
            Meaning::Holder(name) if is_own_name(name, sentence.country) => return Speaker::Own,
            Meaning::Holder(_) => {
                let rest: String = sentence.text[word.end..].chars().take(30).collect();
                let phrase = rest.split([',', '.', '，']).next().unwrap_or("");
                if has_subject_particle(phrase) {
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
fn has_subject_particle(phrase: &str) -> bool {
    // 스위스에서 is a place, 로씨야외무성에서 a speaker.
    if phrase.starts_with("에서") {
        return false;
    }
    let words = phrase.split_whitespace().take(6);
    let mut open = words.take_while(|w| !w.ends_with(['을', '를', '고', '며', '에']));
    // 모략에 따른것이라는, 하고있다는 describe what comes after them.
    let verbs = ["라는", "다는", "하는", "되는", "있는", "없는", "려는", "시키는"];
    let describes = |w: &str| verbs.iter().any(|ending| w.ends_with(ending));
    open.any(|w| (w.ends_with(['은', '는', '이', '가']) && !describes(w)) || w.ends_with("에서"))
}
