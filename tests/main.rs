//! The real binary, run as its users run it.
//!
//! `shared` runs on the real pages and tables beside the project, `house` holds the rules of the
//! repository itself; the other modules run on small invented files.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod browser;
mod coding;
mod commands;
mod common_crawl;
mod configured;
mod corrected;
mod damaged;
mod freshness;
mod house;
mod imported;
mod killed;
mod ledger;
mod odd;
mod oracle;
mod rebuild;
mod sampling;
mod search;
mod shared;
mod site;
mod spoken;
mod stale;
mod support;
mod units;
mod upkeep;
mod widths;
