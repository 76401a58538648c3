//! To be written.
pub use statistics;
