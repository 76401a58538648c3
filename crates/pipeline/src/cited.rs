//! The statements that a study's repeated work cites: which of them a corpus holds.

use corpus::{Corpus, Statement, partition};
use measure::{CitedFinder, CitedStatement, Study};

use crate::Result;

/// What became of each cited statement of `study`, in its order; revisions and editions of every
/// source are looked at, in the study's period or not.
///
/// # Errors
/// Where a partition cannot be read.
pub fn cited_statements(corpus: &Corpus, study: &Study) -> Result<Vec<CitedStatement>> {
    let mut finder = CitedFinder::new(&study.cited);
    for path in partition::list(&corpus.statements())? {
        let statements: Vec<Statement> = partition::read(&path)?;
        finder.look(&statements);
    }
    Ok(finder.finish())
}
