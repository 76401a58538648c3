//! `demarche export`: statements, mentions, attributions as tables.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use corpus::{Date, Lang};
use pipeline::export::{Format, What, export};
use pipeline::{Selection, Until};

use crate::global::Global;
use crate::output::{Outcome, writer};

/// What is written, of which statements, how.
#[derive(Args)]
pub struct ExportArgs {
    /// What to write
    pub what: WhatArg,
    /// How to write it
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: FormatArg,
    /// The file to write; default: stdout
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Neutralize cells that a spreadsheet would run, and begin CSV with a byte order mark
    #[arg(long)]
    pub for_excel: bool,
    /// Every revision, not the latest alone
    #[arg(long)]
    pub all_revisions: bool,
    #[command(flatten)]
    pub select: SelectArgs,
}

/// Which statements.
#[derive(Args, Clone)]
pub struct SelectArgs {
    /// Only this source; may be given several times
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// Only statements in this language (zh, en, ko ...)
    #[arg(long)]
    pub lang: Option<Lang>,
    /// First event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub from: Option<Date>,
    /// Last event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub to: Option<Date>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum WhatArg {
    /// One statement a line; as CSV or Parquet one turn a row
    Statements,
    /// Codebook entries with their spans
    Mentions,
    /// Who blames whom, with cue and target
    Attributions,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FormatArg {
    Jsonl,
    Csv,
    Parquet,
}

pub fn run(global: &Global, args: &ExportArgs) -> Result<Outcome> {
    let what = match args.what {
        WhatArg::Statements => What::Statements,
        WhatArg::Mentions => What::Mentions,
        WhatArg::Attributions => What::Attributions,
    };
    let needed = if what == What::Statements { Until::Statements } else { Until::Codes };
    let corpus = global.open_as_it_is(needed)?;
    let format = args.format.format(args.for_excel);
    let mut selection = args.select.selection(&global.config()?)?;
    selection.all_revisions = args.all_revisions;
    let mut out = writer(args.output.as_ref())?;
    let rows = export(&corpus, what, &selection, format, &mut *out)?;
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

impl FormatArg {
    /// The format; `for_excel` says how CSV is written.
    pub fn format(self, for_excel: bool) -> Format {
        match self {
            Self::Jsonl => Format::Jsonl,
            Self::Csv => Format::Csv { for_excel },
            Self::Parquet => Format::Parquet,
        }
    }
}

/// Refuses the first of the sources that is not declared.
pub fn check_sources<'a>(
    ids: impl IntoIterator<Item = &'a String>,
    config: &corpus::source::Config,
) -> Result<()> {
    let sources = corpus::source::Sources::load(config)?;
    for id in ids {
        let known: Vec<&str> = sources.iter().map(|s| s.id.as_str()).collect();
        anyhow::ensure!(
            sources.get(id).is_some(),
            "unknown source `{id}`; declared are {}",
            known.join(", ")
        );
    }
    Ok(())
}

impl SelectArgs {
    /// The selection, after a look whether its sources are declared.
    pub fn selection(&self, config: &corpus::source::Config) -> Result<Selection> {
        check_sources(&self.source, config)?;
        Ok(Selection {
            sources: self.source.clone(),
            lang: self.lang,
            from: self.from,
            to: self.to,
            all_revisions: false,
        })
    }
}

/// The first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` holds.
pub fn first_day(text: &str) -> Result<Date, String> {
    match text.len() {
        4 => format!("{text}-01-01").parse(),
        7 => format!("{text}-01").parse(),
        _ => text.parse(),
    }
}

/// The last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` holds.
pub fn last_day(text: &str) -> Result<Date, String> {
    match text.len() {
        4 => format!("{text}-12-31").parse(),
        7 => first_day(text).map(|day| Date(day.0.last_of_month())),
        _ => text.parse(),
    }
}

/// A point in time: an RFC 3339 one, or a day, which counts to its end in UTC.
pub fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    let time = match text.parse::<Date>() {
        Ok(_) => format!("{text}T23:59:59.999999999Z"),
        Err(_) => text.to_owned(),
    };
    time.parse().map_err(|_| {
        "write a day (2026-11-26: to its end in UTC) or a time (2026-11-26T08:00:00Z)".to_owned()
    })
}
