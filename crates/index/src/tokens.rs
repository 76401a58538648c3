//! Tokens: what the index looks a literal up by.
//!
//! The tokens of a folded text are its alphabetic words, whole, and the overlapping bigrams of
//! its runs of Han and of Hangul; the last character of such a run also stands alone, so that
//! every character begins exactly one token. A token's position is the number of characters
//! before it in the folded text, so that the tokens of a literal stand as far apart in the text
//! as they do in the literal, whatever lies between them.

use corpus::pattern::{Folded, Script};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Words longer than this (in characters) are cut to it: no term is as long.
pub(crate) const MAX_WORD_CHARS: usize = 250;

/// The token that stands once at every place where a longer word was cut, so that a search for
/// an ending does not pass it by.
pub(crate) const CUT_WORD: &str = "\u{1}cut";

/// A run of one script in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub script: Script,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Characters of the text before it.
    pub position: usize,
}

/// The runs of letters of a folded text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'t> {
    text: &'t str,
    at: usize,
    position: usize,
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
            self.position += 1;
            if let Some(run) = &mut run {
                run.end = self.at;
            }
        }
        run
    }
}

/// Bigrams of a string of one script that hold all its characters between them, each with the
/// characters before it. The string has two characters at least.
pub(crate) fn covering_bigrams(run: &str) -> impl Iterator<Item = (usize, String)> {
    let chars: Vec<char> = run.chars().collect();
    let last = chars.len().saturating_sub(2);
    let places = (0..=last).filter(move |at| at.is_multiple_of(2) || *at == last);
    places.map(move |at| (at, chars[at..].iter().take(2).collect()))
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
            cut_word: false,
            token: &mut self.token,
        }
    }
}

/// The tokens of one turn.
pub(crate) struct TurnTokens<'a> {
    folded: String,
    at: usize,
    position: usize,
    cut_word: bool,
    token: &'a mut Token,
}

impl TurnTokens<'_> {
    /// Sets the token to `start..end` of the folded text and goes on to `next`.
    fn emit(&mut self, start: usize, end: usize, next: usize, chars: usize) {
        self.token.text.clear();
        self.token.text.push_str(&self.folded[start..end]);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.position = self.position;
        self.at = next;
        self.position += chars;
    }

    fn emit_word(&mut self) {
        let rest = &self.folded[self.at..];
        let (mut chars, mut length, mut kept) = (0, 0, 0);
        for c in rest.chars().take_while(|c| Script::of(*c) == Script::Alphabet) {
            length += c.len_utf8();
            chars += 1;
            if chars <= MAX_WORD_CHARS {
                kept = length;
            }
        }
        self.cut_word = kept < length;
        self.emit(self.at, self.at + kept, self.at + length, chars);
    }

    fn emit_cut_mark(&mut self) {
        self.cut_word = false;
        self.token.text.clear();
        self.token.text.push_str(CUT_WORD);
    }
}

impl TokenStream for TurnTokens<'_> {
    fn advance(&mut self) -> bool {
        if self.cut_word {
            self.emit_cut_mark();
            return true;
        }
        loop {
            let mut rest = self.folded[self.at..].chars();
            let Some(first) = rest.next() else { return false };
            let script = Script::of(first);
            match script {
                Script::Other => {
                    self.at += first.len_utf8();
                    self.position += 1;
                }
                Script::Alphabet => {
                    self.emit_word();
                    return true;
                }
                Script::Han | Script::Hangul => {
                    let next = self.at + first.len_utf8();
                    let second = rest.next().filter(|c| Script::of(*c) == script);
                    let end = next + second.map_or(0, char::len_utf8);
                    self.emit(self.at, end, next, 1);
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
    fn words_stand_at_their_character_offsets() {
        expect("The  ＵＳ,\nU.S.", &[("the", 0), ("us", 4), ("u", 8), ("s", 10)]);
    }

    #[test]
    fn han_and_hangul_are_overlapping_bigrams_and_a_last_character() {
        expect("美国人", &[("美国", 0), ("国人", 1), ("人", 2)]);
        expect("대 조선", &[("대", 0), ("조선", 2), ("선", 3)]);
        expect("NATO는", &[("nato", 0), ("는", 4)]);
    }

    #[test]
    fn a_word_without_end_is_cut_and_marked() {
        let found = tokens(&format!("{} b", "a".repeat(1000)));
        assert_eq!(found[0], ("a".repeat(MAX_WORD_CHARS), 0));
        assert_eq!(found[1], (CUT_WORD.to_owned(), 0));
        assert_eq!(found[2], ("b".to_owned(), 1001));
    }

    #[test]
    fn runs_are_those_of_one_script() {
        let runs: Vec<_> =
            Runs::new("ai技术, 대").map(|r| (r.script, r.start, r.position)).collect();
        assert_eq!(runs, [(Script::Alphabet, 0, 0), (Script::Han, 2, 2), (Script::Hangul, 10, 6)]);
    }
}
