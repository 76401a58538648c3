//! `demarche run` and its parts `normalize`, `tag`, `index`: what is stale, in order.

use anyhow::Result;
use clap::Args;
use pipeline::{CODEBOOK, Ran, Until};
use serde_json::json;

use crate::commands::crawl::{self, CrawlArgs};
use crate::global::Global;
use crate::output::{Outcome, print_json, say};

/// What a run collects, unless it leaves the network out.
#[derive(Args)]
pub struct RunArgs {
    /// Everything but the network
    #[arg(long)]
    pub offline: bool,
    #[command(flatten)]
    pub crawl: CrawlArgs,
}

pub fn run(global: &Global, args: &RunArgs) -> Result<Outcome> {
    if args.offline {
        return until(global, Until::Index);
    }
    let crawled = crawl::collect(global, &args.crawl)?;
    // What could be fetched is worth reading even where a source failed.
    let ran = stages(global, Until::Index)?;
    if global.json {
        print_json(&json!({ "stale": ran.stale, "stages": ran.lines, "sources": crawled }))?;
    }
    Ok(crawl::ended(&crawled))
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
    let ran = stages(global, until)?;
    if global.json {
        print_json(&json!({ "stale": ran.stale, "stages": ran.lines }))?;
    } else if !ran.stale && !global.quiet {
        say("nothing to do: all is fresh")?;
    }
    Ok(Outcome::Done)
}

fn stages(global: &Global, until: Until) -> Result<Ran> {
    global.start_threads()?;
    let config = global.config()?;
    Ok(pipeline::run(&global.open()?, &config, CODEBOOK, until, &global.reporter())?)
}
