//! `demarche import`: files that others made, into the archive.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use corpus::Time;
use pipeline::Reading;

use crate::global::Global;
use crate::output::{Outcome, print_json};

/// Which files, and where they belong.
#[derive(Args)]
pub struct ImportArgs {
    /// WARC files (.warc), tables (.jsonl, .csv, .tsv), each also with .gz;
    /// workbooks (.xlsx), of which the first sheet with a column of texts is read, and the others are
    /// listed among the rejects
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The source that everything in them belongs to; default: WARC records by their address,
    /// rows by their columns `institution` and `lang`
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
}

pub fn run(global: &Global, args: &ImportArgs) -> Result<Outcome> {
    let reading = Reading::load(&global.config()?)?;
    for file in &args.files {
        let shown = file.display();
        anyhow::ensure!(!file.is_dir(), "{shown}: a folder; name the files in it: {shown}/*");
        anyhow::ensure!(file.is_file(), "{shown}: no such file");
    }
    let corpus = global.create()?;
    let reporter = global.reporter();
    let source = args.source.as_deref();
    let done = pipeline::import(&corpus, &reading, &args.files, source, now(), &reporter)?;
    if global.json {
        print_json(&done)?;
    } else if !global.quiet {
        println!(
            "{} captures, {} statements in tables, {} rejects, {} known",
            done.captures, done.statements, done.rejects, done.known
        );
    }
    let taken = done.captures + done.known;
    Ok(match (taken, done.rejects) {
        (0, 1..) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// The time, to the second.
pub fn now() -> Time {
    Time(jiff::Timestamp::now()).whole_second()
}
