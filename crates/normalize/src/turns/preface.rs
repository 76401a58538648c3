//! A preface: what an editor of another house put before the text. It is no word of the publisher
//! and must not be counted as one.

use crate::paragraph::Paragraph;

/// Paragraphs within which a preface must end.
const WINDOW: usize = 40;
/// Headings of an editor's introduction and of the text itself.
const INTRODUCTION: &str = "해제";
const ORIGINAL: &str = "원문";

/// How many of the first paragraphs are a preface: an introduction under its heading up to the
/// heading of the original, or a news agency's opening line.
pub fn length(paragraphs: &[Paragraph]) -> usize {
    let bare = |p: &Paragraph| p.text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let opening = || paragraphs.iter().take(WINDOW);
    let introduced = opening().any(|p| bare(p) == INTRODUCTION);
    if let Some(at) = opening().position(|p| introduced && bare(p) == ORIGINAL) {
        return at + 1;
    }
    let agency = paragraphs.first().is_some_and(|p| p.text.contains("=연합뉴스)"));
    usize::from(agency && paragraphs.len() > 1)
}
