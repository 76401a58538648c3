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
    /// The query, and below it a caret under the column; of a long query the stretch around it.
    pub fn pointer(&self) -> String {
        let shown = |c: char| if c.is_control() { ' ' } else { c };
        let at = self.column.saturating_sub(1);
        let from = at.saturating_sub(SHOWN_CHARS);
        let mut rest = self.query.chars().map(shown).skip(from);
        let before: String = rest.by_ref().take(at - from).collect();
        let after: String = rest.by_ref().take(SHOWN_CHARS).collect();
        let [start, end] = [from > 0, rest.next().is_some()].map(|cut| if cut { "…" } else { "" });
        let caret = " ".repeat(start.width() + before.width());
        format!("{start}{before}{after}{end}\n{caret}^")
    }
}

/// How much of a query is shown on either side of the column.
const SHOWN_CHARS: usize = 60;
