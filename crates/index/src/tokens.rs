//! Tokens: what the index looks a literal up by.
//!
//! The tokens of a folded text are its alphabetic words, whole, and the overlapping bigrams of
//! its runs of Han and of Hangul; the last character of such a run also stands alone, so that
//! every character begins exactly one token.
//!
//! A token's position is the number of steps before it in the folded text: a space is one step,
//! any other character two. The tokens of a literal so stand as far apart in the text as they do
//! in the literal, whatever lies between them; and no step between two runs of letters proves
//! that nothing lies between them, one step that a space does.

use corpus::pattern::{Folded, FoldedLength, Script};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Words longer than this (in characters) are cut to it: no term is as long.
const MAX_WORD_CHARS: usize = 250;

/// Words longer than this are marked: an open ending takes no more characters.
const MAX_PLAIN_CHARS: usize = 64;

/// The token that stands once at every longer word, so that a search for a part of it does not
/// pass it by and does not count on positions.
pub(crate) const LONG_WORD: &str = "\u{1}long";

/// How many steps a character of a folded text takes.
pub(crate) fn steps(c: char) -> u32 {
    if c == ' ' { 1 } else { 2 }
}

/// How many steps a folded text takes.
pub(crate) fn length(folded: &str) -> u32 {
    folded.chars().map(steps).sum()
}

/// How many steps a folded text of this length takes.
pub(crate) fn steps_of(length: FoldedLength) -> u32 {
    2 * length.letters + length.spaces
}

/// A run of one script in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub script: Script,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Steps of the text before it.
    pub position: u32,
}

/// The runs of letters of a folded text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'t> {
    text: &'t str,
    at: usize,
    position: u32,
}

impl<'t> Runs<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, position: 0 }
    }
}

impl Iterator for Runs<'_> {
    type Item = Run;

    fn next(&mut self) -> Option<Run> {
        let mut run: Option<Run> = None;
        for c in self.text[self.at..].chars() {
            let script = Script::of(c);
            match &mut run {
                Some(run) if run.script != script => break,
                None if script != Script::Other => {
                    run =
                        Some(Run { script, start: self.at, end: self.at, position: self.position });
                }
                _ => {}
            }
            self.at += c.len_utf8();
            self.position += steps(c);
            if let Some(run) = &mut run {
                run.end = self.at;
            }
        }
        run
    }
}

/// The overlapping bigrams of a string of one script, each with the steps before it.
pub(crate) fn bigrams(run: &str) -> impl Iterator<Item = (u32, String)> {
    let chars: Vec<char> = run.chars().collect();
    let pairs: Vec<String> = chars.windows(2).map(|pair| pair.iter().collect()).collect();
    pairs.into_iter().zip(0..).map(|(pair, n)| (2 * n, pair))
}

/// Cuts turns into tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct TurnTokenizer {
    token: Token,
}

impl Tokenizer for TurnTokenizer {
    type TokenStream<'a> = TurnTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TurnTokens<'a> {
        self.token.reset();
        TurnTokens {
            folded: Folded::new(text).into_text(),
            at: 0,
            position: 0,
            long_word: false,
            token: &mut self.token,
        }
    }
}

/// The tokens of one turn.
pub(crate) struct TurnTokens<'a> {
    folded: String,
    at: usize,
    position: u32,
    long_word: bool,
    token: &'a mut Token,
}

impl TurnTokens<'_> {
    /// Sets the token to `start..end` of the folded text and goes on to `next`.
    fn emit(&mut self, start: usize, end: usize, next: usize, steps: u32) {
        self.token.text.clear();
        self.token.text.push_str(&self.folded[start..end]);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.position = self.position as usize;
        self.at = next;
        self.position += steps;
    }

    fn emit_word(&mut self) {
        let rest = &self.folded[self.at..];
        let (mut chars, mut length, mut kept) = (0_usize, 0, 0);
        for c in rest.chars().take_while(|c| Script::of(*c) == Script::Alphabet) {
            length += c.len_utf8();
            chars += 1;
            if chars <= MAX_WORD_CHARS {
                kept = length;
            }
        }
        self.long_word = chars > MAX_PLAIN_CHARS;
        self.emit(self.at, self.at + kept, self.at + length, 2 * chars as u32);
    }

    fn emit_long_mark(&mut self) {
        self.long_word = false;
        self.token.text.clear();
        self.token.text.push_str(LONG_WORD);
    }
}

impl TokenStream for TurnTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.long_word {
            self.emit_long_mark();
            return true;
        }
        loop {
            let mut rest = self.folded[self.at..].chars();
            let Some(first) = rest.next() else { return false };
            let script = Script::of(first);
            match script {
                Script::Other => {
                    self.at += first.len_utf8();
                    self.position += steps(first);
                }
                Script::Alphabet => {
                    self.emit_word();
                    return true;
                }
                Script::Han | Script::Hangul => {
                    let next = self.at + first.len_utf8();
                    let second = rest.next().filter(|c| Script::of(*c) == script);
                    let end = next + second.map_or(0, char::len_utf8);
                    self.emit(self.at, end, next, 2);
                    return true;
                }
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(String, usize)> {
        let mut tokenizer = TurnTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        found
    }

    fn expect(text: &str, wanted: &[(&str, usize)]) {
        let wanted: Vec<_> = wanted.iter().map(|(t, p)| ((*t).to_owned(), *p)).collect();
        assert_eq!(tokens(text), wanted);
    }

    #[test]
    fn words_stand_at_their_steps() {
        expect("The  ＵＳ,\nU.S.", &[("the", 0), ("us", 7), ("u", 14), ("s", 18)]);
    }

    #[test]
    fn han_and_hangul_are_overlapping_bigrams_and_a_last_character() {
        expect("美国人", &[("美国", 0), ("国人", 2), ("人", 4)]);
        expect("대 조선", &[("대", 0), ("조선", 3), ("선", 5)]);
        expect("NATO는", &[("nato", 0), ("는", 8)]);
    }

    #[test]
    fn a_word_without_end_is_cut_and_marked_as_long() {
        let found = tokens(&format!("{} b", "a".repeat(1000)));
        assert_eq!(found[0], ("a".repeat(MAX_WORD_CHARS), 0));
        assert_eq!(found[1], (LONG_WORD.to_owned(), 0));
        assert_eq!(found[2], ("b".to_owned(), 2001));
    }

    #[test]
    fn runs_are_those_of_one_script() {
        let runs: Vec<_> =
            Runs::new("ai技术, 대").map(|r| (r.script, r.start, r.position)).collect();
        assert_eq!(runs, [(Script::Alphabet, 0, 0), (Script::Han, 2, 4), (Script::Hangul, 10, 11)]);
    }
}
