//! Verifying a bundle: every number is computed again from the members.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use corpus::source::Config;
use corpus::{Coded, Corpus, Digest, Statement, partition};
use rayon::prelude::*;
use report::CsvOptions;
use tag::{Codebook, Tagger};

use super::{
    ASKED, Entry, FORMAT, MANIFEST, Manifest, REPORT, Request, copy_digested, difference, json,
    root_digest, tar,
};
use crate::export::coded_path;
use crate::{Asked, Error, Reporter, Result, Until};

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
/// archive where it is there, that the report follows from all of it.
///
/// # Errors
/// Where the bundle cannot be read or `scratch` cannot be written; a bundle that does not hold is
/// [`Verified::Differs`].
pub fn verify(path: &Path, expect: Option<&str>, scratch: &Path) -> Result<Verified> {
    match checked(path, expect, scratch) {
        Ok(holds) => Ok(holds),
        Err(Stop::Differs(what)) => Ok(Verified::Differs(what)),
        Err(Stop::Fails(error)) => Err(error),
    }
}

/// Why verifying ends early.
enum Stop {
    Differs(String),
    Fails(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Fails(error.into())
    }
}

type Check<T = ()> = std::result::Result<T, Stop>;

fn differs<T>(what: impl Into<String>) -> Check<T> {
    Err(Stop::Differs(what.into()))
}

/// A member that does not parse is a difference, not a failure of this program.
fn member<T, E: std::fmt::Display>(name: &str, read: std::result::Result<T, E>) -> Check<T> {
    read.map_err(|e| Stop::Differs(format!("{name}: {e}")))
}

fn checked(path: &Path, expect: Option<&str>, scratch: &Path) -> Check<Verified> {
    let found = unpack(path, scratch)?;
    let manifest = manifest(scratch, &found)?;
    if let Some(expect) = expect {
        let full = expect
            .strip_prefix("sha256:")
            .map_or_else(|| format!("sha256:{expect}"), |_| expect.to_owned());
        if full != manifest.root.as_str() {
            return differs(format!("the root digest is {}, not {full}", manifest.root));
        }
    }
    let unpacked = Unpacked::open(scratch)?;
    let mut unchecked = Vec::new();
    unpacked.texts_have_their_digests()?;
    unpacked.codes_follow(&mut unchecked)?;
    if scratch.join("archive").is_dir() {
        unpacked.texts_follow(&mut unchecked)?;
    }
    unpacked.report_follows(&found, &manifest.root)?;
    Ok(Verified::Holds { root: manifest.root, members: found.len(), unchecked })
}

/// Unpacks all members into `scratch`, with their sizes and digests as they are.
fn unpack(path: &Path, scratch: &Path) -> Check<BTreeMap<String, Entry>> {
    let file = File::open(path).map_err(|e| corpus::Error::io(path, e))?;
    let length = file.metadata().map_err(|e| corpus::Error::io(path, e))?.len();
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
    if manifest.format != FORMAT {
        return differs(format!("bundle format {}, this program knows {FORMAT}", manifest.format));
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

fn read(scratch: &Path, name: &str) -> Check<Vec<u8>> {
    member(name, std::fs::read(scratch.join(name)))
}

/// An unpacked bundle.
struct Unpacked {
    scratch: PathBuf,
    corpus: Corpus,
    config: Config,
    request: Request,
}

impl Unpacked {
    fn open(scratch: &Path) -> Check<Self> {
        let bytes = read(scratch, ASKED)?;
        let request: Request = member(ASKED, serde_json::from_slice(&bytes))?;
        if json(&request)? != bytes {
            return differs("asked.json is not as this program writes it");
        }
        Ok(Self {
            scratch: scratch.to_path_buf(),
            corpus: member("FORMAT", Corpus::open(scratch))?,
            config: Config::Folder(scratch.join("config")),
            request,
        })
    }

    fn texts_have_their_digests(&self) -> Check {
        for path in partition::list(&self.corpus.statements())? {
            let name = self.name(&path);
            for statement in member::<Vec<Statement>, _>(&name, partition::read(&path))? {
                if corpus::text_digest(&statement.turns) != statement.text_digest {
                    return differs(format!(
                        "{name}: {} has another text than its digest says",
                        statement.id
                    ));
                }
            }
        }
        Ok(())
    }

    /// Codes the texts again with the bundle's codebook.
    fn codes_follow(&self, unchecked: &mut Vec<String>) -> Check {
        let codebook = Codebook::load(&self.config, &self.request.codebook);
        let codebook = member("config/codebook", codebook)?;
        let tagger = member("config/codebook", Tagger::new(&codebook))?;
        let stage = format!("tag/{}", tag::VERSION);
        for path in partition::list(&self.corpus.statements())? {
            let coded_path = coded_path(&self.corpus, &path);
            let name = self.name(&coded_path);
            let made_by = partition::stamp(&coded_path).map(|s| s.stage);
            if made_by.as_ref().is_some_and(|made_by| *made_by != stage) {
                unchecked.push(format!("{name} was coded by another version of the program"));
                continue;
            }
            let statements: Vec<Statement> = partition::read(&path)?;
            let coded: Vec<Coded> = member(&name, partition::read(&coded_path))?;
            let again: Vec<Coded> = statements.par_iter().map(|s| tagger.tag(s)).collect();
            let wrong = again.iter().zip(&coded).find(|(again, coded)| again != coded);
            if let Some((again, _)) = wrong {
                return differs(format!(
                    "{name}: the codes of {} do not follow from its text",
                    again.statement
                ));
            }
            if again.len() != coded.len() {
                return differs(format!("{name}: {} texts, {} coded", again.len(), coded.len()));
            }
        }
        Ok(())
    }

    /// Reads the archive again, in a corpus of its own beside the bundle's.
    fn texts_follow(&self, unchecked: &mut Vec<String>) -> Check {
        let root = self.scratch.join("again");
        let again = Corpus::create(&root)?;
        for file in super::files_in(&self.corpus.archive())? {
            let Some(name) = file.file_name() else { continue };
            let target = again.archive().join(name);
            std::fs::copy(&file, &target).map_err(|e| corpus::Error::io(&target, e))?;
        }
        let silent = Reporter::silent();
        let ran =
            crate::run(&again, &self.config, &self.request.codebook, Until::Statements, &silent);
        member("archive", ran)?;
        let stage = format!("normalize/{}", normalize::VERSION);
        for path in partition::list(&again.statements())? {
            let below = path.strip_prefix(again.root()).unwrap_or(&path);
            let theirs = self.corpus.root().join(below);
            let name = self.name(&theirs);
            if partition::stamp(&theirs).is_some_and(|s| s.stage != stage) {
                unchecked.push(format!("{name} was read by another version of the program"));
                continue;
            }
            let ours: Vec<Statement> = partition::read(&path)?;
            let theirs: Vec<Statement> = member(&name, partition::read(&theirs))?;
            if ours != theirs {
                return differs(format!("{name} does not follow from the archive"));
            }
        }
        let count = |corpus: &Corpus| partition::list(&corpus.statements()).map(|list| list.len());
        if count(&again)? != count(&self.corpus)? {
            return differs("statements/ holds texts that are not in the archive");
        }
        Ok(())
    }

    /// Makes the report again and compares every file of it.
    fn report_follows(&self, found: &BTreeMap<String, Entry>, root: &Digest) -> Check {
        let study = member("config/studies", crate::study(&self.config, &self.request.study))?;
        let asked = Asked {
            codebook: self.request.codebook.clone(),
            program: self.request.program.clone(),
            as_of: self.request.as_of,
            agreement: self.request.agreement.clone(),
            root: Some(root.clone()),
        };
        let findings = crate::findings(&self.corpus, &self.config, &study, &asked);
        let findings = member("the members", findings)?;
        let un = self.scratch.join("un");
        let data = un.is_dir().then_some(un.as_path());
        let votes = member("un", crate::study_votes(&self.config, &study, data))?;
        let files = report::files(&findings, votes.as_ref(), CsvOptions::default())?;
        let order = |name: &str| name != "findings.json";
        let mut files = files;
        files.sort_by_key(|(name, _)| order(name));
        for (name, bytes) in &files {
            let member = format!("{REPORT}{name}");
            let Some(_) = found.get(&member) else {
                return differs(format!("{member} is missing"));
            };
            if let Some(what) = difference::first(name, &read(&self.scratch, &member)?, bytes) {
                return differs(format!("{member}: {what}"));
            }
        }
        let known = |path: &str| files.iter().any(|(name, _)| path == format!("{REPORT}{name}"));
        match found.keys().find(|path| path.starts_with(REPORT) && !known(path)) {
            Some(extra) => differs(format!("{extra} is no file of the report")),
            None => Ok(()),
        }
    }

    fn name(&self, path: &Path) -> String {
        path.strip_prefix(&self.scratch).unwrap_or(path).display().to_string()
    }
}
