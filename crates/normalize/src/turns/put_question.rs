//! The DPRK way of answering: one sentence holds who answers, what about, when and whose question
//! it was; all that follows is the answer.
//!
//! The agency that asks is the state's own, so that the question says what the state wants asked.
//! That sentence becomes the question turn, whole, since its parts are no sentences.

use corpus::Role;

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
    if let Some((sentence, answer_begins)) = rest.first().map(|p| split_sentence(&p.text)) {
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
    let forms = ["조선중앙통신사", "Korean Central News Agency", "KCNA"];
    let form = forms.into_iter().find(|form| sentence.contains(form))?;
    outlets.asker(form)
}

fn is_put_question(text: &str) -> bool {
    if text.contains("질문에") && text.contains("대답") && text.contains("통신사") {
        return true;
    }
    let lower = text.to_lowercase();
    let agency = lower.contains("kcna") || lower.contains("korean central news agency");
    let question = lower.contains("question put")
        || lower.contains("question raised")
        || lower.contains("questions put")
        || lower.contains("questions raised");
    agency
        && question
        && (lower.contains("answer") || lower.contains("repl"))
        && !lower.contains("answers to the questions put by itar")
}

/// The sentence that holds the question, and what follows it in the same paragraph.
fn split_sentence(text: &str) -> (&str, &str) {
    let ends = ["대답하였다.", "대답했다.", "말하였다."];
    let end = ends.iter().filter_map(|end| text.find(end).map(|at| at + end.len())).min();
    match end.filter(|end| text.is_char_boundary(*end)) {
        Some(end) => {
            let (sentence, rest) = text.split_at(end);
            (sentence, rest.trim())
        }
        None => (text, ""),
    }
}

/// Who answers, as printed: `조선민주주의인민공화국 외무성 대변인`, `A spokesman for the DPRK Foreign
/// Ministry`.
fn speaker(sentence: &str) -> Option<String> {
    if let Some(at) = sentence.find("대변인") {
        let before = sentence.get(..at + "대변인".len())?;
        let start = before.rfind([')', '-', '.']).map_or(0, |at| at + 1);
        return before.get(start..).map(|s| s.trim().to_owned());
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
    (name.contains("pokes") && name.len() < 200).then(|| name.to_owned())
}
