//! The findings as tidy CSV: one figure a row.

use std::io::Write;

use measure::{Figure, Findings, Table};

use crate::Result;

/// What a reader of the CSV needs besides RFC 4180.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// Puts an apostrophe before cells that a spreadsheet would run as a formula, and a byte order
    /// mark before the file.
    pub for_excel: bool,
}

const COLUMNS: [&str; 26] = [
    "table",
    "side",
    "voice",
    "period",
    "code",
    "measure",
    "value",
    "lo",
    "hi",
    "n",
    "k",
    "unit",
    "topic",
    "detail",
    "interval",
    "wilson_lo",
    "wilson_hi",
    "design_effect",
    "statements",
    "cut",
    "p_adjusted",
    "empty",
    "segments",
    "verdict",
    "section",
    "text",
];

/// Writes every figure, verdict and note as one long table.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn csv(findings: &Findings, options: CsvOptions, out: &mut impl Write) -> Result<()> {
    let mut rows = Rows::new(options, out)?;
    for table in &findings.tables {
        for figure in &table.figures {
            rows.figure(&table.id, figure, ["", "", ""])?;
        }
    }
    rows.claims(findings)?;
    for note in &findings.notes {
        rows.note(note.side.as_deref().unwrap_or(""), &note.text)?;
    }
    rows.finish()
}

/// Each table, and the claims, as a CSV file of its own, by table id.
///
/// # Errors
/// Where a row cannot be written.
pub fn tables(findings: &Findings, options: CsvOptions) -> Result<Vec<(String, Vec<u8>)>> {
    let one = |table: &Table| {
        let mut bytes = Vec::new();
        let mut rows = Rows::new(options, &mut bytes)?;
        for figure in &table.figures {
            rows.figure(&table.id, figure, ["", "", ""])?;
        }
        rows.finish()?;
        Ok((table.id.clone(), bytes))
    };
    let mut files: Vec<(String, Vec<u8>)> =
        findings.tables.iter().map(one).collect::<Result<_>>()?;
    if !findings.claims.is_empty() {
        let mut bytes = Vec::new();
        let mut rows = Rows::new(options, &mut bytes)?;
        rows.claims(findings)?;
        rows.finish()?;
        files.push(("claims".to_owned(), bytes));
    }
    Ok(files)
}

/// A table of text cells, as a spreadsheet may take it.
pub(crate) struct Sheet<W: Write> {
    writer: ::csv::Writer<W>,
    options: CsvOptions,
}

impl<W: Write> Sheet<W> {
    pub fn new(options: CsvOptions, columns: &[&str], mut out: W) -> Result<Self> {
        if options.for_excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(columns)?;
        Ok(Self { writer, options })
    }

    pub fn record(&mut self, cells: impl IntoIterator<Item = String>) -> Result<()> {
        let for_excel = self.options.for_excel;
        let cells = cells.into_iter().map(|c| if for_excel { neutral(c) } else { c });
        self.writer.write_record(cells)?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<()> {
        self.writer.flush()?;
        Ok(())
    }
}

/// The tidy table of figures.
struct Rows<W: Write>(Sheet<W>);

impl<W: Write> Rows<W> {
    fn new(options: CsvOptions, out: W) -> Result<Self> {
        Ok(Self(Sheet::new(options, &COLUMNS, out)?))
    }

    fn figure(&mut self, table: &str, f: &Figure, verdict: [&str; 3]) -> Result<()> {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let cells = [
            table.to_owned(),
            f.side.clone(),
            f.voice.clone(),
            f.period.clone(),
            f.code.clone(),
            f.measure.name().to_owned(),
            number(f.value),
            number(f.lo),
            number(f.hi),
            f.n.to_string(),
            f.k.to_string(),
            f.unit.name().to_owned(),
            f.topic.clone(),
            f.detail.clone(),
            f.interval.clone().unwrap_or_default(),
            number(f.wilson_lo),
            number(f.wilson_hi),
            number(f.design_effect),
            f.statements.to_string(),
            f.cut.to_string(),
            number(f.p_adjusted),
            f.empty.clone().unwrap_or_default(),
            f.evidence_total.to_string(),
            verdict[0].to_owned(),
            verdict[1].to_owned(),
            verdict[2].to_owned(),
        ];
        self.0.record(cells)
    }

    fn claims(&mut self, findings: &Findings) -> Result<()> {
        for claim in &findings.claims {
            let text =
                format!("{} Found: {}. Expected: {}.", claim.claim, claim.reason, claim.expected);
            self.figure("claims", &claim.figure, [claim.verdict.name(), &claim.section, &text])?;
        }
        Ok(())
    }

    fn note(&mut self, side: &str, text: &str) -> Result<()> {
        let mut cells: [String; COLUMNS.len()] = Default::default();
        cells[0] = "notes".to_owned();
        cells[1] = side.to_owned();
        cells[COLUMNS.len() - 1] = text.to_owned();
        self.0.record(cells)
    }

    fn finish(self) -> Result<()> {
        self.0.finish()
    }
}

/// The cell with an apostrophe before it where a spreadsheet would run it. A negative number is a
/// number.
fn neutral(cell: String) -> String {
    let runs = corpus::runs_as_formula(&cell) && cell.parse::<f64>().is_err();
    if runs { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutral_and_numbers_stay_numbers() {
        assert_eq!(neutral("=1+1".to_owned()), "'=1+1");
        assert_eq!(neutral("@SUM(A1)".to_owned()), "'@SUM(A1)");
        assert_eq!(neutral("-0.25".to_owned()), "-0.25");
        assert_eq!(neutral("plain".to_owned()), "plain");
    }
}
