//! Full text over turns: what is indexed, how it is asked, what is counted.
//!
//! The unit is the turn. A total is what a scan of all text would give: terms of letters and
//! spaces, codes and fields are counted by positions, which decide them; for everything else
//! tantivy narrows a query down to candidates, each of which is verified on its stored text with
//! [`corpus::pattern`]. A hit that is shown is always verified. Totals of single frequent words are
//! counted once, when a part of the index is written.
//!
//! - [`update`] brings the index in line with the corpus;
//! - [`Query::parse`] reads a query, [`Query::HELP`] is the language in a page;
//! - [`Index::search`] counts, [`Index::tally`] counts by month, source and the like;
//! - [`Index::hits`] gives a page of hits, [`Index::find`] all of them, in one order always;
//! - [`Concordance`] sets keywords in their contexts.

mod beside;
mod candidates;
mod code_tokens;
mod coded;
mod concordance;
mod docs;
mod document;
mod error;
mod evaluate;
mod filters;
mod folder;
mod found;
mod frequent;
mod hit;
mod names;
mod orthography;
mod part;
mod passing;
mod places;
mod plan;
mod query;
mod record;
mod rows;
mod scan;
mod schema;
mod search;
mod starts;
mod statement;
mod stems;
mod stored;
mod tally;
mod tokens;
mod turns;
mod twins;
mod update;
mod verify;
mod words;
mod writers;

pub use concordance::{Bound, Concordance, ConcordanceRow, SortBy, Window};
pub use error::{Error, Result};
pub use filters::{Filters, Options};
pub use found::Found;
pub use hit::{Hit, HitRow, Place, Snippet};
pub use plan::Counted;
pub use query::{Query, QueryError};
pub use record::Head;
pub use schema::tokenizers;
pub use search::Index;
pub use tally::{Grouping, Totals};
pub use twins::{TwinText, Twins};
pub use update::{Progress, Updated, update};

/// Version of what the index holds, raised by hand whenever a newer program would write other
/// fields, tokens, records or files beside the parts: an index of another version is rebuilt.
pub const VERSION: u32 = 8;
