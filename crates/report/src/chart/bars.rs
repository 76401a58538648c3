//! Side-by-side bars: own-voice shares of the sides, code by code, with their intervals; and the
//! same before and after an event.

use std::collections::BTreeMap;

use measure::{Figure, Findings, Measure, Table};

use super::{Chart, Drawing, axis_end, first_grid, shortened, side_place};
use crate::grid::code_label;

const LEFT: f64 = 170.0;
const RIGHT: f64 = 70.0;
const WIDTH: f64 = 760.0;
const BAR: f64 = 11.0;
/// Codes that a chart shows, the most frequent first.
const MOST: usize = 12;

/// One bar: its side's place, its label at the end, and the figure.
struct Bar<'f> {
    side: usize,
    faint: bool,
    figure: &'f Figure,
}

/// The sides' own-voice shares of each code.
pub(super) fn sides(findings: &Findings, table: &Table) -> Option<Chart> {
    let topic = findings.topic.clone().unwrap_or_else(|| "all".to_owned());
    // For naming only what means the event is a share of anything.
    let narrow = (table.id == "naming").then(|| format!("referent {topic}"));
    let detail = narrow.filter(|_| findings.topic.is_some()).unwrap_or_default();
    let wanted = |f: &&Figure| {
        f.measure == Measure::Share && f.voice == "own" && f.topic == topic && f.detail == detail
    };
    let bars = table.figures.iter().filter(wanted).map(|figure| Bar {
        side: side_place(findings, &figure.side),
        faint: false,
        figure,
    });
    let alt = format!(
        "{}: own-voice shares of utterances by side, with 95 % intervals; the table below has the \
         numbers.",
        table.title
    );
    draw(findings, bars.collect(), first_grid(findings, table), alt)
}

/// Shares of one family of codes before and after the event, in pairs; the bars before are faint.
pub(super) fn before_after(
    findings: &Findings,
    table: &Table,
    (family, title): (&str, &str),
) -> Option<Chart> {
    let wanted =
        |f: &&Figure| f.measure == Measure::Share && f.code.split(':').next() == Some(family);
    let shares: Vec<&Figure> = table.figures.iter().filter(wanted).collect();
    let first = shares.iter().map(|f| f.period.as_str()).min()?.to_owned();
    let bars = shares.into_iter().map(|figure| Bar {
        side: side_place(findings, &figure.side),
        faint: figure.period == first,
        figure,
    });
    let alt = format!(
        "{title}, before and after: own-voice shares of utterances before the event (faint) and \
         from its day on (full), with 95 % intervals; the table below has the numbers."
    );
    draw(findings, bars.collect(), table.id.clone(), alt)
}

fn draw(findings: &Findings, bars: Vec<Bar<'_>>, grid: String, alt: String) -> Option<Chart> {
    let mut codes: BTreeMap<&str, Vec<&Bar<'_>>> = BTreeMap::new();
    for bar in bars.iter().filter(|b| b.figure.value.is_some() && b.figure.n >= 10) {
        codes.entry(&bar.figure.code).or_default().push(bar);
    }
    // That a name was never used is a finding; that one of many codes was not is none.
    let found = |bars: &[&Bar<'_>]| bars.iter().any(|b| b.figure.k > 0);
    let anything = codes.values().any(|bars| found(bars));
    codes.retain(|code, bars| found(bars) || (anything && code.starts_with("naming:")));
    let most = |bars: &[&Bar<'_>]| bars.iter().filter_map(|b| b.figure.value).fold(0.0, f64::max);
    let mut ranked: Vec<(&str, Vec<&Bar<'_>>)> = codes.into_iter().collect();
    ranked.sort_by(|a, b| most(&b.1).total_cmp(&most(&a.1)).then(a.0.cmp(b.0)));
    ranked.truncate(MOST);
    if ranked.is_empty() {
        return None;
    }
    let highs = ranked.iter().flat_map(|(_, b)| b.iter().filter_map(|b| b.figure.hi));
    let top = axis_end(highs.fold(0.0, f64::max));
    let rows: usize = ranked.iter().map(|(_, bars)| bars.len()).sum();
    let height = 40.0 + rows as f64 * (BAR + 3.0) + ranked.len() as f64 * 10.0 + 24.0;
    let mut drawing = Drawing::new(WIDTH, height);
    let mut end = drawing.legend(findings, (LEFT, 16.0));
    if bars.iter().any(|b| b.faint) {
        for (class, words) in [("s0 pale", "before"), ("s0 fill", "after")] {
            drawing.rect(class, (end + 5.0, 7.0), (18.0, BAR));
            drawing.text("", (end + 28.0, 16.0), "start", words);
            end += 85.0;
        }
    }
    let x = |value: f64| LEFT + value / top * (WIDTH - LEFT - RIGHT);
    for step in 0..=4 {
        let value = top * f64::from(step) / 4.0;
        drawing.line("axis", (x(value), 26.0), (x(value), height - 22.0));
        drawing.text(
            "soft",
            (x(value), height - 6.0),
            "middle",
            &format!("{:.0} %", value * 100.0),
        );
    }
    let mut y = 34.0;
    for (code, bars) in ranked {
        let middle = y + bars.len() as f64 * (BAR + 3.0) / 2.0;
        let label = shortened(&code_label(findings, code), 24);
        drawing.text("", (LEFT - 8.0, middle + 2.0), "end", &label);
        for bar in bars {
            bar_at(&mut drawing, bar, y, &x);
            y += BAR + 3.0;
        }
        y += 10.0;
    }
    Some(drawing.finish(grid, alt))
}

fn bar_at(drawing: &mut Drawing, bar: &Bar<'_>, y: f64, x: &impl Fn(f64) -> f64) {
    let value = bar.figure.value.unwrap_or(0.0);
    let class = if bar.faint { "pale" } else { "fill" };
    let class = format!("s{} {class}", bar.side % 4);
    drawing.rect(&class, (x(0.0), y), ((x(value) - x(0.0)).max(0.5), BAR));
    let mut end = x(value);
    if let (Some(lo), Some(hi)) = (bar.figure.lo, bar.figure.hi) {
        let middle = y + BAR / 2.0;
        drawing.line("whisker", (x(lo), middle), (x(hi), middle));
        drawing.line("whisker", (x(lo), y + 2.0), (x(lo), y + BAR - 2.0));
        drawing.line("whisker", (x(hi), y + 2.0), (x(hi), y + BAR - 2.0));
        end = x(hi);
    }
    let words = format!("{:.1} %", value * 100.0);
    drawing.text("soft", (end + 5.0, y + BAR - 1.0), "start", &words);
}
