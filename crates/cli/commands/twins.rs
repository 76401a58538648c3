//! Two linked statements side by side, with what stands in one only.

use std::collections::BTreeSet;

use corpus::{Coded, Statement};
use pipeline::{OnlyIn, difference};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of one side at least.
const NARROWEST: usize = 24;
/// What parts the two sides.
const GUTTER: &str = " | ";

/// Two statements, each with its codes where it is coded.
pub struct Pair<'a> {
    /// The statement that was asked for.
    pub left: (&'a Statement, Option<&'a Coded>),
    /// The one that is linked to it.
    pub right: (&'a Statement, Option<&'a Coded>),
}

impl Pair<'_> {
    /// Both texts turn by turn in two columns that together take `width`, and the differences.
    pub fn shown(&self, width: usize) -> String {
        let column = (width.saturating_sub(GUTTER.len()) / 2).max(NARROWEST);
        let mut text = String::from("\n");
        let turns = self.left.0.turns.len().max(self.right.0.turns.len());
        for n in 0..turns {
            let side = |statement: &Statement| -> Vec<String> {
                let Some(turn) = statement.turns.get(n) else { return Vec::new() };
                let who = turn.speaker.as_deref().unwrap_or("");
                let label = format!("[{}] {} {who}", turn.n, turn.role.name());
                let lines = std::iter::once(label.as_str()).chain(turn.text.lines());
                lines.flat_map(|line| wrapped(line, column)).collect()
            };
            let (left, right) = (side(self.left.0), side(self.right.0));
            for n in 0..left.len().max(right.len()) {
                let cell = |side: &[String]| side.get(n).cloned().unwrap_or_default();
                let (left, right) = (cell(&left), cell(&right));
                let blank = " ".repeat(column.saturating_sub(left.width()));
                text.push_str(format!("{left}{blank}{GUTTER}{right}").trim_end());
                text.push('\n');
            }
            text.push('\n');
        }
        text.push_str(&self.differences());
        text
    }

    /// The names, numbers and codes that stand in one of the two only, by statement.
    pub fn only(&self) -> [(&str, OnlyIn, Vec<&str>); 2] {
        let (left, right) = difference(self.left.0, self.right.0);
        let (own, other) = (codes(self.left.1), codes(self.right.1));
        [
            (&self.left.0.id, left, own.difference(&other).copied().collect()),
            (&self.right.0.id, right, other.difference(&own).copied().collect()),
        ]
    }

    /// What stands in one of the two only, for people.
    fn differences(&self) -> String {
        let mut text = String::new();
        for (id, only, codes) in self.only() {
            text.push_str(&format!("only in {id}\n{}", listed(&only, &codes)));
        }
        if self.left.1.is_none() || self.right.1.is_none() {
            text.push_str("codes are compared once both are tagged: `demarche run --offline`\n");
        }
        text
    }
}

fn codes(coded: Option<&Coded>) -> BTreeSet<&str> {
    coded.iter().flat_map(|c| &c.mentions).map(|mention| mention.code.as_str()).collect()
}

fn listed(only: &OnlyIn, codes: &[&str]) -> String {
    let numbers: Vec<String> = only.numbers.iter().map(u64::to_string).collect();
    let or_none = |words: String| if words.is_empty() { "none".to_owned() } else { words };
    format!(
        "  names    {}\n  numbers  {}\n  codes    {}\n",
        or_none(only.names.join(", ")),
        or_none(numbers.join(", ")),
        or_none(codes.join(", "))
    )
}

/// A line broken at blanks, or anywhere in scripts without them, so that no part is wider than
/// `column` cells.
fn wrapped(line: &str, column: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for c in line.chars() {
        if part.width() + c.width().unwrap_or(0) > column {
            let cut = part.rfind(' ').filter(|at| *at * 2 > part.len()).map(|at| at + 1);
            let rest = cut.map_or_else(String::new, |at| part.split_off(at));
            parts.push(std::mem::replace(&mut part, rest).trim_end().to_owned());
        }
        part.push(c);
    }
    parts.push(part);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_blanks_and_between_wide_characters() {
        assert_eq!(wrapped("Ruritania plants trees", 10), ["Ruritania", "plants", "trees"]);
        assert_eq!(wrapped("鲁里坦尼亚种树", 6), ["鲁里坦", "尼亚种", "树"]);
        assert_eq!(wrapped("", 6), [""]);
    }
}
