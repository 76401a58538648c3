//! Tables: imported files whose rows are texts: JSONL, CSV, XLSX.

mod qa;
mod row;
mod workbook;

use std::io::Read;

use corpus::source::{RowMatch, Source, Sources};
use corpus::{CaptureRef, Digest, Lang, Reject};

use crate::assemble::{Found, reading};
use crate::paragraph::{Paragraph, fold};
use crate::{Outlets, Reading, decode, title};
use row::Row;
pub use workbook::{Sheet, sheets};

/// Bytes that a compressed table may become.
pub const MAX_BYTES: u64 = 4 << 30;
/// How many times its size a compressed table may become.
pub const MAX_RATIO: u64 = 200;

/// What the rows of one table say.
#[derive(Debug, Clone, Default)]
pub struct TableReadings {
    /// One text a row, in order.
    pub readings: Vec<Reading>,
    /// Rows that gave none, with the reason.
    pub rejects: Vec<Reject>,
    /// How many rows there are.
    pub rows: u64,
}

/// Reads every row of a table. `name` decides the format by its ending (`.jsonl`, `.csv`, `.tsv`,
/// each also with `.gz`, `.xlsx`); `digest` is that of the archived record; `forced` is the source that the
/// importer named, else each row's `institution` and `lang` say where it belongs.
pub fn read_table(
    name: &str,
    bytes: &[u8],
    digest: &Digest,
    sources: &Sources,
    forced: Option<&str>,
    outlets: &Outlets,
) -> TableReadings {
    let mut table = TableReadings::default();
    let plain = match decompressed(bytes) {
        Ok(plain) => plain,
        Err(reason) => {
            table.rejects.push(reject(name, digest, None, None, reason));
            return table;
        }
    };
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let rows: Box<dyn Iterator<Item = Result<Row, Refusal>>> = match ending.as_str() {
        "xlsx" => match workbook::rows(&plain) {
            Ok((rows, others)) => {
                for (sheet, rows) in others {
                    let reason = format!(
                        "sheet not read: {rows} rows; save it as a file of its own to import it"
                    );
                    let url = format!("{name}#{sheet}");
                    table.rejects.push(reject(&url, digest, None, None, reason));
                }
                Box::new(rows.into_iter().map(Ok))
            }
            Err(reason) => {
                table.rejects.push(reject(name, digest, None, None, reason));
                return table;
            }
        },
        "csv" | "tsv" => Box::new(row::csv(&plain)),
        _ => Box::new(row::jsonl(&plain)),
    };
    for (n, row) in (1u64..).zip(rows) {
        table.rows = n;
        match row.and_then(|row| read_row(row, n, digest, sources, forced, outlets)) {
            Ok(read) => table.readings.push(read),
            Err(Refusal { source, url, reason }) => {
                let url = if url.is_empty() { format!("{name}#row {n}") } else { url };
                table.rejects.push(reject(&url, digest, Some(n), source, reason));
            }
        }
    }
    table
}

/// Why a row gave no reading.
struct Refusal {
    source: Option<String>,
    url: String,
    reason: String,
}

fn reject(
    url: &str,
    digest: &Digest,
    row: Option<u64>,
    source: Option<String>,
    reason: String,
) -> Reject {
    let capture = row.map_or_else(|| digest.to_string(), |n| format!("{digest}#row {n}"));
    Reject { source, url: url.to_owned(), reason, capture: Some(capture) }
}

fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes.to_vec());
    }
    let limit = MAX_BYTES.min((bytes.len() as u64).saturating_mul(MAX_RATIO).max(1 << 20));
    let mut plain = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes).take(limit + 1);
    decoder.read_to_end(&mut plain).map_err(|e| format!("damaged gzip: {e}"))?;
    if plain.len() as u64 > limit {
        return Err(format!("unsafe archive: more than {limit} bytes when decompressed"));
    }
    Ok(plain)
}

fn read_row(
    row: Row,
    n: u64,
    digest: &Digest,
    sources: &Sources,
    forced: Option<&str>,
    outlets: &Outlets,
) -> Result<Reading, Refusal> {
    let refuse = |source: Option<&Source>, reason: &str| Refusal {
        source: source.map(|s| s.id.clone()),
        url: row.url.clone().unwrap_or_default(),
        reason: reason.to_owned(),
    };
    let (source, rule) =
        belongs(&row, sources, forced).ok_or_else(|| refuse(None, &unknown(&row, sources)))?;
    if row.url.as_deref().is_some_and(|url| source.is_unofficial(url)) {
        return Err(refuse(Some(source), "unofficial: another's rendering of these words"));
    }
    let given = row.qa.as_deref().and_then(|qa| qa::turns(qa, &row, source, outlets));
    let turns = given.or_else(|| qa::pair(&row, source, outlets));
    let paragraphs: Vec<Paragraph> =
        row.body.lines().filter_map(|line| Paragraph::plain(&decode::repair(line))).collect();
    if paragraphs.is_empty() && turns.is_none() {
        return Err(refuse(Some(source), "no text"));
    }
    let place = CaptureRef {
        captured: None,
        digest: digest.clone(),
        row: Some(n),
        url: row.url.clone().unwrap_or_default(),
    };
    let found = Found {
        title: row.title.as_deref().map(|t| fold(&decode::repair(t))),
        paragraphs,
        turns,
        stamp: row.published.clone(),
        table_date: row.date.clone(),
        genre: row.kind.as_deref().and_then(title::genre_of_type),
        lang: row.lang,
        spokesperson: row.spokesperson.clone(),
        issuer: rule.and_then(|r| r.issuer.clone()),
        carrier: rule.and_then(|r| r.carrier.clone()),
        other_urls: row.urls.clone(),
        truncated: row.truncated,
        layout: row.format.to_owned(),
        ends: source.layouts.iter().flat_map(|l| l.ends.iter().cloned()).collect(),
        ..Found::default()
    };
    reading(found, source, outlets, place).ok_or_else(|| refuse(Some(source), "no text"))
}

/// Characters of an institution's name that a reject repeats: a column may hold anything.
const MAX_NAME: usize = 80;

/// What is said of a row that belongs to no source: what it has, and what there is.
fn unknown(row: &Row, sources: &Sources) -> String {
    let name = row.institution.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let has = match (name, row.lang) {
        (None, _) => "the row has no institution".to_owned(),
        (Some(name), lang) => {
            let lang = lang.map_or("no lang".to_owned(), |lang| format!("lang `{}`", lang.code()));
            let name: String = name.chars().take(MAX_NAME).collect();
            format!("no source has rows of institution `{name}`, {lang}")
        }
    };
    let known = sources.institutions().join(", ");
    format!("unknown source: {has}; known are {known}; or name one with --source")
}

/// The source of a row: the one that the importer named, or the one whose `rows` match.
fn belongs<'a>(
    row: &Row,
    sources: &'a Sources,
    forced: Option<&str>,
) -> Option<(&'a Source, Option<&'a RowMatch>)> {
    let by_row = || sources.by_row(row.institution.as_deref()?, row.lang.unwrap_or(Lang::Und));
    match forced.or(row.source.as_deref().filter(|id| sources.get(id).is_some())) {
        Some(id) => {
            let source = sources.get(id)?;
            let rule = by_row().filter(|(s, _)| s.id == source.id).map(|(_, rule)| rule);
            Some((source, rule))
        }
        None => by_row().map(|(source, rule)| (source, Some(rule))),
    }
}
