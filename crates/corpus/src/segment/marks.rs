//! Marks: the stops, quotation marks and line breaks of a text, found by the bytes with which they
//! begin and without a look at every character.

/// Whether a character may end a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '.' | '?' | '!' | '｡')
}

/// The characters of a text that may be stops or quotation marks, with their bytes, in order. Some
/// others of the same blocks are among them.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let may_begin = |byte| matches!(byte, b'.' | b'?' | b'!' | b'"' | 0xe2 | 0xe3 | 0xef);
    beginning_with(text, may_begin)
}

/// The lines of a text, each with its line break.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let may_begin = |byte| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
    let breaks = beginning_with(text, may_begin).filter(|(_, c)| is_line_break(*c));
    let ends = breaks.map(|(at, c)| at + c.len_utf8()).chain([text.len()]);
    let mut start = 0;
    let line = move |end| {
        let line = &text[start..end];
        start = end;
        line
    };
    ends.map(line).filter(|line| !line.is_empty())
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The characters whose first byte is such a one.
fn beginning_with(text: &str, is_such: impl Fn(u8) -> bool) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.as_bytes()[at..].iter().position(|byte| is_such(*byte))?;
        let found = text[start..].chars().next()?;
        at = start + found.len_utf8();
        Some((start, found))
    })
}
