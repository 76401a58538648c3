//! `demarche rejects`: what could not be read, by source and reason.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use clap::Args;
use corpus::{Reject, partition};

use crate::commands::select::SourceArgs;
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// Which rejects are listed.
#[derive(Args)]
pub struct RejectsArgs {
    #[command(flatten)]
    pub sources: SourceArgs,
    /// Only reasons that begin with these words: `no text`, `soft 404`
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
    /// Only counts by source and reason
    #[arg(long)]
    pub summary: bool,
}

pub fn run(global: &Global, args: &RejectsArgs) -> Result<Outcome> {
    let sources = args.sources.ids(&global.config()?)?;
    let corpus = global.open_up_to_date()?;
    let mut rejects: Vec<Reject> = partition::read(&corpus.rejects())?;
    if !sources.is_empty() {
        rejects.retain(|r| r.source.as_ref().is_some_and(|source| sources.contains(source)));
    }
    if let Some(words) = &args.reason {
        rejects.retain(|r| r.reason.as_str().starts_with(words.as_str()));
    }
    if global.json {
        print_json(&rejects)?;
        return Ok(Outcome::Done);
    }
    let mut out = writer();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for reject in &rejects {
        let source = reject.source.as_deref().unwrap_or("-");
        *counts.entry((source, reject.reason.words())).or_default() += 1;
        if !args.summary {
            let line = format!("{source}\t{}\t{}", reject.reason, reject.url);
            writeln!(out, "{}", visible(&line))?;
        }
    }
    for ((source, reason), n) in counts {
        writeln!(out, "{n:>7}  {source:16} {}", visible(reason))?;
    }
    if rejects.is_empty() {
        writeln!(out, "no rejects")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
