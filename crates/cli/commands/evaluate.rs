//! `demarche evaluate`: the codes held against a coded sample, beside simple baselines.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use tag::evaluate::evaluate;
use tag::{Codebook, Tagger};

use crate::args::Global;
use crate::output::{Outcome, print_json, visible};

/// What is evaluated against.
#[derive(Args)]
pub struct EvaluateArgs {
    /// Coded segments, one JSON object a line (fields of the coding guide)
    #[arg(long, value_name = "FILE")]
    pub gold: PathBuf,
    /// List the errors in the held-out documents too; who has read them can no longer test on
    /// them
    #[arg(long)]
    pub held_out_errors: bool,
}

pub fn run(global: &Global, args: &EvaluateArgs) -> Result<Outcome> {
    let gold =
        std::fs::read_to_string(&args.gold).with_context(|| args.gold.display().to_string())?;
    let codebook = Codebook::load(&global.config()?, pipeline::CODEBOOK)?;
    let tagger = Tagger::new(&codebook)?;
    let mut found = evaluate(&tagger, &gold).with_context(|| args.gold.display().to_string())?;
    if args.held_out_errors {
        found = found.with_held_out_errors();
    }
    if global.json {
        print_json(&found.to_json())?;
    } else {
        print!("{}", visible(&found.page()));
    }
    Ok(Outcome::Done)
}
