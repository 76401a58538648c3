//! Tables: imported files whose rows are texts: JSONL, CSV, XLSX.

mod dates;
mod qa;
mod row;
mod rows;
mod workbook;

use std::io::Read;

use corpus::source::{RowMatch, Source, Sources};
use corpus::{CaptureRef, Digest, Lang, Reason, Reject};

use crate::assemble::{Found, reading};
use crate::paragraph::{Paragraph, fold};
use crate::{Outlets, Reading, decode, title};
use dates::{Column, Orders, unread};
use row::Row;
use rows::Rows;
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
/// importer named, else each row's `institution` and `lang` say where it belongs, or the table's
/// columns where a source is mapped to them.
pub fn read_table(
    name: &str,
    bytes: &[u8],
    digest: &Digest,
    sources: &Sources,
    forced: Option<&str>,
    outlets: &Outlets,
) -> TableReadings {
    let mut table = TableReadings::default();
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let opened =
        decompressed(bytes).and_then(|(plain, damage)| Ok((Rows::open(name, plain)?, damage)));
    let (rows, others) = match opened {
        Ok((opened, damage)) => {
            let damage = damage.map(|reason| reject(name, digest, None, None, reason));
            table.rejects.extend(damage);
            opened
        }
        Err(reason) => {
            table.rejects.push(reject(name, digest, None, None, reason));
            return table;
        }
    };
    for (sheet, rows) in others {
        let reason =
            format!("sheet not read: {rows} rows; save it as a file of its own to import it");
        table.rejects.push(reject(&format!("{name}#{sheet}"), digest, None, None, reason));
    }
    let reader = Reader { orders: Orders::of(&rows), digest, sources, forced, outlets };
    for (n, row) in (1u64..).zip(rows.iter()) {
        table.rows = n;
        match row.and_then(|row| reader.read(&row, n)) {
            Ok(read) => table.readings.push(read),
            Err(Refusal { source, url, reason }) => {
                let url = if url.is_empty() { format!("{name}#row {n}") } else { url };
                table.rejects.push(reject(&url, digest, Some(n), source, reason));
            }
        }
    }
    if table.rows == 0 && table.rejects.is_empty() {
        let reason = "empty table: holds no row".to_owned();
        table.rejects.push(reject(name, digest, None, None, reason));
    }
    table
}

/// Why a row gave no reading.
struct Refusal {
    source: Option<String>,
    url: String,
    reason: Reason,
}

fn reject(
    url: &str,
    digest: &Digest,
    row: Option<u64>,
    source: Option<String>,
    reason: impl Into<Reason>,
) -> Reject {
    let capture = row.map_or_else(|| digest.to_string(), |n| format!("{digest}#row {n}"));
    Reject { source, url: url.to_owned(), reason: reason.into(), capture: Some(capture) }
}

/// A table as it was before it was compressed, and what is wrong with its end: whole lines before the
/// damage are rows like others.
///
/// # Errors
/// Where nothing of it can be read, or too much would come of it.
fn decompressed(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>), String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok((bytes.to_vec(), None));
    }
    let limit = MAX_BYTES.min((bytes.len() as u64).saturating_mul(MAX_RATIO).max(1 << 20));
    let mut plain = Vec::new();
    let mut decoder = flate2::read::MultiGzDecoder::new(bytes).take(limit + 1);
    let damage = decoder.read_to_end(&mut plain).err().map(|e| format!("damaged gzip: {e}"));
    if plain.len() as u64 > limit {
        return Err(format!("unsafe archive: more than {limit} bytes when decompressed"));
    }
    if let Some(damage) = &damage {
        let lines = plain.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        plain.truncate(lines);
        if plain.is_empty() {
            return Err(damage.clone());
        }
    }
    Ok((plain, damage))
}

/// Reads the rows of one table.
struct Reader<'a> {
    orders: Orders<'a>,
    digest: &'a Digest,
    sources: &'a Sources,
    forced: Option<&'a str>,
    outlets: &'a Outlets,
}

impl Reader<'_> {
    fn read(&self, row: &Row, n: u64) -> Result<Reading, Refusal> {
        let refuse = |source: Option<&Source>, reason: Reason| Refusal {
            source: source.map(|s| s.id.clone()),
            url: row.url.clone().unwrap_or_default(),
            reason,
        };
        let belongs = belongs(row, self.sources, self.forced);
        if let Some(fault) = &row.fault {
            return Err(refuse(belongs.map(|(source, _)| source), fault.as_str().into()));
        }
        let (source, rule) = belongs.ok_or_else(|| refuse(None, unknown(row, self.sources)))?;
        if row.url.as_deref().is_some_and(|url| source.is_unofficial(url)) {
            return Err(refuse(Some(source), Reason::unofficial()));
        }
        let turns = qa::turns(row, source, self.outlets)
            .map_err(|reason| refuse(Some(source), reason.into()))?;
        let paragraphs: Vec<Paragraph> =
            row.body.lines().filter_map(|line| Paragraph::plain(&decode::repair(line))).collect();
        if paragraphs.is_empty() && turns.is_none() {
            return Err(refuse(Some(source), Reason::no_text()));
        }
        let place = CaptureRef {
            captured: None,
            digest: self.digest.clone(),
            row: Some(n),
            url: row.url.clone().unwrap_or_default(),
        };
        let told = row.kind.as_deref().and_then(title::genre_of_type);
        let of_date = self.orders.order(Column::Date, row);
        let of_stamp = self.orders.order(Column::Published, row);
        let unread = [unread(Column::Date, row, of_date), unread(Column::Published, row, of_stamp)];
        let found = Found {
            title: row.title.as_deref().map(|t| fold(&decode::repair(t))),
            paragraphs,
            turns,
            stamp: row.published.clone(),
            order: of_stamp,
            table_date: row.date.as_deref().and_then(|cell| of_date.read(cell)),
            unread: unread.into_iter().flatten().collect(),
            genre: told.or(rule.and_then(|r| r.genre)),
            lang: row.lang.or(rule.map(|r| r.lang)),
            spokesperson: row.spokesperson.clone(),
            issuer: rule.and_then(|r| r.issuer.clone()),
            carrier: rule.and_then(|r| r.carrier.clone()),
            other_urls: row.urls.clone(),
            truncated: row.truncated,
            layout: row.format.to_owned(),
            ends: source.layouts.iter().flat_map(|l| l.ends.iter().cloned()).collect(),
            ..Found::default()
        };
        reading(found, source, self.outlets, place)
            .ok_or_else(|| refuse(Some(source), Reason::no_text()))
    }
}

/// Characters of an institution's name that a reject repeats: a column may hold anything.
const MAX_NAME: usize = 80;

/// What is said of a row that belongs to no source: what it has, and what there is.
fn unknown(row: &Row, sources: &Sources) -> Reason {
    let name = row.institution.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let short = |name: &str| -> String { name.chars().take(MAX_NAME).collect() };
    let source = row.source.as_deref().filter(|id| !id.is_empty());
    let has = match (name, row.lang) {
        (None, _) => match source {
            Some(id) => {
                format!("there is no source `{}`, and the row has no institution", short(id))
            }
            None => "the row has no institution".to_owned(),
        },
        (Some(name), lang) => {
            let lang = lang.map_or("no lang".to_owned(), |lang| format!("lang `{}`", lang.code()));
            let name = short(name);
            format!("no source has rows of institution `{name}`, {lang}")
        }
    };
    let known = sources.institutions().join(", ");
    Reason::unknown_source(&format!("{has}; known are {known}; or name one with --source"))
}

/// The source of a row: the one that the importer named, or the one whose `rows` match.
fn belongs<'a>(
    row: &Row,
    sources: &'a Sources,
    forced: Option<&str>,
) -> Option<(&'a Source, Option<&'a RowMatch>)> {
    let by_row = || match &row.institution {
        Some(institution) => sources.by_row(institution, row.lang.unwrap_or(Lang::Und)),
        None => sources.by_columns(&row.columns, row.lang),
    };
    match forced.or(row.source.as_deref().filter(|id| sources.get(id).is_some())) {
        Some(id) => {
            let source = sources.get(id)?;
            let rule = by_row().filter(|(s, _)| s.id == source.id).map(|(_, rule)| rule);
            Some((source, rule))
        }
        None => by_row().map(|(source, rule)| (source, Some(rule))),
    }
}
