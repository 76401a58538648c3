//! The coverage calendar: how many whole texts each side has in each month; months without text
//! are hatched, not white and not zero.

use measure::{Findings, Table};

use super::{Chart, Drawing, side_place};

const LEFT: f64 = 120.0;
const CELL: f64 = 54.0;
const ROW: f64 = 34.0;

pub(super) fn chart(findings: &Findings, table: &Table) -> Option<Chart> {
    let mut months: Vec<&str> = table.figures.iter().map(|f| f.period.as_str()).collect();
    months.sort_unstable();
    months.dedup();
    // More than two years do not fit a page; the table has them.
    if months.is_empty() || months.len() > 24 {
        return None;
    }
    let most = table.figures.iter().map(|f| f.k).max().unwrap_or(0).max(1) as f64;
    let width = LEFT + CELL * months.len() as f64 + 10.0;
    let mut drawing = Drawing::new(width, 30.0 + ROW * findings.sides.len() as f64);
    for (column, month) in months.iter().enumerate() {
        let x = LEFT + CELL * (column as f64 + 0.5);
        drawing.text("soft", (x, 16.0), "middle", month);
    }
    for (id, label) in &findings.sides {
        let place = side_place(findings, id);
        let y = 24.0 + ROW * place as f64;
        drawing.text("", (LEFT - 8.0, y + 20.0), "end", label);
        for figure in table.figures.iter().filter(|f| f.side == *id) {
            let column = months.iter().position(|m| *m == figure.period).unwrap_or(0);
            let x = LEFT + CELL * column as f64;
            let size = (CELL - 4.0, ROW - 6.0);
            drawing.rect("gap", (x + 2.0, y), size);
            if figure.k + figure.cut == 0 {
                drawing.line("event", (x + 2.0, y + size.1), (x + 2.0 + size.0, y));
                continue;
            }
            let share = (figure.k as f64 / most).sqrt();
            let tall = size.1 * share;
            let class = format!("s{} fill", place % 4);
            drawing.rect(&class, (x + 2.0, y + size.1 - tall), (8.0, tall));
            let cut = if figure.cut > 0 {
                format!("{} +{}", figure.k, figure.cut)
            } else {
                figure.k.to_string()
            };
            drawing.text("", (x + 30.0, y + 19.0), "middle", &cut);
        }
    }
    let alt = "Coverage calendar: whole texts of each side by month, +n cut ones; struck-out \
               months have no text. The table below has the numbers.";
    Some(drawing.finish(table.id.clone(), alt.to_owned()))
}
