//! One file a command: its flags and what it prints.

pub mod export;
pub mod rejects;
pub mod votes;
