//! A table in the making: JSONL, JSON, CSV or Parquet.

use std::io::Write;

use corpus::Digest;
use corpus::partition::{self, Stamp};
use serde::Serialize;
use serde_json::Value;

use crate::{Error, Result};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// One JSON array of such objects.
    Json,
    /// UTF-8 with a header line; lists are joined by `|`.
    Csv {
        /// Whether cells that a spreadsheet would run (`=`, `+`, `-`, `@` in front) get a `'`
        /// in front, and the file a byte order mark.
        for_excel: bool,
    },
    /// Parquet (large columns packed with zstd).
    Parquet,
}

/// Rows on their way out. JSONL, JSON and CSV are written as they come; Parquet needs all rows at once
/// and keeps them until [`Table::finish`].
pub struct Table<'w, T> {
    sink: Sink<'w, T>,
    written: u64,
}

enum Sink<'w, T> {
    Json(Objects<'w>),
    Csv {
        out: Box<csv::Writer<&'w mut dyn Write>>,
        for_excel: bool,
    },
    /// With the sample and the rows.
    Parquet(&'w mut dyn Write, T, Vec<T>),
}

impl<'w, T: Serialize> Table<'w, T> {
    /// An empty table of the columns that `sample` has, as [`corpus::partition::Row::sample`].
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn new(format: Format, sample: T, out: &'w mut dyn Write) -> Result<Self> {
        let sink = match format {
            Format::Jsonl => Sink::Json(Objects::lines(out)),
            Format::Json => Sink::Json(Objects::array(out)),
            Format::Parquet => Sink::Parquet(out, sample, Vec::new()),
            Format::Csv { for_excel } => {
                if for_excel {
                    out.write_all("\u{feff}".as_bytes()).map_err(Error::Output)?;
                }
                let mut out = Box::new(csv::Writer::from_writer(out));
                out.write_record(header(&sample)?).map_err(output)?;
                Sink::Csv { out, for_excel }
            }
        };
        Ok(Self { sink, written: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Where the row cannot be written.
    pub fn row(&mut self, row: T) -> Result<()> {
        self.written += 1;
        match &mut self.sink {
            Sink::Json(objects) => objects.write(&row),
            Sink::Csv { out, for_excel } => {
                let cells = cells(&row, *for_excel)?;
                out.write_record(cells).map_err(output)
            }
            Sink::Parquet(_, _, rows) => {
                rows.push(row);
                Ok(())
            }
        }
    }

    /// Writes what is left. Returns the number of rows.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn finish(self) -> Result<u64> {
        match self.sink {
            Sink::Json(objects) => return objects.finish(),
            Sink::Csv { mut out, .. } => out.flush().map_err(Error::Output)?,
            Sink::Parquet(out, sample, rows) => {
                let stamp = Stamp { stage: "export/1".to_owned(), inputs: Digest::of(b"") };
                let bytes = partition::encode(&rows, &sample, &stamp).map_err(Error::Encode)?;
                out.write_all(&bytes).and_then(|()| out.flush()).map_err(Error::Output)?;
            }
        }
        Ok(self.written)
    }
}

/// JSON objects on their way out, a line each, by themselves or in one array.
pub struct Objects<'w> {
    out: &'w mut dyn Write,
    is_array: bool,
    written: u64,
}

impl<'w> Objects<'w> {
    /// Objects by themselves.
    pub fn lines(out: &'w mut dyn Write) -> Self {
        Self { out, is_array: false, written: 0 }
    }

    /// Objects in one array.
    pub fn array(out: &'w mut dyn Write) -> Self {
        Self { out, is_array: true, written: 0 }
    }

    /// Adds an object.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&mut self, object: &impl Serialize) -> Result<()> {
        let mut line = match (self.is_array, self.written) {
            (false, _) => Vec::new(),
            (true, 0) => b"[\n".to_vec(),
            (true, _) => b",\n".to_vec(),
        };
        serde_json::to_writer(&mut line, object).map_err(|e| Error::Output(e.into()))?;
        if !self.is_array {
            line.push(b'\n');
        }
        self.written += 1;
        self.out.write_all(&line).map_err(Error::Output)
    }

    /// Writes what is left. Returns the number of objects.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> Result<u64> {
        let end: &[u8] = match (self.is_array, self.written) {
            (false, _) => b"",
            (true, 0) => b"[]\n",
            (true, _) => b"\n]\n",
        };
        let ended = self.out.write_all(end).and_then(|()| self.out.flush());
        ended.map(|()| self.written).map_err(Error::Output)
    }
}

fn header(sample: &impl Serialize) -> Result<Vec<String>> {
    let sample = serde_json::to_value(sample).map_err(|e| Error::Output(e.into()))?;
    Ok(sample.as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default())
}

fn cells(row: &impl Serialize, for_excel: bool) -> Result<Vec<String>> {
    let value = serde_json::to_value(row).map_err(|e| Error::Output(e.into()))?;
    let fields = value.as_object().into_iter().flat_map(|o| o.values());
    Ok(fields.map(|field| cell(field, for_excel)).collect())
}

fn cell(value: &Value, for_excel: bool) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().map(|item| cell(item, false)).collect::<Vec<_>>().join("|")
        }
        other => other.to_string(),
    };
    if for_excel && corpus::runs_as_formula(&text) {
        return format!("'{text}");
    }
    text
}

fn output(error: csv::Error) -> Error {
    Error::Output(match error.into_kind() {
        // As it was, so that a pipe which its reader closed is known for one.
        csv::ErrorKind::Io(error) => error,
        kind => std::io::Error::other(format!("{kind:?}")),
    })
}
