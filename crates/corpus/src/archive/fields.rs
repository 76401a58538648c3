//! What stands at the head of a record: the HTTP head of a response, and our own header fields.

use super::cdxj::{Entry, PURPOSE_FIELD, Purpose, SOURCE_FIELD};

/// The profile of a revisit that a `304 Not Modified` stands behind.
pub(super) const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// The head of a response whose payload has no transfer coding any more.
pub(super) fn http_head(status: u16, headers: &[(String, String)], length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in headers {
        let dropped = ["transfer-encoding", "content-length", "connection", "keep-alive"];
        if !dropped.contains(&name.to_ascii_lowercase().as_str()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str(&format!("Content-Length: {length}\r\n\r\n"));
    head.into_bytes()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        _ => "Status",
    }
}

/// The fields of a revisit that point to what it repeats.
pub(super) fn refers_to(known: &Entry, profile: &str) -> [(String, String); 3] {
    [
        ("WARC-Profile".to_owned(), profile.to_owned()),
        ("WARC-Refers-To-Target-URI".to_owned(), known.url.clone()),
        ("WARC-Refers-To-Date".to_owned(), known.captured.to_string()),
    ]
}

/// The fields that say for which source and for what a record is kept.
pub(super) fn provenance(source: Option<&str>, purpose: Purpose) -> Vec<(String, String)> {
    let source = source.map(|s| (SOURCE_FIELD.to_owned(), s.to_owned()));
    let purpose = purpose.field().map(|p| (PURPOSE_FIELD.to_owned(), p.to_owned()));
    source.into_iter().chain(purpose).collect()
}
