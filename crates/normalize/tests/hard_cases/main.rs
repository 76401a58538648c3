//! The hard cases of reading, one test each, on invented pages: variations of what the archived
//! pages and texts show. The numbers are those of the list of cases that the layouts were built
//! from.
#![allow(clippy::unwrap_used, reason = "a test may stop where its fixture is damaged")]

#[path = "../invented/mod.rs"]
mod invented;

mod china;
mod china_pages;
mod dprk;
mod dprk_days;
mod dprk_links;
mod dprk_officials;
mod dprk_sites;
mod edges;
mod generations;
mod identity;
mod issuers;
mod labels;
mod listings;
mod stories;
mod unknown;
