//! From a source to captures: list, choose, fetch, archive; politely, resumably, one source at a
//! time. The only crate that knows the network and the only async one.
//!
//! [`crawl`] reads a source's listings, fetches what its window asks for and appends every answer
//! to the archive. What was listed, fetched and failed is derivable from the archive.

mod answer;
mod client;
mod dates;
mod discover;
mod feed;
mod fetch;
mod history;
mod hosts;
mod known;
mod listing;
mod notes;
mod options;
mod outcome;
mod pace;
mod paged;
mod robots;
mod run;
mod sequence;
mod take;
mod wayback;

pub use history::{FailedOnce, History, ListingShown, Run, history};
pub use hosts::is_own;
pub use listing::{FilledForm, Item, ListingPage, read_items, read_listing};
pub use notes::failure_of;
pub use options::{CrawlError, Options, Via};
pub use outcome::{Event, Failure, Outcome, exit_code};
pub use run::crawl;
