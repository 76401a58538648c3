//! A WARC record and the reader of WARC files, plain or gzip, whoever wrote them.

use std::io::{BufRead, BufReader, Read};

use super::gunzip::Gunzip;
use super::http::HttpResponse;

use crate::Time;

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordKind {
    /// An HTTP response, head included.
    Response,
    /// A file with a media type and no HTTP head.
    Resource,
    /// A response equal to an earlier one.
    Revisit,
    /// `warcinfo`, `request`, `metadata` and what else there is.
    Other(String),
}

impl RecordKind {
    /// The kind as `WARC-Type` writes it.
    pub fn name(&self) -> &str {
        match self {
            Self::Response => "response",
            Self::Resource => "resource",
            Self::Revisit => "revisit",
            Self::Other(other) => other,
        }
    }

    /// The kind that `WARC-Type` names.
    pub fn named(name: &str) -> Self {
        match name {
            "response" => Self::Response,
            "resource" => Self::Resource,
            "revisit" => Self::Revisit,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// One WARC record with its block.
#[derive(Debug, Clone)]
pub struct Record {
    /// Header fields in order, names as written.
    pub headers: Vec<(String, String)>,
    /// The block as it stands in the file.
    pub block: Vec<u8>,
    /// Offset of the record in the decompressed stream.
    pub offset: u64,
}

impl Record {
    /// The first header field of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// What the record holds.
    pub fn kind(&self) -> RecordKind {
        RecordKind::named(self.header("WARC-Type").unwrap_or(""))
    }

    /// When it was captured.
    ///
    /// # Errors
    /// The reason, where it does not say or says no time.
    pub fn time(&self) -> Result<Time, String> {
        let date = self.header("WARC-Date").ok_or("no WARC-Date")?;
        date.parse().map_err(|reason| format!("WARC-Date {reason}"))
    }

    /// The address; angle brackets that some writers put around it are dropped.
    pub fn url(&self) -> Option<&str> {
        self.header("WARC-Target-URI").map(|url| url.trim_start_matches('<').trim_end_matches('>'))
    }

    /// Whether it holds the beginning of a page only: it says so, or the transfer broke off.
    pub fn is_cut_short(&self) -> bool {
        let breaks_off = || HttpResponse::parse(&self.block).is_ok_and(|http| http.breaks_off());
        self.header("WARC-Truncated").is_some()
            || self.kind() == RecordKind::Response && breaks_off()
    }
}

/// Why a record could not be read. Reading goes on with the next line that begins one.
#[derive(Debug, thiserror::Error)]
#[error("offset {offset}: {reason}")]
pub struct WarcError {
    /// Offset in the decompressed stream where the damaged record begins.
    pub offset: u64,
    /// What is wrong.
    pub reason: String,
}

/// After so many places that cannot be read in a row the file is given up, as on a broken disk.
const MOST_FAULTS: u32 = 1000;

/// Records of one WARC file in order, each damaged place among them as an error.
pub struct WarcReader<'a> {
    input: BufReader<Box<dyn Read + 'a>>,
    offset: u64,
    block_limit: u64,
    /// The first line of a record that was found behind a damaged one.
    found: Option<String>,
    ended: bool,
}

impl<'a> WarcReader<'a> {
    /// Reads `input`, which may be plain or gzip (one member or many). A record whose block is
    /// larger than `block_limit` bytes is an error, so that a bomb cannot fill the memory.
    ///
    /// # Errors
    /// Where not even the first bytes can be read.
    pub fn new(input: impl Read + 'a, block_limit: u64) -> std::io::Result<Self> {
        let mut raw = BufReader::with_capacity(1 << 16, input);
        let gzip = raw.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        let plain: Box<dyn Read + 'a> =
            if gzip { Box::new(Gunzip::new(raw)) } else { Box::new(raw) };
        Ok(Self {
            input: BufReader::with_capacity(1 << 16, plain),
            offset: 0,
            block_limit,
            found: None,
            ended: false,
        })
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = Vec::new();
        let mut limited = (&mut self.input).take(1 << 16);
        let n = limited.read_until(b'\n', &mut line).map_err(|e| e.to_string())?;
        self.offset += n as u64;
        while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    /// Looks for the next line that begins a record; `false` at the end of the file, and where it cannot
    /// be read on. Damage on the way belongs to the place that was told already.
    fn goes_on(&mut self) -> bool {
        let mut faults = 0;
        while faults < MOST_FAULTS {
            match self.line() {
                Ok(line) if line.starts_with("WARC/") => {
                    self.found = Some(line);
                    return true;
                }
                Ok(line) if line.is_empty() && matches!(self.input.fill_buf(), Ok([])) => {
                    return false;
                }
                Ok(_) => faults = 0,
                Err(_) => faults += 1,
            }
        }
        false
    }

    fn record(&mut self) -> Result<Option<Record>, String> {
        let mut version = self.found.take().unwrap_or_default();
        while version.is_empty() {
            if self.input.fill_buf().map_err(|e| e.to_string())?.is_empty() {
                return Ok(None);
            }
            version = self.line()?;
        }
        let offset = self.offset - version.len() as u64;
        if !version.starts_with("WARC/") {
            return Err("no WARC record begins here".to_owned());
        }
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = headers.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            } else {
                return Err(format!("`{line}` is no header field"));
            }
        }
        let mut record = Record { headers, block: Vec::new(), offset };
        let length: u64 = record
            .header("Content-Length")
            .and_then(|v| v.parse().ok())
            .ok_or("no Content-Length")?;
        if length > self.block_limit {
            // What it holds may look like records, and is passed over.
            let mut block = (&mut self.input).take(length);
            self.offset += std::io::copy(&mut block, &mut std::io::sink()).unwrap_or(0);
            return Err(format!("block of {length} bytes, the limit is {}", self.block_limit));
        }
        let mut block = Vec::new();
        let n =
            (&mut self.input).take(length).read_to_end(&mut block).map_err(|e| e.to_string())?;
        self.offset += n as u64;
        if (n as u64) < length {
            return Err(format!("ends after {n} of {length} bytes"));
        }
        record.block = block;
        Ok(Some(record))
    }
}

impl Iterator for WarcReader<'_> {
    type Item = Result<Record, WarcError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let start = self.offset;
        let found = self.record().map_err(|reason| WarcError { offset: start, reason }).transpose();
        self.ended = match found {
            Some(Ok(_)) => false,
            Some(Err(_)) => !self.goes_on(),
            None => true,
        };
        found
    }
}
