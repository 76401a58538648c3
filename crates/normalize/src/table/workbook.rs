//! Workbooks (XLSX): their sheets, each a header and the rows below it.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::row::Row;
use super::{MAX_BYTES, MAX_RATIO};

/// One sheet, cell by cell as text.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The cells of the first row that are not empty.
    pub header: Vec<String>,
    /// The rows below that hold anything, each with one cell a column of the header.
    pub rows: Vec<Vec<String>>,
}

/// The sheets of a workbook. What lies outside the columns of a sheet's header is left out, so that
/// a cell far away costs nothing.
///
/// # Errors
/// The reason, where the file is no workbook or would unpack beyond the limits.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let limit = MAX_BYTES.min((bytes.len() as u64).saturating_mul(MAX_RATIO).max(1 << 20));
    if unpacked(bytes) > limit {
        return Err(format!("unsafe archive: more than {limit} bytes when decompressed"));
    }
    let damaged = |e: calamine::XlsxError| format!("damaged workbook: {e}");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let mut reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet of charts alone has no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(damaged(e)),
        };
        let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
        while let Some(found) = reader.next_cell().map_err(damaged)? {
            let (row, column) = found.get_position();
            let text = cell(&Data::from(found.get_value().clone()));
            if !text.is_empty() {
                rows.entry(row).or_default().insert(column, text);
            }
        }
        let mut rows = rows.into_values();
        let header = rows.next().unwrap_or_default();
        let columns: Vec<u32> = header.keys().copied().collect();
        let picked = |mut row: BTreeMap<u32, String>| {
            columns.iter().map(|column| row.remove(column).unwrap_or_default()).collect()
        };
        let rows = rows.map(picked).filter(|row: &Vec<String>| row.iter().any(|c| !c.is_empty()));
        sheets.push(Sheet { name, rows: rows.collect(), header: header.into_values().collect() });
    }
    Ok(sheets)
}

/// Rows to read, and the other sheets: name and number of rows.
type Read = (Vec<Row>, Vec<(String, usize)>);

/// The rows of the first sheet that has a column of texts, and how many rows each other sheet has.
///
/// # Errors
/// As [`sheets`], and where no sheet has such a column and rows.
pub fn rows(bytes: &[u8]) -> Result<Read, String> {
    let mut sheets = sheets(bytes)?;
    sheets.retain(|sheet| !sheet.rows.is_empty());
    let has_text = |sheet: &Sheet| sheet.header.iter().any(|name| Row::is_text_column(name));
    let Some(first) = sheets.iter().position(has_text) else {
        return Err("empty workbook: no sheet has a column of texts and rows below it".to_owned());
    };
    let Sheet { header, rows, .. } = sheets.remove(first);
    let others = sheets.into_iter().map(|sheet| (sheet.name, sheet.rows.len())).collect();
    let row = |cells: Vec<String>| Row::new(header.iter().cloned().zip(cells), "table:xlsx");
    Ok((rows.into_iter().map(row).collect(), others))
}

/// A cell as a CSV file would hold it: whole numbers without a point, dates as `YYYY-MM-DD`, truth
/// as `yes` and `no`; what is no value but an error of the sheet is empty.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(true) => "yes".to_owned(),
        Data::Bool(false) => "no".to_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

/// The bytes that a ZIP archive says it would unpack to, by its central directory.
fn unpacked(bytes: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    let size = |at: usize| -> Option<u64> {
        let field = bytes.get(at + 24..at + 28)?;
        Some(u64::from(u32::from_le_bytes(field.try_into().ok()?)))
    };
    let entries = bytes.windows(ENTRY.len()).enumerate().filter(|(_, window)| *window == ENTRY);
    entries.filter_map(|(at, _)| size(at)).sum()
}
