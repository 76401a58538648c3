//! A digest: one text that lists what several papers say. Every item is a turn of its own, so
//! that each is counted by itself.

use corpus::Role;

use super::Draft;
use crate::ends::END_MARKS;
use crate::paragraph::Paragraph;

/// Characters within which a line without an item's dash is the name of a paper.
const LONGEST_HEADING: usize = 40;

/// The texts that one page strings together, each closed by an end mark. A page of one text is one.
pub fn texts(paragraphs: &[Paragraph]) -> impl Iterator<Item = &[Paragraph]> {
    paragraphs.split_inclusive(|p| END_MARKS.iter().any(|mark| p.text.ends_with(mark)))
}

/// The texts that remain of a page, by how many paragraphs each has.
pub fn parts<'p>(paragraphs: &'p [Paragraph], lengths: &[usize]) -> Vec<&'p [Paragraph]> {
    let mut rest = paragraphs;
    let mut parts = Vec::new();
    for length in lengths {
        let (text, after) = rest.split_at((*length).min(rest.len()));
        parts.push(text);
        rest = after;
    }
    parts.push(rest);
    parts.retain(|text| !text.is_empty());
    parts
}

/// The drafts of a digest: the opening, then one an item, with the paper that it stands under.
pub fn drafts(paragraphs: &[Paragraph]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut paper: Option<&str> = None;
    for paragraph in paragraphs {
        let text = paragraph.text.as_str();
        let item = text.strip_prefix(['-', '–', '—', '•']).map(str::trim_start);
        match item {
            Some(item) => drafts.push(Draft::new(Role::Narration, paper, item)),
            None if !drafts.is_empty()
                && text.chars().count() <= LONGEST_HEADING
                && !text.ends_with(['.', ':', '?']) =>
            {
                paper = Some(text);
                drafts.push(Draft::new(Role::Note, None, text));
            }
            None => drafts.push(Draft::new(Role::Narration, paper, text)),
        }
    }
    drafts
}
