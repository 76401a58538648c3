//! The index over corpora on disk: invented small ones, and all real data where it is at hand.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod claims;
mod codes;
mod concordance;
mod freshness;
mod oracle;
mod shelf;
mod tables;
