//! The audit of the archive: every gzip member is inflated, every digest computed again, every
//! line of the index held against the record that it points to. Reads only.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha1::Digest as _;

use super::cdxj::{Entry, rewritten};
use super::http::{BodyLimits, HttpResponse};
use super::member::{Member, Members, compressed};
use super::read::index_path;
use super::warc::{Record, RecordKind};
use crate::{Corpus, Digest, Error, Result};

/// One thing that is wrong with the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file in `archive/`.
    pub file: String,
    /// Offset of the record's gzip member in its file; of an index, of the line.
    pub offset: u64,
    /// The record's id, or its address where it has none; none where it cannot be read.
    pub record: Option<String>,
    /// The address that it holds.
    pub url: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What mends it.
    pub cure: String,
}

/// What the audit of one archive file came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AuditedFile {
    /// The file in `archive/`.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Records that are whole.
    pub records: usize,
    /// Digests that were computed again.
    pub digests: usize,
    /// Lines of its index; none where it has no index, which is derived when needed.
    pub index_lines: Option<usize>,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// Audits every file of the archive in order of name. `stepped` is told of the bytes that were
/// read, as they are.
///
/// # Errors
/// Where the folder or a file cannot be read at all.
pub fn audit(corpus: &Corpus, stepped: &dyn Fn(u64)) -> Result<Vec<AuditedFile>> {
    let folder = corpus.archive();
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
        paths.push(entry.map_err(|e| Error::io(&folder, e))?.path());
    }
    paths.sort();
    let named = |path: &Path, end: &str| path.to_string_lossy().ends_with(end);
    let mut audited = Vec::new();
    for path in paths.iter().filter(|path| named(path, ".warc.gz")) {
        audited.push(audit_file(path, stepped)?);
    }
    let indexes: Vec<PathBuf> = audited.iter().map(|a| index_path(&folder.join(&a.file))).collect();
    for path in paths.iter().filter(|path| named(path, ".cdxj") && !indexes.contains(path)) {
        let mut orphan = AuditedFile { file: name(path), ..AuditedFile::default() };
        let reason = "an index without its archive file".to_owned();
        let cure = "put the .warc.gz file of this name back from a copy".to_owned();
        orphan.fault(0, None, reason, cure);
        audited.push(orphan);
    }
    Ok(audited)
}

/// Audits one archive file and the index beside it.
///
/// # Errors
/// Where the file cannot be read at all.
pub fn audit_file(path: &Path, stepped: &dyn Fn(u64)) -> Result<AuditedFile> {
    let bytes = std::fs::metadata(path).map_err(|e| Error::io(path, e))?.len();
    let mut audited = AuditedFile { file: name(path), bytes, ..AuditedFile::default() };
    let mut file = File::open(path).map_err(|e| Error::io(path, e))?;
    let mut entries: BTreeMap<u64, Entry> = BTreeMap::new();
    for member in Members::open(path, 0)? {
        let Member { offset, length, record } = member?;
        match record {
            Ok(record) => {
                let flipped = flipped(&mut file, offset, length, &record);
                if flipped.map_err(|e| Error::io(path, e))? > 0 {
                    let reason = "a bit outside its checksum is not as it was written".to_owned();
                    audited.fault(offset, Some(&record), reason, from_a_copy());
                }
                audited.record(offset, &record);
                match Entry::of(&record, offset, length) {
                    Ok(entry) => entries.extend(entry.map(|entry| (offset, entry))),
                    Err(reason) => {
                        let cure = "it was archived so and is no capture; `demarche crawl` or \
                                    `import` of a sound record archives its page"
                            .to_owned();
                        audited.fault(offset, Some(&record), reason, cure);
                    }
                }
            }
            Err(damage) if damage.at_end => {
                let reason = format!("the file ends inside a record: {}", damage.reason);
                let cure = "the next `demarche crawl` or `import` cuts the half record off and \
                            says so; a crawl fetches its page again"
                    .to_owned();
                audited.fault(offset, None, reason, cure);
            }
            Err(damage) => {
                let reason = format!("damaged record, {length} bytes: {}", damage.reason);
                audited.fault(offset, None, reason, from_a_copy());
            }
        }
        stepped(length);
    }
    audited.index(path, entries)?;
    Ok(audited)
}

/// So many bits that differ from what the writer would write are damage; another version of the
/// compression differs in many more.
const FLIPPED: u32 = 16;

/// How many bits of a member differ from what the writer would write for this record; 0 where
/// another compression wrote it. The checksum of a gzip member covers neither its head nor the
/// bits that the compression leaves unused.
fn flipped(file: &mut File, offset: u64, length: u64, record: &Record) -> std::io::Result<u32> {
    let mut member = Vec::new();
    file.seek(SeekFrom::Start(offset))?;
    file.take(length).read_to_end(&mut member)?;
    let again = compressed(&record.headers, &record.block)?;
    let differ = member.iter().zip(&again).map(|(a, b)| (a ^ b).count_ones()).sum();
    Ok(if member.len() == again.len() && differ <= FLIPPED { differ } else { 0 })
}

fn from_a_copy() -> String {
    "put the file back from a copy; without one, `demarche crawl --full` or `demarche import` of \
     the original file archives what is lost again, if it is still to be had"
        .to_owned()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

impl AuditedFile {
    fn fault(&mut self, offset: u64, record: Option<&Record>, reason: String, cure: String) {
        let id = record.and_then(|r| r.header("WARC-Record-ID").or_else(|| r.url()));
        self.faults.push(Fault {
            file: self.file.clone(),
            offset,
            record: id.map(str::to_owned),
            url: record.and_then(Record::url).map(str::to_owned),
            reason,
            cure,
        });
    }

    /// One record whose member is whole, which its checksum has shown.
    fn record(&mut self, offset: u64, record: &Record) {
        self.records += 1;
        let revisit = record.kind() == RecordKind::Revisit;
        let block = record.header("WARC-Block-Digest").map(|d| ("block", d, Some(&*record.block)));
        // The payload of a revisit is that of another record.
        let payload = record.header("WARC-Payload-Digest").filter(|_| !revisit);
        let payload = payload.map(|d| ("payload", d, payload_of(record)));
        for (what, declared, bytes) in block.into_iter().chain(payload) {
            let Some(bytes) = bytes else {
                let reason = format!("{what}: the HTTP head cannot be read");
                self.fault(offset, Some(record), reason, from_a_copy());
                continue;
            };
            // Others write the digest of a payload whose transfer coding is removed.
            let plain =
                || HttpResponse::parse(&record.block).ok()?.body(BodyLimits::default()).ok();
            let equal = computed(declared, bytes).map(|same| {
                same || what == "payload"
                    && plain().is_some_and(|body| computed(declared, &body) == Some(true))
            });
            match equal {
                Some(true) => self.digests += 1,
                Some(false) => {
                    let reason = format!("{what} digest is not {declared}");
                    self.fault(offset, Some(record), reason, from_a_copy());
                }
                None => {}
            }
        }
    }

    /// Holds the lines of the index against the records of the file.
    fn index(&mut self, warc: &Path, mut entries: BTreeMap<u64, Entry>) -> Result<()> {
        let path = index_path(warc);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(Error::io(path, e)),
        };
        let mut index = Self { file: name(&path), ..Self::default() };
        let cure = || format!("delete archive/{}: it is derived again", name(&path));
        let whole = entries.len();
        let (mut lines, mut at, mut reached) = (0, 0, 0);
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            let offset = at;
            at += line.len() as u64;
            lines += 1;
            let text = std::str::from_utf8(line.trim_ascii_end()).unwrap_or("");
            let entry = Entry::parse(text);
            // The index still knows what a damaged record held.
            let damaged = entry.as_ref().and_then(|entry| {
                let here = |f: &&mut Fault| f.offset == entry.offset && f.record.is_none();
                self.faults.iter_mut().find(here).map(|fault| (entry, fault))
            });
            if let Some((entry, fault)) = damaged {
                let kind = entry.kind.name();
                fault.record = Some(format!("the {kind} of {}", entry.captured));
                fault.url = Some(entry.url.clone());
                continue;
            }
            let found = entry.as_ref().and_then(|e| entries.remove(&e.offset));
            reached = reached.max(entry.as_ref().map_or(0, |e| e.offset + e.length));
            let line = found.as_ref().map(|found| found.line(warc)).transpose()?;
            let reason = match (entry, found) {
                (None, _) => format!("line {lines} is no CDXJ"),
                (Some(entry), None) => {
                    format!("line {lines}: no record at offset {} of {}", entry.offset, self.file)
                }
                (Some(_), Some(_)) if rewritten(text) == line => continue,
                (Some(_), Some(found)) => {
                    format!("line {lines} is not what the record at {} says", found.offset)
                }
            };
            index.fault(offset, None, reason, cure());
        }
        // Records behind the index's last are such as a crawl that was killed leaves: they are
        // indexed by the next writer. Records between its lines are missing from it.
        let missing = entries.keys().filter(|offset| **offset < reached).count();
        if missing > 0 {
            let reason = format!("{missing} of {whole} records have no line");
            index.fault(0, None, reason, cure());
        }
        self.index_lines = Some(lines);
        self.faults.append(&mut index.faults);
        Ok(())
    }
}

/// The payload that a digest is of: what follows the HTTP head, or the whole block.
fn payload_of(record: &Record) -> Option<&[u8]> {
    let http = record.header("Content-Type").is_some_and(|t| t.starts_with("application/http"));
    if !http || record.kind() == RecordKind::Resource {
        return Some(&record.block);
    }
    let end = record.block.windows(4).position(|w| w == b"\r\n\r\n").map(|at| at + 4);
    let payload = HttpResponse::parse(&record.block).ok().map(|r| r.payload);
    payload.or_else(|| record.block.get(end?..))
}

/// Whether `bytes` have the digest that is declared as `sha1:BASE32`, `sha256:HEX` or the like;
/// `None` for an algorithm that is not known here.
fn computed(declared: &str, bytes: &[u8]) -> Option<bool> {
    let (algorithm, value) = declared.split_once(':')?;
    let digest: Vec<u8> = match algorithm.to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => sha1::Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => from_hex(Digest::of(bytes).short(64))?,
        _ => return None,
    };
    let value = value.trim();
    let same = if value.len() == digest.len() * 2 {
        from_hex(value).is_some_and(|v| v == digest)
    } else {
        value.trim_end_matches('=').eq_ignore_ascii_case(&base32(&digest))
    };
    Some(same)
}

fn from_hex(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// RFC 4648 without padding, as WARC writers print SHA-1.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let mut block = [0_u8; 8];
        block[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(block);
        for n in 0..(chunk.len() * 8).div_ceil(5) {
            let letter = (bits >> (35 - 5 * n)) & 31;
            text.push(char::from(LETTERS[usize::try_from(letter).unwrap_or_default()]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_known_in_every_way_of_writing_it() {
        assert_eq!(computed("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", b""), Some(false));
        assert_eq!(computed("sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", b""), Some(true));
        assert_eq!(computed("sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", b""), Some(true));
        let empty = Digest::of(b"").to_string();
        assert_eq!((computed(&empty, b""), computed(&empty, b"x")), (Some(true), Some(false)));
        assert_eq!(computed("md5:d41d8cd98f00b204e9800998ecf8427e", b""), None);
    }
}
