//! Gunzip: the plain bytes of a gzip file of many members. After a damaged member it goes on with the
//! next one, so that one flipped byte does not cost what stands behind it.

use std::io::{BufRead, Read};

use flate2::bufread::GzDecoder;

/// How a gzip member begins.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// The most raw bytes of one member that are kept to be looked through again; a longer one that is
/// damaged is left where its damage shows.
const MOST_KEPT: usize = 64 << 20;

/// The plain bytes of all members in order. Damage is an error once; the next read is of the next
/// member that can be read.
pub(super) struct Gunzip<R> {
    state: State<R>,
}

enum State<R> {
    /// Inside a member.
    Inside(Box<GzDecoder<Kept<R>>>),
    /// Behind a member, or in a damaged one.
    Between(Kept<R>),
    /// At the end.
    Ended,
}

impl<R: BufRead> Gunzip<R> {
    pub(super) fn new(raw: R) -> Self {
        let raw = Kept { raw, again: Vec::new(), at: 0, kept: Vec::new() };
        Self { state: State::Inside(Box::new(GzDecoder::new(raw))) }
    }
}

impl<R: BufRead> Read for Gunzip<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between(mut raw) => {
                    if find_member(&mut raw)? {
                        raw.kept.clear();
                        self.state = State::Inside(Box::new(GzDecoder::new(raw)));
                    }
                }
                State::Inside(mut member) => match member.read(into) {
                    Ok(n) if n > 0 || into.is_empty() => {
                        self.state = State::Inside(member);
                        return Ok(n);
                    }
                    Ok(_) => self.state = State::Between(member.into_inner()),
                    Err(error) => {
                        let has_header = member.header().is_some();
                        let mut raw = member.into_inner();
                        // The packed words of a damaged member may have led on into the next ones.
                        raw.back();
                        let is_last = raw.fill_buf()?.len() < MAGIC.len();
                        self.state = State::Between(raw);
                        // Bytes that only look like the beginning of a member are none.
                        if has_header || is_last {
                            return Err(error);
                        }
                    }
                },
            }
        }
    }
}

/// Raw bytes of which those since the beginning of the member can be read again.
struct Kept<R> {
    raw: R,
    /// What is read again before `raw`, from `at` on.
    again: Vec<u8>,
    at: usize,
    kept: Vec<u8>,
}

impl<R> Kept<R> {
    /// Goes back to the second byte of the member.
    fn back(&mut self) {
        if self.kept.len() < MOST_KEPT {
            let rest = self.again.split_off(self.at);
            self.again = std::mem::take(&mut self.kept);
            self.again.extend(rest);
            self.at = self.again.len().min(1);
        }
    }
}

impl<R: BufRead> Read for Kept<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.fill_buf()?.read(into)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Kept<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.at < self.again.len() { Ok(&self.again[self.at..]) } else { self.raw.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.again.len() {
            self.kept.extend_from_slice(&self.again[self.at..self.at + n]);
            self.at += n;
        } else {
            let room = MOST_KEPT.saturating_sub(self.kept.len());
            if let Ok(buffer) = self.raw.fill_buf() {
                self.kept.extend_from_slice(&buffer[..n.min(room)]);
            }
            self.raw.consume(n);
        }
    }
}

/// Goes to the next bytes with which a member may begin; `false` at the end. Where the buffer ends
/// inside them the decoder sees whether they go on.
fn find_member(raw: &mut impl BufRead) -> std::io::Result<bool> {
    loop {
        let buffer = raw.fill_buf()?;
        if buffer.is_empty() {
            return Ok(false);
        }
        let begins = |at: &usize| {
            let rest = &buffer[*at..buffer.len().min(at + MAGIC.len())];
            MAGIC.starts_with(rest)
        };
        let found = (0..buffer.len()).find(begins);
        let skip = found.unwrap_or(buffer.len());
        raw.consume(skip);
        if found.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What is read, with a `!` for each error.
    fn told(raw: &[u8]) -> String {
        // A small buffer, so that magic numbers are cut by its end.
        let mut input = Gunzip::new(std::io::BufReader::with_capacity(7, raw));
        let (mut text, mut part) = (String::new(), [0; 64]);
        loop {
            match input.read(&mut part) {
                Ok(0) => return text,
                Ok(n) => text.push_str(&String::from_utf8_lossy(&part[..n])),
                Err(_) => text.push('!'),
            }
        }
    }

    #[test]
    fn members_follow_one_another_over_what_is_damaged() {
        let [a, b, c] = ["anna ", "ben ", "clara "].map(member);
        assert_eq!(told(&[a.clone(), b.clone(), c.clone()].concat()), "anna ben clara ");
        assert_eq!(told(&[a.clone(), vec![0; 30], c.clone()].concat()), "anna clara ");
        // One byte of the sum at the end of a member, and one of its packed words.
        let end = b.len() - 5;
        for at in [end, 14] {
            let mut flipped = b.clone();
            flipped[at] ^= 0x40;
            let text = told(&[a.clone(), flipped, c.clone()].concat());
            assert!(text.starts_with("anna ") && text.ends_with("!clara "), "{text}");
        }
        let cut = [a, b[..b.len() - 6].to_vec()].concat();
        assert_eq!(told(&cut), "anna ben !");
        assert_eq!(told(b"\x1f\x8b"), "!");
    }
}
