//! A paragraph: one line of a text with white space folded, and how much of it the page prints bold.

use std::borrow::Cow;

use crate::decode::blanks;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// One line of a text as the page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// The words, NFC, white space folded, never empty.
    pub text: String,
    /// Bytes of the words, from their beginning, that are in bold type. Sites set questions bold,
    /// and the bold often ends early; others set labels bold.
    pub bold: usize,
}

impl Paragraph {
    /// A paragraph in plain type; `None` where there is nothing but white space.
    pub fn plain(text: &str) -> Option<Self> {
        Self::new(text, 0)
    }

    /// A paragraph whose first `bold` bytes are in bold type; `None` where there is nothing but
    /// white space.
    pub fn new(text: &str, bold: usize) -> Option<Self> {
        let folded = |text: &str| fold(&breaks(&blanks(text)));
        let bold = text.get(..bold).map_or(0, |text| folded(text).len());
        let text = folded(text);
        (!text.is_empty()).then_some(Self { text, bold })
    }
}

/// A text in which the tag of a line break was printed as words, with the break in its place.
pub fn breaks(text: &str) -> Cow<'_, str> {
    const TAGS: [&str; 6] = ["<br>", "<br/>", "<br />", "<BR>", "<BR/>", "<BR />"];
    if !text.contains("<br") && !text.contains("<BR") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(TAGS.iter().fold(text.to_owned(), |text, tag| text.replace(tag, "\n")))
}

/// Lines that a heading or a title is broken into at most.
pub const MOST_LINES: usize = 3;

/// How many of the first paragraphs are `title` together, however it is broken into lines; `None`
/// where they are not.
pub fn heading_lines(paragraphs: &[Paragraph], title: &str) -> Option<usize> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let title = bare(title);
    let mut rest = title.as_str();
    for (n, paragraph) in (1..=MOST_LINES).zip(paragraphs) {
        rest = rest.strip_prefix(bare(&paragraph.text).as_str())?;
        if rest.is_empty() {
            return Some(n);
        }
    }
    None
}

/// The first paragraphs as one line, as a heading in several lines is read.
pub fn one_line(paragraphs: &[Paragraph]) -> String {
    let lines: Vec<&str> = paragraphs.iter().map(|p| p.text.as_str()).collect();
    fold(&lines.join("\n"))
}

/// Whether a line ends as sentences do, or as what announces or addresses them.
pub fn ends_sentence(text: &str) -> bool {
    const CLOSING: [char; 8] = ['”', '"', '’', '\'', '》', '」', '』', ' '];
    const ENDS: [char; 11] = ['.', '。', '．', '?', '？', '！', ':', '：', ';', '；', ','];
    let text = text.trim_end_matches(CLOSING);
    // `... (invented)` ends where the bracket opens.
    let bracket = text.strip_suffix([')', '）']).and_then(|t| t.rfind(['(', '（']));
    let text = bracket.and_then(|at| text.get(..at)).filter(|t| !t.is_empty()).unwrap_or(text);
    text.trim_end_matches(CLOSING).ends_with(ENDS)
}

/// Folds every run of white space (nbsp and U+3000 among it) to one blank, drops what is not
/// seen (controls, zero-width characters) and composes to NFC. A line break of the HTML source
/// between two Han characters is no blank at all.
pub fn fold(text: &str) -> String {
    let inside = text.trim();
    if inside.chars().all(stays) && !inside.contains("  ") {
        return inside.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<bool> = None;
    for c in text.chars() {
        if c.is_whitespace() {
            let soft = pending.unwrap_or(true) && matches!(c, '\n' | '\r');
            pending = Some(soft);
            continue;
        }
        if c.is_control()
            || matches!(
                c,
                '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
            )
        {
            continue;
        }
        if let Some(soft) = pending.take() {
            let glued = soft && is_han(c) && out.chars().next_back().is_some_and(is_han);
            if !out.is_empty() && !glued {
                out.push(' ');
            }
        }
        out.push(c);
    }
    match is_nfc_quick(out.chars()) {
        IsNormalized::Yes => out,
        _ => out.nfc().collect(),
    }
}

/// Whether folding leaves a character as it is wherever it stands: most of what the sites print.
/// All of these are composed and combine with nothing but what is not among them.
fn stays(c: char) -> bool {
    matches!(
        c,
        '\u{4E00}'..='\u{9FFF}'
            | ' '..='~'
            | '\u{3001}'..='\u{3020}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{FF01}'..='\u{FF5E}'
            | '\u{2010}'..='\u{2027}'
    )
}

/// Han characters and the punctuation that is set between them.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_every_kind_is_folded() {
        assert_eq!(fold("\u{3000}\u{3000}鲁里坦尼亚\u{a0}  声明\u{200b}。 "), "鲁里坦尼亚 声明。");
        assert_eq!(fold("西尔\n维尼亚 and\nRuritania"), "西尔维尼亚 and Ruritania");
        assert_eq!(fold("e\u{301}"), "é");
        assert_eq!(fold("가\u{11A8}"), "각");
        assert_eq!(fold(" Ruritania  regrets. "), "Ruritania regrets.");
        assert!(Paragraph::plain(" \u{3000} ").is_none());
    }
}
