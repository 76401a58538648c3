//! The DPRK way of answering: one sentence holds who answers, what about, when and whose question
//! it was; all that follows is the answer.
//!
//! The agency that asks is the state's own, so that the question says what the state wants asked.
//! That sentence becomes the question turn, whole, since its parts are no sentences.

use corpus::segment::segments;
use corpus::{Lang, Role};

use super::asked::{self, PUT_KOREAN, is_put_question};
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
    let forms = [
        "로동신문",
        "Rodong Sinmun",
        "조선중앙통신사",
        "Korean Central News Agency",
        "KCNA",
        "ATCC",
        "ACNC",
    ];
    // The dateline may name another: who is named last put the question.
    let form = forms.into_iter().filter_map(|form| Some((sentence.rfind(form)?, form))).max()?.1;
    outlets.asker(form)
}

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
    latin_speaker(asked::sentence(sentence))
}

/// Who gives an answer in English or Spanish: the subject of its verb, which stands first unless the
/// question does.
fn latin_speaker(said: &str) -> Option<String> {
    let said =
        said.strip_prefix("In this regard").map_or(said, |s| s.trim_start_matches([',', ' ']));
    let verb = |text: &str, verbs: &[&str]| verbs.iter().filter_map(|verb| text.find(verb)).min();
    let name = if QUESTION_FIRST.iter().any(|words| said.starts_with(words)) {
        let subjects = SUBJECTS.iter().flat_map(|article| said.match_indices(article));
        let starts = subjects.map(|(at, _)| at + ", ".len()).filter_map(|at| said.get(at..));
        let named = starts.filter_map(|rest| rest.get(..verb(rest, &ANSWERING)?));
        named.min_by_key(|name| name.len())?
    } else {
        let end = verb(said, &ANSWERING).into_iter().chain(verb(said, &DAYS)).min()?;
        let articled = |name: &&str| name.starts_with("a ") || name.starts_with("the ");
        said.get(..end).filter(|name| name.starts_with(char::is_uppercase) || articled(name))?
    };
    let name = name.trim_end_matches(',').trim();
    (!name.is_empty() && name.len() < 200).then(|| name.to_owned())
}

/// Verbs of who answers.
const ANSWERING: [&str; 11] = [
    " gave ",
    " made ",
    " answered ",
    " replied ",
    " said",
    " stated",
    " dio ",
    " dieron ",
    " respondió ",
    " respondio ",
    " contestó ",
];
/// What may part him from the verb.
const DAYS: [&str; 9] = [
    " on ",
    " today",
    " Sunday",
    " Monday",
    " Tuesday",
    " Wednesday",
    " Thursday",
    " Friday",
    " Saturday",
];
/// How a sentence begins that tells the question first.
const QUESTION_FIRST: [&str; 14] = [
    "In ",
    "Asked ",
    "Answering ",
    "Replying ",
    "To a ",
    "As ",
    "Con ",
    "En ",
    "Respecto ",
    "A la ",
    "A las ",
    "Al ",
    "Consultado ",
    "Entrevistado ",
];
/// How he is named after it.
const SUBJECTS: [&str; 7] = [", a ", ", an ", ", the ", ", el ", ", la ", ", los ", ", las "];
