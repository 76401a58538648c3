//! A query with what narrows it: what `search` and `kwic` have in common.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use corpus::source::{Source, Sources};
use corpus::{Lang, Role};
use index::{Counted, Filters, Found, Index, Options, Query, QueryError, Totals};
use pipeline::export::{Format, Table};
use pipeline::{Until, counted};
use serde::Serialize;
use tag::Codebook;
use tag::codebook::Family;

use crate::commands::select::{DayArgs, SourceArgs, check_sources};
use crate::format;
use crate::global::Global;
use crate::output::{visible, write_to};

/// A query and what narrows it.
#[derive(Args)]
pub struct AskArgs {
    /// The query; see below
    pub query: String,
    #[command(flatten)]
    pub sources: SourceArgs,
    /// Only turns in this role: question, answer, announcement, narration, note
    #[arg(long)]
    pub role: Vec<Role>,
    /// Only turns in this language
    #[arg(long)]
    pub lang: Vec<Lang>,
    #[command(flatten)]
    pub days: DayArgs,
    /// Count by the codebook's rules and exclusions
    #[arg(long)]
    pub boundaries: bool,
    /// Count all English words of the same stem
    #[arg(long)]
    pub stem: bool,
    /// Count other spellings: traditional and simplified Chinese, DPRK and southern Korean
    #[arg(long)]
    pub fold_orthography: bool,
}

/// A search that was done.
pub struct Asked {
    pub index: Index,
    pub query: Query,
    pub found: Found,
}

/// What was asked, ready to be looked for.
pub struct Question {
    pub index: Index,
    pub query: Query,
    pub filters: Filters,
    pub options: Options,
}

impl AskArgs {
    /// Does the search.
    pub fn ask(&self, global: &Global) -> Result<Asked> {
        let Question { index, query, filters, options } = self.question(global)?;
        let found = index.find(&query, &filters, &options)?;
        Ok(Asked { index, query, found })
    }

    /// The question, after a look whether all that it names exists.
    pub fn question(&self, global: &Global) -> Result<Question> {
        let query = Query::parse(&self.query).map_err(pointed)?;
        let index = Index::open(&global.open_as_it_is(Until::Index)?)?;
        index.check(&query, |kind| declared(global, kind)).map_err(|error: anyhow::Error| {
            match error.downcast() {
                Ok(index::Error::Query(error)) => pointed(error),
                Ok(error) => error.into(),
                Err(error) => error,
            }
        })?;
        self.check_filters(global, &index)?;
        let filters = Filters {
            sources: self.sources.source.clone(),
            roles: self.role.clone(),
            langs: self.lang.clone(),
            from: self.days.from,
            to: self.days.to,
            ..Filters::default()
        };
        let entries = if self.boundaries { codebook_entries(global)? } else { Vec::new() };
        let options = Options {
            boundaries: self.boundaries,
            stem: self.stem,
            fold_orthography: self.fold_orthography,
            entries,
        };
        Ok(Question { index, query, filters, options })
    }

    fn check_filters(&self, global: &Global, index: &Index) -> Result<()> {
        let missing = self.sources.source.iter().filter(|id| !index.has_source(id));
        let mut missing = missing.peekable();
        if missing.peek().is_some() {
            check_sources(missing, &global.config()?)?;
        }
        self.days.check()
    }
}

/// The error, and below it the query with a caret, where there is one.
fn pointed(error: QueryError) -> anyhow::Error {
    if error.query.trim().is_empty() {
        return error.into();
    }
    anyhow::anyhow!("{error}\n{}", error.pointer())
}

/// The names of a kind that the configuration declares.
fn declared(global: &Global, kind: &str) -> Result<BTreeSet<String>> {
    let config = global.config()?;
    if matches!(kind, "source" | "country") {
        let sources = Sources::load(&config)?;
        let name = |source: &Source| match kind {
            "source" => source.id.clone(),
            _ => source.country.to_lowercase(),
        };
        return Ok(sources.iter().map(name).collect());
    }
    let codebook = Codebook::load(&config, pipeline::CODEBOOK)?;
    let family = match kind {
        "blame" => Some(Family::Target),
        "naming@" => Some(Family::Event),
        _ => Family::of_name(kind),
    };
    let ids = family.map(|family| codebook.family(family).map(|entry| entry.id.clone()));
    Ok(ids.into_iter().flatten().collect())
}

/// How a table of hits or rows is written.
#[derive(Args)]
pub struct TableArgs {
    /// How to write it; default: by the ending of `-o`, else text for reading
    #[arg(long, value_enum)]
    pub format: Option<TableFormat>,
    /// In CSV: a byte order mark, and no cell that a spreadsheet would run
    #[arg(long)]
    pub for_excel: bool,
    /// The file to write: .txt, .csv, .jsonl, .json or .parquet; default: stdout
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// The format of a table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For reading
    Text,
    Csv,
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
    Parquet,
}

impl TableArgs {
    /// The format of a table; `None` for text.
    pub fn table(&self) -> Result<Option<Format>> {
        Ok(match format::of_file(self.format, self.output.as_deref())? {
            None | Some(TableFormat::Text) => None,
            Some(TableFormat::Csv) => Some(Format::Csv { for_excel: self.for_excel }),
            Some(TableFormat::Jsonl) => Some(Format::Jsonl),
            Some(TableFormat::Json) => Some(Format::Json),
            Some(TableFormat::Parquet) => Some(Format::Parquet),
        })
    }

    /// Refuses what `--json`, one document on stdout, leaves no place for.
    pub fn check(&self, global: &Global) -> Result<()> {
        let is_formatted = self.format.is_some_and(|format| format != TableFormat::Text);
        let is_table = is_formatted || self.output.is_some() || self.for_excel;
        ensure!(
            !(global.json && is_table),
            "--json prints one document to stdout: leave out --json, or --format, -o and --for-excel"
        );
        Ok(())
    }

    /// Writes all rows, whose columns are those of `sample`.
    pub fn write<T: Serialize>(
        &self,
        format: Format,
        sample: T,
        rows: impl Iterator<Item = Result<T>>,
    ) -> Result<()> {
        let to_terminal = format == Format::Parquet && self.output.is_none();
        ensure!(!to_terminal, "parquet is written to a file: add -o PATH");
        write_to(self.output.as_ref(), |out| {
            let mut table = Table::new(format, sample, out)?;
            for row in rows {
                table.row(row?)?;
            }
            table.finish()?;
            Ok(())
        })
    }
}

/// Which of `all` a person is shown, where it is not all of them.
pub fn shown(offset: usize, limit: usize, all: usize, what: &str) -> Option<String> {
    let (first, last) = (offset.min(all), offset.saturating_add(limit).min(all));
    let shown = if first < last { format!("{} to {last}", first + 1) } else { "none".to_owned() };
    let line = || format!("shown: {shown} of {all} {what} (--offset, --limit; --format csv: all)");
    (first > 0 || last < all).then(line)
}

/// The totals and what they count, for people.
pub fn totals_line(totals: &Totals, rule: &Counted) -> String {
    visible(&format!(
        "{}, {}, {}, {}, {} ({rule})",
        counted(totals.statements, "statement"),
        counted(totals.utterances, "utterance"),
        counted(totals.turns, "turn"),
        counted(totals.segments, "segment"),
        counted(totals.occurrences, "occurrence"),
    ))
}

/// The codebook's terms with their exclusions.
fn codebook_entries(global: &Global) -> Result<Vec<corpus::pattern::Entry>> {
    let codebook = Codebook::load(&global.config()?, pipeline::CODEBOOK)?;
    Ok(tag::patterns(&codebook)?)
}
