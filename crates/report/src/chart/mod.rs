//! Charts as SVG written by hand: no script, no font but the page's, colours from its style sheet
//! (Okabe and Ito's, apart for colour-blind eyes) and a second cue beside each colour.
//!
//! What is drawn reads at any width: bars and calendars place by per cent and write in pixels,
//! panels of lines stand under one another where they do not fit side by side.

mod bars;
mod calendar;
mod drawing;
mod series;

use measure::{Figure, Findings};

use crate::layout::{Drawn, layout};
use crate::told::Told;
use drawing::{Mark, key_of};

/// A chart with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    /// Which grid it stands under.
    pub grid: String,
    /// Its keys and `<svg>` elements, text escaped.
    pub drawing: String,
    /// What it shows, what of it is not drawn and why.
    pub caption: String,
}

/// All charts of `told`.
pub(crate) fn charts(findings: &Findings, told: &[Told<'_>]) -> Vec<Chart> {
    let mut charts = Vec::new();
    for one in told {
        match layout(&one.table.id).drawn {
            Drawn::Not => {}
            Drawn::Calendar => charts.extend(calendar::chart(findings, one)),
            Drawn::Sides => charts.extend(bars::sides(findings, &one.table)),
            Drawn::BeforeAfter => {
                let families =
                    [("naming", "What it is called"), ("frame", "Frames"), ("blame", "Blame")];
                let drawn = families.map(|f| bars::before_after(findings, &one.table, f));
                charts.extend(drawn.into_iter().flatten());
            }
            Drawn::Series => charts.extend(series::chart(findings, one)),
        }
    }
    charts
}

/// The id of the grid that shows a table for the study's own topic.
fn first_grid(findings: &Findings, table: &measure::Table) -> String {
    let several = table.figures.iter().any(|f| f.topic != table.figures[0].topic);
    match &findings.topic {
        Some(topic) if several => format!("{}-{topic}", table.id),
        _ => table.id.clone(),
    }
}

/// The place of a side, which decides its colour and mark.
fn side_place(findings: &Findings, side: &str) -> usize {
    findings.sides.iter().position(|(id, _)| id == side).unwrap_or(0)
}

/// The sides that a chart draws, as a line of keys above it, and a sentence for each that it does
/// not draw.
///
/// `figures` are all that the chart is about, `drawn` says which of them have a mark; `each` is
/// what one figure stands for where it is not the whole period, ` a month`.
fn keys(
    findings: &Findings,
    figures: &[&Figure],
    drawn: impl Fn(&Figure) -> bool,
    each: &str,
) -> (String, String) {
    let (mut keys, mut missing) = (String::new(), String::new());
    for (place, (id, label)) in findings.sides.iter().enumerate() {
        let of_side = || figures.iter().filter(|f| f.side == *id);
        if of_side().any(|f| drawn(f)) {
            keys.push_str(&key_of(Mark::of_side(place), label));
        } else if of_side().next().is_some() {
            missing.push_str(&format!(" {label}: not drawn, {}.", few(of_side(), each)));
        }
    }
    (keys, missing)
}

/// How many units figures rest on: `n = 1`, `n = 0 to 7 a month`.
fn few<'f>(figures: impl Iterator<Item = &'f &'f Figure>, each: &str) -> String {
    let counts: Vec<u64> = figures.map(|f| f.n).collect();
    let (least, most) = (counts.iter().min().unwrap_or(&0), counts.iter().max().unwrap_or(&0));
    if least == most { format!("n = {most}{each}") } else { format!("n = {least} to {most}{each}") }
}

/// The drawing with its keys above it.
fn with_keys(keys: &str, drawing: &str) -> String {
    if keys.is_empty() {
        return drawing.to_owned();
    }
    format!("<p class=\"keys\">{keys}</p>\n{drawing}")
}

/// The end of an axis from 0 that holds `value`, at a share that divides evenly by four.
fn axis_end(value: f64) -> f64 {
    const ENDS: [f64; 8] = [0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0];
    ENDS.into_iter().find(|end| *end >= value).unwrap_or(1.0)
}
