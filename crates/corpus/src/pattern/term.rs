//! A term: what a codebook or a query looks for, in the one syntax of demarche.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::fold::{Folded, Piece};
use super::script::Script;
use crate::Lang;

/// The longest term, in characters.
pub const MAX_TERM_CHARS: usize = 200;

/// The longest ending that `*` takes, in characters: what goes on longer is no word.
const MAX_ENDING_CHARS: usize = 64;

/// Syllables that stand before a Korean word and leave it what it is: 대미국, 반공화국, 친일, 핵전쟁,
/// and the states that are counted up in compounds (조미관계, 미일한).
const KOREAN_PREFIXES: [char; 22] = [
    '대', '반', '친', '미', '일', '한', '조', '중', '로', '러', '영', '남', '북', '항', '배', '탈',
    '비', '범', '핵', '신', '전', '주',
];

/// How many prefixes a Korean word may carry.
const MAX_KOREAN_PREFIXES: usize = 3;

/// Why a term cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TermError {
    /// Nothing is left after folding.
    #[error("the term is empty")]
    Empty,
    /// The term is longer than [`MAX_TERM_CHARS`].
    #[error("the term `{0}...` is longer than {MAX_TERM_CHARS} characters")]
    TooLong(String),
    /// A `*` with no letter beside it.
    #[error("`{0}`: a `*` needs a word to stand at; write `hegemon*` or `*전쟁`")]
    LoneStar(String),
    /// A `*` inside a word, or at the beginning of a later word.
    #[error("`{0}`: a `*` stands at the end of a word, or at the beginning of the whole term")]
    InnerStar(String),
}

/// Where a term may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundaries {
    /// The codebook's rules: whole words in alphabets; Han anywhere; Hangul at the start of a
    /// spaced word or after a listed prefix. A capital of the term is a capital in the text.
    Codebook,
    /// A bare search: whole words in alphabets, case folded; Han and Hangul anywhere.
    Bare,
}

/// One term, parsed.
///
/// Words in a row are a phrase, with any white space between them. `*` at the end of a word takes
/// any ending; `*` at the beginning of the term lets it stand inside a word. A capital must be a
/// capital in the text, a small letter may be either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    written: String,
    lang: Option<Lang>,
    boundaries: Boundaries,
    /// Folded literals; after each but the last stands an open ending and a space.
    parts: Vec<Part>,
    open_start: bool,
    open_end: bool,
    /// The script of its first character.
    first: Script,
    /// Whether a letter after its last character would make it another word.
    ends_a_word: bool,
}

/// A run of characters that is matched as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    literal: String,
    /// Bytes of `literal` that must be capitals in the text.
    capitals: Vec<usize>,
}

impl Term {
    /// A term of the codebook, in texts of one language.
    ///
    /// # Errors
    /// [`TermError`] where the syntax is wrong.
    pub fn parse(written: &str, lang: Lang) -> Result<Self, TermError> {
        Self::build(written, Some(lang), Boundaries::Codebook)
    }

    /// A bare term of a search, in texts of every language.
    ///
    /// # Errors
    /// [`TermError`] where the syntax is wrong.
    pub fn bare(written: &str) -> Result<Self, TermError> {
        Self::build(written, None, Boundaries::Bare)
    }

    /// A term under the codebook's boundaries, in texts of every language.
    ///
    /// # Errors
    /// [`TermError`] where the syntax is wrong.
    pub fn bounded(written: &str) -> Result<Self, TermError> {
        Self::build(written, None, Boundaries::Codebook)
    }

    /// The term as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The language of the texts that it is looked for in; `None` is every language.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// The folded literals in order; between two of them stand an open ending and a space. What
    /// an index can look up: every place of the term holds all of them.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.literal.as_str())
    }

    /// Whether the last word's ending is open.
    pub fn has_open_end(&self) -> bool {
        self.open_end
    }

    /// Whether the term may stand inside a word.
    pub fn has_open_start(&self) -> bool {
        self.open_start
    }

    /// The literal that the automaton looks for.
    pub(super) fn first_literal(&self) -> &str {
        &self.parts[0].literal
    }

    /// Checks a place where the first literal stands: capitals, boundaries, and what follows.
    /// Gives the folded range of the whole term.
    pub(super) fn verify(&self, piece: Piece<'_>, start: usize) -> Option<(usize, usize)> {
        let text = piece.text();
        // The cheapest check first: `us` stands in every `because`.
        if !self.open_start && !self.starts_word(text, start) {
            return None;
        }
        let mut at = start;
        for (n, part) in self.parts.iter().enumerate() {
            if n > 0 {
                at = ending(text, at);
                at += usize::from(text[at..].starts_with(' '));
                if !text[at..].starts_with(part.literal.as_str()) {
                    return None;
                }
            }
            if !part.capitals_stand(piece, at) {
                return None;
            }
            at += part.literal.len();
        }
        let start = if self.open_start { beginning(text, start) } else { start };
        if self.open_end {
            return Some((start, ending(text, at)));
        }
        (!self.ends_a_word || may_end(text, at)).then_some((start, at))
    }

    fn build(written: &str, lang: Option<Lang>, boundaries: Boundaries) -> Result<Self, TermError> {
        if written.chars().count() > MAX_TERM_CHARS {
            return Err(TermError::TooLong(written.chars().take(20).collect()));
        }
        let composed = composed(written);
        let (open_start, rest) = match composed.trim().strip_prefix('*') {
            Some(rest) => (true, rest),
            None => (false, composed.trim()),
        };
        let (open_end, rest) = match rest.strip_suffix('*') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let capitals = boundaries == Boundaries::Codebook;
        let mut parts = Vec::new();
        if (open_start || open_end) && loose(rest) {
            return Err(TermError::LoneStar(written.to_owned()));
        }
        let last = rest.matches('*').count();
        for (n, piece) in rest.split('*').enumerate() {
            if n < last && loose(piece) {
                return Err(TermError::LoneStar(written.to_owned()));
            }
            if n > 0 && !piece.starts_with(char::is_whitespace) {
                return Err(TermError::InnerStar(written.to_owned()));
            }
            parts.push(Part::new(piece.trim(), capitals));
        }
        if parts.iter().any(|part| part.literal.is_empty()) {
            return Err(TermError::Empty);
        }
        let first = parts.first().and_then(|part| part.literal.chars().next());
        let last = parts.last().and_then(|part| part.literal.chars().next_back());
        Ok(Self {
            written: written.to_owned(),
            lang,
            boundaries,
            parts,
            open_start,
            open_end,
            first: first.map_or(Script::Other, Script::of),
            // `U.S.` does not stand in `U.S.S.R.`
            ends_a_word: last.is_some_and(|c| c == '.' || Script::of(c) == Script::Alphabet),
        })
    }

    fn starts_word(&self, text: &str, start: usize) -> bool {
        match self.first {
            Script::Alphabet => {
                let before = text[..start].chars().next_back();
                before.map(Script::of) != Some(Script::Alphabet)
            }
            Script::Hangul if self.boundaries == Boundaries::Codebook => {
                follows_prefix(&text[..start])
            }
            _ => true,
        }
    }
}

/// The text in NFC; most is so already, and seen to be sooner than it is made so.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

impl Part {
    fn new(piece: &str, with_capitals: bool) -> Self {
        let folded = Folded::new(piece);
        let whole = folded.whole();
        let mut capitals = Vec::new();
        if with_capitals {
            let starts = folded.text().char_indices().map(|(at, _)| at);
            capitals.extend(
                starts.filter(|at| whole.original_char(*at).is_some_and(char::is_uppercase)),
            );
        }
        Self { literal: folded.into_text(), capitals }
    }

    fn capitals_stand(&self, piece: Piece<'_>, at: usize) -> bool {
        self.capitals.iter().all(|c| piece.original_char(at + c).is_some_and(char::is_uppercase))
    }
}

/// Whether no word stands right before a `*` that follows `piece`.
fn loose(piece: &str) -> bool {
    piece.is_empty() || piece.ends_with(char::is_whitespace)
}

/// Whether a Korean word may start after `before`: at a space or mark, or after listed prefixes
/// that themselves start there.
fn follows_prefix(before: &str) -> bool {
    let mut back = before.chars().rev();
    for _ in 0..=MAX_KOREAN_PREFIXES {
        match back.next() {
            Some(c) if Script::of(c) == Script::Hangul => {
                if !KOREAN_PREFIXES.contains(&c) {
                    return false;
                }
            }
            _ => return true,
        }
    }
    false
}

/// Whether no letter stands at byte `at` of the folded text.
fn may_end(text: &str, at: usize) -> bool {
    text[at..].chars().next().map(Script::of) != Some(Script::Alphabet)
}

/// The byte where the word that goes on at `at` ends; a particle after letters (`NATO는`) is
/// another script and stays outside. Han has no endings.
fn ending(text: &str, at: usize) -> usize {
    let Some(last) = text[..at].chars().next_back().map(Script::of) else { return at };
    if matches!(last, Script::Han | Script::Other) {
        return at;
    }
    let rest = text[at..].chars().take(MAX_ENDING_CHARS);
    at + rest.take_while(|c| Script::of(*c) == last).map(char::len_utf8).sum::<usize>()
}

/// The byte where the alphabetic word around `at` begins; Han and Hangul stay where they are,
/// since a Korean compound names several things.
fn beginning(text: &str, at: usize) -> usize {
    if text[at..].chars().next().map(Script::of) != Some(Script::Alphabet) {
        return at;
    }
    let before = text[..at].chars().rev().take(MAX_ENDING_CHARS);
    let letters = before.take_while(|c| Script::of(*c) == Script::Alphabet);
    at - letters.map(char::len_utf8).sum::<usize>()
}
