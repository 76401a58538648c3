//! An archive entry and its CDXJ line: `urlkey timestamp {json}`, as pywb and other replay tools
//! read it, with our own keys beside theirs. A CDXJ file can always be derived from its WARC.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::http::{BodyLimits, HttpResponse};
use super::json::json;
use super::warc::{Record, RecordKind};
use crate::{Digest, Result, Time};

/// Header field with the source that the importer or the crawler named.
pub(super) const SOURCE_FIELD: &str = "Demarche-Source";
/// Header field with the purpose of a capture that is no page of a source.
pub(super) const PURPOSE_FIELD: &str = "Demarche-Purpose";
/// Header field with the address at another archive that a capture was taken from.
pub(super) const VIA_FIELD: &str = "Demarche-Via";

/// What a record is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A page or table that statements are read off.
    #[default]
    Page,
    /// A listing page, feed or sitemap that the crawl found addresses in.
    Listing,
    /// `robots.txt`.
    Robots,
    /// An answer that leads to another address, and on to the page.
    Redirect,
    /// What the crawl noted beside the captures: failures, items listed, runs.
    Note,
    /// A record of an imported file that could not be read.
    Reject,
}

impl Purpose {
    fn of(record: &Record) -> Self {
        match record.header(PURPOSE_FIELD) {
            Some("listing") => Self::Listing,
            Some("robots") => Self::Robots,
            Some("redirect") => Self::Redirect,
            Some("note") => Self::Note,
            Some("reject") => Self::Reject,
            _ => Self::Page,
        }
    }

    pub(super) fn field(self) -> Option<&'static str> {
        match self {
            Self::Page => None,
            Self::Listing => Some("listing"),
            Self::Robots => Some("robots"),
            Self::Redirect => Some("redirect"),
            Self::Note => Some("note"),
            Self::Reject => Some("reject"),
        }
    }
}

/// One indexed record of one archive file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `response`, `resource`, `revisit` or `metadata`.
    pub kind: RecordKind,
    /// The address that was asked for; `file:///<name>` for an imported table.
    pub url: String,
    /// When it was captured, its `WARC-Date`.
    pub captured: Time,
    /// HTTP status, where the record has an HTTP head; 304 of a revisit that says so without one.
    pub status: Option<u16>,
    /// Media type without parameters.
    pub media_type: String,
    /// `WARC-Payload-Digest` as the record has it; computed where it has none.
    pub payload: String,
    /// Digest of the decoded body; `None` for a revisit and for a body that cannot be decoded.
    pub body: Option<Digest>,
    /// The source that the importer or crawler named.
    pub source: Option<String>,
    /// What the record is kept for.
    pub purpose: Purpose,
    /// Offset of the record's gzip member in its file.
    pub offset: u64,
    /// Length of that member in bytes.
    pub length: u64,
}

impl Entry {
    /// The entry of a record; `None` for `warcinfo`, `request`, kinds that nothing refers to and
    /// notes without an address.
    ///
    /// # Errors
    /// The reason, where a capture has no address, or the record says no time at which it was captured.
    pub fn of(
        record: &Record,
        offset: u64,
        length: u64,
    ) -> std::result::Result<Option<Self>, String> {
        let kind = record.kind();
        if matches!(&kind, RecordKind::Other(other) if other != "metadata") {
            return Ok(None);
        }
        let Some(url) = record.url() else {
            return match kind {
                RecordKind::Other(_) => Ok(None),
                _ => Err("no WARC-Target-URI".to_owned()),
            };
        };
        let captured = record.time()?;
        let declared = record.header("Content-Type").unwrap_or("");
        let mut status = None;
        let mut media_type = media(declared);
        let mut payload_bytes = record.block.as_slice();
        let mut body = Some(Digest::of(&record.block));
        if declared.starts_with("application/http") {
            let response = HttpResponse::parse(&record.block).ok();
            status = response.as_ref().map(|r| r.status);
            media_type =
                media(response.as_ref().and_then(|r| r.header("Content-Type")).unwrap_or(""));
            payload_bytes = response.as_ref().map_or(&[], |r| r.payload);
            body =
                response.and_then(|r| r.body(BodyLimits::default()).ok()).map(|b| Digest::of(&b));
        }
        if kind == RecordKind::Revisit {
            body = None;
            let profile = record.header("WARC-Profile").unwrap_or("");
            let unmodified = profile.ends_with("/revisit/server-not-modified");
            status = status.or(unmodified.then_some(304));
        }
        let payload = record.header("WARC-Payload-Digest").map(str::to_owned);
        Ok(Some(Self {
            url: url.to_owned(),
            captured,
            status,
            media_type,
            payload: payload.unwrap_or_else(|| Digest::of(payload_bytes).to_string()),
            body,
            source: record.header(SOURCE_FIELD).map(str::to_owned),
            purpose: Purpose::of(record),
            kind,
            offset,
            length,
        }))
    }

    /// The entry as a CDXJ line of the archive file at `warc`, without a line end.
    ///
    /// # Errors
    /// Where it is not to be had as JSON.
    pub(super) fn line(&self, warc: &Path) -> Result<String> {
        let fields = Fields {
            url: self.url.clone(),
            mime: match &self.kind {
                RecordKind::Revisit => "warc/revisit".to_owned(),
                _ => self.media_type.clone(),
            },
            status: self.status.map(|s| s.to_string()).unwrap_or_default(),
            digest: self.payload.clone(),
            length: self.length.to_string(),
            offset: self.offset.to_string(),
            filename: warc.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            kind: self.kind.name().to_owned(),
            date: self.captured,
            body: self.body.clone(),
            source: self.source.clone(),
            purpose: self.purpose,
        };
        let json = json(&fields, warc)?;
        Ok(format!("{} {} {json}", urlkey(&self.url), self.captured.digits()))
    }

    /// Reads a line that [`Entry::line`] wrote; `None` where it is another program's.
    pub fn parse(line: &str) -> Option<Self> {
        let json = line.get(line.find('{')?..)?;
        let fields: Fields = serde_json::from_str(json).ok()?;
        Some(Self {
            kind: RecordKind::named(&fields.kind),
            url: fields.url,
            captured: fields.date,
            status: fields.status.parse().ok(),
            media_type: if fields.mime == "warc/revisit" { String::new() } else { fields.mime },
            payload: fields.digest,
            body: fields.body,
            source: fields.source,
            purpose: fields.purpose,
            offset: fields.offset.parse().ok()?,
            length: fields.length.parse().ok()?,
        })
    }
}

/// A line as [`Entry::line`] writes it: the same time may have been written with other digits.
pub(super) fn rewritten(line: &str) -> Option<String> {
    let (head, json) = line.split_at_checked(line.find('{')?)?;
    let fields: Fields = serde_json::from_str(json).ok()?;
    Some(format!("{head}{}", serde_json::to_string(&fields).ok()?))
}

/// The keys of a CDXJ line; numbers are strings, as pywb writes them.
#[derive(Serialize, Deserialize)]
struct Fields {
    url: String,
    mime: String,
    status: String,
    digest: String,
    length: String,
    offset: String,
    filename: String,
    #[serde(rename = "type")]
    kind: String,
    date: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "is_page")]
    purpose: Purpose,
}

fn is_page(purpose: &Purpose) -> bool {
    *purpose == Purpose::Page
}

fn media(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The sort-friendly form of an address: `https://www.mfa.gov.cn/web/` is `cn,gov,mfa)/web`.
fn urlkey(url: &str) -> String {
    let parsed = url::Url::parse(url).ok().filter(|u| u.host_str().is_some());
    let Some(parsed) = parsed else { return url.to_lowercase().replace(' ', "%20") };
    let host = parsed.host_str().unwrap_or("").to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mut key: String = if host.parse::<std::net::IpAddr>().is_ok() {
        host.to_owned()
    } else {
        host.rsplit('.').collect::<Vec<_>>().join(",")
    };
    if let Some(port) = parsed.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push(')');
    let path = parsed.path().trim_end_matches('/').to_lowercase();
    key.push_str(if path.is_empty() { "/" } else { &path });
    if let Some(query) = parsed.query() {
        let query = query.to_lowercase();
        let mut parts: Vec<&str> = query.split('&').collect();
        parts.sort_unstable();
        key.push('?');
        key.push_str(&parts.join("&"));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_sorts_by_its_host() {
        assert_eq!(urlkey("https://www.mfa.example/web/A/"), "example,mfa)/web/a");
        assert_eq!(urlkey("http://127.0.0.1:81/"), "127.0.0.1:81)/");
        assert_eq!(urlkey("http://mfa.example/?b=2&a=1"), "example,mfa)/?a=1&b=2");
    }

    #[test]
    fn a_line_reads_back_equal() {
        let entry = Entry {
            kind: RecordKind::Revisit,
            url: "http://mfa.example/a?q=1".into(),
            captured: "2026-11-24T09:00:00Z".parse().unwrap(),
            status: Some(200),
            media_type: String::new(),
            payload: "sha1:ABC".into(),
            body: None,
            source: Some("rt-mfa-en".into()),
            purpose: Purpose::Listing,
            offset: 7,
            length: 9,
        };
        let line = entry.line(Path::new("archive/crawl-00001.warc.gz")).unwrap();
        assert!(line.starts_with("example,mfa)/a?q=1 20261124090000 {"));
        assert_eq!(Entry::parse(&line), Some(entry));
    }
}
