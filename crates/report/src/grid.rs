//! A grid: the figures of one table laid out in rows and columns, as every readable format shows
//! them. Its layout says which column of the tidy table becomes which axis.

use std::collections::BTreeMap;

use measure::{Figure, Findings, Measure, Number};

use crate::label::{heading, label};
use crate::layout::{Axis, Layout, Shown, layout};
use crate::number;
use crate::told::{Told, runs_of_years};

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
    /// The years that have no column because no side has a text in them, as a sentence; empty
    /// where there are none.
    pub left_out: String,
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
    /// The interval by formula and the design effect, for formats without room for all details.
    pub beside: String,
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

/// The grids of one table: one a topic.
pub(crate) fn grids(findings: &Findings, told: &Told<'_>) -> Vec<Grid> {
    let table = &told.table;
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
        let mut grid = grid(findings, told, &figures);
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

/// A figure with its place in its table.
type Placed<'f> = (usize, &'f Figure);

/// The values of some axes, in their order.
type Key = Vec<String>;

fn grid(findings: &Findings, told: &Told<'_>, figures: &[Placed<'_>]) -> Grid {
    let layout = layout(&told.table.id);
    let mut spread = Spread::of(layout, figures);
    let left_out = if told.by_year { spread.leave_out_empty_years() } else { Vec::new() };
    let labels = |key: &Key, axes: &[Axis]| -> Vec<String> {
        key.iter().zip(axes).map(|(value, axis)| label(findings, value, *axis)).collect()
    };
    let (shown, rest): (Vec<&Key>, Vec<&Key>) = spread.rows.iter().partition(|r| spread.shows(r));
    let row = |key: &&Key| Row {
        labels: labels(key, layout.rows),
        cells: spread.line(key).map(|f| f.map_or_else(Cell::default, |f| cell(told, f))).collect(),
    };
    let mut rows: Vec<Row> = shown.iter().map(row).collect();
    say_any(layout, &mut rows);
    let stub = without_empty(layout, &mut rows);
    // Where no whole text was counted, nothing was looked for in vain.
    let any_whole = figures.iter().any(|(_, figure)| figure.n > 0);
    let absent = rest.iter().filter(|_| any_whole);
    let names = absent.filter_map(|key| labels(key, layout.rows).into_iter().next());
    Grid {
        id: told.table.id.clone(),
        title: told.table.title.clone(),
        about: told.table.about.clone(),
        stub,
        columns: spread.columns.iter().map(|key| labels(key, layout.columns)).collect(),
        not_found: not_found(names, &rows),
        rows,
        left_out: years_sentence(&left_out, figures),
    }
}

/// Figures spread over the rows and columns of a layout.
struct Spread<'f> {
    layout: &'static Layout,
    rows: Vec<Key>,
    columns: Vec<Key>,
    cells: BTreeMap<(Key, Key), Placed<'f>>,
}

impl<'f> Spread<'f> {
    /// Rows and columns stand in the order in which they are met; columns that share their first
    /// value stand together.
    fn of(layout: &'static Layout, figures: &[Placed<'f>]) -> Self {
        let (mut rows, mut columns): (Vec<Key>, Vec<Key>) = (Vec::new(), Vec::new());
        let mut cells = BTreeMap::new();
        for &(place, figure) in figures {
            let key = |axes: &[Axis]| -> Key { axes.iter().map(|a| value(figure, *a)).collect() };
            let (row, column) = (key(layout.rows), key(layout.columns));
            if !rows.contains(&row) {
                rows.push(row.clone());
            }
            if !columns.contains(&column) {
                columns.push(column.clone());
            }
            cells.insert((row, column), (place, figure));
        }
        let firsts: Vec<Option<String>> = columns.iter().map(|c| c.first().cloned()).collect();
        columns.sort_by_key(|c| firsts.iter().position(|first| first.as_ref() == c.first()));
        Self { layout, rows, columns, cells }
    }

    /// The figures of a row, one a column.
    fn line<'s>(&'s self, row: &'s Key) -> impl Iterator<Item = Option<Placed<'f>>> + 's {
        self.columns.iter().map(|c| self.cells.get(&(row.clone(), c.clone())).copied())
    }

    /// Takes out the columns in which no side has anything that could be counted; gives their
    /// years.
    fn leave_out_empty_years(&mut self) -> Vec<String> {
        let counts = |column: &Key| {
            let inside = self.cells.iter().filter(|((_, c), _)| c == column);
            inside.map(|(_, (_, f))| f).any(|f| f.n + f.k + f.cut > 0 || f.period.len() > 4)
        };
        let columns = std::mem::take(&mut self.columns);
        let (kept, empty): (Vec<Key>, Vec<Key>) = columns.into_iter().partition(counts);
        if kept.is_empty() {
            self.rows.clear();
        }
        self.columns = kept;
        empty.into_iter().flatten().collect()
    }

    /// Whether a row is shown, and not only named.
    fn shows(&self, row: &Key) -> bool {
        let found = |f: &Figure| f.k > 0 || f.cut > 0;
        let mut own = self.line(row).flatten().map(|(_, f)| f);
        let all = || self.cells.values().map(|(_, f)| *f);
        match self.layout.shown {
            Shown::All => true,
            Shown::Found => own.any(found),
            Shown::FoundOfCode => {
                own.next().is_some_and(|o| all().any(|f| f.code == o.code && found(f)))
            }
            Shown::FoundOfCodeInVoice => own
                .next()
                .is_some_and(|o| all().any(|f| f.code == o.code && f.voice == o.voice && found(f))),
        }
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

fn cell(told: &Told<'_>, (place, figure): Placed<'_>) -> Cell {
    let address = Number { table: told.table.id.clone(), row: place + 1 };
    Cell {
        main: number::main(figure),
        note: number::note(figure),
        details: number::details(figure),
        beside: number::beside(figure),
        order: figure.value,
        evidence: figure.evidence.clone(),
        total: figure.evidence_total,
        documents: figure.documents.clone(),
        texts: figure.documents_total,
        number: (!told.by_year).then_some(address),
    }
}

/// What is not narrowed is said where other rows are: an empty cell reads as a gap.
fn say_any(layout: &Layout, rows: &mut [Row]) {
    let Some(place) = layout.rows.iter().position(|axis| *axis == Axis::Detail) else { return };
    if rows.iter().any(|row| !row.labels[place].is_empty()) {
        let open = rows.iter_mut().map(|row| &mut row.labels[place]).filter(|l| l.is_empty());
        open.for_each(|label| "any".clone_into(label));
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

/// The names of rows that are not shown, each once, and none that has a row all the same.
fn not_found(names: impl Iterator<Item = String>, rows: &[Row]) -> Vec<String> {
    let has_row = |name: &String| rows.iter().any(|row| row.labels.first() == Some(name));
    let mut names: Vec<String> = names.filter(|name| !has_row(name)).collect();
    names.dedup();
    names
}

fn years_sentence(years: &[String], figures: &[Placed<'_>]) -> String {
    let Some((_, figure)) = figures.first().filter(|_| !years.is_empty()) else {
        return String::new();
    };
    let what = match (figure.measure, figure.topic.as_str()) {
        (Measure::Count, _) => "text",
        (Measure::Composition, _) => "term of the set in a whole text",
        (_, "all") => "utterance of a whole text",
        _ => "utterance of a whole text on the topic",
    };
    format!("No {what} of any side, so no column: {}.", runs_of_years(years))
}
