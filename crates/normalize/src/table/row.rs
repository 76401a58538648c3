//! A row: the columns that every table is reduced to.

use std::collections::BTreeSet;

use corpus::Lang;
use serde_json::{Map, Value};

use super::Refusal;
use super::qa::from_python;
use crate::date::Order;

/// One row, by the names of the shared tables; other names are mapped on reading.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The names of all columns of its table, in lower case; none where the row names its institution.
    pub columns: BTreeSet<String>,
    /// What of it cannot be read, for a reject: the column, the cell and the cure.
    pub fault: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Further addresses of the same text.
    pub urls: Vec<String>,
    /// The source's id, where a table of another corpus names it.
    pub source: Option<String>,
    /// Who publishes.
    pub institution: Option<String>,
    /// Declared language.
    pub lang: Option<Lang>,
    /// Declared date.
    pub date: Option<String>,
    /// Publication stamp.
    pub published: Option<String>,
    /// Declared kind of text.
    pub kind: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Declared spokesperson.
    pub spokesperson: Option<String>,
    /// Text, paragraphs apart by line breaks.
    pub body: String,
    /// Turns, as JSON or as Python prints a list of dictionaries.
    pub qa: Option<String>,
    /// Question and answer in columns of their own, and who asked.
    pub question: Option<String>,
    /// The answer to `question`.
    pub answer: Option<String>,
    /// Who asked.
    pub asker: Option<String>,
    /// Day, month and year in columns of their own.
    day: [Option<String>; 3],
    /// Whether the text is declared to be cut short.
    pub truncated: bool,
    /// `table:jsonl`, `table:csv` or `table:xlsx`.
    pub format: &'static str,
}

/// The rows of a JSONL file; empty lines do not count.
pub fn jsonl(bytes: &[u8]) -> impl Iterator<Item = Result<Row, Refusal>> + '_ {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines =
        bytes.split(|b| *b == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    lines.map(|line| {
        let line = std::str::from_utf8(line).map_err(|e| {
            damaged(format!("damaged row: {e}; JSON lines are UTF-8: save the table in it"))
        })?;
        let columns: Map<String, Value> =
            serde_json::from_str(line).map_err(|e| damaged(format!("damaged row: {e}")))?;
        let mut fault = None;
        let cells = columns.into_iter().map(|(name, value)| {
            let cell = cell(&name, value).unwrap_or_else(|reason| {
                fault.get_or_insert(reason);
                String::new()
            });
            (name, cell)
        });
        let row = Row::new(cells, "table:jsonl");
        Ok(Row { fault: fault.or(row.fault), ..row })
    })
}

/// The rows of a CSV file with a header.
pub fn csv(text: &str) -> impl Iterator<Item = Result<Row, Refusal>> + '_ {
    let mark = delimiter(text);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(mark).from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|h| h.iter().map(|c| c.trim().to_owned()).collect())
        .unwrap_or_default();
    let mut record = csv::StringRecord::new();
    std::iter::from_fn(move || {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(e) => return Some(Err(damaged(format!("damaged row: {e}")))),
        }
        let begins = record.position().map_or(0, csv::Position::byte);
        let is_last = reader.position().byte() >= text.len() as u64;
        let written = usize::try_from(begins).ok().and_then(|at| text.get(at..)).unwrap_or("");
        if is_last && is_open(written, mark) {
            let reason = "damaged row: its quotation is never closed, and holds all that follows";
            return Some(Err(damaged(reason.to_owned())));
        }
        if record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty()) {
            let (cells, columns) = (record.len(), header.len());
            return Some(Err(damaged(format!(
                "damaged row: {cells} cells under {columns} columns; put a text that holds the \
                 mark between columns in quotation marks"
            ))));
        }
        let columns = header.iter().cloned().zip(record.iter().map(str::to_owned));
        Some(Ok(Row::new(columns, "table:csv")))
    })
}

/// Whether a quotation of the last record is open at the end of its file: what is written behind it
/// would belong to it.
fn is_open(record: &str, delimiter: u8) -> bool {
    let more = format!("{record}\nnext");
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter)
        .from_reader(more.as_bytes());
    reader.records().count() < 2
}

/// What parts the columns: the commonest of comma, semicolon and tab in the header.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |mark: u8| header.bytes().filter(|b| *b == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn damaged(reason: String) -> Refusal {
    Refusal { source: None, url: String::new(), reason: reason.into() }
}

/// A JSON value as a CSV cell would hold it; a list of strings under a column of texts is its paragraphs.
///
/// # Errors
/// Where a text is none: a number or an object printed as one would be counted as words.
fn cell(column: &str, value: Value) -> Result<String, String> {
    let is_text = Row::is_text_column(column) && !column.trim().eq_ignore_ascii_case("qa");
    let must_be_words = ["title", "headline", "url", "link", "institution", "spokesperson"]
        .iter()
        .any(|known| column.trim().eq_ignore_ascii_case(known));
    let refused =
        |value: &Value| format!("{}: `{}` is no text", column.trim(), brief(&value.to_string()));
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        Value::Array(parts) if is_text => {
            let lines: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
            lines.map(|lines| lines.join("\n")).ok_or_else(|| refused(&Value::Array(parts.clone())))
        }
        other if is_text || must_be_words => Err(refused(&other)),
        other => Ok(other.to_string()),
    }
}

impl Row {
    /// Whether a column of this name holds texts.
    pub(super) fn is_text_column(name: &str) -> bool {
        let name = name.trim().to_lowercase();
        ["body", "text", "content", "qa", "question", "answer"].contains(&name.as_str())
    }

    pub(super) fn new(
        columns: impl Iterator<Item = (String, String)>,
        format: &'static str,
    ) -> Self {
        let mut row = Self { format, ..Self::default() };
        for (name, value) in columns {
            let name = name.trim().to_lowercase();
            row.columns.insert(name.clone());
            if value.trim().is_empty() {
                continue;
            }
            match name.as_str() {
                "source" => row.source = Some(value.trim().to_owned()),
                "url" | "link" => row.url = Some(value),
                "urls" => row.urls = row.sound(urls(&value)),
                "institution" => row.institution = Some(value),
                "lang" | "language" => row.lang = row.sound(lang(&value).map(Some)),
                "date" => row.date = Some(value),
                "published" => row.published = Some(value),
                "type" => row.kind = Some(value),
                "title" | "headline" => row.title = Some(value),
                "spokesperson" => row.spokesperson = Some(value),
                "body" | "text" | "content" => row.body = value,
                "qa" => row.qa = Some(value),
                "question" => row.question = Some(value),
                "answer" => row.answer = Some(value),
                "who_asked" => row.asker = Some(value),
                "day" => row.day[2] = Some(value),
                "month" => row.day[1] = Some(value),
                "year" => row.day[0] = Some(value),
                "truncated" => row.truncated = row.sound(truth(&value)),
                _ => {}
            }
        }
        if row.institution.is_some() {
            row.columns.clear();
        }
        let dated = row.date.as_deref().is_some_and(|date| Order::Unknown.read(date).is_some());
        if let ([Some(year), Some(month), Some(day)], false) = (&row.day, dated) {
            let [year, month, day] = [year, month, day].map(|part| part.trim());
            row.date = Some(if month.bytes().all(|b| b.is_ascii_digit()) {
                format!("{year}-{month:0>2}-{day:0>2}")
            } else {
                format!("{day} {month} {year}")
            });
        }
        row
    }

    /// What a cell holds; what is wrong with it is kept, and the first such fault counts.
    fn sound<T: Default>(&mut self, cell: Result<T, String>) -> T {
        cell.unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            T::default()
        })
    }
}

/// The addresses of an `urls` cell: a list as JSON or Python write it.
fn urls(cell: &str) -> Result<Vec<String>, String> {
    let from_json = || serde_json::from_str(cell).ok();
    let list = from_json().or_else(|| serde_json::from_str(&from_python(cell)?).ok());
    list.ok_or_else(|| format!("urls: `{}` is no list, as [\"https://...\"]", brief(cell)))
}

/// The language of a code, whatever its case and country: `zh-CN` is Chinese.
fn lang(cell: &str) -> Result<Lang, String> {
    let code = cell.trim().to_lowercase();
    let language = code.split(['-', '_']).next().unwrap_or_default();
    language.parse().map_err(|reason| format!("lang: {reason}"))
}

/// What a cell of yes and no says.
fn truth(cell: &str) -> Result<bool, String> {
    match cell.trim().to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(format!("truncated: `{}` is neither true nor false", brief(cell))),
    }
}

/// The beginning of a cell, as reasons quote it.
fn brief(cell: &str) -> String {
    let mut chars = cell.chars();
    let mut shown: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
