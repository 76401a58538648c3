//! Findings as something that people read and programs load: a table for the terminal, CSV, JSON,
//! Markdown and one self-contained HTML page. One small file a format; none of them changes a
//! number. What people read sums the months of a long period to years; files for programs never
//! do.
//!
//! Words that come from outside (titles, quotes, addresses) are hostile: the terminal shows
//! control characters instead of sending them, HTML escapes them in the template engine and links
//! only http(s), CSV neutralizes formulas when it is asked to.

mod aligned;
mod chart;
mod csv;
mod error;
mod grid;
mod html;
mod json;
mod label;
mod layout;
mod markdown;
mod number;
mod places_csv;
mod proof;
mod terminal;
mod told;
mod votes_csv;
mod votes_grid;
mod votes_html;
mod votes_text;

pub use aligned::{Labels, aligned, paragraph};
pub use csv::{CsvOptions, csv, tables};
pub use error::{Error, Result};
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use places_csv::places_csv;
pub use terminal::terminal;
pub use votes_csv::{similarity_csv, votes_csv};
pub use votes_text::{similarity_markdown, similarity_terminal, votes_markdown, votes_terminal};

use measure::Findings;
use votes::VoteFindings;

/// The version of the formats: raise it whenever the same findings may be written otherwise.
pub const VERSION: u32 = 5;

/// The file of a whole report that has all its numbers.
pub const FINDINGS: &str = "findings.json";

/// All formats of `findings`, and of the study's `votes` where it has any, as files: relative path
/// and bytes, sorted by path.
///
/// `findings.json`, `findings.csv` (one long tidy table), `csv/<table>.csv` (one table a file),
/// `report.html` and `report.md`.
///
/// # Errors
/// Where a format cannot be rendered.
pub fn files(
    findings: &Findings,
    votes: Option<&VoteFindings>,
    options: CsvOptions,
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for (name, bytes) in csv::tables(findings, options)? {
        files.push((format!("csv/{name}.csv"), bytes));
    }
    if let Some(votes) = votes {
        let mut bytes = Vec::new();
        votes_csv(votes, &mut bytes)?;
        files.push(("csv/votes.csv".to_owned(), bytes));
    }
    files.sort();
    let mut add = |name: &str, write: &dyn Fn(&mut Vec<u8>) -> Result<()>| -> Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        files.push((name.to_owned(), bytes));
        Ok(())
    };
    add("findings.csv", &|out| csv::csv(findings, options, out))?;
    add(FINDINGS, &|out| json(findings, votes, out))?;
    add("report.html", &|out| html(findings, votes, out))?;
    add("report.md", &|out| markdown(findings, votes, out))?;
    Ok(files)
}
