//! The measures on invented corpora: the rules that hold in every number, and how verdicts arise.

mod changes;
pub(crate) mod invented;
mod numbers;
mod rules;
mod verdicts;
