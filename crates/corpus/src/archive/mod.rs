//! The archive: every response and imported file as WARC 1.1 records, one gzip member a record,
//! in files that only ever grow. Beside each lies its CDXJ index, which can always be derived.
//!
//! [`Archive`] reads, [`ArchiveWriter`] appends under the corpus lock, [`WarcReader`] reads WARC
//! files that others wrote.

mod append;
mod audit;
mod cdxj;
mod fields;
mod gunzip;
mod http;
mod json;
mod member;
mod names;
mod read;
mod stored;
mod warc;
mod write;

pub use append::ArchiveKind;
pub use audit::{AuditedFile, Fault, audit, audit_file};
pub use cdxj::{Entry, Purpose};
pub use http::{BodyLimits, HttpResponse, inflated};
pub use read::{Archive, ArchiveFile};
pub use stored::Stored;
pub use warc::{Record, RecordKind, WarcError, WarcReader};
pub use write::{Appended, ArchiveWriter, Repair, Response};

#[cfg(test)]
mod tests;
