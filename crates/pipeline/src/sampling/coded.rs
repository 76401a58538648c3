//! Coded files: a sheet that a coder filled, CSV or workbook, or lines of JSON, read as the units
//! that `tag::evaluate` compares.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use corpus::{BlameKind, Date, Voice, runs_as_formula};
use serde_json::{Map, Value, json};
use tag::Codebook;
use tag::codebook::Family;

use super::sheet::DESIGN_SHEET;
use super::{Design, SamplingError};

/// A file of coded units.
#[derive(Debug, Clone, Default)]
pub struct CodedFile {
    /// The coded units, each with its line or row from 1.
    pub units: Vec<(usize, Value)>,
    /// Rows of a sheet whose `voice` is empty: nobody coded them yet.
    pub uncoded: Vec<String>,
    /// The names of the samples that the rows are of; none in a file that is no sample.
    pub samples: BTreeSet<String>,
    /// The design that travels inside a workbook.
    pub design: Option<Design>,
}

/// Reads `path` by its ending: `.csv` and `.tsv`, `.xlsx`, else lines of JSON.
///
/// # Errors
/// [`SamplingError::Sheet`] with the row and column and the cure.
pub fn read_coded(path: &Path, codebook: &Codebook) -> Result<CodedFile, SamplingError> {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match ending.to_ascii_lowercase().as_str() {
        "csv" | "tsv" => {
            let bytes = std::fs::read(path).map_err(|e| SamplingError::sheet(path, e))?;
            let rows = csv_rows(&bytes).map_err(|e| SamplingError::sheet(path, e))?;
            sheet(path, &rows, codebook)
        }
        "xlsx" => {
            let (rows, design) = workbook(path)?;
            let mut read = sheet(path, &rows, codebook)?;
            read.design = design.map(|text| Design::parse(path, &text)).transpose()?;
            Ok(read)
        }
        _ => {
            let text = std::fs::read_to_string(path).map_err(|e| SamplingError::sheet(path, e))?;
            let units = tag::evaluate::units(&text).map_err(|e| SamplingError::sheet(path, e))?;
            let samples =
                units.iter().filter_map(|(_, unit)| unit["sample"].as_str().map(str::to_owned));
            Ok(CodedFile { samples: samples.collect(), units, ..CodedFile::default() })
        }
    }
}

/// Cells by row. Spreadsheets save with comma, semicolon or tab: the header's commonest counts.
fn csv_rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        format!(
            "byte {}: not UTF-8; save it as `CSV UTF-8` or as a workbook (.xlsx)",
            e.valid_up_to() + 1
        )
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| header.bytes().filter(|b| b == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|e| e.to_string())?;
        Ok(record.iter().map(restored).collect())
    });
    rows.collect()
}

/// A cell without the `'` that kept a spreadsheet from running it.
fn restored(cell: &str) -> String {
    let rest =
        cell.strip_prefix('\'').filter(|rest| runs_as_formula(rest) || rest.starts_with('\''));
    rest.unwrap_or(cell).to_owned()
}

/// The first sheet with a column `unit`, and the text of the design's sheet.
fn workbook(path: &Path) -> Result<(Vec<Vec<String>>, Option<String>), SamplingError> {
    let bytes = std::fs::read(path).map_err(|e| SamplingError::sheet(path, e))?;
    let sheets = normalize::sheets(&bytes).map_err(|e| SamplingError::sheet(path, e))?;
    let (mut rows, mut design) = (None, None);
    for sheet in sheets {
        let cells: Vec<Vec<String>> = std::iter::once(sheet.header).chain(sheet.rows).collect();
        if sheet.name == DESIGN_SHEET {
            let lines = cells.iter().filter_map(|row| row.first().cloned());
            design = Some(lines.collect::<Vec<_>>().join("\n"));
        } else if rows.is_none() && header_of(&cells).contains_key("unit") {
            rows = Some(cells);
        }
    }
    let none = || SamplingError::sheet(path, "no sheet has a column `unit`");
    Ok((rows.ok_or_else(none)?, design))
}

/// Column names, small letters, to their places.
fn header_of(rows: &[Vec<String>]) -> BTreeMap<String, usize> {
    let names = rows.first().into_iter().flatten().enumerate();
    names.map(|(place, name)| (name.trim().to_lowercase(), place)).collect()
}

/// Columns that go into a unit as they are.
const CARRIED: [&str; 12] = [
    "unit",
    "lang",
    "date",
    "source",
    "institution",
    "country",
    "role",
    "speaker",
    "title",
    "before",
    "text",
    "after",
];

fn sheet(
    path: &Path,
    rows: &[Vec<String>],
    codebook: &Codebook,
) -> Result<CodedFile, SamplingError> {
    let header = header_of(rows);
    for column in ["unit", "text", "voice", "blames"] {
        if !header.contains_key(column) {
            let reason =
                format!("no column `{column}` in the first row; `demarche sample` writes it");
            return Err(SamplingError::sheet(path, reason));
        }
    }
    let filled = |column: &str| {
        let place = header.get(column);
        rows.iter()
            .skip(1)
            .any(|row| place.and_then(|p| row.get(*p)).is_some_and(|cell| !cell.trim().is_empty()))
    };
    // A column in which no row has anything was not coded; one empty cell means none.
    let reader = Cells { codebook, has_frames: filled("frames"), has_naming: filled("naming") };
    let mut read = CodedFile::default();
    let mut seen = BTreeSet::new();
    for (row, line) in rows.iter().zip(1..).skip(1) {
        let cell = |column: &str| -> &str {
            header.get(column).and_then(|p| row.get(*p)).map_or("", |cell| cell.trim())
        };
        if cell("unit").is_empty() && cell("text").is_empty() {
            continue;
        }
        if cell("unit").is_empty() {
            let reason = format!("row {line}: `unit` is empty; `demarche sample` writes it");
            return Err(SamplingError::sheet(path, reason));
        }
        if !seen.insert(cell("unit").to_owned()) {
            let reason = format!("row {line}: `{}` stands twice; delete one", cell("unit"));
            return Err(SamplingError::sheet(path, reason));
        }
        if !cell("sample").is_empty() {
            read.samples.insert(cell("sample").to_owned());
        }
        if cell("voice").is_empty() {
            read.uncoded.push(cell("unit").to_owned());
            continue;
        }
        let mut unit = Map::new();
        for column in CARRIED {
            unit.insert(column.to_owned(), json!(cell(column)));
        }
        if let Some(day) = day_of(cell("unit")) {
            unit.insert("date".to_owned(), json!(day));
        }
        let codes = reader.codes(&cell).map_err(|(column, reason)| {
            SamplingError::sheet(path, format!("row {line}, column `{column}`: {reason}"))
        })?;
        unit.extend(codes);
        read.units.push((line, Value::Object(unit)));
    }
    Ok(read)
}

/// The day in the name of a unit, `SOURCE/DAY/HASH:TURN:SEGMENT`, which no spreadsheet rewrites as
/// it does what looks like a date.
fn day_of(unit: &str) -> Option<&str> {
    unit.split('/').nth(1).filter(|day| day.parse::<Date>().is_ok())
}

/// How the code columns are read.
struct Cells<'c> {
    codebook: &'c Codebook,
    has_frames: bool,
    has_naming: bool,
}

type Wrong = (&'static str, String);

impl Cells<'_> {
    fn codes<'r>(&self, cell: &dyn Fn(&str) -> &'r str) -> Result<Map<String, Value>, Wrong> {
        let mut codes = Map::new();
        let voice = cell("voice").to_lowercase();
        if !Voice::ALL.map(Voice::name).contains(&voice.as_str()) {
            let known = Voice::ALL.map(Voice::name).join(", ");
            let reason = format!("`{voice}` is no voice; write one of {known}");
            return Err(("voice", reason));
        }
        codes.insert("voice".to_owned(), json!(voice));
        let blames = items(cell("blames")).map(|item| self.blame(item));
        let blames = blames.collect::<Result<Vec<_>, _>>().map_err(|e| ("blames", e))?;
        codes.insert("blames".to_owned(), json!(blames));
        if self.has_frames {
            let frames = self.known(Family::Frame, cell("frames")).map_err(|e| ("frames", e))?;
            codes.insert("frames".to_owned(), json!(frames));
        }
        if self.has_naming {
            let naming = self.known(Family::Naming, cell("naming")).map_err(|e| ("naming", e))?;
            codes.insert("naming".to_owned(), json!(naming));
        }
        match cell("topic").to_lowercase().as_str() {
            "" => {}
            "yes" | "y" | "true" | "1" => drop(codes.insert("topic".to_owned(), json!(true))),
            "no" | "n" | "false" | "0" => drop(codes.insert("topic".to_owned(), json!(false))),
            other => return Err(("topic", format!("`{other}`: write yes or no"))),
        }
        if !cell("names").is_empty() {
            let names = items(cell("names")).map(name).collect::<Result<Vec<_>, _>>();
            codes.insert("names".to_owned(), json!(names.map_err(|e| ("names", e))?));
        }
        Ok(codes)
    }

    /// `US:causal`.
    fn blame(&self, item: &str) -> Result<Value, String> {
        let (target, kind) = item.split_once([':', '：', '=']).unwrap_or((item, ""));
        let (target, kind) = (target.trim().to_uppercase(), kind.trim().to_lowercase());
        if !BlameKind::ALL.map(BlameKind::name).contains(&kind.as_str()) {
            let known = BlameKind::ALL.map(|kind| format!("{target}:{}", kind.name()));
            return Err(format!("`{item}`: write {}", known.join(" or ")));
        }
        self.entry(Family::Target, &target)?;
        Ok(json!({"target": target, "kind": kind}))
    }

    /// Ids of a family; `none` and an empty cell are the empty list.
    fn known(&self, family: Family, cell: &str) -> Result<Vec<String>, String> {
        let ids = items(cell).map(str::to_lowercase).filter(|id| id != "none");
        ids.map(|id| self.entry(family, &id).map(|()| id.clone())).collect()
    }

    fn entry(&self, family: Family, id: &str) -> Result<(), String> {
        let known: Vec<&str> = self.codebook.family(family).map(|e| e.id.as_str()).collect();
        match known.contains(&id) {
            true => Ok(()),
            false => Err(format!("`{id}` is no {}; there are {}", family.name(), known.join(", "))),
        }
    }
}

/// What a cell lists, set apart by semicolons, commas or lines.
fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', ',', '；', '，', '、', '\n']).map(str::trim).filter(|item| !item.is_empty())
}

/// `war=other`.
fn name(item: &str) -> Result<Value, String> {
    let (form, referent) = item.split_once('=').unwrap_or((item, ""));
    let referent = referent.trim().to_lowercase();
    if !["ukraine-war", "other", "none"].contains(&referent.as_str()) {
        return Err(format!("`{item}`: write {form}=ukraine-war, {form}=other or {form}=none"));
    }
    Ok(json!({"form": form.trim(), "referent": referent}))
}
