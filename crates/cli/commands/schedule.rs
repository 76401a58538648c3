//! `demarche schedule`: crawls each source at its times, for as long as it is let.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use corpus::Corpus;
use corpus::source::Sources;
use jiff::Timestamp;
use pipeline::schedule::{Doing, LastRun, Schedule, Status};
use pipeline::{CODEBOOK, Until};

use crate::commands::crawl::{CrawlArgs, collect};
use crate::commands::select::check_sources;
use crate::global::Global;
use crate::output::{Outcome, print_json, say, visible, width};

/// How often the wish to end is looked for, in milliseconds.
const GLANCE: u64 = 100;
/// After what time a source is tried again that met another process writing.
const AGAIN: Duration = Duration::from_secs(60);
/// So many failures of a source are told in the status file.
const TOLD: usize = 5;

/// What `--help` adds.
const HELP: &str = "\
    Reads schedule.toml of the configuration (or --schedule): a time zone, a jitter, and for \
    each source a cron expression of five fields, or six with seconds first. At its time a \
    source is crawled as `demarche crawl` would, with the flags given here; then what is \
    stale is read, coded and indexed. One instance a corpus. What it does, what is next and \
    how the last crawls went stands in schedule.json in the corpus folder; a time that was \
    missed while it was not running is made up for when it starts. On SIGTERM or ctrl-C it \
    finishes the current page, writes what it has and ends with 0. contrib/ has a systemd \
    unit, a timer and a cron line.";

/// When what is crawled.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct ScheduleArgs {
    /// Another schedule file
    #[arg(long, value_name = "FILE")]
    pub schedule: Option<PathBuf>,
    /// Print the next N times of each source and end
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "3")]
    pub list: Option<usize>,
    /// Print the status file and end; exit 1 where the last crawl of a source failed
    #[arg(long, conflicts_with = "list")]
    pub status: bool,
    #[command(flatten)]
    pub crawl: CrawlArgs,
}

pub fn run(global: &Global, args: &ScheduleArgs) -> Result<Outcome> {
    if args.status {
        return status(global);
    }
    let schedule = load(global, args)?;
    if let Some(times) = args.list {
        return list(global, &schedule, times);
    }
    let corpus = global.create()?;
    let _only = corpus.lock_schedule().with_context(|| {
        format!("another `demarche schedule` serves {}", corpus.root().display())
    })?;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGINT] {
        signal_hook::flag::register(signal, Arc::clone(&stop))
            .context("cannot wait for signals")?;
    }
    Keeper::new(global, args, &schedule, &corpus)?.keep(&stop)
}

fn load(global: &Global, args: &ScheduleArgs) -> Result<Schedule> {
    let config = global.config()?;
    let file = args.schedule.clone().unwrap_or_else(|| config.place("schedule.toml"));
    let mut schedule = match &args.schedule {
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            Schedule::parse(path, &text)?
        }
        None => Schedule::load(&config).context(
            "no schedule; write schedule.toml into the configuration, or name one with --schedule",
        )?,
    };
    let sources = Sources::load(&config)?;
    let chosen = &args.crawl.source;
    check_sources(chosen, &config)?;
    schedule.retain(|id| chosen.is_empty() || chosen.iter().any(|c| c == id));
    // The built-in schedule knows nothing of what a folder of sources leaves out.
    if args.schedule.is_none() && config.is_built_in("schedule.toml") {
        schedule.retain(|id| sources.get(id).is_some());
    }
    let file = file.display();
    for id in schedule.sources() {
        let source = sources.named(id).with_context(|| format!("{file}: sources.{id}"))?;
        ensure!(!source.discoveries.is_empty(), "{file}: source {id} declares no listing to crawl");
    }
    ensure!(
        schedule.sources().next().is_some(),
        "{file} names none of these sources; `demarche config export DIR schedule.toml` writes one \
         to be changed"
    );
    Ok(schedule)
}

fn list(global: &Global, schedule: &Schedule, times: usize) -> Result<Outcome> {
    let mut next: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for source in schedule.sources() {
        let mut at = Timestamp::now();
        for _ in 0..times {
            let Some(then) = schedule.next(source, at) else { break };
            next.entry(source).or_default().push(rfc3339(then));
            at = then;
        }
    }
    if global.json {
        print_json(&serde_json::json!({ "next": next }))?;
    } else {
        let widest = next.keys().map(|source| source.len()).max().unwrap_or(0);
        let fit = (width(None).saturating_sub(widest) / "  2022-02-24T00:00:00Z".len()).max(1);
        for (source, times) in &next {
            for (line, times) in times.chunks(fit).enumerate() {
                let source = if line == 0 { source } else { "" };
                say(format_args!("{source:widest$}  {}", times.join("  ")))?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn status(global: &Global) -> Result<Outcome> {
    let corpus = global.open()?;
    let status = Status::read(&corpus)?
        .with_context(|| format!("{}: no schedule was ever kept here", corpus.root().display()))?;
    let well = status.last.values().all(|last| last.exit == 0);
    if global.json {
        print_json(&status)?;
    } else {
        let running = corpus.lock_schedule().is_err();
        let doing = if running { format!("{:?}", status.doing) } else { "not running".to_owned() };
        say(format_args!("{} since {}", doing.to_lowercase(), status.updated))?;
        for (source, next) in &status.next {
            say(format_args!("{source:16} next {next}"))?;
        }
        for (source, last) in &status.last {
            let LastRun { ended, exit, listed, fetched, unchanged, gone, failed, .. } = last;
            say(format_args!(
                "{source:16} last {ended}: exit {exit}, {listed} listed, {fetched} fetched, \
                 {unchanged} unchanged, {gone} gone, {failed} failed"
            ))?;
            for message in &last.messages {
                say(format_args!("  {}", visible(message)))?;
            }
        }
        for line in &status.stages {
            say(visible(line))?;
        }
    }
    Ok(if well { Outcome::Done } else { Outcome::Nothing })
}

/// Keeps the schedule of one corpus.
struct Keeper<'k> {
    global: &'k Global,
    args: &'k ScheduleArgs,
    schedule: &'k Schedule,
    corpus: &'k Corpus,
    next: BTreeMap<String, Timestamp>,
    status: Status,
}

impl<'k> Keeper<'k> {
    fn new(
        global: &'k Global,
        args: &'k ScheduleArgs,
        schedule: &'k Schedule,
        corpus: &'k Corpus,
    ) -> Result<Self> {
        global.start_threads()?;
        let now = Timestamp::now();
        let known = Status::read(corpus).unwrap_or_else(|error| {
            let warning = format!("{error}; nothing is known of the crawls before");
            eprintln!("warning: {}", visible(&warning));
            None
        });
        let last = known.map(|status| status.last).unwrap_or_default();
        let next = schedule.sources().filter_map(|source| {
            // What was due since the last crawl, while nobody was running, is due now.
            let since = last.get(source).and_then(|run| run.began.parse().ok()).unwrap_or(now);
            Some((source.to_owned(), schedule.next(source, since)?.max(now)))
        });
        let status = Status {
            pid: std::process::id(),
            doing: Doing::Waiting,
            updated: rfc3339(now),
            ticks: 0,
            next: BTreeMap::new(),
            stages: Vec::new(),
            last: last.clone(),
        };
        Ok(Self { global, args, schedule, corpus, next: next.collect(), status })
    }

    fn keep(&mut self, stop: &AtomicBool) -> Result<Outcome> {
        while !stop.load(Ordering::Relaxed) {
            self.tell(Doing::Waiting)?;
            let Some(first) = self.next.values().min().copied() else { break };
            self.say(&format!("waiting until {}", rfc3339(first)));
            if !wait(first, stop) {
                break;
            }
            let now = Timestamp::now();
            let due = self.next.iter().filter(|(_, at)| **at <= now);
            let due: Vec<String> = due.map(|(source, _)| source.clone()).collect();
            let locked = self.crawl(&due)?;
            let is_locked = locked.len() == due.len();
            for source in due {
                let now = Timestamp::now();
                let again = locked.contains(&source).then(|| now + AGAIN);
                // Times that passed during the crawl are not made up for one by one.
                match again.into_iter().chain(self.schedule.next(&source, now)).min() {
                    Some(at) => self.next.insert(source, at),
                    None => self.next.remove(&source),
                };
            }
            self.status.ticks += 1;
            if !is_locked && !stop.load(Ordering::Relaxed) {
                self.read()?;
            }
        }
        self.say("ends as it was asked to");
        self.tell(Doing::Stopped)?;
        if self.global.json {
            print_json(&self.status)?;
        }
        Ok(Outcome::Done)
    }

    /// Crawls what is due; gives those sources for which another process had the corpus.
    fn crawl(&mut self, due: &[String]) -> Result<Vec<String>> {
        self.tell(Doing::Crawling)?;
        let mut locked = Vec::new();
        for source in due {
            let began = Timestamp::now();
            let args = CrawlArgs { source: vec![source.clone()], ..self.args.crawl.clone() };
            let mut stopped = false;
            let run = match collect(self.global, &args) {
                Ok(outcomes) => {
                    stopped = outcomes.iter().any(|outcome| outcome.interrupted);
                    of_outcomes(began, &outcomes)
                }
                // Nothing was asked for, so that the crawl before is still the last one.
                Err(error) if is_locked(&error) => {
                    eprintln!(
                        "{source}: {}; tried again in a minute",
                        visible(&format!("{error:#}"))
                    );
                    locked.push(source.clone());
                    continue;
                }
                Err(error) => {
                    let message = format!("{error:#}");
                    eprintln!("{source}: {}", visible(&message));
                    LastRun { exit: 2, messages: vec![message], ..of_outcomes(began, &[]) }
                }
            };
            self.status.last.insert(source.clone(), run);
            if stopped {
                break;
            }
        }
        Ok(locked)
    }

    fn read(&mut self) -> Result<()> {
        self.tell(Doing::Reading)?;
        let config = self.global.config()?;
        let reporter = self.global.reporter();
        let ran = pipeline::run(self.corpus, &config, CODEBOOK, Until::Index, &reporter);
        self.status.stages = match ran {
            Ok(ran) => ran.lines,
            Err(error) => {
                eprintln!("{}", visible(&error.to_string()));
                vec![format!("failed: {error}")]
            }
        };
        Ok(())
    }

    fn tell(&mut self, doing: Doing) -> Result<()> {
        self.status.doing = doing;
        self.status.updated = rfc3339(Timestamp::now());
        self.status.next = self.next.iter().map(|(s, at)| (s.clone(), rfc3339(*at))).collect();
        Ok(self.status.write(self.corpus)?)
    }

    fn say(&self, line: &str) {
        if !self.global.quiet {
            eprintln!("schedule: {line}");
        }
    }
}

/// Whether another process writes to the corpus.
fn is_locked(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(corpus::Error::Locked(_)))
}

fn of_outcomes(began: Timestamp, outcomes: &[crawl::Outcome]) -> LastRun {
    let sum = |of: fn(&crawl::Outcome) -> usize| outcomes.iter().map(of).sum();
    let mut messages: Vec<String> = outcomes.iter().flat_map(|o| o.warnings.clone()).collect();
    let failed = outcomes.iter().flat_map(|o| &o.failed);
    messages.extend(failed.take(TOLD).map(|f| format!("{}: {}", f.url, f.reason)));
    if outcomes.iter().any(|o| o.interrupted) {
        messages.push("stopped before its end; the next crawl takes it up again".to_owned());
    }
    LastRun {
        began: rfc3339(began),
        ended: rfc3339(Timestamp::now()),
        exit: crawl::exit_code(outcomes),
        listed: sum(|o| o.listed),
        fetched: sum(|o| o.fetched),
        unchanged: sum(|o| o.unchanged),
        gone: sum(|o| o.gone),
        failed: sum(|o| o.failed.len()),
        messages,
    }
}

/// Waits until `at`; `false` where it was asked to end before.
fn wait(at: Timestamp, stop: &AtomicBool) -> bool {
    loop {
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        // Short looks at the clock, so that a machine that slept is not late by its sleep.
        if Timestamp::now() >= at {
            return true;
        }
        std::thread::sleep(Duration::from_millis(GLANCE));
    }
}

fn rfc3339(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
