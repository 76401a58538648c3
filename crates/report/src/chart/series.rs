//! Time series: the sides' own-voice shares by month, or by year of a long period, with interval
//! bands and lines at events, a panel a code. A month without a number breaks the line.

use measure::{Figure, Findings};

use super::drawing::{Drawing, Mark, X, colour};
use super::{Chart, axis_end, keys, side_place, with_keys};
use crate::label::code_label;
use crate::told::Told;

const PANEL: (f64, f64) = (370.0, 190.0);
/// Panels of one chart, the codes found most often.
const MOST: usize = 4;

pub(super) fn chart(findings: &Findings, told: &Told<'_>) -> Option<Chart> {
    let table = &told.table;
    let codes = most_found(&table.figures);
    let shown: Vec<&Figure> =
        table.figures.iter().filter(|f| codes.contains(&f.code.as_str())).collect();
    let periods = span(&shown);
    if codes.is_empty() || periods.len() < 2 {
        return None;
    }
    let mut panels = String::new();
    let mut tops: Vec<f64> = Vec::new();
    for code in &codes {
        let figures: Vec<&Figure> = shown.iter().filter(|f| f.code == *code).copied().collect();
        let top = axis_end(figures.iter().filter_map(|f| f.hi.or(f.value)).fold(0.0, f64::max));
        panels.push_str(&panel(findings, &periods, &figures, top, &code_label(findings, code)));
        tops.push(top);
    }
    let what = if told.by_year { "year" } else { "month" };
    let (keys, missing) = keys(findings, &shown, |f| f.value.is_some(), &format!(" a {what}"));
    let events: Vec<String> =
        findings.events.iter().map(|event| format!("{}, {}", event.date, event.label)).collect();
    let events = match events.is_empty() {
        true => String::new(),
        false => format!("; dashed lines: {}", events.join("; ")),
    };
    let scales = match tops.windows(2).all(|two| two[0] == two[1]) {
        true => "",
        false => " The panels have scales of their own.",
    };
    let caption = format!(
        "{}: own-voice shares of utterances by {what} and side with 95 % intervals{events}. A \
         {what} without a number is a gap.{scales} The table below has the numbers.{missing}",
        table.title
    );
    let drawing = with_keys(&keys, &format!("<div class=\"panels\">{panels}</div>"));
    Some(Chart { grid: table.id.clone(), drawing, caption })
}

/// The codes that are drawn.
fn most_found(figures: &[Figure]) -> Vec<&str> {
    let mut codes: Vec<(&str, u64)> = Vec::new();
    for figure in figures.iter().filter(|f| f.value.is_some()) {
        match codes.iter_mut().find(|(code, _)| *code == figure.code) {
            Some((_, k)) => *k += figure.k,
            None => codes.push((&figure.code, figure.k)),
        }
    }
    codes.retain(|(_, k)| *k > 0);
    codes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    codes.into_iter().map(|(code, _)| code).take(MOST).collect()
}

/// The months, or the years between the first and the last that have a number: most of a long
/// period may have none.
fn span<'f>(figures: &[&'f Figure]) -> Vec<&'f str> {
    let mut periods: Vec<&str> = figures.iter().map(|f| f.period.as_str()).collect();
    periods.sort_unstable();
    periods.dedup();
    let has = |period: &&str| {
        period.len() > 4 || figures.iter().any(|f| f.period == **period && f.value.is_some())
    };
    let first = periods.iter().position(has).unwrap_or(0);
    let end = periods.iter().rposition(has).map_or(0, |last| last + 1);
    periods.truncate(end);
    periods.split_off(first)
}

fn panel(
    findings: &Findings,
    periods: &[&str],
    figures: &[&Figure],
    top: f64,
    title: &str,
) -> String {
    let mut drawing = Drawing::default();
    let (x0, x1) = (44.0, PANEL.0 - 34.0);
    let (y0, y1) = (PANEL.1 - 26.0, 24.0);
    let x = |place: f64| x0 + place / (periods.len() - 1) as f64 * (x1 - x0);
    let y = |value: f64| y0 - value / top * (y0 - y1);
    drawing.text("", (X::Pixels(x0), 14.0), "start", title);
    for step in 0..=2 {
        let value = top * f64::from(step) / 2.0;
        drawing.line("axis", (X::Pixels(x0), y(value)), (X::Pixels(x1), y(value)));
        let words = format!("{:.0} %", value * 100.0);
        drawing.text("soft", (X::Pixels(x0 - 5.0), y(value) + 4.0), "end", &words);
    }
    let every = periods.len().div_ceil(6);
    for (place, period) in periods.iter().enumerate().step_by(every) {
        drawing.text("soft", (X::Pixels(x(place as f64)), y0 + 16.0), "middle", period);
    }
    for at in findings.events.iter().filter_map(|event| place_of(event.date, periods)) {
        drawing.line("event", (X::Pixels(x(at)), y0), (X::Pixels(x(at)), y1));
    }
    for (id, _) in &findings.sides {
        let of_side =
            |period: &&str| figures.iter().find(|f| f.side == *id && f.period == **period);
        let points: Vec<Option<&Figure>> =
            periods.iter().map(|p| of_side(p).copied().filter(|f| f.value.is_some())).collect();
        line_of(&mut drawing, side_place(findings, id), &points, &x, &y);
    }
    drawing.scaled(&format!("{title}: shares over time, as in the table below"), PANEL)
}

/// Where a day stands among the periods, whose marks stand for their middles.
fn place_of(date: corpus::Date, periods: &[&str]) -> Option<f64> {
    let place = periods.iter().position(|p| date.to_string().starts_with(p))?;
    let within = match periods[place].len() {
        4 => f64::from(date.0.day_of_year()) / 366.0,
        _ => f64::from(date.0.day()) / 31.0,
    };
    Some((place as f64 + within - 0.5).clamp(0.0, (periods.len() - 1) as f64))
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
        let colour = colour(side);
        if run.len() > 1 {
            drawing.path(&format!("{colour} band"), &band, true);
            let line: Vec<(f64, f64)> = run.iter().map(|(x, f)| (*x, y(value(f)))).collect();
            drawing.path(&format!("{colour} stroke"), &line, false);
        } else {
            let (at, f) = (X::Pixels(run[0].0), run[0].1);
            drawing.line("whisker", (at, band[0].1), (at, y(f.lo.unwrap_or(value(f)))));
        }
        for (at, f) in run {
            drawing.mark(Mark::of_side(side), (at, y(value(f))));
        }
    }
}
