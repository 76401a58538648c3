//! What can go wrong on the way, on demand.

use std::io::{Result, Write};
use std::time::Duration;

/// One way to answer badly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A status with an empty page, and `Retry-After` where given.
    Status(u16, Option<u64>),
    /// The right answer, late.
    Latency(Duration),
    /// The connection ends in the middle of the body.
    Reset,
    /// `Content-Length` is larger than the body.
    WrongLength,
    /// A gzip body that breaks off, in a message of the right length.
    TruncatedGzip,
    /// A body that never ends.
    Endless,
    /// A redirect.
    Redirect(String),
    /// Another page with status 200: a soft 404, a notice that the page is blocked.
    Instead(String),
    /// No answer at all.
    Silence,
}

impl Fault {
    /// Writes the bad answer; `false` where the right one is still to come.
    pub(crate) fn serve(&self, out: &mut dyn Write) -> Result<bool> {
        match self {
            Self::Latency(time) => {
                std::thread::sleep(*time);
                return Ok(false);
            }
            Self::Status(status, retry) => {
                write!(out, "HTTP/1.1 {status} Fault\r\nContent-Length: 0\r\n")?;
                if let Some(seconds) = retry {
                    write!(out, "Retry-After: {seconds}\r\n")?;
                }
                write!(out, "Connection: close\r\n\r\n")?;
            }
            Self::Reset => {
                write!(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\nhalf a")?;
            }
            Self::WrongLength => {
                write!(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>short</p>")?;
            }
            Self::TruncatedGzip => {
                let mut gzip =
                    flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
                gzip.write_all("<p>cut short</p>".repeat(200).as_bytes())?;
                let whole = gzip.finish()?;
                let half = whole.get(..whole.len() - 20).unwrap_or(&whole);
                let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n";
                write!(out, "{head}Content-Length: {}\r\n\r\n", half.len())?;
                out.write_all(half)?;
            }
            Self::Endless => {
                write!(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
                let block = [b'x'; 1 << 16];
                while out.write_all(&block).is_ok() {}
            }
            Self::Redirect(to) => {
                let head = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n";
                write!(out, "{head}Location: {to}\r\n\r\n")?;
            }
            Self::Instead(html) => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
                write!(out, "{head}Connection: close\r\nContent-Length: {}\r\n\r\n", html.len())?;
                out.write_all(html.as_bytes())?;
            }
            Self::Silence => {}
        }
        out.flush()?;
        Ok(true)
    }
}
