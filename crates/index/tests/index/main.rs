//! The index over small invented corpora; all real data are in the oracle of the root tests.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod claims;
mod codes;
mod concordance;
mod freshness;
mod shelf;
