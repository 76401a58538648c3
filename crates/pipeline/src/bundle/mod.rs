//! A bundle: a report with everything that its numbers follow from, in one file.
//!
//! ```text
//! manifest.json   the members with their digests, and the root digest
//! asked.json      study, codebook, program, as_of: what the report was asked for
//! config/         sources, codebook, studies, votes
//! statements/ coded/ links.parquet FORMAT    the corpus as it was measured
//! un/             roll calls, where they were given
//! archive/        captures, where they were asked for
//! report/         the findings in every format
//! ```
//!
//! The root digest is over all members but the manifest and the report. The report follows from
//! the rest, so it can print the digest that vouches for it, and [`verify`] makes it again from
//! the members and compares byte by byte; under another version of the program, number by number.

mod difference;
mod numbers;
mod tar;
mod unpacked;
mod verify;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use corpus::source::Config;
use corpus::{Corpus, Digest, Digester, partition};
use measure::Findings;
use report::CsvOptions;
use serde::{Deserialize, Serialize};
use votes::VoteFindings;

use crate::{Asked, Error, Result};

pub use verify::{Verified, verify};

/// The bundle format that this program writes; those from 1 on it reads.
const FORMAT: u32 = 2;

const MANIFEST: &str = "manifest.json";
const ASKED: &str = "asked.json";
const REPORT: &str = "report/";

/// What goes into a bundle beside the corpus.
#[derive(Debug, Clone, Default)]
pub struct Bundling {
    /// The study's id.
    pub study: String,
    /// What the report was asked for.
    pub asked: Asked,
    /// Folder of the roll calls, where they were given.
    pub roll_calls: Option<PathBuf>,
    /// Whether the captures go in too, so that the text can be read again.
    pub with_archive: bool,
}

/// What a report was asked for, as `asked.json` holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    study: String,
    codebook: String,
    program: String,
    as_of: Option<jiff::Timestamp>,
    agreement: Vec<String>,
    /// What made the report; formats before 2 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made_by: Option<Makers>,
}

/// The versions of what makes a report from coded text. Those of the stages before stand in the
/// partitions' stamps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Makers {
    measure: u32,
    votes: u32,
    report: u32,
}

impl Makers {
    const OF_THIS_PROGRAM: Self =
        Self { measure: measure::VERSION, votes: votes::VERSION, report: report::VERSION };
}

impl std::fmt::Display for Makers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "measure/{}, votes/{}, report/{}", self.measure, self.votes, self.report)
    }
}

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: u32,
    root: Digest,
    members: Vec<Entry>,
}

/// One member of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    bytes: u64,
    digest: Digest,
}

/// A member before it is written: a file of the corpus, or bytes made here.
#[derive(Debug, Clone)]
enum Member {
    File(PathBuf),
    Bytes(Vec<u8>),
}

/// The members that numbers follow from, by path, with their root digest.
#[derive(Debug, Clone)]
pub struct Inputs {
    members: BTreeMap<String, Member>,
    entries: Vec<Entry>,
    root: Digest,
}

impl Inputs {
    /// Gathers and digests them.
    ///
    /// # Errors
    /// Where a file of the corpus or of the configuration cannot be read.
    pub fn gather(corpus: &Corpus, config: &Config, bundling: &Bundling) -> Result<Self> {
        let mut members = BTreeMap::new();
        for (path, bytes) in config.every_file()? {
            members.insert(format!("config/{path}"), Member::Bytes(bytes));
        }
        let root = corpus.root();
        let mut files = partition::list(&corpus.statements())?;
        files.extend(partition::list(&corpus.coded())?);
        files.extend([corpus.links(), root.join("FORMAT")].into_iter().filter(|f| f.is_file()));
        if bundling.with_archive {
            files.extend(files_in(&corpus.archive())?);
        }
        for file in files {
            members.insert(inside(root, &file)?, Member::File(file));
        }
        if let Some(folder) = &bundling.roll_calls {
            for file in votes::tables(folder)? {
                members.insert(format!("un/{}", inside(folder, &file)?), Member::File(file));
            }
        }
        let Asked { codebook, program, as_of, agreement, .. } = bundling.asked.clone();
        let made_by = Some(Makers::OF_THIS_PROGRAM);
        let study = bundling.study.clone();
        let request = Request { study, codebook, program, as_of, agreement, made_by };
        members.insert(ASKED.to_owned(), Member::Bytes(json(&request)?));
        let entries: Vec<Entry> =
            members.iter().map(|(path, member)| entry(path, member)).collect::<Result<_>>()?;
        let root = root_digest(&entries);
        Ok(Self { members, entries, root })
    }

    /// The root digest: what a report prints and `verify --expect` takes.
    pub fn root(&self) -> &Digest {
        &self.root
    }

    /// Writes the bundle with the report made from these inputs.
    ///
    /// # Errors
    /// Where a format cannot be rendered or the file cannot be written.
    pub fn write(
        mut self,
        findings: &Findings,
        votes: Option<&VoteFindings>,
        path: &Path,
    ) -> Result<()> {
        for (name, bytes) in report::files(findings, votes, CsvOptions::default())? {
            let name = format!("{REPORT}{name}");
            let member = Member::Bytes(bytes);
            self.entries.push(entry(&name, &member)?);
            self.members.insert(name, member);
        }
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        let manifest = Manifest { format: FORMAT, root: self.root, members: self.entries };
        let manifest_bytes = json(&manifest)?;
        let write = |out: &mut BufWriter<File>| {
            let mut writer = tar::Writer::new(out);
            writer.add(MANIFEST, manifest_bytes.len() as u64, &mut manifest_bytes.as_slice())?;
            for entry in &manifest.members {
                match self.members.get(&entry.path) {
                    Some(Member::File(file)) => {
                        writer.add(&entry.path, entry.bytes, &mut File::open(file)?)?;
                    }
                    Some(Member::Bytes(bytes)) => {
                        writer.add(&entry.path, entry.bytes, &mut bytes.as_slice())?;
                    }
                    None => {}
                }
            }
            writer.finish().map(|_| ())
        };
        Ok(corpus::write_atomically(path, write)?)
    }
}

/// The digest over the paths and digests of all members but the report.
fn root_digest(entries: &[Entry]) -> Digest {
    let mut digester = Digester::default();
    for entry in entries.iter().filter(|e| !e.path.starts_with(REPORT)) {
        digester.field(entry.path.as_bytes());
        digester.field(entry.digest.as_str().as_bytes());
    }
    digester.finish()
}

fn entry(path: &str, member: &Member) -> Result<Entry> {
    let path = path.to_owned();
    Ok(match member {
        Member::Bytes(bytes) => {
            Entry { path, bytes: bytes.len() as u64, digest: Digest::of(bytes) }
        }
        Member::File(file) => {
            let opened = File::open(file).map_err(|e| corpus::Error::io(file, e))?;
            let (bytes, digest) =
                copy_digested(opened, std::io::sink()).map_err(|e| corpus::Error::io(file, e))?;
            Entry { path, bytes, digest }
        }
    })
}

/// Copies all of `from`, and gives the number of bytes and their digest.
fn copy_digested(mut from: impl Read, mut to: impl Write) -> std::io::Result<(u64, Digest)> {
    let (mut digester, mut total) = (Digester::default(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok((total, digester.finish()));
        }
        digester.add(&buffer[..n]);
        to.write_all(&buffer[..n])?;
        total += n as u64;
    }
}

/// The plain files of `folder`, not below it, sorted; none where there is no such folder.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(corpus::Error::io(folder, e).into()),
    };
    let mut files = Vec::new();
    for entry in listed {
        let path = entry.map_err(|e| corpus::Error::io(folder, e))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The path of `file` below `folder` with slashes.
fn inside(folder: &Path, file: &Path) -> Result<String> {
    let below = file.strip_prefix(folder).unwrap_or(file);
    let parts: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
    let parts = parts.ok_or_else(|| Error::Bundle {
        path: file.to_path_buf(),
        reason: "a name that is no UTF-8 cannot be bundled".to_owned(),
    })?;
    Ok(parts.join("/"))
}

/// Indented JSON with a line end: the one way in which this program writes these files.
fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|e| Error::Encode(e.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}
