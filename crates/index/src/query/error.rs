//! A query that cannot be read: where, why, and what to write instead.

use unicode_width::UnicodeWidthStr;

/// Why a query cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("query, column {column}: {message}; {cure}")]
pub struct QueryError {
    /// The query as written.
    pub query: String,
    /// Where it goes wrong, in characters from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub cure: String,
}

impl QueryError {
    /// The query, and below it a caret under the column.
    pub fn pointer(&self) -> String {
        let shown = |c: char| if c.is_control() { ' ' } else { c };
        let query: String = self.query.chars().map(shown).collect();
        let before: String = query.chars().take(self.column.saturating_sub(1)).collect();
        format!("{query}\n{}^", " ".repeat(before.width()))
    }
}
