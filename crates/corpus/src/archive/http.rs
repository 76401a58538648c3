//! An HTTP response as a WARC block holds it: the head, and the body once its transfer and
//! content encodings are removed.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A response head and the payload that follows it.
#[derive(Debug, Clone)]
pub struct HttpResponse<'a> {
    /// Status code.
    pub status: u16,
    /// Header fields in order, names as sent.
    pub headers: Vec<(String, String)>,
    /// What follows the head, encodings in place.
    pub payload: &'a [u8],
}

/// How large a body may become while its encodings are removed.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// Bytes at most.
    pub bytes: u64,
    /// Bytes out for each byte in, beyond the first mebibyte.
    pub ratio: u64,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, ratio: 300 }
    }
}

impl<'a> HttpResponse<'a> {
    /// Parses the block of a `response` record. Line ends may be CRLF or LF.
    ///
    /// # Errors
    /// Where the block does not begin with a status line or its head never ends.
    pub fn parse(block: &'a [u8]) -> Result<Self, String> {
        let mut rest = block;
        let status_line = line(&mut rest).ok_or("no HTTP status line")?;
        let mut words = status_line.split_ascii_whitespace();
        let status = match (words.next(), words.next()) {
            (Some(version), Some(code)) if version.starts_with("HTTP/") => code.parse().ok(),
            _ => None,
        };
        let status = status.ok_or("no HTTP status line")?;
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            let line = line(&mut rest).ok_or("the HTTP head does not end")?;
            if line.is_empty() {
                return Ok(Self { status, headers, payload: rest });
            }
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = headers.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }

    /// The first header field of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body with chunked, gzip, deflate, br and zstd removed. Many collectors store the body
    /// decoded and keep the header field; a body that does not begin as its encoding must is
    /// taken as it is.
    ///
    /// Of a body whose chunks break off what came is taken: see [`Self::breaks_off`].
    ///
    /// # Errors
    /// Where a content encoding breaks off, is unknown, or exceeds `limits`, or a chunk has no size.
    pub fn body(&self, limits: BodyLimits) -> Result<Vec<u8>, String> {
        let mut body = match self.is_chunked() {
            true => dechunked(self.payload)?.map(|(body, _)| body),
            false => None,
        };
        let encodings = self.header("Content-Encoding").unwrap_or("").to_ascii_lowercase();
        for encoding in encodings.rsplit(',').map(str::trim).filter(|e| !e.is_empty()) {
            let input = body.as_deref().unwrap_or(self.payload);
            if let Some(decoded) = decoded(encoding, input, limits)? {
                body = Some(decoded);
            }
        }
        let body = body.unwrap_or_else(|| self.payload.to_vec());
        if body.len() as u64 > limits.bytes {
            return Err(format!("body of {} bytes, the limit is {}", body.len(), limits.bytes));
        }
        Ok(body)
    }

    /// Whether less came than the head says: its chunks break off, or there are fewer bytes than its
    /// length. Who stored a body decoded may have kept the length that it had encoded.
    pub fn breaks_off(&self) -> bool {
        let length = || self.header("Content-Length")?.parse::<u64>().ok();
        let is_plain = self.header("Content-Encoding").is_none_or(|e| e.trim() == "identity");
        match self.is_chunked() {
            true => matches!(dechunked(self.payload), Ok(Some((_, Ending::Early)))),
            false => is_plain && length().is_some_and(|n| n > self.payload.len() as u64),
        }
    }

    fn is_chunked(&self) -> bool {
        let coding = self.header("Transfer-Encoding");
        coding.is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
    }
}

/// The bytes of a file that may be gzip, such as an imported `.jsonl.gz`.
///
/// # Errors
/// Where the gzip data breaks off or exceeds `limits`.
pub fn inflated(bytes: &[u8], limits: BodyLimits) -> Result<Vec<u8>, String> {
    Ok(decoded("gzip", bytes, limits)?.unwrap_or_else(|| bytes.to_vec()))
}

/// Takes one line off `rest`, without its end; `None` where no line ends.
fn line(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|b| *b == b'\n')?;
    let (line, tail) = rest.split_at(end);
    *rest = tail.get(1..)?;
    Some(String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned())
}

/// How a chunked body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// With the chunk of no bytes that ends it.
    Whole,
    /// Before it.
    Early,
}

/// Removes chunked coding; `None` where the payload is not chunked although its head says so.
fn dechunked(payload: &[u8]) -> Result<Option<(Vec<u8>, Ending)>, String> {
    let mut rest = payload;
    let mut body = Vec::new();
    loop {
        let before = rest;
        let size = line(&mut rest)
            .and_then(|l| usize::from_str_radix(l.split(';').next()?.trim(), 16).ok());
        match size {
            Some(0) => return Ok(Some((body, Ending::Whole))),
            Some(size) => {
                let chunk = rest.get(..size).unwrap_or(rest);
                body.extend_from_slice(chunk);
                if chunk.len() < size {
                    return Ok(Some((body, Ending::Early)));
                }
                rest = rest.get(size..).unwrap_or_default();
                line(&mut rest);
            }
            None if before.len() == payload.len() => return Ok(None),
            // The line of a size broke off itself.
            None if before.len() <= LONGEST_SIZE => return Ok(Some((body, Ending::Early))),
            None => return Err("broken chunked coding".into()),
        }
    }
}

/// Bytes of the longest line that tells how large a chunk is.
const LONGEST_SIZE: usize = 18;

fn decoded(encoding: &str, input: &[u8], limits: BodyLimits) -> Result<Option<Vec<u8>>, String> {
    let decoder: Box<dyn Read + '_> = match encoding {
        "identity" | "binary" | "utf-8" | "none" => return Ok(None),
        "gzip" | "x-gzip" if !input.starts_with(&[0x1f, 0x8b]) => return Ok(None),
        "gzip" | "x-gzip" => Box::new(MultiGzDecoder::new(input)),
        "deflate" if input.first().is_some_and(|b| b & 0x0f == 8) => {
            Box::new(ZlibDecoder::new(input))
        }
        "deflate" if looks_like_text(input) => return Ok(None),
        "deflate" => Box::new(DeflateDecoder::new(input)),
        "br" if looks_like_text(input) => return Ok(None),
        "br" => Box::new(brotli_decompressor::Decompressor::new(input, 1 << 16)),
        "zstd" if !input.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => return Ok(None),
        "zstd" => Box::new(zstd::Decoder::with_buffer(input).map_err(|e| e.to_string())?),
        other => return Err(format!("unknown content encoding `{other}`")),
    };
    let ratio = (input.len() as u64).saturating_mul(limits.ratio).saturating_add(1 << 20);
    let limit = limits.bytes.min(ratio);
    let mut body = Vec::new();
    decoder
        .take(limit + 1)
        .read_to_end(&mut body)
        .map_err(|e| format!("content encoding {encoding}: {e}"))?;
    if body.len() as u64 > limit {
        return Err(format!("content encoding {encoding}: more than {limit} bytes come out"));
    }
    Ok(Some(body))
}

/// Whether bytes begin like markup or text, so that an encoding which has no magic number was
/// removed by whoever stored them.
fn looks_like_text(input: &[u8]) -> bool {
    let start = input.trim_ascii_start();
    start.starts_with(b"<") || start.starts_with(b"{") || start.starts_with(b"\xef\xbb\xbf<")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn block(head: &str, payload: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), payload].concat()
    }

    #[test]
    fn chunked_and_gzip_are_removed_in_that_order() {
        let inner = gzip(b"<p>Ruritania regrets</p>");
        let chunked =
            [format!("{:x}\r\n", inner.len()).as_bytes(), &inner, b"\r\n0\r\n\r\n"].concat();
        let block =
            block("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked.as_slice());
        let response = HttpResponse::parse(&block).unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.body(BodyLimits::default()).unwrap(), b"<p>Ruritania regrets</p>");
    }

    #[test]
    fn a_body_stored_decoded_is_taken_as_it_is() {
        let head = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
        let block = block(head, b"<p>plain</p>");
        let body = HttpResponse::parse(&block).unwrap().body(BodyLimits::default()).unwrap();
        assert_eq!(body, b"<p>plain</p>");
    }

    #[test]
    fn what_came_of_a_body_that_breaks_off_is_taken_and_known_to_be_cut() {
        let cases = [
            ("Content-Length: 9\r\n", "<p>whole</p>", "<p>whole</p>", false),
            ("Content-Length: 90\r\n", "<p>cut", "<p>cut", true),
            ("Content-Length: 90\r\nContent-Encoding: gzip\r\n", "<p>kept", "<p>kept", false),
            ("Transfer-Encoding: chunked\r\n", "5\r\n<p>th\r\n0\r\n\r\n", "<p>th", false),
            ("Transfer-Encoding: chunked\r\n", "5\r\n<p>th\r\n40\r\nis is", "<p>this is", true),
            ("Transfer-Encoding: chunked\r\n", "40\r\n<p>th", "<p>th", true),
            ("Transfer-Encoding: chunked\r\n", "5\r\n<p>th\r\n", "<p>th", true),
            ("Transfer-Encoding: chunked\r\n", "<p>plain</p>\n", "<p>plain</p>\n", false),
        ];
        for (head, payload, body, cut) in cases {
            let block = block(head, payload.as_bytes());
            let response = HttpResponse::parse(&block).unwrap();
            let read = response.body(BodyLimits::default()).unwrap();
            assert_eq!((read.as_slice(), response.breaks_off()), (body.as_bytes(), cut), "{head}");
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = gzip(&vec![0; 32 << 20]);
        let block = block("Content-Encoding: gzip\r\n", &bomb);
        let response = HttpResponse::parse(&block).unwrap();
        let refused = response.body(BodyLimits { bytes: 64 << 20, ratio: 100 }).unwrap_err();
        assert!(refused.contains("bytes come out"), "{refused}");
    }

    #[test]
    fn a_truncated_gzip_body_is_an_error() {
        let whole = gzip(b"a text long enough to be cut somewhere in its middle");
        let block = block("Content-Encoding: gzip\r\n", &whole[..whole.len() - 12]);
        assert!(HttpResponse::parse(&block).unwrap().body(BodyLimits::default()).is_err());
    }
}
