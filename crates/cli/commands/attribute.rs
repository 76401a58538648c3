//! `demarche attribute`: segments or turns in, the same lines with their codes out.

use std::io::{BufRead, Write};

use anyhow::{Context, Result};
use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};
use tag::{Codebook, Tagger, filter_line};

use crate::args::Global;
use crate::output::{Outcome, writer};

/// Lines that are coded at a time, by all threads together.
const CHUNK: usize = 1024;

/// A pure filter: no corpus is read.
#[derive(Args)]
pub struct AttributeArgs {
    /// One JSON object a line: id (or unit), lang, date, country, institution, role, speaker,
    /// title, before, text, after
    #[arg(long, required = true)]
    pub jsonl: bool,
}

pub fn run(global: &Global, _: &AttributeArgs) -> Result<Outcome> {
    global.start_threads()?;
    let codebook = Codebook::load(&global.config()?, pipeline::CODEBOOK)?;
    let tagger = Tagger::new(&codebook)?;
    let mut lines = std::io::stdin().lock().lines();
    let mut out = writer(None)?;
    let mut bad = 0u64;
    let mut n = 0u64;
    loop {
        let chunk: Vec<String> =
            lines.by_ref().take(CHUNK).collect::<std::io::Result<_>>().context("stdin")?;
        if chunk.is_empty() {
            break;
        }
        let coded: Vec<Result<Value, String>> =
            chunk.par_iter().map(|line| coded(&tagger, line)).collect();
        for line in coded {
            n += 1;
            let value = line.unwrap_or_else(|reason| {
                bad += 1;
                eprintln!("line {n}: {reason}");
                json!({ "line": n, "error": reason })
            });
            serde_json::to_writer(&mut out, &value).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        out.flush()?;
    }
    Ok(if bad == 0 { Outcome::Done } else { Outcome::Partly })
}

fn coded(tagger: &Tagger, line: &str) -> Result<Value, String> {
    let value = serde_json::from_str(line).map_err(|e| format!("no JSON: {e}"))?;
    filter_line(tagger, value).map_err(|e| e.to_string())
}
