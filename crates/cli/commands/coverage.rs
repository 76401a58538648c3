//! `demarche coverage`: a calendar by source of what was expected, listed, fetched and read.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Date;
use corpus::source::Sources;
use pipeline::Selection;
use pipeline::coverage::{Counts, Day, DayStatus, Month, SourceCoverage, coverage};
use report::Labels;

use crate::commands::cited;
use crate::commands::select::{DayArgs, SourceArgs};
use crate::global::Global;
use crate::output::{Outcome, print_json, width, writer};

/// What stands for each state of a day.
const LEGEND: &str = "\
# what was expected is there
! expected, not there: a gap
x expected, a page of it failed
+ a text, none was expected
. none expected, none there
? only failed or unread pages
(blank) nothing there, and nobody declared what to expect:
  see [expected] in the source's file";

/// A line of the calendar: the month, which stands before each block of numbers, and its days.
const LABELS: Labels = Labels { all: 2, repeated: 1 };

/// What `--help` adds.
const HELP: &str = "\
    What is to be expected stands in the source's file under [expected]: days of the week, \
    recesses, holidays. A dash in a column means that nobody can know: an imported table has \
    no listing. Without --from the calendar begins with the first day of which anything is known; \
    days up to the last crawl are shown although nothing was found on them.";

/// Which sources and days the calendar shows.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct CoverageArgs {
    #[command(flatten)]
    pub sources: SourceArgs,
    #[command(flatten)]
    pub days: DayArgs,
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
    let config = global.config()?;
    let sources = Sources::load(&config)?;
    args.days.check()?;
    let selection = Selection {
        sources: args.sources.ids(&config)?,
        from: args.days.from,
        to: args.days.to,
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

fn print(covered: &[SourceCoverage], gaps: bool) -> Result<()> {
    let mut out = writer();
    if covered.is_empty() {
        writeln!(out, "no source has any page, listing or table yet")?;
    } else {
        writeln!(out, "{LEGEND}\n")?;
    }
    for source in covered {
        head(&mut out, source)?;
        report::aligned(&calendar(source), LABELS, width(None), &mut out)?;
        tail(&mut out, source, gaps)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn head(out: &mut impl Write, source: &SourceCoverage) -> Result<()> {
    let mut say = |mark, words: &str| report::paragraph(mark, words, width(None), out);
    say("", &format!("{}  {}", source.source, source.label))?;
    match &source.rhythm {
        Some(rhythm) => say("  ", &format!("expected: {rhythm}, recesses and holidays aside"))?,
        None => say("  ", "expected: not declared, so no gap can be shown")?,
    }
    match &source.listing_read {
        Some(at) => say("  ", &format!("listing read last: {}", at.minute()))?,
        None => say("  ", "listing: never read")?,
    }
    Ok(())
}

/// The lines of a calendar: a month, its days, and what was counted in it.
fn calendar(source: &SourceCoverage) -> Vec<Vec<String>> {
    let head = ["", "", "expected", "met", "gaps", "listed", "fetched", "read", "failed", "texts"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
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
            let months = format!("{} to {}", first.month, last.month);
            lines.push(line(&months, "nothing", &counts));
            continue;
        }
        for month in months {
            let marks: String = (1..=31).map(|day| mark(&days, &month.month, day)).collect();
            lines.push(line(&month.month, &marks, &month.counts));
        }
    }
    if source.calendar.undated.statements + source.calendar.undated.failed.unwrap_or(0) > 0 {
        lines.push(line("undated", "", &source.calendar.undated));
    }
    lines.push(line("all", "", &source.calendar.totals));
    lines
}

fn line(month: &str, days: &str, counts: &Counts) -> Vec<String> {
    let known = |n: Option<usize>| n.map_or("-".to_owned(), |n| n.to_string());
    let of_rhythm = |n: usize| if counts.expected == 0 { "-".to_owned() } else { n.to_string() };
    vec![
        month.to_owned(),
        days.to_owned(),
        of_rhythm(counts.expected),
        of_rhythm(counts.met),
        of_rhythm(counts.gaps),
        known(counts.listed),
        known(counts.fetched),
        known(counts.parsed),
        known(counts.failed),
        counts.statements.to_string(),
    ]
}

fn tail(out: &mut impl Write, source: &SourceCoverage, gaps: bool) -> Result<()> {
    let tables = source.calendar.totals.from_tables;
    if tables > 0 {
        let words =
            format!("{tables} of the texts come from imported tables, which have no listing");
        report::paragraph("  ", &words, width(None), out)?;
    }
    let bad = source.calendar.days.iter();
    for day in bad.filter(|d| gaps && matches!(d.status, DayStatus::Gap | DayStatus::Failed)) {
        let what = if day.status == DayStatus::Gap { "gap" } else { "failed" };
        writeln!(out, "  {} {what}", day.date)?;
    }
    Ok(())
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
