//! `demarche crawl`: list, fetch and archive what the sources have published.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Date;
use corpus::archive::{ArchiveKind, ArchiveWriter};
use corpus::source::{Source, Sources};
use crawl::{CrawlError, Failure, Options, Via};

use super::import::now;
use crate::commands::select::{check_days, first_day, last_day};
use crate::global::Global;
use crate::output::{Outcome, print_json, visible};
use crate::progress::Progress;

/// What is crawled, and how.
#[derive(Args, Clone)]
pub struct CrawlArgs {
    /// Only this source; may be given several times. Default: all that declare a listing
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// First day, by the listing's date: YYYY, YYYY-MM or YYYY-MM-DD. A window is always asked for
    /// again as a whole; without one, only what is new, what failed, and what is younger than two
    /// weeks is asked for
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub since: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub until: Option<Date>,
    /// The era of the site's listing to read, as the source's file names it: 2017-2021; default:
    /// the newest one that is there
    #[arg(long, value_name = "ERA")]
    pub era: Option<String>,
    /// Ask the source's own site, or the Wayback Machine for what it once held: the newest capture
    /// of each address, with --full every one that differs
    #[arg(long, value_name = "WHERE", value_enum, default_value = "site")]
    pub via: ViaArg,
    /// Ask for at most so many pages of each source
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Ask again for every page that is listed or known
    #[arg(long)]
    pub full: bool,
    /// List and count, fetch no page
    #[arg(long)]
    pub dry_run: bool,
    /// Time between two requests to one host, at least: 3s, 500ms; default: 3s, 6s at the Wayback
    /// Machine. Up to a fifth is added, and robots.txt may ask for more
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub delay: Option<Duration>,
    /// Time that one request may take
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration)]
    pub timeout: Duration,
    /// Bytes of one answer at most, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 32)]
    pub max_size: u64,
    /// Attempts beside the first
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub retries: u32,
    /// Ask through this HTTP proxy
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,
    /// Trust the certificates of this PEM file, too
    #[arg(long, value_name = "FILE")]
    pub ca_cert: Option<PathBuf>,
    /// Ask loopback and private addresses, too
    #[arg(long)]
    pub allow_private: bool,
    /// How the sites' keepers can reach you: a mail or web address, sent with every request
    #[arg(long, value_name = "ADDRESS")]
    pub contact: Option<String>,
}

/// Where pages are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ViaArg {
    /// At the source's own site
    Site,
    /// At the Wayback Machine
    Wayback,
}

/// The JSON document.
#[derive(serde::Serialize)]
struct Report {
    sources: Vec<crawl::Outcome>,
}

pub fn run(global: &Global, args: &CrawlArgs) -> Result<Outcome> {
    let sources = collect(global, args)?;
    let ended = ended(&sources);
    if global.json {
        print_json(&Report { sources })?;
    }
    Ok(ended)
}

/// How a crawl ended, as an exit code says it.
pub fn ended(outcomes: &[crawl::Outcome]) -> Outcome {
    match crawl::exit_code(outcomes) {
        0 => Outcome::Done,
        3 => Outcome::Partly,
        _ => Outcome::Failed,
    }
}

/// Crawls the chosen sources into the archive, under the corpus lock.
pub fn collect(global: &Global, args: &CrawlArgs) -> Result<Vec<crawl::Outcome>> {
    let sources = Sources::load(&global.config()?)?;
    let chosen = chosen(&sources, &args.source)?;
    let (options, one) = (options(args)?, chosen.len() == 1);
    let corpus = global.create()?;
    let lock = corpus.lock()?;
    let mut archive = ArchiveWriter::open(&corpus, &lock, ArchiveKind::Crawl, now())?;
    for repair in archive.repairs() {
        eprintln!(
            "archive/{}: cut {} bytes of a half-written record at offset {}",
            repair.file, repair.bytes, repair.offset
        );
    }
    let mut outcomes = Vec::new();
    for source in chosen {
        let progress = Progress::new(&source.id, global.quiet);
        let crawled = crawl::crawl(source, &options, &mut archive, &|event| progress.show(event));
        progress.end();
        let outcome = match crawled {
            Ok(outcome) => outcome,
            // A wrong selector in one source's file is no reason to leave out the others.
            Err(error @ (CrawlError::Source { .. } | CrawlError::NoDiscovery { .. })) if !one => {
                failed(source, &error)
            }
            Err(error) => return Err(error.into()),
        };
        tell(global, &outcome);
        let interrupted = outcome.interrupted;
        outcomes.push(outcome);
        if interrupted {
            break;
        }
    }
    archive.finish()?;
    Ok(outcomes)
}

/// The outcome of a source that could not even begin.
fn failed(source: &Source, error: &CrawlError) -> crawl::Outcome {
    let url = source.discoveries.first().map_or("", |d| d.first()).to_owned();
    let failure = Failure { url, reason: error.to_string().into(), ..Failure::default() };
    crawl::Outcome { source: source.id.clone(), failed: vec![failure], ..Default::default() }
}

fn chosen<'s>(sources: &'s Sources, ids: &[String]) -> Result<Vec<&'s Source>> {
    if ids.is_empty() {
        return Ok(sources.iter().filter(|s| !s.discoveries.is_empty()).collect());
    }
    ids.iter().map(|id| Ok(sources.named(id)?)).collect()
}

fn options(args: &CrawlArgs) -> Result<Options> {
    let mut options = Options::new(jiff::Timestamp::now);
    if let Some(path) = &args.ca_cert {
        let pem = std::fs::read(path).with_context(|| format!("--ca-cert {}", path.display()))?;
        options.ca_cert = Some(pem);
    }
    if let Some(contact) = &args.contact {
        anyhow::ensure!(
            contact.chars().all(|c| c.is_ascii_graphic()),
            "--contact: one mail or web address, without spaces"
        );
        options.user_agent = format!("demarche/{} (+{contact})", env!("CARGO_PKG_VERSION"));
    }
    let via = match args.via {
        ViaArg::Site => Via::Site,
        ViaArg::Wayback => Via::Wayback,
    };
    check_days("since", args.since, "until", args.until)?;
    Ok(Options {
        since: args.since,
        until: args.until,
        era: args.era.clone(),
        limit: args.limit,
        full: args.full,
        dry_run: args.dry_run,
        via,
        delay: args.delay.unwrap_or(Duration::from_secs(if via == Via::Site { 3 } else { 6 })),
        timeout: args.timeout,
        max_bytes: args.max_size.saturating_mul(1 << 20),
        retries: args.retries,
        proxy: args.proxy.clone(),
        allow_private: args.allow_private,
        ..options
    })
}

/// `3s`, `500ms`, `2m`, or seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text.get(number.len()..).unwrap_or("") {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        other => return Err(format!("unknown unit `{other}`; write 3s, 500ms or 2m")),
    };
    let value: f64 = number.parse().map_err(|_| "write 3s, 500ms or 2m".to_owned())?;
    Duration::try_from_secs_f64(value * unit).map_err(|e| e.to_string())
}

/// The summary of one source: counts, then each reason with its number and an example, or with `-v`
/// every page that failed.
fn tell(global: &Global, outcome: &crawl::Outcome) {
    let well = outcome.failed.is_empty() && outcome.warnings.is_empty();
    if global.quiet && well && !outcome.interrupted {
        return;
    }
    let crawl::Outcome { source, listed, fetched, unchanged, gone, failed, .. } = outcome;
    let failures = failed.len();
    eprintln!(
        "{source}: {listed} listed, {fetched} fetched, {unchanged} unchanged, {gone} gone, \
         {failures} failed"
    );
    let mut reasons = std::collections::BTreeMap::new();
    for failure in failed {
        reasons.entry(&failure.reason).or_insert_with(Vec::new).push(&failure.url);
    }
    for (reason, urls) in reasons {
        let example = urls.first().map_or("", |u| u.as_str());
        eprintln!("  {}", visible(&format!("{:>5} {reason}, {example}", urls.len())));
        let others = urls.iter().skip(1).filter(|_| global.verbose > 0);
        others.for_each(|url| eprintln!("        {}", visible(url)));
    }
    for warning in outcome.warnings.iter().chain(&outcome.notes) {
        eprintln!("  {}", visible(warning));
    }
    if outcome.interrupted {
        eprintln!("  stopped; the same command takes it up again");
    }
}
