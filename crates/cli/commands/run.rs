//! `demarche run` and its parts `normalize`, `tag`, `index`: what is stale, in order.

use anyhow::Result;
use clap::Args;
use pipeline::{CODEBOOK, Until};

use crate::args::Global;
use crate::output::{Outcome, print_json};

/// What a run leaves out.
#[derive(Args)]
pub struct RunArgs {
    /// Everything but the network
    #[arg(long)]
    pub offline: bool,
}

pub fn run(global: &Global, args: &RunArgs) -> Result<Outcome> {
    anyhow::ensure!(
        args.offline,
        "crawl first with `demarche crawl`, then `demarche run --offline`"
    );
    until(global, Until::Index)
}

pub fn normalize(global: &Global) -> Result<Outcome> {
    until(global, Until::Statements)
}

pub fn tag(global: &Global) -> Result<Outcome> {
    until(global, Until::Codes)
}

pub fn index(global: &Global) -> Result<Outcome> {
    until(global, Until::Index)
}

fn until(global: &Global, until: Until) -> Result<Outcome> {
    global.start_threads()?;
    let ran =
        pipeline::run(&global.open()?, &global.config()?, CODEBOOK, until, &global.reporter())?;
    if global.json {
        print_json(&serde_json::json!({ "stale": ran.stale, "stages": ran.lines }))?;
    } else if !ran.stale && !global.quiet {
        println!("nothing to do: all is fresh");
    }
    Ok(Outcome::Done)
}
