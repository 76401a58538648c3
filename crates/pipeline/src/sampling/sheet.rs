//! The sheet: a sample as people code it, CSV or a workbook, with empty columns for their codes.

use std::io::Write;
use std::path::Path;

use corpus::{Voice, runs_as_formula};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet,
    XlsxError,
};
use tag::Codebook;
use tag::codebook::Family;

use super::draw::Row;
use super::{Design, Sample, SamplingError};

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFormat {
    /// UTF-8 with a byte order mark, so that spreadsheets read it right.
    Csv,
    /// A workbook: the rows, what can be written into the code columns, the design (hidden).
    Xlsx,
}

/// The columns that say what is to be coded, and their widths in a workbook.
const GIVEN: [(&str, f64); 17] = [
    ("sample", 8.0),
    ("unit", 12.0),
    ("stratum", 7.0),
    ("inclusion_probability", 8.0),
    ("lang", 5.0),
    ("date", 10.0),
    ("source", 11.0),
    ("institution", 12.0),
    ("country", 7.0),
    ("role", 9.0),
    ("speaker", 10.0),
    ("title", 24.0),
    ("url", 12.0),
    ("question", 30.0),
    ("before", 40.0),
    ("text", 60.0),
    ("after", 40.0),
];

/// The columns that a coder fills.
pub(super) const CODES: [(&str, f64); 7] = [
    ("voice", 10.0),
    ("blames", 24.0),
    ("frames", 24.0),
    ("naming", 14.0),
    ("topic", 8.0),
    ("names", 20.0),
    ("remark", 24.0),
];

/// The sheet of a workbook that holds the design, and the one that holds the rows.
pub(super) const DESIGN_SHEET: &str = "design";
const ROWS_SHEET: &str = "sample";

/// A spreadsheet cuts cells beyond this many characters.
const LONGEST_CELL: usize = 32_000;

/// Writes the sheet of a sample to `path` and its design beside it ([`Design::path_beside`]); both
/// are replaced in one step each, and the same sample gives the same bytes.
///
/// # Errors
/// Where a file cannot be written.
pub fn write_sheet(
    sample: &Sample,
    codebook: &Codebook,
    format: SheetFormat,
    path: &Path,
) -> Result<(), SamplingError> {
    let design = sample.design.to_text()?;
    let bytes = match format {
        SheetFormat::Csv => table(sample).map_err(|e| SamplingError::sheet(path, e))?,
        SheetFormat::Xlsx => {
            workbook(sample, codebook, &design).map_err(|e| SamplingError::sheet(path, e))?
        }
    };
    let beside = Design::path_beside(path);
    corpus::write_atomically(&beside, |file| file.write_all(design.as_bytes()))
        .and_then(|()| corpus::write_atomically(path, |file| file.write_all(&bytes)))
        .map_err(crate::Error::from)?;
    Ok(())
}

/// What the coder's columns may hold, a line a value.
fn guide(codebook: &Codebook) -> Vec<[String; 3]> {
    let line = |column: &str, value: &str, means: &str| {
        [column, value, means].map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut lines = vec![
        line("voice", "own", "the institution speaks for itself"),
        line("voice", "relayed", "the sentence reports what somebody else said or thinks"),
        line("voice", "question", "a journalist's question"),
        line("voice", "none", "no claim by anybody: heading, dateline, protocol"),
        line("voice", "(empty)", "this row is not coded yet; its other columns are not read"),
        line("blames", "TARGET:causal; TARGET:condemn", "each target that is blamed, and how"),
        line("blames", "(empty)", "nobody is blamed"),
    ];
    let families =
        [(Family::Target, "blames"), (Family::Frame, "frames"), (Family::Naming, "naming")];
    for (family, column) in families {
        for entry in codebook.family(family) {
            let not =
                if entry.not.is_empty() { String::new() } else { format!(" Not: {}", entry.not) };
            lines.push(line(
                column,
                &entry.id,
                &format!("{}. {}{not}", entry.label, entry.definition),
            ));
        }
    }
    lines.extend([
        line("frames", "a; b", "several are set apart by semicolons; empty means none"),
        line("naming", "a; b", "how the sentence names what happens between Russia and Ukraine"),
        line("topic", "yes, no", "whether it is about the war in Ukraine; empty means not coded"),
        line("names", "form=referent; ...", "by the guide on naming: 入侵=ukraine-war; war=other"),
        line("remark", "", "anything; it is not read"),
    ]);
    lines
}

fn given(row: &Row, sample: &str) -> [String; 17] {
    [
        sample.to_owned(),
        row.unit.clone(),
        row.stratum.clone(),
        format!("{:.6}", row.inclusion_probability),
        row.lang.clone(),
        row.date.clone(),
        row.source.clone(),
        row.institution.clone(),
        row.country.clone(),
        row.role.to_owned(),
        row.speaker.clone(),
        row.title.clone(),
        row.url.clone(),
        row.question.clone(),
        row.before.clone(),
        row.text.clone(),
        row.after.clone(),
    ]
}

fn table(sample: &Sample) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(GIVEN.iter().chain(&CODES).map(|(name, _)| *name))?;
    for row in &sample.rows {
        let cells = given(row, &sample.design.sample).map(harmless);
        let empty = std::iter::repeat_n(String::new(), CODES.len());
        out.write_record(cells.into_iter().chain(empty))?;
    }
    out.into_inner().map_err(|e| e.into_error().into())
}

/// A cell that no spreadsheet runs: `'` in front of what it would take for a formula. Whoever
/// reads the sheet takes it off again.
fn harmless(cell: String) -> String {
    match runs_as_formula(&cell) || cell.starts_with('\'') {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn workbook(sample: &Sample, codebook: &Codebook, design: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The time of writing would make every file another one.
    let day = ExcelDateTime::from_ymd(2022, 2, 24)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let head = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    rows_sheet(book.add_worksheet(), sample, &head, &wrapped)?;
    let sheet = book.add_worksheet();
    sheet.set_name("how to code")?;
    for (column, (name, width)) in
        [("column", 10.0), ("write", 32.0), ("means", 100.0)].iter().enumerate()
    {
        sheet.write_string_with_format(0, column as u16, *name, &head)?;
        sheet.set_column_width(column as u16, *width)?;
    }
    for (n, line) in guide(codebook).iter().enumerate() {
        for (column, cell) in line.iter().enumerate() {
            sheet.write_string_with_format(n as u32 + 1, column as u16, cell, &wrapped)?;
        }
    }
    let sheet = book.add_worksheet();
    // Unless somebody looks for it: what the strata mean is none of a coder's business.
    sheet.set_name(DESIGN_SHEET)?.set_very_hidden(true);
    for (n, line) in design.lines().enumerate() {
        sheet.write_string(n as u32, 0, line)?;
    }
    book.save_to_buffer()
}

fn rows_sheet(
    sheet: &mut Worksheet,
    sample: &Sample,
    head: &Format,
    wrapped: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name(ROWS_SHEET)?;
    for (column, (name, width)) in GIVEN.iter().chain(&CODES).enumerate() {
        sheet.write_string_with_format(0, column as u16, *name, head)?;
        sheet.set_column_width(column as u16, *width)?;
    }
    for (n, row) in sample.rows.iter().enumerate() {
        for (column, cell) in given(row, &sample.design.sample).iter().enumerate() {
            let shown: String = cell.chars().take(LONGEST_CELL).collect();
            sheet.write_string_with_format(n as u32 + 1, column as u16, shown, wrapped)?;
        }
        for column in GIVEN.len()..GIVEN.len() + CODES.len() {
            sheet.write_blank(n as u32 + 1, column as u16, wrapped)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = sample.rows.len().max(1) as u32;
    let column = |name: &str| {
        let place = CODES.iter().position(|(code, _)| *code == name).unwrap_or_default();
        (GIVEN.len() + place) as u16
    };
    let voices = DataValidation::new().allow_list_strings(&Voice::ALL.map(Voice::name))?;
    sheet.add_data_validation(1, column("voice"), last, column("voice"), &voices)?;
    let topics = DataValidation::new().allow_list_strings(&["yes", "no"])?;
    sheet.add_data_validation(1, column("topic"), last, column("topic"), &topics)?;
    Ok(())
}
