//! The DPRK way of answering: one sentence holds who answers, what about, when and whose question
//! it was; all that follows is the answer.
//!
//! The agency that asks is the state's own, so that the question says what the state wants asked.
//! That sentence becomes the question turn, whole, since its parts are no sentences.

use corpus::segment::segments;
use corpus::{Lang, Role};

use super::{Context, Draft};
use crate::Outlets;
use crate::paragraph::Paragraph;

/// Paragraphs within which the sentence must stand: dateline, heading and title may precede it.
const WINDOW: usize = 5;

/// The drafts of a text of the DPRK kind; narration where nobody put a question.
pub fn drafts(paragraphs: &[Paragraph], context: &Context<'_>) -> Vec<Draft> {
    let asked = paragraphs.iter().take(WINDOW).position(|p| is_put_question(&p.text));
    let Some(asked) = asked else { return super::narration(paragraphs, context.speaker) };
    let mut drafts = Vec::new();
    let (before, rest) = paragraphs.split_at(asked);
    // Headings are notes; sentences before the question are the text's own.
    let is_heading = |p: &Paragraph| p.text.chars().count() <= 60 && !p.text.ends_with('.');
    let role = if before.iter().all(is_heading) { Role::Note } else { Role::Narration };
    let mut heading = Draft::new(role, None, "");
    for paragraph in before {
        heading.push(&paragraph.text);
    }
    drafts.push(heading);
    let mut answer = Draft::new(Role::Answer, None, "");
    if let Some((sentence, answer_begins)) =
        rest.first().map(|p| split_sentence(&p.text, context.lang))
    {
        answer.speaker = speaker(sentence).or_else(|| context.spokesperson.map(str::to_owned));
        drafts.push(Draft::new(Role::Question, None, sentence));
        answer.push(answer_begins);
    }
    for paragraph in rest.iter().skip(1) {
        answer.push(&paragraph.text);
    }
    drafts.push(answer);
    drafts
}

/// The outlet that put the question.
pub fn asker(sentence: &str, outlets: &Outlets) -> Option<String> {
    let forms =
        ["로동신문", "Rodong Sinmun", "조선중앙통신사", "Korean Central News Agency", "KCNA"];
    // The dateline may name another: who is named last put the question.
    let form = forms.into_iter().filter_map(|form| Some((sentence.rfind(form)?, form))).max()?.1;
    outlets.asker(form)
}

/// Whether a paragraph tells that somebody answers a question which the state's agency or paper
/// put. That others hail such an answer, or that a leader answers a foreign agency, is no question.
fn is_put_question(text: &str) -> bool {
    if PUT_KOREAN.iter().any(|word| text.contains(word)) {
        let asked = ["통신사 기자", "통신사기자", "통신기자", "로동신문", "통신사가"];
        let answered = ["대답", "말하", "언급하", "밝히", "밝혔", "답변"];
        return asked.iter().any(|w| text.contains(w)) && answered.iter().any(|w| text.contains(w));
    }
    let lower = text.to_lowercase().replace('’', "'");
    let Some(question) = lower.find("question") else { return false };
    let (before, after) = lower.split_at(question);
    let answers = ANSWERS.iter().any(|verb| before.contains(verb));
    let near: String = after.chars().take(LONGEST_PUT).collect();
    let put = ["put", "raised", "posed", "asked"].iter().filter_map(|verb| near.find(verb)).min();
    let by = put.and_then(|at| near.get(at..)?.split_once("by ")).map_or("", |(_, by)| by);
    let by = by.split([',', ':', '.']).next().unwrap_or("");
    answers && OWN_PRESS.iter().any(|press| by.find(press).is_some_and(|at| at <= LONGEST_ARTICLE))
}

/// What is answered, in Korean.
const PUT_KOREAN: [&str; 2] = ["질문에", "물음에"];
/// Characters after `question` within which stands who put it.
const LONGEST_PUT: usize = 90;
/// Bytes that may stand between `by` and the name: `a reporter of the`.
const LONGEST_ARTICLE: usize = 24;
/// How an answer is given, before the word `question`.
const ANSWERS: [&str; 9] = [
    "gave the following",
    "gave an answer",
    "gave answer",
    "gave following",
    "gave a reply",
    "gave this answer",
    "answered",
    "replied to",
    "made the following answer",
];
/// The press of the state, in lower case.
const OWN_PRESS: [&str; 3] = ["kcna", "korean central news agency", "rodong sinmun"];

/// The sentence that holds the question, and what follows it in the same paragraph.
fn split_sentence(text: &str, lang: Lang) -> (&str, &str) {
    // `... as regards the drill: The drill is ...`: an English sentence may end in a colon.
    let colon = || {
        let at = text.find(": ").filter(|_| lang != Lang::Ko)?;
        is_put_question(text.get(..at)?).then_some(at + 1)
    };
    let stop = || {
        let sentences = segments(text, lang).into_iter();
        sentences.map(|s| s.end).find(|end| text.get(..*end).is_some_and(is_put_question))
    };
    let end = match (colon(), stop()) {
        (Some(colon), Some(stop)) => colon.min(stop),
        (one, other) => one.or(other).unwrap_or(text.len()),
    };
    let (sentence, rest) = text.split_at(end);
    (sentence, rest.trim())
}

/// Who answers, as printed: `조선민주주의인민공화국 외무성 대변인`, `A spokesman for the DPRK Foreign
/// Ministry`.
fn speaker(sentence: &str) -> Option<String> {
    if let Some(at) = sentence.find("대변인") {
        let before = sentence.get(..at + "대변인".len())?;
        let start = before.rfind([')', '-', '.']).map_or(0, |at| at + 1);
        return before.get(start..).map(|s| s.trim().to_owned());
    }
    if PUT_KOREAN.iter().any(|word| sentence.contains(word)) {
        let said = sentence.rsplit_once("통신)").map_or(sentence, |(_, said)| said);
        let end = ["은 ", "는 "].iter().filter_map(|particle| said.find(particle)).min()?;
        return said.get(..end).map(|s| s.trim().to_owned()).filter(|s| s.chars().count() <= 60);
    }
    let start = [" -- ", "--", "—"]
        .iter()
        .find_map(|d| sentence.find(d).map(|at| at + d.len()))
        .unwrap_or(0);
    let said = sentence.get(start..)?.trim_start();
    let end = [
        " gave ",
        " answered ",
        " replied ",
        " on ",
        " today",
        " Sunday",
        " Monday",
        " Tuesday",
        " Wednesday",
        " Thursday",
        " Friday",
        " Saturday",
    ]
    .iter()
    .filter_map(|verb| said.find(verb))
    .min()?;
    let name = said.get(..end)?.trim_end_matches(',').trim();
    (name.starts_with(char::is_uppercase) && name.len() < 200).then(|| name.to_owned())
}
