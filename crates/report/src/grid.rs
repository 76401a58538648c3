//! A grid: the figures of one table laid out in rows and columns, as every readable format shows
//! them. Which column of the tidy table becomes which axis is decided here and nowhere else.

use std::collections::BTreeMap;

use measure::{Figure, Findings, Measure, Number, Table};

use crate::number;

/// One table, or the part of it that is about one topic, as rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// Table id, with the topic where a table has several.
    pub id: String,
    pub title: String,
    pub about: String,
    /// Headings of the row labels.
    pub stub: Vec<&'static str>,
    /// Headings of the columns, outer first.
    pub columns: Vec<Vec<String>>,
    pub rows: Vec<Row>,
    /// Rows that are left out because nothing was found on any side.
    pub not_found: Vec<String>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub labels: Vec<String>,
    pub cells: Vec<Cell>,
}

/// One cell; empty where the table has no figure for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Cell {
    pub main: String,
    pub note: String,
    pub details: String,
    pub order: Option<f64>,
    /// Places in the findings' evidence, and how many there are.
    pub evidence: Vec<u32>,
    pub total: u64,
    /// Places in the findings' documents, where it counts texts, and how many these are.
    pub documents: Vec<u32>,
    pub texts: u64,
    /// The number's address, where it has one.
    pub number: Option<Number>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    Side,
    Voice,
    Period,
    Code,
    Detail,
    Measure,
}

struct Layout {
    rows: &'static [Axis],
    columns: &'static [Axis],
    /// Whether rows without a find on any side are only named.
    drop_zero: bool,
}

fn layout(table: &str) -> Layout {
    use Axis::{Code, Detail, Measure, Period, Side, Voice};
    let of = |rows, columns, drop_zero| Layout { rows, columns, drop_zero };
    match table {
        "coverage" => of(&[Code], &[Side], false),
        "calendar" => of(&[Side], &[Period], false),
        "by-edition" => of(&[Code, Side, Detail], &[Measure], false),
        "editions" => of(&[Side, Code], &[Detail], false),
        "naming" | "frame" | "blame" => of(&[Code, Detail, Voice], &[Side, Measure], true),
        "naming-forms" => of(&[Code], &[Side, Voice, Detail], false),
        "relay" => of(&[Side, Detail, Code], &[Measure], false),
        "substitution" => of(&[Side, Code], &[Period], false),
        "cited" => of(&[Code, Detail, Period], &[Measure], false),
        "keyness" => of(&[Code, Detail], &[Side, Measure], true),
        "before-after" => of(&[Code, Detail], &[Side, Period], true),
        "refusals" => of(&[Code], &[Side], false),
        "words" => of(&[Code, Side, Detail], &[Period, Measure], false),
        "collocates" => of(&[Code, Side, Detail], &[Measure], false),
        id if id.ends_with("-by-month") => of(&[Code, Side], &[Period], true),
        id if id.starts_with("differences") => of(&[Code, Detail], &[Side], true),
        id if id.starts_with("change") => of(&[Side, Code, Detail], &[Measure], false),
        _ => of(&[Code, Detail], &[Side], false),
    }
}

/// A figure with its place in its table.
type Placed<'f> = (usize, &'f Figure);

/// The grids of one table: one a topic.
pub(crate) fn grids(findings: &Findings, table: &Table) -> Vec<Grid> {
    let mut topics: Vec<&str> = Vec::new();
    for figure in &table.figures {
        if !topics.contains(&figure.topic.as_str()) {
            topics.push(&figure.topic);
        }
    }
    let several = topics.len() > 1;
    let one = |topic: &str| {
        let all = table.figures.iter().enumerate();
        let figures: Vec<Placed<'_>> = all.filter(|(_, f)| f.topic == topic).collect();
        let mut grid = grid(findings, table, &figures);
        if several {
            grid.id = format!("{}-{topic}", table.id);
        }
        if topic == "all" && several {
            grid.title = format!("{} (all topics)", table.title);
        } else if topic != "all" {
            grid.title = format!("{} (topic {topic})", table.title);
        }
        grid
    };
    topics.into_iter().map(one).collect()
}

fn grid(findings: &Findings, table: &Table, figures: &[Placed<'_>]) -> Grid {
    let layout = layout(&table.id);
    let key = |figure: &Figure, axes: &[Axis]| -> Vec<String> {
        axes.iter().map(|axis| value(figure, *axis)).collect()
    };
    let mut columns: Vec<Vec<String>> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cells: BTreeMap<(Vec<String>, Vec<String>), Placed<'_>> = BTreeMap::new();
    for &(number, figure) in figures {
        let (row, column) = (key(figure, layout.rows), key(figure, layout.columns));
        if !rows.contains(&row) {
            rows.push(row.clone());
        }
        if !columns.contains(&column) {
            columns.push(column.clone());
        }
        cells.insert((row, column), (number, figure));
    }
    // Columns of one side stand together, in the order in which the sides were met.
    let firsts: Vec<String> = columns.iter().filter_map(|c| c.first().cloned()).collect();
    let place = |column: &Vec<String>| firsts.iter().position(|f| Some(f) == column.first());
    columns.sort_by_key(place);
    let mut not_found = Vec::new();
    let mut shown = Vec::new();
    for row in rows {
        let of_row: Vec<Option<Placed<'_>>> =
            columns.iter().map(|c| cells.get(&(row.clone(), c.clone())).copied()).collect();
        let met = |f: &Figure| f.k > 0 || f.cut > 0;
        // A series keeps the rows of all sides, so that a gap is seen beside the other's line.
        let found = if layout.rows == [Axis::Code, Axis::Side] {
            figures.iter().any(|(_, f)| Some(&f.code) == row.first() && met(f))
        } else if table.id.starts_with("naming") {
            // A word that names other events only keeps its row for the study's own: the 0 is the
            // finding, and the plain count without it misleads.
            let one = of_row.iter().flatten().next();
            let same =
                |f: &Figure| one.is_some_and(|(_, o)| o.code == f.code && o.voice == f.voice);
            figures.iter().any(|(_, f)| same(f) && met(f))
        } else {
            of_row.iter().flatten().any(|(_, f)| met(f))
        };
        let labels: Vec<String> =
            row.iter().zip(layout.rows).map(|(v, axis)| label(findings, v, *axis)).collect();
        if layout.drop_zero && !found {
            not_found.push(labels.iter().filter(|l| !l.is_empty()).cloned().collect::<Vec<_>>());
            continue;
        }
        let cells =
            of_row.into_iter().map(|one| one.map_or_else(Cell::default, |f| cell(table, f)));
        shown.push(Row { labels, cells: cells.collect() });
    }
    // What is not narrowed is said where other rows are: an empty cell reads as a gap.
    if let Some(place) = layout.rows.iter().position(|axis| *axis == Axis::Detail)
        && shown.iter().any(|row| !row.labels[place].is_empty())
    {
        let open = shown.iter_mut().map(|row| &mut row.labels[place]).filter(|l| l.is_empty());
        open.for_each(|label| "any".clone_into(label));
    }
    let columns = columns
        .iter()
        .map(|c| c.iter().zip(layout.columns).map(|(v, a)| label(findings, v, *a)).collect())
        .collect();
    let stub: Vec<&'static str> = without_empty(&layout, &mut shown);
    let mut not_found: Vec<String> = not_found.into_iter().filter_map(first_label).collect();
    let kept: Vec<&String> = shown.iter().filter_map(|r| r.labels.first()).collect();
    not_found.retain(|l| !kept.contains(&l));
    not_found.dedup();
    Grid {
        id: table.id.clone(),
        title: table.title.clone(),
        about: table.about.clone(),
        stub,
        columns,
        rows: shown,
        not_found,
    }
}

/// Takes out the columns of labels of which every row's is empty; gives the headings of the rest.
fn without_empty(layout: &Layout, rows: &mut [Row]) -> Vec<&'static str> {
    let said: Vec<bool> = (0..layout.rows.len())
        .map(|place| rows.is_empty() || rows.iter().any(|row| !row.labels[place].is_empty()))
        .collect();
    for row in rows {
        let mut said = said.iter();
        row.labels.retain(|_| said.next() == Some(&true));
    }
    let axes = layout.rows.iter().zip(&said).filter(|(_, said)| **said);
    axes.map(|(axis, _)| heading(*axis)).collect()
}

fn first_label(labels: Vec<String>) -> Option<String> {
    labels.into_iter().next()
}

fn cell(table: &Table, (place, figure): Placed<'_>) -> Cell {
    Cell {
        main: number::main(figure),
        note: number::note(figure),
        details: number::details(figure),
        order: figure.value,
        evidence: figure.evidence.clone(),
        total: figure.evidence_total,
        documents: figure.documents.clone(),
        texts: figure.documents_total,
        number: Some(Number { table: table.id.clone(), row: place + 1 }),
    }
}

fn value(figure: &Figure, axis: Axis) -> String {
    match axis {
        Axis::Side => figure.side.clone(),
        Axis::Voice => figure.voice.clone(),
        Axis::Period => figure.period.clone(),
        Axis::Code => figure.code.clone(),
        Axis::Detail => figure.detail.clone(),
        Axis::Measure => figure.measure.name().to_owned(),
    }
}

/// What a reader sees for a value of an axis.
pub(crate) fn code_label(findings: &Findings, code: &str) -> String {
    let (head, form) = code.split_once(' ').unwrap_or((code, ""));
    let known = findings.codes.iter().find(|c| c.code == head).map(|c| c.label.as_str());
    let name = known.unwrap_or_else(|| head.split_once(':').map_or(head, |(_, id)| id));
    match form {
        _ if head.contains(':') && !form.is_empty() => format!("{form} ({name})"),
        _ if !form.is_empty() => code.to_owned(),
        _ => name.to_owned(),
    }
}

fn label(findings: &Findings, value: &str, axis: Axis) -> String {
    let side = |id: &str| {
        let known = findings.sides.iter().find(|(side, _)| side == id);
        known.map_or_else(|| id.to_owned(), |(_, label)| label.clone())
    };
    match axis {
        Axis::Side => match value.split_once(" - ") {
            Some((a, b)) => format!("{} less {}", side(a), side(b)),
            None => side(value),
        },
        Axis::Code => code_label(findings, value),
        Axis::Measure => measure_label(value).to_owned(),
        Axis::Detail => match value.strip_prefix("referent ") {
            Some(referent) => {
                format!("means {}", code_label(findings, &format!("topic:{referent}")))
            }
            None => code_label(findings, value),
        },
        Axis::Period if value == findings.period => "whole period".to_owned(),
        Axis::Period => value.replace('/', " to "),
        Axis::Voice => value.to_owned(),
    }
}

fn measure_label(name: &str) -> &str {
    let is = |m: Measure| m.name() == name;
    if is(Measure::Share) {
        "share of utterances"
    } else if is(Measure::Rate) {
        "per 100 own-voice segments"
    } else if is(Measure::Keyness) {
        "signed likelihood ratio (G2)"
    } else if is(Measure::LogOdds) {
        "log-odds (z)"
    } else if is(Measure::Level) {
        "change of level"
    } else if is(Measure::Slope) {
        "change of slope a week"
    } else {
        name
    }
}

fn heading(axis: Axis) -> &'static str {
    match axis {
        Axis::Side => "side",
        Axis::Voice => "voice",
        Axis::Period => "period",
        Axis::Code => "what",
        Axis::Detail => "which",
        Axis::Measure => "measure",
    }
}
