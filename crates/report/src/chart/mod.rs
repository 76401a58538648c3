//! Charts as SVG written by hand: no script, no font but the page's, colours from its style sheet
//! (Okabe and Ito's, apart for colour-blind eyes) and a second cue beside each colour.

mod bars;
mod calendar;
mod series;

use std::fmt::Write;

use measure::Findings;

/// A chart with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    /// Which grid it stands under.
    pub grid: String,
    /// What it shows, also for those who do not see it.
    pub alt: String,
    /// The whole `<svg>` element, text escaped.
    pub svg: String,
}

/// All charts of `findings`.
pub(crate) fn charts(findings: &Findings) -> Vec<Chart> {
    let mut charts = Vec::new();
    for table in &findings.tables {
        match table.id.as_str() {
            "calendar" => charts.extend(calendar::chart(findings, table)),
            "naming" | "frame" | "blame" => charts.extend(bars::sides(findings, table)),
            "before-after" => {
                let families =
                    [("naming", "What it is called"), ("frame", "Frames"), ("blame", "Blame")];
                let drawn = families.map(|family| bars::before_after(findings, table, family));
                charts.extend(drawn.into_iter().flatten());
            }
            id if id.ends_with("-by-month") => charts.extend(series::chart(findings, table)),
            _ => {}
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

/// A drawing in the making.
struct Drawing {
    body: String,
    width: f64,
    height: f64,
}

impl Drawing {
    fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), width, height }
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.add(format_args!(
            "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
        ));
    }

    fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.add(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\"/>"
        ));
    }

    /// The mark of a side: a disc for the first, a square for the second, a diamond after.
    fn mark(&mut self, place: usize, (x, y): (f64, f64)) {
        match place {
            0 => self.add(format_args!(
                "<circle class=\"s0 fill\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"
            )),
            1 => self.rect("s1 fill", (x - 3.5, y - 3.5), (7.0, 7.0)),
            n => self.add(format_args!(
                "<path class=\"s{} fill\" d=\"M{:.1} {y:.1}l5 -5 5 5 -5 5z\"/>",
                n % 4,
                x - 5.0
            )),
        }
    }

    fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut d = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{x:.1} {y:.1}", if i == 0 { "M" } else { "L" });
        }
        if closed {
            d.push('Z');
        }
        self.add(format_args!("<path class=\"{class}\" d=\"{d}\"/>"));
    }

    /// Text; `anchor` is `start`, `middle` or `end`.
    fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
        let words = escaped(words);
        self.add(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}\
             </text>"
        ));
    }

    fn add(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    /// The names of the sides with their marks, on one line; gives where it ends.
    fn legend(&mut self, findings: &Findings, (mut x, y): (f64, f64)) -> f64 {
        for (place, (_, label)) in findings.sides.iter().enumerate() {
            self.mark(place, (x + 5.0, y - 4.0));
            self.text("", (x + 15.0, y), "start", label);
            x += 30.0 + 8.0 * label.chars().count() as f64;
        }
        x
    }

    fn finish(self, grid: String, alt: String) -> Chart {
        let Self { body, width, height } = self;
        let label = escaped(&alt);
        // Larger than this its words are larger than the page's.
        let most = width * 1.3;
        let svg = format!(
            "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             style=\"max-width: {most:.0}px\" xmlns=\"http://www.w3.org/2000/svg\">\n{body}</svg>"
        );
        Chart { grid, alt, svg }
    }
}

/// The end of an axis from 0 that holds `value`, at a share that divides evenly by four.
fn axis_end(value: f64) -> f64 {
    const ENDS: [f64; 8] = [0.04, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1.0];
    ENDS.into_iter().find(|end| *end >= value).unwrap_or(1.0)
}

/// Text inside an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The first characters of a label that has to fit beside a chart.
fn shortened(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}
