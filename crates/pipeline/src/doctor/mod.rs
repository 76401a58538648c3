//! The doctor: by source, which layouts matched the newest captures, which selectors broke and
//! since when, whether the listings still show what is new.

mod layouts;
mod listing;
mod looks;

use corpus::archive::Archive;
use corpus::source::{Config, Evidence, PageKind, Source, Sources};
use corpus::{Corpus, Date, Time};
use serde::Serialize;

pub use layouts::Unread;
pub use listing::ListingHealth;

use crate::Result;

/// How a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// Nothing was captured or crawled: only what its file says is known.
    Unknown,
    /// Nothing is wrong.
    Well,
    /// Something is to be looked at.
    Doubtful,
    /// Statements are being lost.
    Broken,
}

/// One thing that is wrong with a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// How bad it is.
    pub health: Health,
    /// `layout`, `selector`, `fetch` or `listing`.
    pub part: &'static str,
    /// The layout, or the era of the listing.
    pub layout: Option<String>,
    /// The key of the layout, `body`.
    pub key: Option<String>,
    /// The selector that no longer does its work.
    pub selector: Option<String>,
    /// Time of the first capture that shows it, or the day since which nothing is new.
    pub since: Option<Since>,
    /// What was seen, with numbers.
    pub what: String,
    /// What to do, naming the file.
    pub cure: String,
}

/// Since when something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Since {
    /// The time of a capture.
    Time(Time),
    /// A day.
    Day(Date),
}

/// What is known of one layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayoutHealth {
    /// The layout.
    pub layout: String,
    /// What its pages hold.
    pub page: PageKind,
    /// How well it is known.
    pub evidence: Evidence,
    /// The capture days on which it is to be expected.
    pub expected: [Option<Date>; 2],
    /// How many of the newest captures it matched.
    pub matched: usize,
    /// The newest of them.
    pub newest: Option<Time>,
    /// Median of the characters of text that it found on them.
    pub median_text: Option<usize>,
}

/// How one source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceHealth {
    /// The source.
    pub source: String,
    /// The file that declares it.
    pub file: String,
    /// The worst of its complaints.
    pub health: Health,
    /// How many of the newest captures were looked at.
    pub captures: usize,
    /// Time of the first and the last of them.
    pub captured: Option<[Time; 2]>,
    /// Its layouts as in its file, newest first.
    pub layouts: Vec<LayoutHealth>,
    /// What the newest captures were that no layout made a statement of.
    pub unread: Vec<Unread>,
    /// Its listings; none where it declares none.
    pub listing: Option<ListingHealth>,
    /// What is wrong.
    pub complaints: Vec<Complaint>,
}

/// What is asked of the doctor.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Only these sources; all where empty.
    pub sources: Vec<String>,
    /// How many of the newest captures of a source are looked at.
    pub newest: usize,
    /// The day against which freshness is held.
    pub today: Date,
}

/// Examines the sources. Without a corpus only what their files say is known.
///
/// # Errors
/// Where the archive or the configuration cannot be read.
pub fn examine(
    corpus: Option<&Corpus>,
    config: &Config,
    sources: &Sources,
    asked: &Asked,
) -> Result<Vec<SourceHealth>> {
    let archive = corpus.map(Archive::open).transpose()?.unwrap_or_default();
    let looked = looks::looks(&archive, sources, asked)?;
    let chosen =
        sources.iter().filter(|s| asked.sources.is_empty() || asked.sources.contains(&s.id));
    Ok(chosen
        .map(|source| {
            let looks = looked.get(&source.id).map_or(&[][..], Vec::as_slice);
            let history = crawl::history(&archive, &source.id);
            of_source(source, sources, config, looks, &history, asked)
        })
        .collect())
}

fn of_source(
    source: &Source,
    sources: &Sources,
    config: &Config,
    looks: &[looks::Look],
    history: &crawl::History,
    asked: &Asked,
) -> SourceHealth {
    let file = file_of(config, source);
    let mut complaints = layouts::complaints(source, &file, looks, history);
    let listing = listing::health(source, sources.expected(source), history);
    complaints.extend(listing::complaints(source, sources, &file, history, asked.today));
    complaints.sort_by_key(|c| std::cmp::Reverse(c.health));
    let known = looks.iter().any(|look| look.text().is_some());
    let start = if known { Health::Well } else { Health::Unknown };
    let newest = &looks[looks.len().saturating_sub(asked.newest)..];
    let ends = newest.first().zip(newest.last());
    SourceHealth {
        source: source.id.clone(),
        health: complaints.iter().map(|c| c.health).max().unwrap_or(start),
        captures: newest.len(),
        captured: ends.map(|(first, last)| [first.at, last.at]),
        layouts: layouts::matched(source, newest),
        unread: layouts::unread(newest),
        listing,
        complaints,
        file,
    }
}

/// The file to edit.
fn file_of(config: &Config, source: &Source) -> String {
    config.place(&format!("sources/{}.toml", source.id)).display().to_string()
}
