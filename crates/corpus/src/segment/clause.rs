//! A clause: the part of a segment between commas, semicolons, colons, dashes and the endings
//! and conjunctions that join sentences.

use super::{Span, trimmed};
use crate::Lang;

/// English words that begin a clause without a comma before them.
const CONJUNCTIONS: [&str; 7] =
    [" but ", " while ", " whereas ", " although ", " because ", " unless ", " whilst "];

/// Korean endings after which a new clause begins.
const ENDINGS: [&str; 5] = ["으며 ", "하며 ", "지만 ", "면서 ", "으나 "];

/// The clauses of the segment `span` of `text`, in order. They hold all of it but white space.
pub fn clauses(text: &str, span: Span, lang: Lang) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start;
    for (offset, c) in text[span.start..span.end].char_indices() {
        let at = span.start + offset;
        let after = at + c.len_utf8();
        let cut = cut_after(c, &text[after..span.end])
            .map(|width| after + width)
            .or_else(|| joined_at(c, &text[at..span.end], lang).map(|width| at + width));
        if let Some(cut) = cut.filter(|cut| *cut > start) {
            found.extend(trimmed(text, start, cut));
            start = cut;
        }
    }
    found.extend(trimmed(text, start, span.end));
    found
}

/// How many bytes after the mark `c` the clause ends, where `c` ends one.
fn cut_after(c: char, rest: &str) -> Option<usize> {
    match c {
        '，' | '；' | '：' | '。' | '！' | '？' | '—' => Some(0),
        ',' | ';' | ':' | '!' | '?' => {
            let goes_on = |c: char| c.is_whitespace() || (c.is_alphabetic() && !c.is_ascii());
            rest.starts_with(goes_on).then_some(0)
        }
        '-' => rest.starts_with("- ").then_some(2),
        _ => None,
    }
}

/// How many bytes on the next clause begins, where a conjunction or ending joins two at `c`, with
/// which `rest` begins. Most characters begin none, which is told before the words are compared.
fn joined_at(c: char, rest: &str, lang: Lang) -> Option<usize> {
    match (lang, c) {
        (Lang::En, ' ') => CONJUNCTIONS.iter().any(|word| rest.starts_with(word)).then_some(1),
        (Lang::Ko, '으' | '하' | '지' | '면') => {
            ENDINGS.iter().find(|ending| rest.starts_with(**ending)).map(|e| e.len())
        }
        _ => None,
    }
}
