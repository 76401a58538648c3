//! The measures on invented corpora: the rules that hold in every number, and how verdicts arise.

pub(crate) mod invented;
mod rules;
mod verdicts;
