//! What the server holds: pages by address, scheme and port left out.

use std::collections::BTreeMap;
use std::io::{Error, Read, Result};
use std::path::Path;

use flate2::read::MultiGzDecoder;

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// `text/html; charset=utf-8`
    pub media_type: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

impl Page {
    /// A page of HTML in UTF-8.
    pub fn html(text: impl Into<String>) -> Self {
        Self { media_type: "text/html; charset=utf-8".to_owned(), body: text.into().into_bytes() }
    }

    /// A strong validator of the body.
    pub(crate) fn etag(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in &self.body {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("\"{hash:016x}\"")
    }
}

/// Pages by `host/path?query`.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pages: BTreeMap<String, Page>,
}

impl Content {
    /// Puts a page at an address, in place of the one there.
    pub fn put(&mut self, url: &str, page: Page) {
        self.pages.insert(key(url), page);
    }

    /// Takes a page away.
    pub fn remove(&mut self, url: &str) {
        self.pages.remove(&key(url));
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The page at an address.
    pub fn get(&self, url: &str) -> Option<&Page> {
        self.page(&key(url))
    }

    pub(crate) fn page(&self, key: &str) -> Option<&Page> {
        self.pages.get(key)
    }

    /// Adds the files of a folder; its subfolders are the hosts.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn add_folder(&mut self, folder: &Path) -> Result<()> {
        self.add_below(folder, "")
    }

    fn add_below(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let address = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if path.is_dir() {
                self.add_below(&path, &address)?;
                continue;
            }
            let media_type = match path.extension().and_then(|e| e.to_str()) {
                Some("txt") => "text/plain; charset=utf-8",
                _ => "text/html; charset=utf-8",
            };
            let page = Page { media_type: media_type.to_owned(), body: std::fs::read(&path)? };
            self.pages.insert(address, page);
        }
        Ok(())
    }

    /// Adds the responses of a WARC file, gzip or not.
    ///
    /// # Errors
    /// Where the file cannot be read or is cut short.
    pub fn add_warc(&mut self, path: &Path) -> Result<()> {
        let mut bytes = std::fs::read(path)?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
            bytes = plain;
        }
        let mut rest = bytes.as_slice();
        while !rest.trim_ascii_start().is_empty() {
            let (head, tail) = split_head(rest.trim_ascii_start())?;
            let length: usize = field(&head, "content-length")
                .and_then(|v| v.parse().ok())
                .ok_or_else(|| Error::other("a WARC record without Content-Length"))?;
            let block =
                tail.get(..length).ok_or_else(|| Error::other("a WARC record cut short"))?;
            rest = tail.get(length..).unwrap_or_default();
            let response = field(&head, "warc-type") == Some("response");
            if let (true, Some(url)) = (response, field(&head, "warc-target-uri")) {
                let (http, body) = split_head(block)?;
                let media_type = field(&http, "content-type").unwrap_or("text/html").to_owned();
                self.put(url.trim_matches(['<', '>']), Page { media_type, body: body.to_vec() });
            }
        }
        Ok(())
    }
}

/// `host/path?query` of an address.
pub(crate) fn key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split(':').next().unwrap_or(host);
    format!("{host}/{path}")
}

/// The head as lines, and what follows its empty line.
fn split_head(bytes: &[u8]) -> Result<(Vec<String>, &[u8])> {
    let (mut lines, mut rest) = (Vec::new(), bytes);
    loop {
        let end = rest.iter().position(|b| *b == b'\n');
        let end = end.ok_or_else(|| Error::other("a head that does not end"))?;
        let (line, tail) = rest.split_at(end);
        rest = tail.get(1..).unwrap_or_default();
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        if line.is_empty() {
            return Ok((lines, rest));
        }
        lines.push(line);
    }
}

fn field<'h>(head: &'h [String], name: &str) -> Option<&'h str> {
    head.iter().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
