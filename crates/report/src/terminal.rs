//! The findings as aligned tables for a terminal.

use std::io::Write;

use measure::Findings;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::Result;
use crate::grid::{Grid, grids};
use crate::told::told;

/// Writes the sentences, the verdicts and the tables that fit a terminal.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn terminal(findings: &Findings, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{}  {}\n", visible(&findings.title), findings.period)?;
    for note in &findings.notes {
        writeln!(out, "* {}", visible(&note.text))?;
    }
    for claim in &findings.claims {
        let verdict = claim.verdict.name().to_uppercase();
        let (words, reason) = (visible(&claim.claim), visible(&claim.reason));
        writeln!(out, "\n{verdict}: {words} ({})\n  {reason}", visible(&claim.section))?;
    }
    for told in told(findings) {
        for grid in grids(findings, &told) {
            section(&grid, out)?;
        }
    }
    Ok(())
}

fn section(grid: &Grid, out: &mut impl Write) -> Result<()> {
    writeln!(out, "\n{}", visible(&grid.title))?;
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
    aligned(&lines, grid.stub.len(), out)?;
    if !grid.left_out.is_empty() {
        writeln!(out, "  {}", visible(&grid.left_out))?;
    }
    if !grid.not_found.is_empty() {
        writeln!(out, "  not found: {}", visible(&grid.not_found.join(", ")))?;
    }
    Ok(())
}

pub(crate) fn aligned(lines: &[Vec<String>], stub: usize, out: &mut impl Write) -> Result<()> {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| {
        let cells = lines.iter().filter_map(|l| l.get(c));
        cells.map(|s| visible(s).width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let mut printed = String::from("  ");
        for (c, cell) in line.iter().enumerate() {
            let cell = visible(cell);
            let pad = " ".repeat(widths[c].saturating_sub(cell.width()));
            if c < stub {
                printed.push_str(&cell);
                printed.push_str(&pad);
            } else {
                printed.push_str(&pad);
                printed.push_str(&cell);
            }
            printed.push_str("  ");
        }
        writeln!(out, "{}", printed.trim_end())?;
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
