//! One record as one gzip member: how it is written, found again by its offset, and how a file
//! whose last member was only half written is cut back.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

use super::warc::{Record, WarcReader};
use crate::{Error, Result};

/// The largest record block of an archive file, in bytes.
pub(super) const BLOCK_LIMIT: u64 = 2 << 30;

/// A record as a gzip member of WARC/1.1 bytes. `Content-Length` is set here.
pub(super) fn compressed(headers: &[(String, String)], block: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut head = String::from("WARC/1.1\r\n");
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("Content-Length") {
            continue;
        }
        let value: String = value.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", block.len()));
    // What is compressed already gains nothing from another pass.
    let level =
        if block.starts_with(&[0x1f, 0x8b]) { Compression::none() } else { Compression::new(6) };
    let mut encoder = GzEncoder::new(Vec::with_capacity(block.len() / 3), level);
    encoder.write_all(head.as_bytes())?;
    encoder.write_all(block)?;
    encoder.write_all(b"\r\n\r\n")?;
    encoder.finish()
}

/// One member of an archive file with the record in it.
pub(super) struct Member {
    /// Offset in the file.
    pub offset: u64,
    /// Compressed length; of a damaged one, up to the next that is whole.
    pub length: u64,
    /// The record, or what is wrong with it.
    pub record: std::result::Result<Record, Damage>,
}

/// Why a member could not be read.
#[derive(Debug)]
pub(super) struct Damage {
    /// What is wrong.
    pub reason: String,
    /// Whether the file ends inside the member, as it does after a kill or a full disk.
    pub at_end: bool,
}

/// The members of an archive file from an offset on. After a damaged one it goes on with the next
/// whole one.
pub(super) struct Members {
    path: PathBuf,
    file: BufReader<File>,
}

impl Members {
    pub(super) fn open(path: &Path, offset: u64) -> Result<Self> {
        let mut file = File::open(path).map_err(|e| Error::io(path, e))?;
        file.seek(SeekFrom::Start(offset)).map_err(|e| Error::io(path, e))?;
        Ok(Self { path: path.to_owned(), file: BufReader::with_capacity(1 << 16, file) })
    }

    fn member(&mut self) -> std::io::Result<Option<Member>> {
        if self.file.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let offset = self.file.stream_position()?;
        let mut plain = Vec::new();
        let inflated =
            GzDecoder::new(&mut self.file).take(BLOCK_LIMIT + (1 << 20)).read_to_end(&mut plain);
        let at_end = matches!(&inflated, Err(e) if e.kind() == ErrorKind::UnexpectedEof);
        let record = match inflated {
            Ok(_) => record_of(&plain),
            Err(e) => Err(e.to_string()),
        };
        if record.is_err() {
            let next = next_member(&mut self.file, offset + 1)?;
            let end = next.map_or_else(|| std::fs::metadata(&self.path).map(|m| m.len()), Ok)?;
            self.file.seek(SeekFrom::Start(end))?;
            let record =
                record.map_err(|reason| Damage { reason, at_end: at_end && next.is_none() });
            return Ok(Some(Member { offset, length: end - offset, record }));
        }
        let length = self.file.stream_position()? - offset;
        let record = record.map_err(|reason| Damage { reason, at_end: false });
        Ok(Some(Member { offset, length, record }))
    }
}

impl Iterator for Members {
    type Item = Result<Member>;

    fn next(&mut self) -> Option<Result<Member>> {
        self.member().map_err(|e| Error::io(&self.path, e)).transpose()
    }
}

/// The record in one decompressed member.
fn record_of(plain: &[u8]) -> std::result::Result<Record, String> {
    let mut reader = WarcReader::new(plain, BLOCK_LIMIT).map_err(|e| e.to_string())?;
    reader.next().ok_or("an empty gzip member")?.map_err(|e| e.reason)
}

/// The offset of the next gzip member at or after `from` that begins with a WARC version line.
fn next_member(file: &mut BufReader<File>, from: u64) -> std::io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(from))?;
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    let mut at = 0;
    while let Some(found) = rest[at..].windows(3).position(|w| w == [0x1f, 0x8b, 8]) {
        at += found;
        let mut start = [0; 5];
        if GzDecoder::new(&rest[at..]).read_exact(&mut start).is_ok() && &start == b"WARC/" {
            return Ok(Some(from + at as u64));
        }
        at += 1;
    }
    Ok(None)
}

/// Reads the one record at `offset`.
pub(super) fn read_at(path: &Path, offset: u64) -> Result<Record> {
    let damaged = |reason| Error::damaged(path, format!("offset {offset}: {reason}"));
    match Members::open(path, offset)?.next().transpose()? {
        Some(member) => member.record.map_err(|damage| damaged(damage.reason)),
        None => Err(damaged("the file ends before".to_owned())),
    }
}

/// Cuts `path` back to `end`, where its last whole record ends. Returns how many bytes went.
pub(super) fn cut(path: &Path, end: u64) -> Result<u64> {
    let attempt = || -> std::io::Result<u64> {
        let file = OpenOptions::new().write(true).open(path)?;
        let length = file.metadata()?.len();
        file.set_len(end)?;
        file.sync_all()?;
        Ok(length - end)
    };
    attempt().map_err(|e| Error::io(path, e))
}
