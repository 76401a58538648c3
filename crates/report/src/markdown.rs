//! The findings as Markdown: sentences and tables, without the segments behind the numbers.

use std::io::Write;

use measure::{Findings, Verdict};
use votes::VoteFindings;

use crate::Result;
use crate::grid::{Cell, Grid, grids};
use crate::html::provenance;
use crate::told::told;
use crate::votes_markdown;

/// Writes `findings` as Markdown.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn markdown(
    findings: &Findings,
    votes: Option<&VoteFindings>,
    out: &mut impl Write,
) -> Result<()> {
    writeln!(out, "# {}\n", plain(&findings.title))?;
    if !findings.about.is_empty() {
        writeln!(out, "{}\n", plain(&findings.about))?;
    }
    writeln!(out, "Period {}.\n", findings.period)?;
    if !findings.notes.is_empty() {
        writeln!(out, "## What this corpus can show\n")?;
        for note in &findings.notes {
            writeln!(out, "- {}", plain(&note.text))?;
        }
        writeln!(out)?;
    }
    if !findings.claims.is_empty() {
        writeln!(out, "## Claims\n")?;
        writeln!(out, "| claim | section | verdict | found | expected | caution |")?;
        writeln!(out, "|---|---|---|---|---|---|")?;
        for claim in &findings.claims {
            verdict(claim, out)?;
        }
        writeln!(out)?;
    }
    for told in told(findings) {
        for grid in grids(findings, &told) {
            section(&grid, out)?;
        }
    }
    if let Some(votes) = votes {
        votes_markdown(votes, out)?;
        writeln!(out)?;
    }
    if !findings.methods.is_empty() {
        writeln!(out, "## Methods\n")?;
    }
    for paragraph in &findings.methods {
        writeln!(out, "{}\n", plain(paragraph))?;
    }
    writeln!(out, "## Made with\n")?;
    for (what, value) in provenance(findings) {
        writeln!(out, "- {what}: {}", plain(&value))?;
    }
    Ok(())
}

fn verdict(claim: &Verdict, out: &mut impl Write) -> Result<()> {
    let Verdict { claim: words, section, verdict, reason, expected, caution, .. } = claim;
    writeln!(
        out,
        "| {} | {} | {} | {} | {} | {} |",
        plain(words),
        plain(section),
        verdict.name(),
        plain(reason),
        plain(expected),
        plain(caution.as_deref().unwrap_or(""))
    )?;
    Ok(())
}

fn section(grid: &Grid, out: &mut impl Write) -> Result<()> {
    writeln!(out, "## {}\n\n{}\n", plain(&grid.title), plain(&grid.about))?;
    if !grid.rows.is_empty() {
        let heads = grid.stub.iter().map(|s| (*s).to_owned());
        let columns = grid.columns.iter().map(|c| plain(&c.join(", ")));
        let heads: Vec<String> = heads.chain(columns).collect();
        writeln!(out, "| {} |", heads.join(" | "))?;
        writeln!(out, "|{}", "---|".repeat(heads.len()))?;
        for row in &grid.rows {
            let labels = row.labels.iter().map(|l| plain(l));
            let cells = row.cells.iter().map(cell);
            writeln!(out, "| {} |", labels.chain(cells).collect::<Vec<_>>().join(" | "))?;
        }
        writeln!(out)?;
    }
    if !grid.left_out.is_empty() {
        writeln!(out, "{}\n", plain(&grid.left_out))?;
    }
    if !grid.not_found.is_empty() {
        writeln!(out, "Not found: {}.\n", plain(&grid.not_found.join(", ")))?;
    }
    Ok(())
}

/// The number, in brackets what it rests on: `12.1 % (8.8 to 15.7, 171/1409; Wilson 10.5 to 13.9,
/// design effect 1.83)`.
fn cell(cell: &Cell) -> String {
    let notes = [cell.note.as_str(), cell.beside.as_str()];
    let notes: Vec<String> = notes.iter().filter(|n| !n.is_empty()).map(|n| plain(n)).collect();
    if notes.is_empty() {
        return cell.main.clone();
    }
    format!("{} ({})", cell.main, notes.join("; "))
}

/// Text that cannot open a tag, a table cell or a line of its own.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '`' | '*' | '_' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
