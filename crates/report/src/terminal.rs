//! The findings as aligned tables for a terminal.

use std::io::Write;

use measure::Findings;

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
