//! Which statements: the flags that commands have in common.

use anyhow::{Result, ensure};
use clap::Args;
use corpus::source::{Config, Sources};
use corpus::{Date, Lang};
use pipeline::Selection;

/// Which sources.
#[derive(Args, Clone)]
pub struct SourceArgs {
    /// Only this source; may be given several times
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
}

/// Which days.
#[derive(Args, Clone)]
pub struct DayArgs {
    /// First event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub from: Option<Date>,
    /// Last event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub to: Option<Date>,
}

/// Which statements.
#[derive(Args, Clone)]
pub struct SelectArgs {
    #[command(flatten)]
    pub sources: SourceArgs,
    /// Only statements in this language (zh, en, ko ...)
    #[arg(long)]
    pub lang: Option<Lang>,
    #[command(flatten)]
    pub days: DayArgs,
}

impl SourceArgs {
    /// The ids, each of a source that is declared; none where all are meant.
    pub fn ids(&self, config: &Config) -> Result<Vec<String>> {
        check_sources(&self.source, config)?;
        Ok(self.source.clone())
    }
}

/// Refuses the first of the sources that is not declared.
pub fn check_sources<'a>(ids: impl IntoIterator<Item = &'a String>, config: &Config) -> Result<()> {
    let sources = Sources::load(config)?;
    for id in ids {
        sources.named(id)?;
    }
    Ok(())
}

impl DayArgs {
    /// Refuses a window that ends before it begins.
    pub fn check(&self) -> Result<()> {
        check_days("from", self.from, "to", self.to)
    }
}

/// Refuses a window, under the names of its flags, that ends before it begins.
pub fn check_days(from: &str, first: Option<Date>, to: &str, last: Option<Date>) -> Result<()> {
    if let (Some(first), Some(last)) = (first, last) {
        ensure!(
            first <= last,
            "--{from} {first} is after --{to} {last}; write the earlier day first"
        );
    }
    Ok(())
}

impl SelectArgs {
    /// The selection, after a look whether its sources are declared.
    pub fn selection(&self, config: &Config) -> Result<Selection> {
        self.days.check()?;
        Ok(Selection {
            sources: self.sources.ids(config)?,
            lang: self.lang,
            from: self.days.from,
            to: self.days.to,
            all_revisions: false,
        })
    }
}

/// The first day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` holds.
pub fn first_day(text: &str) -> Result<Date, String> {
    match text.len() {
        4 => format!("{text}-01-01").parse(),
        7 => format!("{text}-01").parse(),
        _ => text.parse(),
    }
}

/// The last day that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` holds.
pub fn last_day(text: &str) -> Result<Date, String> {
    match text.len() {
        4 => format!("{text}-12-31").parse(),
        7 => first_day(text).map(|day| Date(day.0.last_of_month())),
        _ => text.parse(),
    }
}

/// A point in time: an RFC 3339 one, or a day, which counts to its end in UTC.
pub fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    let time = match text.parse::<Date>() {
        Ok(_) => format!("{text}T23:59:59.999999999Z"),
        Err(_) => text.to_owned(),
    };
    time.parse().map_err(|_| {
        "write a day (2026-11-26: to its end in UTC) or a time (2026-11-26T08:00:00Z)".to_owned()
    })
}
