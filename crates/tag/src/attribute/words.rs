//! Looking at the words just before and after a span.

pub(super) use crate::words::{ends_with_any, ends_with_any_word, has_any, starts_with_any};

/// At most `chars` characters before byte `at`.
pub(super) fn left(text: &str, at: usize, chars: usize) -> &str {
    let start = text[..at].char_indices().rev().take(chars).last().map_or(at, |(byte, _)| byte);
    &text[start..at]
}

/// At most `chars` characters from byte `at` on.
pub(super) fn right(text: &str, at: usize, chars: usize) -> &str {
    let width: usize = text[at..].chars().take(chars).map(char::len_utf8).sum();
    &text[at..at + width]
}

/// `text` without the English determiner at its end: `threats to the` is `threats to`.
pub(super) fn without_determiner(text: &str) -> &str {
    let text = text.trim_end();
    let bare = ["the", "its", "their"].iter().find_map(|word| {
        text.strip_suffix(word).filter(|rest| rest.is_empty() || rest.ends_with(' '))
    });
    bare.unwrap_or(text).trim_end()
}

/// Whether one of the words stands in `text` as a word.
pub(super) fn has_any_word(text: &str, words: &[&str]) -> bool {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.into_iter().any(|part| words.contains(&part))
}

/// The last word, behind the last space.
pub(super) fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(' ').next().unwrap_or_default()
}
