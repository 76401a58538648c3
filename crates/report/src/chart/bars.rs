//! Side-by-side bars: own-voice shares of the sides, code by code, with their intervals; and the
//! same before and after an event.
//!
//! Each bar begins with its side's mark, so that a share of zero is seen, and one that is withheld
//! is not.

use std::collections::BTreeMap;

use measure::{Figure, Findings, Measure, Table};

use super::drawing::{Drawing, Mark, X, colour, swatch};
use super::{Chart, axis_end, first_grid, keys, side_place, with_keys};
use crate::label::code_label;
use crate::number::LEAST_N;

const BAR: f64 = 11.0;
/// From one bar to the next.
const STEP: f64 = BAR + 3.0;
/// The line with a code's name above its bars, and the blank below them.
const NAME: f64 = 18.0;
const BLANK: f64 = 8.0;
/// The line with the axis's numbers.
const FOOT: f64 = 22.0;
/// Codes that a chart shows, the most frequent first.
const MOST: usize = 12;

/// The sides' own-voice shares of each code.
pub(super) fn sides(findings: &Findings, table: &Table) -> Option<Chart> {
    let topic = findings.topic.clone().unwrap_or_else(|| "all".to_owned());
    // For naming only what means the event is a share of anything.
    let narrow = (table.id == "naming").then(|| format!("referent {topic}"));
    let detail = narrow.filter(|_| findings.topic.is_some()).unwrap_or_default();
    let wanted = |f: &&Figure| {
        f.measure == Measure::Share && f.voice == "own" && f.topic == topic && f.detail == detail
    };
    let figures: Vec<&Figure> = table.figures.iter().filter(wanted).collect();
    let ranked = ranked(&figures);
    let drawing = draw(findings, &ranked, &table.title, None)?;
    let (keys, missing) = keys(findings, &figures, is_drawn, "");
    let caption = format!(
        "{}: own-voice shares of utterances by side, with 95 % intervals; the table below has the \
         numbers.{missing}{}",
        table.title,
        unranked(&figures, &ranked)
    );
    let grid = first_grid(findings, table);
    Some(Chart { grid, drawing: with_keys(&keys, &drawing), caption })
}

/// Shares of one family of codes before and after the event, in pairs; the bars before are faint.
pub(super) fn before_after(
    findings: &Findings,
    table: &Table,
    (family, title): (&str, &str),
) -> Option<Chart> {
    let wanted =
        |f: &&Figure| f.measure == Measure::Share && f.code.split(':').next() == Some(family);
    let figures: Vec<&Figure> = table.figures.iter().filter(wanted).collect();
    let first = figures.iter().map(|f| f.period.as_str()).min()?;
    let ranked = ranked(&figures);
    let drawing = draw(findings, &ranked, title, Some(first))?;
    let (mut keys, _) = keys(findings, &figures, is_drawn, "");
    let mut missing = String::new();
    for (class, words, before) in [("pale", "before", true), ("fill", "after", false)] {
        let part: Vec<&Figure> =
            figures.iter().filter(|f| (f.period == first) == before).copied().collect();
        if part.iter().any(|f| is_drawn(f)) {
            keys.push_str(&swatch(&format!("any {class}"), words));
        }
        let (_, of_part) = super::keys(findings, &part, is_drawn, &format!(" {words}"));
        missing.push_str(&of_part);
    }
    let caption = format!(
        "{title}, before and after: own-voice shares of utterances before the event (faint) and \
         from its day on (full), with 95 % intervals; the table below has the \
         numbers.{missing}{}",
        unranked(&figures, &ranked)
    );
    Some(Chart { grid: table.id.clone(), drawing: with_keys(&keys, &drawing), caption })
}

fn is_drawn(figure: &Figure) -> bool {
    figure.value.is_some() && figure.n >= LEAST_N
}

/// A code with its bars.
type Group<'f> = (&'f str, Vec<&'f Figure>);

/// The codes that are drawn, the highest share first.
fn ranked<'f>(figures: &[&'f Figure]) -> Vec<Group<'f>> {
    let mut codes: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    for figure in figures.iter().filter(|f| is_drawn(f)) {
        codes.entry(&figure.code).or_default().push(figure);
    }
    // That a name was never used is a finding; that one of many codes was not is none.
    let found = |bars: &[&Figure]| bars.iter().any(|f| f.k > 0);
    let anything = codes.values().any(|bars| found(bars));
    codes.retain(|code, bars| found(bars) || (anything && code.starts_with("naming:")));
    let most = |bars: &[&Figure]| bars.iter().filter_map(|f| f.value).fold(0.0, f64::max);
    let mut ranked: Vec<Group<'_>> = codes.into_iter().collect();
    ranked.sort_by(|a, b| most(&b.1).total_cmp(&most(&a.1)).then(a.0.cmp(b.0)));
    ranked.truncate(MOST);
    ranked
}

/// How many codes with a find are not among the ranked, as a sentence.
fn unranked(figures: &[&Figure], ranked: &[Group<'_>]) -> String {
    let mut codes: Vec<&str> =
        figures.iter().filter(|f| is_drawn(f) && f.k > 0).map(|f| f.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|code| ranked.iter().all(|(drawn, _)| drawn != code));
    match codes.len() {
        0 => String::new(),
        1 => " One lower code is not drawn.".to_owned(),
        n => format!(" {n} lower codes are not drawn."),
    }
}

/// The bars; those of the period `faint` are.
fn draw(
    findings: &Findings,
    ranked: &[Group<'_>],
    title: &str,
    faint: Option<&str>,
) -> Option<String> {
    if ranked.is_empty() {
        return None;
    }
    let highs = ranked.iter().flat_map(|(_, bars)| bars.iter().filter_map(|f| f.hi));
    let top = axis_end(highs.fold(0.0, f64::max));
    let rows: usize = ranked.iter().map(|(_, bars)| bars.len()).sum();
    let end = rows as f64 * STEP + ranked.len() as f64 * (NAME + BLANK);
    let mut drawing = Drawing::default();
    for step in 0..=4 {
        let part = f64::from(step) / 4.0;
        drawing.line("axis", (X::Share(part), 0.0), (X::Share(part), end));
        let words = format!("{:.0} %", top * part * 100.0);
        drawing.text("soft", (X::Share(part), end + FOOT - 6.0), "middle", &words);
    }
    let mut y = NAME;
    for (code, bars) in ranked {
        drawing.text("", (X::Share(0.0), y - 5.0), "start", &code_label(findings, code));
        for figure in bars {
            let pale = faint == Some(figure.period.as_str());
            bar(&mut drawing, figure, (side_place(findings, &figure.side), pale), y, top);
            y += STEP;
        }
        y += NAME + BLANK;
    }
    let words = format!("{title}: bars of own-voice shares, as in the table below");
    Some(format!("<div class=\"bars\">{}</div>", drawing.across(&words, end + FOOT)))
}

fn bar(drawing: &mut Drawing, figure: &Figure, (side, pale): (usize, bool), y: f64, top: f64) {
    let value = figure.value.unwrap_or(0.0);
    let x = |value: f64| X::Share(value / top);
    let middle = y + BAR / 2.0;
    let class = format!("{} {}", colour(side), if pale { "pale" } else { "fill" });
    drawing.mark(Mark::of_side(side), (-7.0, middle));
    // A zero is a thin bar, not none.
    let width = if value > 0.0 { x(value) } else { X::Pixels(2.0) };
    drawing.rect(&class, (X::Pixels(0.0), y), (width, BAR));
    let mut end = value;
    if let (Some(lo), Some(hi)) = (figure.lo, figure.hi) {
        drawing.line("whisker", (x(lo), middle), (x(hi), middle));
        drawing.line("whisker", (x(lo), y + 2.0), (x(lo), y + BAR - 2.0));
        drawing.line("whisker", (x(hi), y + 2.0), (x(hi), y + BAR - 2.0));
        end = hi;
    }
    let words = format!("{:.1} %", value * 100.0);
    drawing.text_beside("soft", (x(end), y + BAR - 1.0), 5.0, "start", &words);
}
