//! Tagging: text in, spans out. What a codebook finds in a statement: mentions, topics of
//! utterances, referents of naming terms, voices and attributions of blame.
//!
//! Nothing here reads a corpus or writes one, and nothing here learns: what is counted is what
//! the codebook says.

pub mod attribute;
pub mod codebook;
mod error;
pub mod evaluate;
mod filter;
mod finder;
mod referents;
mod speech;
mod tagger;
mod together;
mod topics;
mod trace;
mod turn;
pub mod voice;
mod words;

pub use codebook::Codebook;
pub use error::{Error, Result};
pub use filter::{CODE_KEYS, LineError, filter_line};
pub use finder::{Finder, patterns};
pub use tagger::{Tagger, VERSION};
pub use trace::Trace;
pub use turn::{Found, SegmentedTurn};
