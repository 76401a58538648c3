//! Names of records: ids and addresses that are derived from what a record is.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Digester;

/// What is encoded in an address: all but the unreserved characters of RFC 3986, and the colon.
const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');

/// A record id derived from what the record is and where it stands: no clock, no random numbers.
pub(super) fn record_id(parts: &[&str], offset: u64) -> String {
    let mut digester = Digester::default();
    parts.iter().for_each(|part| digester.field(part.as_bytes()));
    digester.field(&offset.to_le_bytes());
    let digest = digester.finish();
    let hex = digest.short(32);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    // Version 8 of RFC 9562: the bits are ours to choose.
    format!(
        "<urn:uuid:{}-{}-8{}-8{}-{}>",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// Percent-encodes what may not stand in an address.
pub(super) fn percent_encoded(name: &str) -> String {
    utf8_percent_encode(name, RESERVED).to_string()
}
