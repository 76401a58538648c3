//! The archive: every response and imported file as WARC 1.1 records, one gzip member a record.

mod warc;

pub use warc::{Record, RecordKind, WarcError, WarcReader};
