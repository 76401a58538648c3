//! A drawing: one `<svg>` element in the making. Lengths are pixels, or shares of the
//! drawing's width, which is then the reader's.

use std::fmt::{self, Write};

/// A drawing in the making.
#[derive(Default)]
pub(super) struct Drawing {
    body: String,
}

/// A length across a drawing: pixels, or a share of its width.
#[derive(Debug, Clone, Copy)]
pub(super) enum X {
    Pixels(f64),
    Share(f64),
}

impl fmt::Display for X {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pixels(pixels) => write!(f, "{pixels:.1}"),
            Self::Share(share) => write!(f, "{:.2}%", share * 100.0),
        }
    }
}

/// The mark of a side: a second cue beside its colour.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Disc,
    Square,
    /// Of every side after the second, with the number of its colour.
    Diamond(usize),
}

impl Mark {
    /// The mark of the side at a place.
    pub fn of_side(place: usize) -> Self {
        match place {
            0 => Self::Disc,
            1 => Self::Square,
            _ => Self::Diamond(place),
        }
    }
}

/// The class that gives the side at a place its colour.
pub(super) fn colour(side: usize) -> String {
    format!("s{}", side % 4)
}

/// A mark with what it stands for, for the line above a drawing.
pub(super) fn key_of(mark: Mark, words: &str) -> String {
    let mut drawing = Drawing::default();
    drawing.mark(mark, (6.0, 6.0));
    key(&drawing, 12, words)
}

/// A swatch of a class with what it stands for.
pub(super) fn swatch(class: &str, words: &str) -> String {
    let mut drawing = Drawing::default();
    drawing.rect(class, (X::Pixels(0.0), 1.0), (X::Pixels(18.0), 10.0));
    key(&drawing, 18, words)
}

fn key(drawing: &Drawing, width: u32, words: &str) -> String {
    format!(
        "<span><svg width=\"{width}\" height=\"12\" aria-hidden=\"true\">{}</svg>{}</span>",
        drawing.body.trim_end(),
        escaped(words)
    )
}

impl Drawing {
    pub fn line(&mut self, class: &str, from: (X, f64), to: (X, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.add(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1:.1}\" x2=\"{x2}\" y2=\"{y2:.1}\"/>"
        ));
    }

    pub fn rect(&mut self, class: &str, (x, y): (X, f64), (width, height): (X, f64)) {
        self.add(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y:.1}\" width=\"{width}\" \
             height=\"{height:.1}\"/>"
        ));
    }

    /// A mark around a point in pixels.
    pub fn mark(&mut self, mark: Mark, (x, y): (f64, f64)) {
        match mark {
            Mark::Disc => self.add(format_args!(
                "<circle class=\"s0 fill\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>"
            )),
            Mark::Square => {
                self.rect("s1 fill", (X::Pixels(x - 3.5), y - 3.5), (X::Pixels(7.0), 7.0));
            }
            Mark::Diamond(side) => self.add(format_args!(
                "<path class=\"{} fill\" d=\"M{:.1} {y:.1}l5 -5 5 5 -5 5z\"/>",
                colour(side),
                x - 5.0
            )),
        }
    }

    pub fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
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
    pub fn text(&mut self, class: &str, at: (X, f64), anchor: &str, words: &str) {
        self.text_beside(class, at, 0.0, anchor, words);
    }

    /// Text so many pixels right of a point.
    pub fn text_beside(
        &mut self,
        class: &str,
        (x, y): (X, f64),
        dx: f64,
        anchor: &str,
        words: &str,
    ) {
        let words = escaped(words);
        self.add(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y:.1}\" dx=\"{dx:.0}\" \
             text-anchor=\"{anchor}\">{words}</text>"
        ));
    }

    fn add(&mut self, element: fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    /// The element, as wide as its place on the page, `height` pixels high; `words` stand for it
    /// where it is not seen.
    pub fn across(self, words: &str, height: f64) -> String {
        let label = escaped(words);
        format!(
            "<svg role=\"img\" aria-label=\"{label}\" width=\"100%\" height=\"{height:.0}\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n{}</svg>",
            self.body
        )
    }

    /// The element, scaled to its place on the page.
    pub fn scaled(self, words: &str, (width, height): (f64, f64)) -> String {
        let label = escaped(words);
        format!(
            "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
             xmlns=\"http://www.w3.org/2000/svg\">\n{}</svg>",
            self.body
        )
    }
}

/// Text inside an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
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
