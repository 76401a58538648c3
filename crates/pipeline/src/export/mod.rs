//! Exports: everything that is held, as tables that other tools open.

mod codes;
mod statements;
mod table;

use std::io::Write;
use std::path::{Path, PathBuf};

use corpus::partition::Row;
use corpus::{Coded, Corpus, Statement, partition};

use crate::{Error, Progress, Reporter, Result, Selection};

pub use codes::{AttributionRow, MentionRow};
pub use statements::{StatementRow, TurnRow};
use table::Objects;
pub use table::{Format, Table};

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// One statement a line; as CSV or Parquet one turn a row.
    Statements,
    /// One codebook entry at a span a line.
    Mentions,
    /// One holder blaming one target a line.
    Attributions,
}

/// Writes what is selected to `out`, sorted by source, date and id. Returns the number of rows.
/// Nothing is told of its progress: the rows may be on their way to a terminal.
///
/// # Errors
/// Where a partition is damaged, the text is not coded, or `out` cannot be written.
pub fn export(
    corpus: &Corpus,
    what: What,
    selection: &Selection,
    format: Format,
    out: &mut dyn Write,
) -> Result<u64> {
    match what {
        What::Statements if format == Format::Jsonl => {
            whole_statements(corpus, selection, Objects::lines(out))
        }
        What::Statements if format == Format::Json => {
            whole_statements(corpus, selection, Objects::array(out))
        }
        What::Statements => {
            let mut table = Table::new(format, TurnRow::sample(), out)?;
            each_statement(corpus, selection, &Reporter::silent(), |s| {
                s.turns.iter().try_for_each(|turn| table.row(TurnRow::of(&s, turn)))
            })?;
            table.finish()
        }
        What::Mentions => {
            let mut table = Table::new(format, MentionRow::sample(), out)?;
            each_coded(corpus, selection, |s, c| {
                c.mentions.iter().try_for_each(|m| table.row(MentionRow::of(s, m)?))
            })?;
            table.finish()
        }
        What::Attributions => {
            let mut table = Table::new(format, AttributionRow::sample(), out)?;
            each_coded(corpus, selection, |s, c| {
                c.attributions.iter().try_for_each(|a| table.row(AttributionRow::of(s, a)?))
            })?;
            table.finish()
        }
    }
}

/// Statements with their turns, which a table of one row a turn cannot hold.
fn whole_statements(corpus: &Corpus, selection: &Selection, mut out: Objects<'_>) -> Result<u64> {
    each_statement(corpus, selection, &Reporter::silent(), |s| out.write(&StatementRow::of(&s)))?;
    out.finish()
}

/// Calls `visit` with every selected statement, sorted by source, date and id; a step a partition.
///
/// # Errors
/// Where a partition is damaged, and what `visit` returns.
pub fn each_statement(
    corpus: &Corpus,
    selection: &Selection,
    reporter: &Reporter,
    mut visit: impl FnMut(Statement) -> Result<()>,
) -> Result<()> {
    let paths = selection.partitions(corpus)?;
    reporter.tell(Progress::Started { stage: "statements", total: paths.len() as u64 });
    for path in paths {
        for statement in partition::read::<Statement>(&path)? {
            if selection.holds(&statement) {
                visit(statement)?;
            }
        }
        reporter.tell(Progress::Stepped(1));
    }
    Ok(())
}

/// Calls `visit` with every selected statement and its codes, in the same order.
///
/// # Errors
/// [`Error::NotCoded`] where the codes are missing or of other text.
pub fn each_coded(
    corpus: &Corpus,
    selection: &Selection,
    mut visit: impl FnMut(&Statement, &Coded) -> Result<()>,
) -> Result<()> {
    for path in selection.partitions(corpus)? {
        let (statements, coded) = with_codes(corpus, &path)?;
        for (statement, codes) in statements.iter().zip(&coded) {
            if selection.holds(statement) {
                visit(statement, codes)?;
            }
        }
    }
    Ok(())
}

/// The statements of one partition and their codes, row by row.
///
/// # Errors
/// [`Error::NotCoded`] where the codes are missing or of other text.
pub fn with_codes(corpus: &Corpus, path: &Path) -> Result<(Vec<Statement>, Vec<Coded>)> {
    let coded_file = coded_path(corpus, path);
    if !coded_file.exists() {
        return Err(Error::NotCoded(coded_file));
    }
    let statements = partition::read::<Statement>(path)?;
    let coded = partition::read::<Coded>(&coded_file)?;
    let same = |(s, c): (&Statement, &Coded)| s.id == c.statement && s.revision == c.revision;
    if statements.len() != coded.len() || !statements.iter().zip(&coded).all(same) {
        return Err(Error::NotCoded(coded_file));
    }
    Ok((statements, coded))
}

/// The coded partition that belongs to a statement partition.
pub fn coded_path(corpus: &Corpus, statements: &Path) -> PathBuf {
    match statements.strip_prefix(corpus.statements()) {
        Ok(tail) => corpus.coded().join(tail),
        Err(_) => corpus.coded(),
    }
}
