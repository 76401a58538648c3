//! A query: what is looked for, as an analyst writes it.

mod error;
mod field;
mod lexer;
mod names;
mod parser;
#[cfg(test)]
mod tests;

pub use error::QueryError;
pub(crate) use field::{FieldName, FieldTest};
pub(crate) use names::CLOSED;
use names::Name;

/// A query that was read. What it means is independent of any corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    written: String,
    expr: Expr,
    names: Vec<Name>,
}

/// What is joined: the whole turn or one of its segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Turn,
    Segment,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expr {
    /// A word or phrase in the one term syntax of [`corpus::pattern`].
    Term(String),
    /// The words of a phrase in order, with at most `slop` other words between them in all.
    Sequence {
        words: Vec<String>,
        slop: u32,
    },
    /// Two terms in either order with at most `distance` other words between them.
    Near {
        one: String,
        other: String,
        distance: u32,
    },
    /// A codebook entry by name.
    Code {
        family: Family,
        id: String,
        referent: Option<String>,
    },
    /// A field of the turn or its statement.
    Field(FieldTest),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Within(Unit, Box<Expr>),
}

/// A family of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Frame,
    Target,
    Naming,
    Refusal,
    Blame,
    Topic,
    Voice,
}

impl Family {
    pub const ALL: [Self; 7] = [
        Self::Frame,
        Self::Target,
        Self::Naming,
        Self::Refusal,
        Self::Blame,
        Self::Topic,
        Self::Voice,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Target => "target",
            Self::Naming => "naming",
            Self::Refusal => "refusal",
            Self::Blame => "blame",
            Self::Topic => "topic",
            Self::Voice => "voice",
        }
    }
}

impl Query {
    /// The query language in a page.
    pub const HELP: &str = include_str!("help.txt");

    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryError`] with the column and the cure.
    pub fn parse(written: &str) -> Result<Self, QueryError> {
        let (expr, names) = parser::parse(written)?;
        Ok(Self { written: written.to_owned(), expr, names })
    }

    /// The query as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    pub(crate) fn expr(&self) -> &Expr {
        &self.expr
    }
}

impl Expr {
    /// Whether a codebook entry is named somewhere in it.
    pub fn names_code(&self) -> bool {
        match self {
            Self::Code { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::names_code),
            Self::Not(part) | Self::Within(_, part) => part.names_code(),
            Self::Term(_) | Self::Sequence { .. } | Self::Near { .. } | Self::Field(_) => false,
        }
    }

    /// Whether something in it stands at places of the text; otherwise it only restricts.
    pub fn has_places(&self) -> bool {
        match self {
            Self::Term(_) | Self::Sequence { .. } | Self::Near { .. } => true,
            Self::Code { family, .. } => !matches!(family, Family::Topic | Family::Voice),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_places),
            Self::Within(_, part) => part.has_places(),
            Self::Not(_) | Self::Field(_) => false,
        }
    }
}
