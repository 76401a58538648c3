//! The words and marks of a query, each with its column.

use super::QueryError;

/// A word or mark of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub kind: Kind,
    /// In characters, from 1.
    pub column: usize,
    /// Whether white space or the beginning stands before it.
    pub spaced: bool,
}

/// What a word or mark is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
    /// Anything without white space, brackets and quotation marks.
    Word(String),
    /// What stood between quotation marks.
    Quoted(String),
}

/// Cuts a query into words and marks.
pub(super) fn lex(query: &str) -> Result<Vec<Lexeme>, QueryError> {
    let chars = query.chars().collect();
    let mut lexer = Lexer { query, chars, at: 0, depths: Vec::new(), found: Vec::new() };
    while lexer.at < lexer.chars.len() {
        lexer.step()?;
    }
    Ok(lexer.found)
}

struct Lexer<'q> {
    query: &'q str,
    chars: Vec<char>,
    at: usize,
    /// For each open bracket, whether it belongs to `near`, where commas part terms.
    depths: Vec<bool>,
    found: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn step(&mut self) -> Result<(), QueryError> {
        let c = self.chars[self.at];
        match c {
            _ if c.is_whitespace() => self.at += 1,
            '(' | '（' => {
                let near = Kind::Word("near".to_owned());
                let called = self.found.last().is_some_and(|last| last.kind == near);
                self.depths.push(called && !self.after_space());
                self.mark(Kind::Open);
            }
            ')' | '）' => {
                self.depths.pop();
                self.mark(Kind::Close);
            }
            ',' | '，' if self.parts_terms() => self.mark(Kind::Comma),
            '"' | '“' | '”' => self.quoted()?,
            _ => self.word(),
        }
        Ok(())
    }

    fn after_space(&self) -> bool {
        self.at == 0 || self.chars[self.at - 1].is_whitespace()
    }

    fn parts_terms(&self) -> bool {
        self.depths.last() == Some(&true)
    }

    fn mark(&mut self, kind: Kind) {
        let lexeme = Lexeme { kind, column: self.at + 1, spaced: self.after_space() };
        self.found.push(lexeme);
        self.at += 1;
    }

    fn quoted(&mut self) -> Result<(), QueryError> {
        let (column, spaced) = (self.at + 1, self.after_space());
        let inside = &self.chars[self.at + 1..];
        let Some(length) = inside.iter().position(|c| matches!(c, '"' | '”' | '“')) else {
            return Err(QueryError {
                query: self.query.to_owned(),
                column,
                message: "the quotation is not closed".to_owned(),
                cure: "add a \" where the phrase ends".to_owned(),
            });
        };
        let text = inside[..length].iter().collect();
        self.at += length + 2;
        self.found.push(Lexeme { kind: Kind::Quoted(text), column, spaced });
        Ok(())
    }

    fn word(&mut self) {
        let (column, spaced) = (self.at + 1, self.after_space());
        let parts_terms = self.parts_terms();
        let ends = |c: &char| {
            c.is_whitespace()
                || matches!(c, '(' | ')' | '（' | '）' | '"' | '“' | '”')
                || (parts_terms && matches!(c, ',' | '，'))
        };
        let rest = &self.chars[self.at..];
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        let word: String = rest[..length].iter().collect();
        self.at += length;
        let kind = match word.as_str() {
            "AND" => Kind::And,
            "OR" => Kind::Or,
            "NOT" => Kind::Not,
            _ => Kind::Word(word),
        };
        self.found.push(Lexeme { kind, column, spaced });
    }
}
