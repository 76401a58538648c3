//! The stages in order: what is stale, what depends on what, and everything that needs several
//! verbs at once.

mod error;
pub mod export;
mod progress;
mod selection;

pub use error::{Error, Result};
pub use progress::{Progress, Reporter};
pub use selection::Selection;
