//! Freshness: whether what a command reads is what a run would give now.
//!
//! Told from `made.json`, the sizes of the archive's files and the configuration: whoever asks
//! first and reads then loses a few milliseconds.

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};

use corpus::Corpus;
use corpus::source::Config;

use crate::made::{ArchivedFile, Made, MadeCodes, MadeStatements};
use crate::{Result, Until, reading};

/// One thing that lags behind, as a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// The archive was not read to its end by a program that keeps note of it, or what was read is gone.
    Unread,
    /// Files of the archive that are not read as they are now.
    Archive {
        /// The first of them.
        first: String,
        /// How many more there are.
        more: usize,
    },
    /// Sources or outlets are configured otherwise than those that read the statements.
    Reading,
    /// The statements are of another version of the program: it, and this one.
    ReadVersion(String, String),
    /// Statements are not coded, or changed since.
    Uncoded,
    /// A codebook is configured, by its name, that is not the one that coded.
    Codebook(String),
    /// The codes are of another version of the program: it, and this one.
    CodedVersion(String, String),
    /// The index is not of the codes.
    Index,
}

impl Display for Stale {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unread => write!(f, "the archive is not read, or not by this version"),
            Self::Archive { first, more: 0 } => {
                write!(f, "archive/{first} is not read as it is now")
            }
            Self::Archive { first, more } => {
                write!(f, "archive/{first} and {more} more files are not read as they are now")
            }
            Self::Reading => {
                write!(f, "sources/ or outlets.toml are not those that read the statements")
            }
            Self::ReadVersion(other, this) => {
                write!(f, "the statements are of {other}, this program reads by {this}")
            }
            Self::Uncoded => write!(f, "the statements are not all coded as they are now"),
            Self::Codebook(name) => write!(f, "codebook `{name}` is not the one that coded"),
            Self::CodedVersion(other, this) => {
                write!(f, "the codes are of {other}, this program codes by {this}")
            }
            Self::Index => write!(f, "the index is not of the codes as they are now"),
        }
    }
}

/// What is stale of all that a command reads which needs the stages up to `until`; empty where it
/// is fresh.
///
/// # Errors
/// Where the archive's folder or a file of the configuration cannot be read.
pub fn stale(corpus: &Corpus, config: &Config, codebook: &str, until: Until) -> Result<Vec<Stale>> {
    let Made { statements, codes, index } = Made::read(corpus);
    let Some(statements) = statements.filter(|_| is_whole(corpus)) else {
        return Ok(vec![Stale::Unread]);
    };
    let mut stale = of_statements(corpus, config, &statements)?;
    if until >= Until::Codes {
        let now = MadeCodes::now(config, codebook, &statements.rows)?;
        let lags = of_codes(corpus, &now, codes.as_ref(), codebook);
        if until >= Until::Index && lags.is_none() && index.as_ref() != Some(&now) {
            stale.push(Stale::Index);
        }
        stale.extend(lags);
    }
    Ok(stale)
}

/// Whether nobody took away a file or folder that reading the archive wrote.
pub(crate) fn is_whole(corpus: &Corpus) -> bool {
    let has_statements = corpus.statements().is_dir() || !corpus.coded().is_dir();
    corpus.links().exists() && corpus.rejects().exists() && has_statements
}

fn of_statements(corpus: &Corpus, config: &Config, made: &MadeStatements) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    let changed = changed(&sizes(corpus)?, &made.from.archive);
    if let Some((first, more)) = changed.split_first() {
        stale.push(Stale::Archive { first: first.clone(), more: more.len() });
    }
    let this = format!("normalize/{}", normalize::VERSION);
    if made.from.stage != this {
        stale.push(Stale::ReadVersion(made.from.stage.clone(), this));
    } else if made.from.reading != reading::digest(config)? {
        stale.push(Stale::Reading);
    }
    Ok(stale)
}

/// Why the codes that were `made` are not what they would be `now`.
fn of_codes(
    corpus: &Corpus,
    now: &MadeCodes,
    made: Option<&MadeCodes>,
    codebook: &str,
) -> Option<Stale> {
    // Somebody may have removed the folder, and without statements there never was one.
    let is_there = corpus.coded().is_dir() || !corpus.statements().is_dir();
    match made.filter(|_| is_there) {
        Some(made) if made == now => None,
        Some(made) if made.stage != now.stage => {
            Some(Stale::CodedVersion(made.stage.clone(), now.stage.clone()))
        }
        Some(made) if made.codebook != now.codebook => Some(Stale::Codebook(codebook.to_owned())),
        _ => Some(Stale::Uncoded),
    }
}

/// The archive's files with their sizes on disk.
fn sizes(corpus: &Corpus) -> Result<BTreeMap<String, u64>> {
    let folder = corpus.archive();
    let mut sizes = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).map_err(|e| corpus::Error::io(&folder, e))? {
        let entry = entry.map_err(|e| corpus::Error::io(&folder, e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".warc.gz") {
            let metadata = entry.metadata().map_err(|e| corpus::Error::io(entry.path(), e))?;
            sizes.insert(name, metadata.len());
        }
    }
    Ok(sizes)
}

/// The files that are not as they were read, or gone.
fn changed(now: &BTreeMap<String, u64>, read: &BTreeMap<String, ArchivedFile>) -> Vec<String> {
    let names = now.keys().chain(read.keys().filter(|name| !now.contains_key(*name)));
    let differs = |name: &&String| now.get(*name) != read.get(*name).map(|file| &file.bytes);
    names.filter(differs).cloned().collect()
}

/// All that is stale as one sentence.
pub(crate) fn joined(stale: &[Stale]) -> String {
    stale.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
