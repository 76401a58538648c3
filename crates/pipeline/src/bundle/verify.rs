//! Verifying a bundle: every number is computed again from the members.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::Path;

use corpus::Digest;

use super::unpacked::Unpacked;
use super::{
    ASKED, Entry, FORMAT, MANIFEST, Manifest, REPORT, copy_digested, json, root_digest, tar,
};
use crate::{Error, Progress, Reporter, Result};

/// What became of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Every number follows from the members.
    Holds {
        /// The root digest.
        root: Digest,
        /// How many members.
        members: usize,
        /// What could not be checked with this program, in plain words.
        unchecked: Vec<String>,
    },
    /// The first difference.
    Differs(String),
}

/// Verifies the bundle at `path`, unpacking it into the empty folder `scratch`.
///
/// Checked in this order: the container, the digests, the root digest (and `expect`), that texts
/// have their digests, that codes follow from texts and codebook, that texts follow from the
/// archive where it is there, that the report follows from all of it. A report that another
/// version of the program made may be told in other words: there every number is compared, and
/// what is not is named.
///
/// # Errors
/// Where the bundle cannot be read or `scratch` cannot be written; a bundle that does not hold is
/// [`Verified::Differs`].
pub fn verify(
    path: &Path,
    expect: Option<&str>,
    scratch: &Path,
    reporter: &Reporter,
) -> Result<Verified> {
    match checked(path, expect, scratch, reporter) {
        Ok(holds) => Ok(holds),
        Err(Stop::Differs(what)) => Ok(Verified::Differs(what)),
        Err(Stop::Fails(error)) => Err(error),
    }
}

/// Why verifying ends early.
pub(super) enum Stop {
    Differs(String),
    Fails(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fails(error.into())
    }
}

pub(super) type Check<T = ()> = std::result::Result<T, Stop>;

pub(super) fn differs<T>(what: impl Into<String>) -> Check<T> {
    Err(Stop::Differs(what.into()))
}

/// A member that does not parse is a difference, not a failure of this program.
pub(super) fn member<T, E: std::fmt::Display>(
    name: &str,
    read: std::result::Result<T, E>,
) -> Check<T> {
    read.map_err(|e| Stop::Differs(format!("{name}: {e}")))
}

fn checked(
    path: &Path,
    expect: Option<&str>,
    scratch: &Path,
    reporter: &Reporter,
) -> Check<Verified> {
    let found = unpack(path, scratch, reporter)?;
    let manifest = manifest(scratch, &found)?;
    if let Some(expect) = expect {
        let full = expect
            .strip_prefix("sha256:")
            .map_or_else(|| format!("sha256:{expect}"), |_| expect.to_owned());
        if full != manifest.root.as_str() {
            return differs(format!("the root digest is {}, not {full}", manifest.root));
        }
    }
    let unpacked = Unpacked::open(scratch, reporter)?;
    let mut unchecked = Vec::new();
    let followed = unpacked.all_follows(&found, &manifest.root, &mut unchecked);
    match (followed, unpacked.other_version()) {
        (Err(Stop::Differs(what)), Some(other)) => differs(format!(
            "{what} ({other}, which may read, code or count otherwise: before you call the bundle \
             altered, verify it with the version that wrote it)"
        )),
        (followed, _) => {
            followed?;
            Ok(Verified::Holds { root: manifest.root, members: found.len(), unchecked })
        }
    }
}

/// Unpacks all members into `scratch`, with their sizes and digests as they are.
fn unpack(path: &Path, scratch: &Path, reporter: &Reporter) -> Check<BTreeMap<String, Entry>> {
    let file = File::open(path).map_err(|e| corpus::Error::io(path, e))?;
    let length = file.metadata().map_err(|e| corpus::Error::io(path, e))?.len();
    reporter.tell(Progress::Started { stage: "unpack", total: length });
    let mut reader = BufReader::new(file);
    let mut found = BTreeMap::new();
    let container = |e: std::io::Error| Stop::Differs(format!("the container: {e}"));
    while let Some((name, size)) = tar::next_header(&mut reader).map_err(container)? {
        if size > length {
            return differs(format!("{name} is said to be larger than the bundle"));
        }
        let target = scratch.join(&name);
        let out = create(&target)?;
        let (bytes, digest) = copy_digested((&mut reader).take(size), out)
            .map_err(|e| corpus::Error::io(&target, e))?;
        if bytes < size {
            return differs(format!("{name} is cut short"));
        }
        tar::skip_padding(&mut reader, &name, size).map_err(container)?;
        reporter.tell(Progress::Stepped(bytes));
        let entry = Entry { path: name.clone(), bytes, digest };
        if found.insert(name.clone(), entry).is_some() {
            return differs(format!("{name} is there twice"));
        }
    }
    Ok(found)
}

fn create(path: &Path) -> Check<impl Write + use<>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| corpus::Error::io(folder, e))?;
    }
    Ok(File::create(path).map_err(|e| corpus::Error::io(path, e))?)
}

/// The manifest, after every member had the size and digest it gives and none was missing.
fn manifest(scratch: &Path, found: &BTreeMap<String, Entry>) -> Check<Manifest> {
    let bytes = read(scratch, MANIFEST)?;
    let manifest: Manifest = member(MANIFEST, serde_json::from_slice(&bytes))?;
    if !(1..=FORMAT).contains(&manifest.format) {
        return differs(format!(
            "bundle format {}, this program knows 1 to {FORMAT}: verify it with the version that \
             wrote it",
            manifest.format
        ));
    }
    if json(&manifest)? != bytes {
        return differs("manifest.json is not as this program writes it");
    }
    let listed: BTreeMap<&str, &Entry> =
        manifest.members.iter().map(|e| (e.path.as_str(), e)).collect();
    if listed.len() != manifest.members.len() {
        return differs("manifest.json names a member twice");
    }
    for (path, entry) in found.iter().filter(|(path, _)| *path != MANIFEST) {
        if !has_a_place(path) {
            return differs(format!("{path} has no place in a bundle"));
        }
        match listed.get(path.as_str()) {
            None => return differs(format!("{path} is not in the manifest")),
            Some(listed) if *listed != entry => {
                return differs(format!(
                    "{path} has {}, the manifest says {}",
                    entry.digest, listed.digest
                ));
            }
            Some(_) => {}
        }
    }
    if let Some(missing) = listed.keys().find(|path| !found.contains_key(**path)) {
        return differs(format!("{missing} is missing"));
    }
    let root = root_digest(&manifest.members);
    if root != manifest.root {
        return differs(format!(
            "the members give the root digest {root}, the manifest says {}",
            manifest.root
        ));
    }
    Ok(manifest)
}

/// Whether a bundle has members of that path; others could come in the way of what is unpacked.
fn has_a_place(path: &str) -> bool {
    const FOLDERS: [&str; 6] = ["config/", "statements/", "coded/", "un/", "archive/", REPORT];
    const FILES: [&str; 3] = [ASKED, "FORMAT", "links.parquet"];
    FILES.contains(&path) || FOLDERS.iter().any(|folder| path.starts_with(folder))
}

pub(super) fn read(scratch: &Path, name: &str) -> Check<Vec<u8>> {
    member(name, std::fs::read(scratch.join(name)))
}
