//! From words and marks to a query.
//!
//! ```text
//! either  = both { OR both }
//! both    = one { [AND] one }
//! one     = NOT one | ( either ) | segment( either ) | turn( either ) | near( term , term , n )
//!         | name:value | "phrase" [~n] | words in a row
//! ```

use corpus::pattern::Term;

use super::field::{FieldName, FieldTest};
use super::lexer::{Kind, Lexeme, lex};
use super::names::Name;
use super::{CLOSED, Expr, Family, QueryError, Unit};
use crate::schema::folded_name;

/// The longest query, in characters, and its deepest brackets.
const MAX_CHARS: usize = 20_000;
const MAX_DEPTH: usize = 50;
/// The widest slop or distance, in words.
const MAX_DISTANCE: u32 = 1_000;

/// The query, and the names in it that must exist.
pub(super) fn parse(query: &str) -> Result<(Expr, Vec<Name>), QueryError> {
    let whole = |message: &str, cure: &str| QueryError {
        query: query.chars().take(200).collect(),
        column: 1,
        message: message.to_owned(),
        cure: cure.to_owned(),
    };
    if query.chars().count() > MAX_CHARS {
        return Err(whole("the query is too long", "split it into several"));
    }
    let lexemes = lex(query)?;
    if lexemes.is_empty() {
        return Err(whole("the query is empty", "write a word, as in `demarche search 北约`"));
    }
    let mut parser = Parser { query, lexemes, at: 0, depth: 0, names: Vec::new() };
    let expr = parser.either()?;
    match parser.peek() {
        None => Ok((expr, parser.names)),
        Some(lexeme) => {
            let column = lexeme.column;
            Err(parser.error(column, "a `)` closes nothing", "take it away, or add a `(` before"))
        }
    }
}

struct Parser<'q> {
    query: &'q str,
    lexemes: Vec<Lexeme>,
    at: usize,
    depth: usize,
    names: Vec<Name>,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.both()?];
        while self.take(&Kind::Or) {
            parts.push(self.both()?);
        }
        Ok(single_or(parts, Expr::Or))
    }

    fn both(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.one()?];
        loop {
            if self.take(&Kind::And) {
                parts.push(self.one()?);
                continue;
            }
            match self.peek().map(|lexeme| &lexeme.kind) {
                None | Some(Kind::Or | Kind::Close | Kind::Comma) => break,
                _ => parts.push(self.one()?),
            }
        }
        Ok(single_or(parts, Expr::And))
    }

    fn one(&mut self) -> Result<Expr, QueryError> {
        let Some(lexeme) = self.lexemes.get(self.at).cloned() else {
            let column = self.query.chars().count() + 1;
            return Err(self.error(column, "the query ends too early", "write what is to follow"));
        };
        self.at += 1;
        let column = lexeme.column;
        match lexeme.kind {
            Kind::Not => self.deeper(column, |parser| Ok(Expr::Not(Box::new(parser.one()?)))),
            Kind::Open => self.deeper(column, |parser| parser.bracketed(column)),
            Kind::Quoted(phrase) => self.phrase(&phrase, column),
            Kind::Word(word) => self.word(word, column),
            Kind::And | Kind::Or => {
                let cure = "write a term before it, or put the word itself in quotation marks";
                Err(self.error(column, "AND and OR need something on both sides", cure))
            }
            Kind::Close => {
                Err(self.error(column, "nothing stands before the `)`", "write a term there"))
            }
            Kind::Comma => Err(self.near_error(column)),
        }
    }

    /// What follows a `(` up to its `)`.
    fn bracketed(&mut self, opened: usize) -> Result<Expr, QueryError> {
        let inside = self.either()?;
        if self.take(&Kind::Close) {
            return Ok(inside);
        }
        Err(self.error(opened, "the bracket is not closed", "add a `)`"))
    }

    /// `"phrase"`, `"phrase"~2`.
    fn phrase(&mut self, phrase: &str, column: usize) -> Result<Expr, QueryError> {
        let slop = match self.peek() {
            Some(Lexeme { kind: Kind::Word(word), spaced: false, column }) => {
                word.strip_prefix('~').map(|digits| (digits.to_owned(), column + 1))
            }
            _ => None,
        };
        let Some((digits, at)) = slop else { return self.term(phrase, column) };
        self.at += 1;
        let slop = self.number(&digits, at)?;
        let words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
        if words.len() < 2 {
            let cure = "write \"two words\"~3";
            return Err(self.error(column, "`~` needs a phrase of several words", cure));
        }
        for word in &words {
            self.term(word, column)?;
        }
        Ok(Expr::Sequence { words, slop })
    }

    /// A word and what follows from it: a call, a field, a term of several words.
    fn word(&mut self, word: String, column: usize) -> Result<Expr, QueryError> {
        if self.is_call(&word, self.at) {
            self.at += 1;
            let unit = match word.as_str() {
                "near" => return self.near(column),
                "turn" => Unit::Turn,
                _ => Unit::Segment,
            };
            return self.deeper(column, |parser| {
                Ok(Expr::Within(unit, Box::new(parser.bracketed(column)?)))
            });
        }
        if let Some((name, value)) = named_value(&word) {
            return self.named(name, value, column);
        }
        let mut phrase = word;
        while let Some(Lexeme { kind: Kind::Word(next), .. }) = self.peek() {
            if named_value(next).is_some() || self.is_call(next, self.at + 1) {
                break;
            }
            phrase.push(' ');
            phrase.push_str(next);
            self.at += 1;
        }
        self.term(&phrase, column)
    }

    /// Whether `word` is a call whose bracket opens at lexeme `at`.
    fn is_call(&self, word: &str, at: usize) -> bool {
        let opens =
            matches!(self.lexemes.get(at), Some(Lexeme { kind: Kind::Open, spaced: false, .. }));
        opens && matches!(word, "near" | "segment" | "turn")
    }

    fn term(&self, written: &str, column: usize) -> Result<Expr, QueryError> {
        match Term::bare(written) {
            Ok(_) => Ok(Expr::Term(written.to_owned())),
            Err(e) => Err(self.error(column, &e.to_string(), "write a word or a phrase")),
        }
    }

    /// `near(one, other, 5)`, read up to its bracket.
    fn near(&mut self, column: usize) -> Result<Expr, QueryError> {
        let one = self.near_term(column)?;
        let other = self.near_term(column)?;
        let Some(Lexeme { kind: Kind::Word(digits), column: at, .. }) =
            self.lexemes.get(self.at).cloned()
        else {
            return Err(self.near_error(column));
        };
        self.at += 1;
        let distance = self.number(&digits, at)?;
        if !self.take(&Kind::Close) {
            return Err(self.near_error(column));
        }
        Ok(Expr::Near { one, other, distance })
    }

    /// One term of `near` and the comma after it.
    fn near_term(&mut self, column: usize) -> Result<String, QueryError> {
        let mut words = Vec::new();
        while let Some(Lexeme { kind: Kind::Word(word) | Kind::Quoted(word), .. }) = self.peek() {
            words.push(word.clone());
            self.at += 1;
        }
        if words.is_empty() || !self.take(&Kind::Comma) {
            return Err(self.near_error(column));
        }
        let term = words.join(" ");
        self.term(&term, column)?;
        Ok(term)
    }

    fn near_error(&self, column: usize) -> QueryError {
        let cure = "write near(NATO, Ukraine, 5)";
        self.error(column, "near takes two terms and a number of words", cure)
    }

    fn number(&self, digits: &str, column: usize) -> Result<u32, QueryError> {
        digits.parse().ok().filter(|n| *n <= MAX_DISTANCE).ok_or_else(|| {
            let message = format!("`{digits}` is no number of words");
            self.error(column, &message, &format!("write a number from 0 to {MAX_DISTANCE}"))
        })
    }

    /// `name:value`, `name:"a value"`.
    fn named(&mut self, name: &str, value: &str, column: usize) -> Result<Expr, QueryError> {
        let value_column = column + name.chars().count() + 1;
        let value = match self.peek() {
            Some(Lexeme { kind: Kind::Quoted(quoted), spaced: false, .. }) if value.is_empty() => {
                let quoted = quoted.clone();
                self.at += 1;
                quoted
            }
            _ => value.to_owned(),
        };
        if value.trim().is_empty() {
            let cure = "write the value right after the colon";
            return Err(self.error(value_column, &format!("`{name}:` has no value"), cure));
        }
        if let Some(family) = Family::ALL.into_iter().find(|f| f.name() == name) {
            let (id, referent) = match value.split_once('@') {
                Some((id, referent)) => (id.to_owned(), Some(referent.to_owned())),
                None => (value, None),
            };
            self.names.push(Name { kind: name.to_owned(), id: id.clone(), column: value_column });
            if let Some(referent) = &referent {
                let column = value_column + id.chars().count() + 1;
                let (kind, id) = (format!("{name}@"), referent.clone());
                self.names.push(Name { kind, id, column });
            }
            return Ok(Expr::Code { family, id, referent });
        }
        let Some(field) = FieldName::named(name) else {
            return Err(self.unknown_field(name, column));
        };
        if field == FieldName::Title {
            self.term(&value, value_column)?;
        }
        let test = FieldTest::parse(field, &value)
            .map_err(|(message, cure)| self.error(value_column, &message, &cure))?;
        if CLOSED.contains(&field) {
            let (kind, id) = (field.name().to_owned(), folded_name(&value));
            self.names.push(Name { kind, id, column: value_column });
        }
        Ok(Expr::Field(test))
    }

    fn unknown_field(&self, name: &str, column: usize) -> QueryError {
        let fields = FieldName::ALL.map(|(name, _)| name).join(", ");
        let families = Family::ALL.map(Family::name).join(", ");
        let cure = format!(
            "known are {fields}, {families}; to look for the words themselves put them in \
             quotation marks"
        );
        self.error(column, &format!("there is no field `{name}`"), &cure)
    }

    fn deeper(
        &mut self,
        column: usize,
        read: impl FnOnce(&mut Self) -> Result<Expr, QueryError>,
    ) -> Result<Expr, QueryError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(column, "the brackets are too deep", "split the query"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.at)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let is_next = self.peek().is_some_and(|lexeme| lexeme.kind == *kind);
        self.at += usize::from(is_next);
        is_next
    }

    fn error(&self, column: usize, message: &str, cure: &str) -> QueryError {
        QueryError {
            query: self.query.to_owned(),
            column,
            message: message.to_owned(),
            cure: cure.to_owned(),
        }
    }
}

fn single_or(mut parts: Vec<Expr>, join: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// `name:value` with small ASCII letters before the colon.
fn named_value(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    is_name.then_some((name, value))
}
