//! The noun of demarche: what a source, capture, statement, turn, segment, link, mention and
//! attribution is, and how each lies on disk.
//!
//! Every other crate agrees on these types and on nothing else. Nothing here knows the network,
//! a page layout, a codebook or a report.

pub mod archive;
mod capture;
mod coded;
mod date;
mod digest;
mod error;
mod lang;
mod language;
mod link;
pub mod partition;
pub mod pattern;
mod reason;
mod reject;
mod sample;
pub mod segment;
pub mod source;
mod spreadsheet;
mod statement;
mod store;
mod table;
mod terminal;
mod time;
mod utterance;

pub use capture::{Capture, CaptureRef};
pub use coded::{Attribution, BlameKind, Coded, Mention, SegmentSpan, TopicSpan, Utterance, Voice};
pub use date::Date;
pub use digest::{Digest, Digester};
pub use error::{Error, Result};
pub use lang::Lang;
pub use language::language;
pub use link::{Link, LinkKind};
pub use reason::Reason;
pub use reject::Reject;
pub use spreadsheet::runs_as_formula;
pub use statement::{DateEvidence, DateKind, Genre, Role, Statement, Turn, text_digest};
pub use store::{Corpus, Draft, WriteLock, check_writable, write_atomically};
pub use table::{Columns, Lists, Table, Texts};
pub use terminal::{visible, visible_lines};
pub use time::Time;
pub use utterance::utterance_numbers;
