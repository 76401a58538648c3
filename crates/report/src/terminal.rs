//! The findings as aligned tables for a terminal.

use std::io::Write;

use measure::Findings;
use unicode_width::UnicodeWidthChar;

use crate::Result;
use crate::aligned::{Labels, aligned, paragraph};
use crate::grid::{Grid, grids};
use crate::told::told;

/// Writes the sentences, the verdicts and the tables in lines of at most `width` columns.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn terminal(findings: &Findings, width: usize, out: &mut impl Write) -> Result<()> {
    paragraph("", &format!("{}  {}", findings.title, findings.period), width, out)?;
    writeln!(out)?;
    for note in &findings.notes {
        paragraph("* ", &note.text, width, out)?;
    }
    for claim in &findings.claims {
        let verdict = claim.verdict.name().to_uppercase();
        writeln!(out)?;
        paragraph("", &format!("{verdict}: {} ({})", claim.claim, claim.section), width, out)?;
        paragraph("  ", &claim.reason, width, out)?;
    }
    for told in told(findings) {
        for grid in grids(findings, &told) {
            section(&grid, width, out)?;
        }
    }
    Ok(())
}

fn section(grid: &Grid, width: usize, out: &mut impl Write) -> Result<()> {
    writeln!(out)?;
    paragraph("", &grid.title, width, out)?;
    let mut lines: Vec<Vec<String>> = Vec::new();
    // Columns have as many heading lines as they have levels; the stub stands on the last.
    let levels = grid.columns.iter().map(Vec::len).max().unwrap_or(1);
    for level in 0..levels {
        let last = level + 1 == levels;
        let mut line: Vec<String> =
            grid.stub.iter().map(|s| if last { (*s).to_owned() } else { String::new() }).collect();
        line.extend(grid.columns.iter().map(|c| c.get(level).map_or("", |s| s).to_owned()));
        lines.push(line);
    }
    for row in &grid.rows {
        let cells = row.cells.iter().map(|c| match c.note.as_str() {
            "" => c.main.clone(),
            note => format!("{} ({note})", c.main),
        });
        lines.push(row.labels.iter().cloned().chain(cells).collect());
    }
    if !grid.rows.is_empty() {
        let labels = Labels { all: grid.stub.len(), repeated: grid.stub.len() };
        aligned(&lines, labels, width, out)?;
    }
    if !grid.left_out.is_empty() {
        paragraph("  ", &grid.left_out, width, out)?;
    }
    if !grid.not_found.is_empty() {
        paragraph("  ", &format!("not found: {}", grid.not_found.join(", ")), width, out)?;
    }
    Ok(())
}

/// Text with what a terminal would obey (control characters, escapes, bidi overrides) shown as
/// its code point.
pub(crate) fn visible(text: &str) -> String {
    let obeyed = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || c.width().is_none()
    };
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if obeyed(c) {
            shown.push_str(&format!("<U+{:04X}>", c as u32));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c"), "a<U+001B>[31mb<U+202E>c");
        assert_eq!(visible("乌克兰 우크라이나"), "乌克兰 우크라이나");
    }
}
