//! Whether a paragraph tells that somebody answers a question which the state's agency or paper put.
//! That others hail such an answer, or that a leader answers a foreign agency, is no question.

use unicode_normalization::UnicodeNormalization;

/// The press of the state, as its texts name it, in lower case without accents.
const OWN_PRESS: [&str; 7] = [
    "kcna",
    "korean central news agency",
    "rodong sinmun",
    "atcc",
    "acnc",
    "agencia central de noticias de corea",
    "agencia telegrafica central de corea",
];
/// Bytes that may stand between `by` and the name: `a reporter of the`.
const LONGEST_ARTICLE: usize = 24;
/// Bytes before `by` within which stands what was put.
const LONGEST_PUT: usize = 120;
/// Bytes after `gave` within which stands what was given.
const LONGEST_GIVEN: usize = 40;

/// Whether a paragraph, in whatever language, tells of a put question.
pub fn is_put_question(text: &str) -> bool {
    if PUT_KOREAN.iter().any(|word| text.contains(word)) {
        return is_put_in_korean(text);
    }
    let plain: String = text.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).collect();
    let lower = plain.to_lowercase().replace('’', "'");
    let own = OWN_PRESS.iter().flat_map(|press| lower.match_indices(press)).map(|(at, _)| at);
    let mut before = own.filter_map(|at| lower.get(..at));
    let spanish = lower.contains("respuesta") || lower.contains("respondi");
    if spanish {
        return ANSWERS_SPANISH.iter().any(|verb| lower.contains(verb))
            && before.any(|before| {
                ["a la ", "de la ", "por la "].iter().any(|to| before.ends_with(to))
            });
    }
    answers(&lower) && before.any(puts)
}

/// What is answered, in Korean.
pub const PUT_KOREAN: [&str; 4] = ["질문에", "물음에", "질문한데", "인터뷰에서"];

fn is_put_in_korean(text: &str) -> bool {
    let asked = ["통신사 기자", "통신사기자", "통신기자", "로동신문", "통신사가"];
    let answered = ["대답", "말하", "언급하", "밝히", "밝혔", "답변"];
    // An interview is a put question where the words themselves follow.
    let given = !text.contains("인터뷰에서") || text.contains("다음과 같이");
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    given && any(&asked) && any(&answered)
}

/// How answers are given in Spanish: that others support one which was given is none.
const ANSWERS_SPANISH: [&str; 5] =
    [" dio ", " dieron ", "respondio ", "contesto ", "sigue el texto"];

/// Whether somebody answers: by a finite verb, or by one that says so after the question was told.
fn answers(lower: &str) -> bool {
    let noun = |text: &str| ["answer", "reply", "response"].iter().any(|noun| text.contains(noun));
    let given = |verb: &str| {
        lower.match_indices(verb).any(|(at, _)| {
            let after = lower.get(at + verb.len()..).unwrap_or("");
            noun(after.get(..after.floor_char_boundary(LONGEST_GIVEN)).unwrap_or(after))
        })
    };
    let opens = [
        "in reply to",
        "in answer to",
        "in his answer",
        "in her answer",
        "in its answer",
        "in his reply",
        "in her reply",
        "in response to",
        "asked by",
        "answering",
        "replying to",
        "to a question",
    ];
    let sentence = sentence(lower);
    let said = lower.contains(" said") || lower.contains(" stated") || lower.contains(" clarified");
    given("gave ")
        || given("made ")
        || lower.contains("answered")
        || lower.contains("replied to")
        || (said && opens.iter().any(|words| sentence.starts_with(words)))
}

/// Whether what stands before the name of the press makes it the asker: `a question put by a reporter
/// of`, `a question of`, `the following answer to the`.
fn puts(before: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(LONGEST_ARTICLE + 4));
    let near = before.get(from..).unwrap_or(before);
    let ends =
        |lead: &str, words: &[&str]| words.iter().any(|word| lead.trim_end().ends_with(word));
    if let Some((_, article)) = near.rsplit_once("by ").filter(|(_, a)| is_article(a)) {
        let lead = before.get(..before.len() - article.len()).unwrap_or("");
        let lead = lead.get(lead.floor_char_boundary(lead.len().saturating_sub(LONGEST_PUT))..);
        let put = ["put", "raised", "posed", "asked"];
        return lead.is_some_and(|lead| put.iter().any(|verb| lead.contains(verb)));
    }
    let lead = |preposition: &str| {
        let (_, article) = near.rsplit_once(preposition).filter(|(_, a)| is_article(a))?;
        before.get(..before.len() - article.len() - preposition.len())
    };
    let questions = ["question", "questions", "query"];
    ["of ", "from "].iter().filter_map(|p| lead(p)).any(|lead| ends(lead, &questions))
        || lead("to ").is_some_and(|lead| ends(lead, &["answer", "reply", "answers"]))
}

/// Whether nothing but an article and a reporter stands between a preposition and the press.
fn is_article(between: &str) -> bool {
    between.len() <= LONGEST_ARTICLE && !between.contains([',', ':', '.'])
}

/// A paragraph without its dateline.
pub fn sentence(text: &str) -> &str {
    let dashes = [" -- ", "--", "—"];
    let start = dashes.iter().find_map(|d| text.find(d).map(|at| at + d.len()));
    text.get(start.unwrap_or(0)..).unwrap_or(text).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn put_questions_are_known_in_every_wording() {
        for text in [
            "A spokesman for the DPRK Foreign Ministry gave the following answer to a question put by KCNA:",
            "A spokesman gave a following answer to the question put by the Korean Central News Agency on Thursday:",
            "A spokesman gave the following answer put by KCNA Thursday as regards the talks:",
            "In his answer to a question put by KCNA Saturday, the spokesman said:",
            "In reply to a question put by KCNA on Friday, a spokesman said:",
            "Strelsau, May 7 (KCNA) -- Asked by KCNA about X, a spokesman said as follows:",
            "The spokesperson gave the following answer when asked by KCNA about X:",
            "Answering a question put by KCNA, a spokesman said:",
            "The director gave the following reply to a question of KCNA:",
            "A spokesman gave the following answer to the KCNA Friday as regards the attack:",
            "He gave the following answer to the question put by a reporter of KCNA on Saturday:",
            "조선중앙통신사 기자와의 인터뷰에서 다음과 같이 말하였다.",
            "대변인은 조선중앙통신사 기자가 질문한데 대하여 다음과 같이 대답하였다.",
            "El portavoz del MINREX dio el día 15 la siguiente respuesta a la ATCC:",
            "El vocero respondió el dia 20 a la pregunta de un reportero de la ACNC",
            "A la pregunta formulada el día 16 por la ACNC, el vocero dio la siguiente respuesta:",
        ] {
            assert!(is_put_question(text), "{text}");
        }
        for text in [
            "The society hailed the answer given by a spokesman to the question put by KCNA.",
            "The leader gave answers to questions raised by a Sylvanian news agency.",
            "The chairman was interviewed by KCNA on Friday.",
            "KCNA had an interview with the girl.",
            "Strelsau, May 7 (KCNA) -- The minister answered the questions of deputies.",
            "La asociación apoyó la respuesta dada por el portavoz a la pregunta de la ACNC.",
        ] {
            assert!(!is_put_question(text), "{text}");
        }
    }
}
