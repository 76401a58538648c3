//! The schedule: when each source is crawled, as cron expressions, and the status file that tells
//! what ran and what is next. Knows no clock: the times come in.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use corpus::source::Config;
use corpus::{Corpus, Digester, write_atomically};
use croner::Cron;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// `schedule.toml` as a user writes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScheduleFile {
    /// IANA zone in which the expressions are read.
    #[serde(default = "utc")]
    timezone: String,
    /// Minutes over which the sources are spread behind their time.
    #[serde(default)]
    jitter_minutes: u32,
    /// Cron expressions by source: five fields, or six with seconds first.
    sources: BTreeMap<String, String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// When each source is crawled.
#[derive(Debug, Clone)]
pub struct Schedule {
    zone: TimeZone,
    jitter: u32,
    sources: BTreeMap<String, Cron>,
}

impl Schedule {
    /// The schedule of a configuration: its `schedule.toml`.
    ///
    /// # Errors
    /// Where there is none, or it does not hold together; names the key.
    pub fn load(config: &Config) -> Result<Self> {
        Self::parse(&config.place("schedule.toml"), &config.file("schedule.toml")?)
    }

    /// Reads the text of a schedule file.
    ///
    /// # Errors
    /// Where it does not hold together; names file and key.
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        let wrong = |reason: String| Error::Corpus(corpus::Error::config(path, reason));
        let file: ScheduleFile = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        let zone = TimeZone::get(&file.timezone)
            .map_err(|_| wrong(format!("timezone = \"{}\" is no IANA zone", file.timezone)))?;
        let mut sources = BTreeMap::new();
        for (source, expression) in file.sources {
            let cron = Cron::from_str(&expression)
                .map_err(|e| wrong(format!("sources.{source} = \"{expression}\": {e}")))?;
            sources.insert(source, cron);
        }
        Ok(Self { zone, jitter: file.jitter_minutes * 60, sources })
    }

    /// The sources that it names.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// Leaves only these sources.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.sources.retain(|source, _| keep(source));
    }

    /// When `source` is crawled next after `now`, jitter included; `None` where it is not
    /// scheduled or its expression never comes true.
    pub fn next(&self, source: &str, now: Timestamp) -> Option<Timestamp> {
        let cron = self.sources.get(source)?;
        // A tick whose jitter is not over yet lies before `now` by the clock.
        let mut from = now.checked_sub(jiff::Span::new().seconds(i64::from(self.jitter))).ok()?;
        for _ in 0..100_000 {
            let tick = self.tick(cron, from)?;
            let at = self.jittered(source, tick)?;
            if at > now {
                return Some(at);
            }
            from = tick;
        }
        None
    }

    /// The first time after `from` that an expression names. A time that a clock change leaves
    /// out is taken at the change.
    fn tick(&self, cron: &Cron, from: Timestamp) -> Option<Timestamp> {
        let mut civil = self.zone.to_datetime(from);
        for _ in 0..4 {
            let naive = chrono::NaiveDateTime::from_str(&civil.to_string()).ok()?;
            let next = cron.find_next_occurrence(&naive, false).ok()?;
            civil = next.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok()?;
            let tick = self.zone.to_ambiguous_timestamp(civil).compatible().ok()?;
            if tick > from {
                return Some(tick);
            }
        }
        None
    }

    /// Each tick of each source has its own delay, always the same.
    fn jittered(&self, source: &str, tick: Timestamp) -> Option<Timestamp> {
        if self.jitter == 0 {
            return Some(tick);
        }
        let mut digester = Digester::default();
        digester.field(source.as_bytes());
        digester.field(&tick.as_second().to_le_bytes());
        let drawn = u32::from_str_radix(digester.finish().short(8), 16).ok()?;
        let seconds = i64::from(drawn % self.jitter);
        tick.checked_add(jiff::Span::new().seconds(seconds)).ok()
    }
}

/// What a scheduled crawl is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doing {
    /// Waits for the next time.
    Waiting,
    /// Crawls.
    Crawling,
    /// Reads, codes and indexes what was fetched.
    Reading,
    /// Was asked to end, and did.
    Stopped,
}

/// How the last crawl of a source went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// When it began.
    pub began: String,
    /// When it ended.
    pub ended: String,
    /// As an exit code says it: 0 all, 2 nothing worked, 3 a part.
    pub exit: u8,
    /// Items listed.
    pub listed: usize,
    /// Pages that are new or changed.
    pub fetched: usize,
    /// Pages that are as they were.
    pub unchanged: usize,
    /// Pages found missing.
    pub gone: usize,
    /// Pages that failed.
    pub failed: usize,
    /// What the reader must know, and the first failures.
    pub messages: Vec<String>,
}

/// The status file, `schedule.json` in the corpus folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The process.
    pub pid: u32,
    /// What it is doing.
    pub doing: Doing,
    /// When this was written.
    pub updated: String,
    /// How many times something was crawled since it was started.
    pub ticks: usize,
    /// When each source is crawled next.
    pub next: BTreeMap<String, String>,
    /// How the last crawl of each source went.
    pub last: BTreeMap<String, LastRun>,
    /// What the stages after the last crawl said, or why they failed.
    pub stages: Vec<String>,
}

impl Status {
    /// The status that was written last; `None` where none was.
    ///
    /// # Errors
    /// Where the file cannot be read, or is no status of this version of the program.
    pub fn read(corpus: &Corpus) -> Result<Option<Self>> {
        let path = corpus.root().join("schedule.json");
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(corpus::Error::io(path, e).into()),
        };
        let damaged = |e: serde_json::Error| {
            let reason = format!("damaged: {e}; `demarche schedule` writes it anew");
            corpus::Error::damaged(&path, reason)
        };
        Ok(Some(serde_json::from_slice(&text).map_err(damaged)?))
    }

    /// Replaces the status file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, corpus: &Corpus) -> Result<()> {
        let path = corpus.root().join("schedule.json");
        let json = serde_json::to_vec_pretty(self).map_err(|e| Error::Encode(e.to_string()))?;
        Ok(write_atomically(&path, |file| std::io::Write::write_all(file, &json))?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn schedule(jitter: u32, zone: &str, expression: &str) -> Result<Schedule> {
        let text = format!(
            "timezone = \"{zone}\"\njitter-minutes = {jitter}\n[sources]\nrt = \"{expression}\"\n"
        );
        Schedule::parse(Path::new("schedule.toml"), &text)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn an_expression_is_read_in_its_zone() {
        let beijing = schedule(0, "Asia/Shanghai", "30 18 * * 1-5").unwrap();
        // Friday evening in Beijing; the next one is on Monday.
        let next = beijing.next("rt", at("2022-03-04T10:30:00Z")).unwrap();
        assert_eq!(next, at("2022-03-07T10:30:00Z"));
        assert_eq!(beijing.next("other", at("2022-03-04T10:30:00Z")), None);
    }

    #[test]
    fn a_time_that_the_clock_leaves_out_or_repeats_is_crawled_once() {
        let berlin = schedule(0, "Europe/Berlin", "30 2 * * *").unwrap();
        let next = |from: &str| berlin.next("rt", at(from)).unwrap();
        assert_eq!(next("2022-03-26T12:00:00Z"), at("2022-03-27T01:30:00Z"));
        assert_eq!(next("2022-03-27T01:30:00Z"), at("2022-03-28T00:30:00Z"));
        assert_eq!(next("2022-10-29T12:00:00Z"), at("2022-10-30T00:30:00Z"));
        assert_eq!(next("2022-10-30T00:30:00Z"), at("2022-10-31T01:30:00Z"));
    }

    #[test]
    fn jitter_delays_and_drops_no_tick() {
        let plain = schedule(0, "UTC", "0 * * * *").unwrap();
        let spread = schedule(20, "UTC", "0 * * * *").unwrap();
        let (mut a, mut b) = (at("2022-03-04T10:30:00Z"), at("2022-03-04T10:30:00Z"));
        for _ in 0..48 {
            a = plain.next("rt", a).unwrap();
            b = spread.next("rt", b).unwrap();
            let late = b.as_second() - a.as_second();
            assert!((0..1200).contains(&late), "{a} {b}");
        }
    }

    #[test]
    fn a_mistake_names_file_and_key() {
        let error = schedule(0, "UTC", "every day").unwrap_err().to_string();
        assert!(error.contains("schedule.toml") && error.contains("sources.rt"), "{error}");
        assert!(schedule(0, "Mars/Olympus", "0 * * * *").is_err());
    }
}
