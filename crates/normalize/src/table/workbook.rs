//! Workbooks (XLSX): the first sheet that has a header and rows below it.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::row::Row;
use super::{MAX_BYTES, MAX_RATIO};

/// The rows of a workbook.
///
/// # Errors
/// The reason, where the file is no workbook, has no rows, or would unpack beyond the limits.
pub fn rows(bytes: &[u8]) -> Result<Vec<Row>, String> {
    let limit = MAX_BYTES.min((bytes.len() as u64).saturating_mul(MAX_RATIO).max(1 << 20));
    if unpacked(bytes) > limit {
        return Err(format!("unsafe archive: more than {limit} bytes when decompressed"));
    }
    let damaged = |e: calamine::XlsxError| format!("damaged workbook: {e}");
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    for name in workbook.sheet_names() {
        let sheet = workbook.worksheet_range(&name).map_err(damaged)?;
        let mut rows = sheet.rows();
        let Some(header) = rows.next() else { continue };
        let header: Vec<String> = header.iter().map(cell).collect();
        let filled = rows.filter(|row| row.iter().any(|c| !matches!(c, Data::Empty)));
        let read: Vec<Row> = filled
            .map(|row| Row::new(header.iter().cloned().zip(row.iter().map(cell)), "table:xlsx"))
            .collect();
        if !read.is_empty() {
            return Ok(read);
        }
    }
    Err("empty workbook: no sheet has a header and rows".to_owned())
}

/// A cell as a CSV file would hold it: whole numbers without a point, dates as `YYYY-MM-DD`.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
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
