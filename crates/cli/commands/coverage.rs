//! `demarche coverage`: a calendar by source of what was expected, listed, fetched and read.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Date;
use corpus::source::Sources;
use pipeline::Selection;
use pipeline::coverage::{Counts, Day, DayStatus, Month, SourceCoverage, coverage};

use crate::commands::cited;
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// What stands for each state of a day.
const LEGEND: &str = "\
# what was expected is there   ! expected, not there: a gap   x expected, a page of it failed\n\
+ a text, none was expected    . none expected, none there    ? only failed or unread pages\n\
  (blank) nothing there, and nobody declared what to expect: see [expected] in the source's file";

/// What `--help` adds.
const HELP: &str = "\
    What is to be expected stands in the source's file under [expected]: days of the week, \
    recesses, holidays. A dash in a column means that nobody can know: an imported table has \
    no listing. Days up to the last crawl are shown although nothing was found on them.";

/// Which sources and days the calendar shows.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct CoverageArgs {
    /// Only this source; may be given again
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// First day; default: the first of which anything is known
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub to: Option<Date>,
    /// Also list every day that is a gap or failed
    #[arg(long)]
    pub gaps: bool,
    /// Instead of the calendar, a study of config/studies/: for each statement that it cites,
    /// whether it is held, held under another address, or not held
    #[arg(long, value_name = "NAME", conflicts_with_all = ["source", "from", "to", "gaps"])]
    pub study: Option<String>,
}

pub fn run(global: &Global, args: &CoverageArgs) -> Result<Outcome> {
    if let Some(study) = &args.study {
        return cited::run(global, study);
    }
    let corpus = global.open_up_to_date()?;
    let sources = Sources::load(&global.config()?)?;
    for id in &args.source {
        sources.get(id).with_context(|| format!("no source `{id}`"))?;
    }
    let selection = Selection {
        sources: args.source.clone(),
        from: args.from,
        to: args.to,
        ..Selection::default()
    };
    let covered = coverage(&corpus, &sources, &selection)?;
    if global.json {
        print_json(&serde_json::json!({ "sources": covered }))?;
        return Ok(Outcome::Done);
    }
    print(&covered, args.gaps).context("cannot print the calendar")?;
    Ok(Outcome::Done)
}

fn print(covered: &[SourceCoverage], gaps: bool) -> std::io::Result<()> {
    let mut out = writer(None).map_err(std::io::Error::other)?;
    if covered.is_empty() {
        writeln!(out, "no source has any page, listing or table yet")?;
    } else {
        writeln!(out, "{LEGEND}\n")?;
    }
    for source in covered {
        calendar(&mut out, source, gaps)?;
        writeln!(out)?;
    }
    out.flush()
}

fn calendar(out: &mut impl Write, source: &SourceCoverage, gaps: bool) -> std::io::Result<()> {
    writeln!(out, "{}  {}", source.source, visible(&source.label))?;
    match &source.rhythm {
        Some(rhythm) => writeln!(out, "  expected: {rhythm}, recesses and holidays aside")?,
        None => writeln!(out, "  expected: not declared, so no gap can be shown")?,
    }
    match &source.listing_read {
        Some(at) => writeln!(out, "  listing read last: {}", at.get(..16).unwrap_or(at))?,
        None => writeln!(out, "  listing: never read")?,
    }
    let head = ["expected", "met", "gaps", "listed", "fetched", "read", "failed", "texts"];
    write!(out, "  {:41}", "")?;
    head.iter().try_for_each(|name| write!(out, "{name:>9}"))?;
    writeln!(out)?;
    let days: BTreeMap<Date, &Day> = source.calendar.days.iter().map(|d| (d.date, d)).collect();
    let quiet = |m: &Month| {
        m.counts.statements == 0
            && m.counts.listed.unwrap_or(0) == 0
            && m.counts.fetched.unwrap_or(0) == 0
            && m.counts.failed.unwrap_or(0) == 0
    };
    let both = |a: &Month, b: &Month| quiet(a) == quiet(b);
    for months in source.calendar.months.chunk_by(both) {
        let (Some(first), Some(last)) = (months.first(), months.last()) else { continue };
        if quiet(first) && months.len() > 2 {
            let mut counts = Counts::default();
            months.iter().for_each(|m| counts.add(&m.counts));
            let what = format!("{} to {}: nothing", first.month, last.month);
            row(out, &what, &counts)?;
            continue;
        }
        for month in months {
            let line = (1..=31).map(|day| mark(&days, &month.month, day)).collect::<String>();
            row(out, &format!("{}  {line}", month.month), &month.counts)?;
        }
    }
    if source.calendar.undated.statements + source.calendar.undated.failed.unwrap_or(0) > 0 {
        row(out, "without a date", &source.calendar.undated)?;
    }
    row(out, "all", &source.calendar.totals)?;
    let tables = source.calendar.totals.from_tables;
    if tables > 0 {
        writeln!(out, "  {tables} of the texts come from imported tables, which have no listing")?;
    }
    let bad = source.calendar.days.iter();
    for day in bad.filter(|d| gaps && matches!(d.status, DayStatus::Gap | DayStatus::Failed)) {
        let what = if day.status == DayStatus::Gap { "gap" } else { "failed" };
        writeln!(out, "  {} {what}", day.date)?;
    }
    Ok(())
}

fn row(out: &mut impl Write, what: &str, counts: &Counts) -> std::io::Result<()> {
    write!(out, "  {what:41}")?;
    let known = |n: Option<usize>| n.map_or("-".to_owned(), |n| n.to_string());
    let of_rhythm = |n: usize| if counts.expected == 0 { "-".to_owned() } else { n.to_string() };
    let cells = [
        of_rhythm(counts.expected),
        of_rhythm(counts.met),
        of_rhythm(counts.gaps),
        known(counts.listed),
        known(counts.fetched),
        known(counts.parsed),
        known(counts.failed),
        counts.statements.to_string(),
    ];
    cells.iter().try_for_each(|cell| write!(out, "{cell:>9}"))?;
    writeln!(out)
}

/// The sign of one day.
fn mark(days: &BTreeMap<Date, &Day>, month: &str, day: u32) -> char {
    let date = format!("{month}-{day:02}").parse::<Date>().ok();
    match date.and_then(|date| days.get(&date)).map(|day| day.status) {
        Some(DayStatus::Met) => '#',
        Some(DayStatus::Gap) => '!',
        Some(DayStatus::Failed) => 'x',
        Some(DayStatus::Found) => '+',
        Some(DayStatus::Closed) => '.',
        Some(DayStatus::Unknown) => '?',
        None => ' ',
    }
}
