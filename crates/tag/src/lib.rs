//! Tagging: text in, spans out. What a codebook finds in a statement: mentions, topics of
//! utterances, referents of naming terms, voices and attributions of blame.
//!
//! Nothing here reads a corpus or writes one, and nothing here learns: what is counted is what
//! the codebook says.

pub mod codebook;
mod error;
mod finder;
mod referents;
mod tagger;
mod topics;

pub use codebook::Codebook;
pub use error::{Error, Result};
pub use finder::{Finder, Found};
pub use tagger::{SegmentedTurn, Tagger, VERSION};
