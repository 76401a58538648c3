//! From archived bytes to statements: [`read`] tells what one page says, [`read_table`] what the
//! rows of an imported table say, [`collate`] (or [`statements`] and [`links`], where the words do
//! not fit in memory) groups these readings into statements with their revisions and links.
//!
//! All are pure: bytes and configuration in, data out. What cannot be read becomes a
//! [`corpus::Reject`] with a reason. What a site looks like stands in its source file; here stand
//! only the ways of telling titles, dates and turns.

mod address;
mod assemble;
mod collate;
mod date;
mod dating;
mod decode;
mod ends;
mod fallback;
mod inspect;
mod issuer;
mod listing;
mod outlets;
mod page;
mod paragraph;
mod read;
mod reading;
mod selector;
mod table;
mod title;
mod turns;

pub use address::address;
pub use collate::{Collated, OnlyIn, collate, difference, links, statements};
pub use inspect::{Inspection, KeyYield, faults, inspect};
pub use outlets::Outlets;
pub use read::{read, read_among};
pub use reading::Reading;
pub use table::{Sheet, TableReadings, read_table, sheets};

/// Raised by hand whenever the same bytes may give another reading or statement.
pub const VERSION: u32 = 12;
