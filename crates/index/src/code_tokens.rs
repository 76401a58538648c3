//! Code tokens: what the index looks codes up by.
//!
//! A turn's codes reach tantivy as a text of lines, `name first end`: the name stands at all
//! positions `first..end`. A turn has a voice for each of its segments, mostly one and the same,
//! so that a line holds what would be dozens of tokens in tantivy's own form, which is JSON.

use std::fmt::Write;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::record::{Codes, voice_name};

/// The names that a query can look the turn up by, as the text that [`CodeTokenizer`] reads.
pub(crate) fn written(codes: &Codes) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let mut line = |name: std::fmt::Arguments<'_>, first: u32, end: u32| {
        let _ = writeln!(text, "{name} {first} {end}");
    };
    for (mention, n) in codes.mentions.iter().zip(0..) {
        line(format_args!("{}", mention.code), n, n + 1);
        if let Some(referent) = &mention.referent {
            line(format_args!("{}@{referent}", mention.code), n, n + 1);
        }
    }
    for (blame, n) in codes.blames.iter().zip(codes.mentions.len() as u32..) {
        line(format_args!("blame:{}", blame.code), n, n + 1);
        if let Some(kind) = &blame.referent {
            line(format_args!("blame:{}@{kind}", blame.code), n, n + 1);
        }
    }
    let mut first = 0;
    for run in codes.segments.chunk_by(|(_, _, one), (_, _, next)| one == next) {
        let end = first + run.len() as u32;
        line(format_args!("voice:{}", voice_name(run[0].2)), first, end);
        first = end;
    }
    for (topic, segments) in &codes.topics {
        for (first, end) in segments {
            line(format_args!("topic:{topic}"), *first, *end);
        }
    }
    text
}

/// Cuts the text of codes into tokens.
#[derive(Debug, Clone, Default)]
pub(crate) struct CodeTokenizer {
    token: Token,
}

impl Tokenizer for CodeTokenizer {
    type TokenStream<'a> = CodeTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CodeTokens<'a> {
        self.token.reset();
        CodeTokens { lines: text.lines(), left: 0..0, token: &mut self.token }
    }
}

/// The tokens of one turn's codes.
pub(crate) struct CodeTokens<'a> {
    lines: std::str::Lines<'a>,
    /// Positions at which the token still stands.
    left: std::ops::Range<usize>,
    token: &'a mut Token,
}

impl TokenStream for CodeTokens<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(position) = self.left.next() {
                self.token.position = position;
                return true;
            }
            let Some(line) = self.lines.next() else { return false };
            let mut parts = line.rsplitn(3, ' ');
            let (Some(end), Some(first), Some(name)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            if let (Ok(first), Ok(end)) = (first.parse(), end.parse()) {
                self.left = first..end;
                self.token.text.clear();
                self.token.text.push_str(name);
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
    use crate::record::CodedPlace;

    #[test]
    fn codes_come_back_as_tokens_at_their_numbers() {
        let place = |code: &str, referent: Option<&str>| CodedPlace {
            segment: 0,
            span: (0, 1),
            code: code.to_owned(),
            referent: referent.map(str::to_owned),
        };
        let codes = Codes {
            utterance: 1,
            topics: vec![("ukraine war".to_owned(), vec![(0, 1), (2, 4)])],
            segments: vec![(0, 1, 'o'), (1, 2, 'o'), (2, 3, 'r'), (3, 4, 'o')],
            mentions: vec![
                place("frame:hegemony", None),
                place("naming:invasion", Some("ukraine-war")),
            ],
            blames: vec![place("US", Some("causal"))],
        };
        let text = written(&codes);
        let mut tokenizer = CodeTokenizer::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        let wanted = [
            ("frame:hegemony", 0),
            ("naming:invasion", 1),
            ("naming:invasion@ukraine-war", 1),
            ("blame:US", 2),
            ("blame:US@causal", 2),
            ("voice:own", 0),
            ("voice:own", 1),
            ("voice:relayed", 2),
            ("voice:own", 3),
            ("topic:ukraine war", 0),
            ("topic:ukraine war", 2),
            ("topic:ukraine war", 3),
        ];
        assert_eq!(found, wanted.map(|(name, at)| (name.to_owned(), at)));
    }
}
