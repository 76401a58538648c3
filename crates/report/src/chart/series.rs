//! Time series: the sides' own-voice shares by month with interval bands and lines at events, a
//! panel a code. A month without a number breaks the line.

use measure::{Figure, Findings, Table};

use super::{Chart, Drawing, axis_end, side_place};
use crate::grid::code_label;

const PANEL: (f64, f64) = (370.0, 190.0);
/// Panels of one chart, the codes found most often.
const MOST: usize = 4;

pub(super) fn chart(findings: &Findings, table: &Table) -> Option<Chart> {
    let mut months: Vec<&str> = table.figures.iter().map(|f| f.period.as_str()).collect();
    months.sort_unstable();
    months.dedup();
    let mut codes: Vec<(&str, u64)> = Vec::new();
    for figure in table.figures.iter().filter(|f| f.value.is_some()) {
        match codes.iter_mut().find(|(code, _)| *code == figure.code) {
            Some((_, k)) => *k += figure.k,
            None => codes.push((&figure.code, figure.k)),
        }
    }
    codes.retain(|(_, k)| *k > 0);
    codes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    codes.truncate(MOST);
    if codes.is_empty() || months.len() < 2 {
        return None;
    }
    let lines = codes.len().div_ceil(2) as f64;
    let mut drawing = Drawing::new(PANEL.0 * 2.0, 26.0 + PANEL.1 * lines);
    drawing.legend(findings, (44.0, 16.0));
    for (place, (code, _)) in codes.iter().enumerate() {
        let at = (PANEL.0 * (place % 2) as f64, 26.0 + PANEL.1 * (place / 2) as f64);
        let figures: Vec<&Figure> = table.figures.iter().filter(|f| f.code == *code).collect();
        panel(&mut drawing, findings, at, &months, &figures, &code_label(findings, code));
    }
    let events: Vec<String> =
        findings.events.iter().map(|event| format!("{}, {}", event.date, event.label)).collect();
    let events = match events.is_empty() {
        true => String::new(),
        false => format!("; dashed lines: {}", events.join("; ")),
    };
    let alt = format!(
        "{}: own-voice shares of utterances by month and side with 95 % intervals{events}. A month \
         without a number is a gap. The table below has the numbers.",
        table.title
    );
    Some(drawing.finish(table.id.clone(), alt))
}

fn panel(
    drawing: &mut Drawing,
    findings: &Findings,
    (left, top): (f64, f64),
    months: &[&str],
    figures: &[&Figure],
    title: &str,
) {
    let (x0, x1) = (left + 44.0, left + PANEL.0 - 34.0);
    let (y0, y1) = (top + PANEL.1 - 26.0, top + 24.0);
    let highs = figures.iter().filter_map(|f| f.hi.or(f.value));
    let most = axis_end(highs.fold(0.0, f64::max));
    let x = |place: f64| x0 + place / (months.len() - 1) as f64 * (x1 - x0);
    let y = |value: f64| y0 - value / most * (y0 - y1);
    drawing.text("", (x0, top + 14.0), "start", title);
    for step in 0..=2 {
        let value = most * f64::from(step) / 2.0;
        drawing.line("axis", (x0, y(value)), (x1, y(value)));
        let words = format!("{:.0} %", value * 100.0);
        drawing.text("soft", (x0 - 5.0, y(value) + 4.0), "end", &words);
    }
    let every = months.len().div_ceil(6);
    for (place, month) in months.iter().enumerate().filter(|(place, _)| place % every == 0) {
        drawing.text("soft", (x(place as f64), y0 + 16.0), "middle", month);
    }
    for event in &findings.events {
        if let Some(place) = months.iter().position(|m| *m == event.date.month()) {
            // A month's mark stands for its middle.
            let within = (f64::from(event.date.0.day()) - 15.5) / 31.0;
            let at = (place as f64 + within).clamp(0.0, (months.len() - 1) as f64);
            drawing.line("event", (x(at), y0), (x(at), y1));
        }
    }
    for (id, _) in &findings.sides {
        let place = side_place(findings, id);
        let of_side =
            |month: &&str| figures.iter().find(|f| f.side == *id && f.period == **month).copied();
        let points: Vec<Option<&Figure>> =
            months.iter().map(|m| of_side(m).filter(|f| f.value.is_some())).collect();
        line_of(drawing, place, &points, &x, &y);
    }
}

fn line_of(
    drawing: &mut Drawing,
    side: usize,
    points: &[Option<&Figure>],
    x: &impl Fn(f64) -> f64,
    y: &impl Fn(f64) -> f64,
) {
    let mut start = 0;
    while start < points.len() {
        let run: Vec<(f64, &Figure)> = points[start..]
            .iter()
            .enumerate()
            .map_while(|(i, f)| f.map(|f| (x((start + i) as f64), f)))
            .collect();
        if run.is_empty() {
            start += 1;
            continue;
        }
        start += run.len();
        let value = |f: &Figure| f.value.unwrap_or(0.0);
        let mut band: Vec<(f64, f64)> =
            run.iter().map(|(x, f)| (*x, y(f.hi.unwrap_or(value(f))))).collect();
        band.extend(run.iter().rev().map(|(x, f)| (*x, y(f.lo.unwrap_or(value(f))))));
        let class = side % 4;
        if run.len() > 1 {
            drawing.path(&format!("s{class} band"), &band, true);
            let line: Vec<(f64, f64)> = run.iter().map(|(x, f)| (*x, y(value(f)))).collect();
            drawing.path(&format!("s{class} stroke"), &line, false);
        } else {
            let (at, f) = run[0];
            drawing.line("whisker", (at, band[0].1), (at, y(f.lo.unwrap_or(value(f)))));
        }
        for (at, f) in run {
            drawing.mark(side, (at, y(value(f))));
        }
    }
}
