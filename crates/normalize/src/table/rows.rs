//! The rows of a table as they can be gone through, more than once, whatever its format.

use super::row::{self, Row};
use super::{Refusal, workbook};
use crate::decode;

/// Rows of an opened table.
pub enum Rows {
    Jsonl(Vec<u8>),
    Csv(String),
    Workbook(Vec<Row>),
}

/// The sheets of a workbook that are not read: name and number of rows.
pub type OtherSheets = Vec<(String, usize)>;

impl Rows {
    /// Opens a table; the ending of `name` tells its format.
    ///
    /// # Errors
    /// The reason, where a workbook is damaged or has no texts.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<(Self, OtherSheets), String> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        Ok(match ending.as_str() {
            "xlsx" => {
                let (rows, others) = workbook::rows(&bytes)?;
                (Self::Workbook(rows), others)
            }
            "csv" | "tsv" => (Self::Csv(decode::decode(&bytes, None).into_owned()), Vec::new()),
            _ => (Self::Jsonl(bytes), Vec::new()),
        })
    }

    /// The rows in order.
    pub fn iter(&self) -> Box<dyn Iterator<Item = Result<Row, Refusal>> + '_> {
        match self {
            Self::Jsonl(bytes) => Box::new(row::jsonl(bytes)),
            Self::Csv(text) => Box::new(row::csv(text)),
            Self::Workbook(rows) => Box::new(rows.iter().cloned().map(Ok)),
        }
    }
}
