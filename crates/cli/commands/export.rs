//! `demarche export`: statements, mentions, attributions as tables.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use pipeline::Until;
use pipeline::export::{Format, What, export};
use serde_json::json;

use crate::commands::select::SelectArgs;
use crate::format;
use crate::global::Global;
use crate::output::{Outcome, print_json, write_to};

/// What is written, of which statements, how.
#[derive(Args)]
pub struct ExportArgs {
    /// What to write
    pub what: WhatArg,
    /// How to write it; default: by the ending of `-o`, else jsonl
    #[arg(long, value_enum)]
    pub format: Option<FormatArg>,
    /// The file to write: .jsonl, .json, .csv or .parquet; default: stdout
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

#[derive(Clone, Copy, ValueEnum)]
pub enum WhatArg {
    /// One statement a line; as CSV or Parquet one turn a row
    Statements,
    /// Codebook entries with their spans
    Mentions,
    /// Who blames whom, with cue and target
    Attributions,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// One JSON object a line
    Jsonl,
    /// One JSON array
    Json,
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
    let format = args.format(global)?;
    let mut selection = args.select.selection(&global.config()?)?;
    selection.all_revisions = args.all_revisions;
    let rows =
        write_to(args.output.as_ref(), |out| Ok(export(&corpus, what, &selection, format, out)?))?;
    if let (true, Some(file)) = (global.json, &args.output) {
        print_json(&json!({ "rows": rows, "files": [file] }))?;
    }
    Ok(if rows == 0 { Outcome::Nothing } else { Outcome::Done })
}

impl ExportArgs {
    /// The format that is asked for, that the ending names, or that `--json` leaves.
    fn format(&self, global: &Global) -> Result<Format> {
        let is_document = global.json && self.output.is_none();
        let default = if is_document { FormatArg::Json } else { FormatArg::Jsonl };
        let format = format::of_file(self.format, self.output.as_deref())?.unwrap_or(default);
        format::check_document(global.json, self.output.as_deref(), format == FormatArg::Json)?;
        Ok(match format {
            FormatArg::Jsonl => Format::Jsonl,
            FormatArg::Json => Format::Json,
            FormatArg::Csv => Format::Csv { for_excel: self.for_excel },
            FormatArg::Parquet => Format::Parquet,
        })
    }
}
