//! The coverage calendar: how many whole texts each side has in each month, or year of a long
//! period; those without text are struck out, not white and not zero.

use measure::{Figure, Findings};

use super::drawing::{Drawing, Mark, X, colour};
use super::{Chart, side_place};
use crate::told::Told;

/// Months on one line, or years.
const MONTHS_ON_LINE: usize = 12;
const YEARS_ON_LINE: usize = 10;
/// A line of names above the cells, and a row of cells.
const NAME: f64 = 17.0;
const CELL: f64 = 34.0;
const BLANK: f64 = 14.0;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn chart(findings: &Findings, told: &Told<'_>) -> Option<Chart> {
    let table = &told.table;
    let mut periods: Vec<&str> = table.figures.iter().map(|f| f.period.as_str()).collect();
    periods.sort_unstable();
    periods.dedup();
    let shown = if told.by_year { between_texts(&table.figures, &periods) } else { &periods[..] };
    if shown.is_empty() {
        return None;
    }
    // Below a month stands its year.
    let (most_columns, head) =
        if told.by_year { (YEARS_ON_LINE, NAME) } else { (MONTHS_ON_LINE, 2.0 * NAME) };
    let lines: Vec<&[&str]> = shown.chunks(most_columns).collect();
    let line = head + (NAME + CELL) * findings.sides.len() as f64 + BLANK;
    let mut drawing = Drawing::default();
    let columns = shown.len().min(most_columns);
    let most = table.figures.iter().map(|f| f.k).max().unwrap_or(0).max(1) as f64;
    for (number, periods) in lines.iter().enumerate() {
        let top = line * number as f64;
        names(&mut drawing, periods, columns, top);
        for (id, label) in &findings.sides {
            let side = side_place(findings, id);
            let y = top + head + (NAME + CELL) * side as f64;
            drawing.mark(Mark::of_side(side), (6.0, y + 8.0));
            drawing.text("", (X::Pixels(16.0), y + 12.0), "start", label);
            for figure in table.figures.iter().filter(|f| f.side == *id) {
                if let Some(column) = periods.iter().position(|p| *p == figure.period) {
                    cell(&mut drawing, figure, side, (column, columns, y + NAME), most);
                }
            }
        }
    }
    let what = if told.by_year { "year" } else { "month" };
    let mut caption = format!(
        "Whole texts of each side by {what}, +n cut ones; a {what} that is struck out has no text. \
         The table below has the numbers."
    );
    if shown.len() < periods.len() {
        let (first, last) = (shown[0], shown[shown.len() - 1]);
        caption.push_str(&format!(" No side has a text before {first} or after {last}."));
    }
    let drawing = drawing.across(&caption, line * lines.len() as f64);
    let wide = columns * 90;
    let drawing = format!("<div class=\"calendar\" style=\"max-width: {wide}px\">{drawing}</div>");
    Some(Chart { grid: table.id.clone(), drawing, caption })
}

/// The years from the first to the last in which any side has a text.
fn between_texts<'p>(figures: &[Figure], years: &'p [&'p str]) -> &'p [&'p str] {
    let has = |year: &&&str| figures.iter().any(|f| f.period == **year && f.k + f.cut > 0);
    let first = years.iter().position(|year| has(&year));
    let last = years.iter().rposition(|year| has(&year));
    first.zip(last).map_or(&[], |(first, last)| &years[first..=last])
}

/// The names of the columns: a month with its year below the first and each January, or a year.
fn names(drawing: &mut Drawing, periods: &[&str], columns: usize, top: f64) {
    for (column, period) in periods.iter().enumerate() {
        let at = X::Share((column as f64 + 0.5) / columns as f64);
        let (year, month) = period.split_once('-').unwrap_or((period, ""));
        let name = month.parse().ok().and_then(|n: usize| MONTHS.get(n.checked_sub(1)?));
        drawing.text("soft", (at, top + 11.0), "middle", name.unwrap_or(&year));
        if name.is_some() && (column == 0 || month == "01") {
            drawing.text("soft", (at, top + 25.0), "middle", year);
        }
    }
}

fn cell(
    drawing: &mut Drawing,
    figure: &Figure,
    side: usize,
    (column, columns, y): (usize, usize, f64),
    most: f64,
) {
    let place = |part: f64| X::Share((column as f64 + part) / columns as f64);
    let size = CELL - 4.0;
    drawing.rect("gap", (place(0.02), y), (X::Share(0.96 / columns as f64), size));
    if figure.k + figure.cut == 0 {
        drawing.line("event", (place(0.02), y + size), (place(0.98), y));
        return;
    }
    // One text among thousands is still seen.
    let share = (figure.k as f64 / most).sqrt();
    let tall = if figure.k > 0 { (size * share).max(2.0) } else { 0.0 };
    let class = format!("{} pale", colour(side));
    let width = X::Share(0.96 / columns as f64);
    drawing.rect(&class, (place(0.02), y + size - tall), (width, tall));
    let line = if figure.cut > 0 { 12.0 } else { 19.0 };
    drawing.text("", (place(0.5), y + line), "middle", &figure.k.to_string());
    if figure.cut > 0 {
        drawing.text("soft", (place(0.5), y + 25.0), "middle", &format!("+{}", figure.cut));
    }
}
