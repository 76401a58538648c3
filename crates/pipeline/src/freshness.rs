//! Freshness: whether what a command reads is what a run would give now.
//!
//! Told from `made.json`, the sizes of the files of archive and stages, and the configuration:
//! whoever asks first and reads then loses a few milliseconds. Whoever publishes asks for the bytes
//! of these files, too ([`differing`]).

use std::collections::BTreeMap;
use std::fmt::{Display, Formatter};

use corpus::source::Config;
use corpus::{Corpus, partition};

use crate::files::{self, sizes};
use crate::made::{CodedFrom, Made, MadeCodes, MadeStatements};
use crate::{Result, Until, reading, statements};

/// One thing that lags behind, as a sentence without its full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// The archive was not read to its end by a program that keeps note of it.
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
    /// Files that a stage wrote are gone or others than it wrote, or nobody wrote them.
    Files {
        /// The first of them.
        first: String,
        /// How many more there are.
        more: usize,
    },
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
            Self::Files { first, more: 0 } => write!(f, "{first} is not as it was written"),
            Self::Files { first, more } => {
                write!(f, "{first} and {more} more files are not as they were written")
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
    let Made { statements, codes, index, .. } = Made::read(corpus);
    let Some(statements) = statements else {
        return Ok(vec![Stale::Unread]);
    };
    let mut stale = of_statements(corpus, config, &statements)?;
    if until >= Until::Codes {
        let now = CodedFrom::now(config, codebook, &statements.rows)?;
        let lags = of_codes(corpus, &now, codes.as_ref(), codebook)?;
        if until >= Until::Index && lags.is_none() && index.as_ref() != Some(&now) {
            stale.push(Stale::Index);
        }
        stale.extend(lags);
    }
    Ok(stale)
}

/// What differs, byte by byte, of the files that the stages up to `until` wrote.
pub fn differing(corpus: &Corpus, until: Until) -> Vec<Stale> {
    let Made { statements, codes, .. } = Made::read(corpus);
    let codes = codes.filter(|_| until >= Until::Codes);
    let written = statements.map(|made| made.files).into_iter().chain(codes.map(|made| made.files));
    written.filter_map(|written| of_files(files::differing(corpus, &written))).collect()
}

fn of_files(names: Vec<String>) -> Option<Stale> {
    let more = names.len().saturating_sub(1);
    names.into_iter().next().map(|first| Stale::Files { first, more })
}

fn of_statements(corpus: &Corpus, config: &Config, made: &MadeStatements) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    let changed = files::resized(&archived(corpus)?, &made.from.archive);
    if let Some((first, more)) = changed.split_first() {
        stale.push(Stale::Archive { first: first.clone(), more: more.len() });
    }
    let there = sizes(corpus, &statements::paths(corpus)?)?;
    stale.extend(of_files(files::resized(&there, &made.files)));
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
    now: &CodedFrom,
    made: Option<&MadeCodes>,
    codebook: &str,
) -> Result<Option<Stale>> {
    Ok(match made {
        Some(made) if made.from == *now => {
            let there = sizes(corpus, &partition::list(&corpus.coded())?)?;
            of_files(files::resized(&there, &made.files))
        }
        Some(MadeCodes { from, .. }) if from.stage != now.stage => {
            Some(Stale::CodedVersion(from.stage.clone(), now.stage.clone()))
        }
        Some(made) if made.from.codebook != now.codebook => {
            Some(Stale::Codebook(codebook.to_owned()))
        }
        _ => Some(Stale::Uncoded),
    })
}

/// The archive's files with their sizes on disk.
fn archived(corpus: &Corpus) -> Result<BTreeMap<String, u64>> {
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

/// All that is stale as one sentence.
pub(crate) fn joined(stale: &[Stale]) -> String {
    stale.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
