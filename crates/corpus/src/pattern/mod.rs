//! A pattern: the one term syntax of codebooks and queries, parsed and matched here.
//!
//! Terms are matched on characters: never on stems, never on a segmenter's output.
//!
//! ```
//! use corpus::{Lang, pattern::{Entry, Matcher, Term}};
//!
//! let us = Entry {
//!     terms: vec![Term::parse("美国", Lang::Zh)?],
//!     excludes: vec![Term::parse("拉美国家", Lang::Zh)?],
//! };
//! let matcher = Matcher::new(vec![us])?;
//! let hits = matcher.find_all("美国人说，拉美国家不同意。", Lang::Zh);
//! assert_eq!(hits.len(), 1);
//! assert_eq!((hits[0].start, hits[0].end), (0, 6));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod automaton;
mod fold;
mod matcher;
mod script;
mod term;
#[cfg(test)]
mod tests;

pub use fold::{Folded, FoldedLength, Piece};
pub use matcher::{Entry, Hit, Matcher, MatcherError};
pub use script::Script;
pub use term::{Boundaries, MAX_TERM_CHARS, Term, TermError};
