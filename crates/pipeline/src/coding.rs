//! The second stage: statements to coded text.

use std::path::{Path, PathBuf};

use corpus::partition::{self, Stamp};
use corpus::source::Config;
use corpus::{Coded, Corpus, Digester, Statement};
use rayon::prelude::*;
use tag::{Codebook, Tagger};

use crate::export::coded_path;
use crate::files::{self, remove_differing};
use crate::made::{CodedFrom, Made, MadeCodes};
use crate::statements::remove;
use crate::{Progress, Reporter, Result, counted};

/// What the stage did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Partitions that were coded.
    pub partitions: u64,
    /// Partitions whose codes were fresh.
    pub fresh: u64,
    /// Statements in the partitions that were coded.
    pub statements: u64,
}

/// Codes every partition whose text or codebook changed. The caller holds the lock.
///
/// # Errors
/// Where the codebook does not hold together or a partition cannot be read or written.
pub fn code(corpus: &Corpus, config: &Config, name: &str, reporter: &Reporter) -> Result<Tagged> {
    let codebook = Codebook::load(config, name)?;
    let Made { statements, codes: made, .. } = Made::read(corpus);
    let from = statements.map(|made| CodedFrom::now(config, name, &made.rows)).transpose()?;
    if let Some(made) = &made {
        remove_differing(corpus, &made.files, reporter)?;
    }
    let mut done = Tagged::default();
    let mut stale = Vec::new();
    let partitions = partition::list(&corpus.statements())?;
    for path in &partitions {
        let stamp = wanted(path, &codebook);
        let coded = coded_path(corpus, path);
        if partition::stamp(&coded).is_some_and(|s| s == stamp) {
            done.fresh += 1;
        } else {
            stale.push((path.as_path(), coded, stamp));
        }
    }
    let made = made.filter(|made| stale.is_empty() && from.as_ref() == Some(&made.from));
    if made.map_or(Ok(false), |made| is_whole(corpus, &made))? {
        return Ok(done);
    }
    Made::change(corpus, |made| made.codes = None)?;
    for old in partition::list(&corpus.coded())? {
        if !partitions.iter().any(|p| coded_path(corpus, p) == old) {
            remove(&old)?;
        }
    }
    if !stale.is_empty() {
        code_partitions(&stale, &codebook, &mut done, reporter)?;
    }
    let files = files::written(corpus, &partition::list(&corpus.coded())?)?;
    Made::change(corpus, |made| made.codes = from.map(|from| MadeCodes { from, files }))?;
    Ok(done)
}

/// Whether nobody put another file beside those that were written.
fn is_whole(corpus: &Corpus, made: &MadeCodes) -> Result<bool> {
    let there = files::sizes(corpus, &partition::list(&corpus.coded())?)?;
    Ok(files::resized(&there, &made.files).is_empty())
}

/// A partition of statements, the one of its codes, and what these are made from.
type Uncoded<'p> = (&'p Path, PathBuf, Stamp);

fn code_partitions(
    stale: &[Uncoded<'_>],
    codebook: &Codebook,
    done: &mut Tagged,
    reporter: &Reporter,
) -> Result<()> {
    let tagger = Tagger::new(codebook)?;
    reporter.tell(Progress::Started { stage: "tag", total: stale.len() as u64 });
    for (path, coded, stamp) in stale {
        let statements: Vec<Statement> = partition::read(path)?;
        let rows: Vec<Coded> = statements.par_iter().map(|s| tagger.tag(s)).collect();
        partition::write(coded, &rows, stamp)?;
        let name = coded_name(coded);
        reporter.detail(&format!("coded/{name}: {}", counted(rows.len(), "statement")));
        done.partitions += 1;
        done.statements += rows.len() as u64;
        reporter.tell(Progress::Stepped(1));
    }
    Ok(())
}

/// `cn-mfa-zh/2022-02.parquet` of its path.
fn coded_name(coded: &Path) -> String {
    let parts: Vec<_> = coded.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join("/")
}

/// What the codes of a statement partition would be made from now.
fn wanted(statements: &Path, codebook: &Codebook) -> Stamp {
    let mut digester = Digester::default();
    if let Some(stamp) = partition::stamp(statements) {
        digester.field(stamp.stage.as_bytes());
        digester.field(stamp.inputs.as_str().as_bytes());
    }
    digester.field(codebook.digest().as_str().as_bytes());
    Stamp { stage: format!("tag/{}", tag::VERSION), inputs: digester.finish() }
}
