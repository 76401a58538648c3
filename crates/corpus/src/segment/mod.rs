//! A segment: a sentence of a turn, the unit that is coded; and the clauses inside it.
//!
//! - A line break ends a segment, so paragraphs, headings and list items stand alone.
//! - `。！？` and `. ? !` end one, with the closing quotation marks and brackets after them. A
//!   stop of an abbreviation, an initial, a number, an address does not; `U.S.` and its like do
//!   when a word that opens sentences follows.
//! - `；` and `：` do not end one: Chinese strings whole arguments on them.
//! - Inside a quotation that closes soon in the same paragraph nothing ends but at its last
//!   stop: 他说：“甲。乙。”丙 is cut after 乙。”.
//! - Marks of the end of an item (`-0-`, `(끝)`, `***`) belong to the sentence before them.
//! - What runs on for [`MOST_BYTES`] without an end is cut at white space: no sentence is that long,
//!   and whatever reads a segment as a whole must not meet a page without stops.

mod clause;
mod english;
mod marks;
mod quote;

pub use clause::clauses;

use crate::Lang;
use marks::{is_stop, lines, marks};
use quote::Quotes;

/// A byte range `start..end` of a text, on character boundaries, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The text in the span.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies inside.
    pub fn holds(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The longest segment, in bytes. The longest sentence of the ministries that we have seen, a list of
/// names, has 4,232.
const MOST_BYTES: usize = 8_000;

/// The sentences of a turn, in order. They hold all of the text but the white space between
/// them; the segments of two texts joined by a line break are the segments of both.
pub fn segments(text: &str, lang: Lang) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in lines(text) {
        for span in sentences(line, lang).into_iter().flat_map(|span| pieces(line, span)) {
            found.push(Span { start: start + span.start, end: start + span.end });
        }
        start += line.len();
    }
    found
}

/// The same bytes without white space at both ends; `None` where nothing is left.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let inside = &text[start..end];
    let left = inside.len() - inside.trim_start().len();
    let right = inside.trim_end().len();
    (left < right).then_some(Span { start: start + left, end: start + right })
}

/// The sentences of one paragraph.
fn sentences(line: &str, lang: Lang) -> Vec<Span> {
    let quotes = Quotes::of(line);
    let mut found = Vec::new();
    let mut start = 0;
    for (at, stop) in marks(line).filter(|(_, c)| is_stop(*c)) {
        // A stop among the marks that close a sentence ends no other.
        if at < start {
            continue;
        }
        let end = with_closers(line, at + stop.len_utf8());
        if quotes.closes_by(at, end) && ends_sentence(line, at, end, lang) {
            let end = with_end_marks(line, end);
            found.extend(trimmed(line, start, end));
            start = end;
        }
    }
    found.extend(trimmed(line, start, line.len()));
    found
}

/// A sentence, cut where it is longer than a segment may be: behind the last white space that leaves
/// it short enough, else at a character.
fn pieces(line: &str, sentence: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > MOST_BYTES {
        let most = line.floor_char_boundary(start + MOST_BYTES);
        let blank = line[start..most].rfind(char::is_whitespace).filter(|at| *at > 0);
        let end = blank.map_or(most, |at| start + at);
        found.extend(trimmed(line, start, end));
        start = end;
    }
    found.extend(trimmed(line, start, sentence.end));
    found
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | ']' | '】')
}

/// The byte after further stops and closing marks from `at` on.
fn with_closers(line: &str, at: usize) -> usize {
    let rest = &line[at..];
    at + rest.find(|c| !is_stop(c) && !is_closer(c)).unwrap_or(rest.len())
}

/// The byte after marks that close a whole item, where such marks follow.
fn with_end_marks(line: &str, at: usize) -> usize {
    let rest = &line[at..];
    let open = rest.trim_start();
    for mark in ["-0-", "(끝)", "（끝）", "(END)", "（完）", "(完)"] {
        if open.starts_with(mark) {
            return with_closers(line, line.len() - open.len() + mark.len());
        }
    }
    if open.starts_with("**") {
        let stars = open.len() - open.trim_start_matches('*').len();
        return line.len() - open.len() + stars;
    }
    at
}

/// Whether the stop at `at`, whose marks reach to `end`, ends a sentence.
fn ends_sentence(line: &str, at: usize, end: usize, lang: Lang) -> bool {
    let Some(stop) = line[at..].chars().next() else { return false };
    let before = line[..at].chars().next_back();
    let after = line[end..].chars().next();
    let Some(after) = after else { return true };
    if matches!(stop, '。' | '｡' | '．') {
        return !is_digit_point(stop, before, after);
    }
    if is_wide(after) && before.is_some_and(|c| is_wide(c) || is_closer(c)) {
        return true;
    }
    if matches!(stop, '！' | '？') {
        return true;
    }
    if !after.is_whitespace() {
        return stop == '.' && english::is_glued(&line[..at], &line[end..])
            || with_end_marks(line, end) != end;
    }
    let next = line[end..].trim_start();
    if lang == Lang::Ko && is_dotted_date(before, next) {
        return false;
    }
    match before {
        Some(c) if is_wide(c) => true,
        _ => english::ends_sentence(&line[..at], stop, next),
    }
}

fn is_digit_point(stop: char, before: Option<char>, after: char) -> bool {
    stop == '．' && before.is_some_and(char::is_numeric) && after.is_numeric()
}

/// `2022. 3. 4.`: the stops of a Korean date.
fn is_dotted_date(before: Option<char>, next: &str) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && next.starts_with(|c: char| c.is_ascii_digit())
}

/// Han, Kana and Hangul.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests;
