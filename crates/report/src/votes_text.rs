//! Votes for the terminal, in lines of at most `width` columns, and as Markdown.

use std::io::Write;

use votes::{Similarity, VoteFindings};

use crate::Result;
use crate::aligned::{Labels, aligned, paragraph};
use crate::markdown::plain;
use crate::votes_grid::{VoteTable, similarity, tables};

/// Two states by period, aligned.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn similarity_terminal(rows: &[Similarity], width: usize, out: &mut impl Write) -> Result<()> {
    terminal_table(&similarity(rows), width, out)
}

/// Two states by period as a Markdown table.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn similarity_markdown(rows: &[Similarity], out: &mut impl Write) -> Result<()> {
    markdown_table(&similarity(rows), out)
}

/// The votes of a study, aligned.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn votes_terminal(found: &VoteFindings, width: usize, out: &mut impl Write) -> Result<()> {
    for table in tables(found) {
        terminal_table(&table, width, out)?;
    }
    for note in found.notes.iter().chain(&found.gaps) {
        writeln!(out)?;
        paragraph("* ", note, width, out)?;
    }
    Ok(())
}

/// The votes of a study as Markdown, a section a table.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn votes_markdown(found: &VoteFindings, out: &mut impl Write) -> Result<()> {
    for table in tables(found) {
        markdown_table(&table, out)?;
    }
    for note in found.notes.iter().chain(&found.gaps) {
        writeln!(out, "- {}", plain(note))?;
    }
    writeln!(out, "\nVotes: {}", plain(&found.attribution))?;
    Ok(())
}

fn terminal_table(table: &VoteTable, width: usize, out: &mut impl Write) -> Result<()> {
    writeln!(out, "\n{}", table.title)?;
    let mut lines = vec![table.columns.clone()];
    lines.extend(table.rows.iter().cloned());
    aligned(&lines, Labels { all: table.stub, repeated: table.key }, width, out)
}

fn markdown_table(table: &VoteTable, out: &mut impl Write) -> Result<()> {
    writeln!(out, "## {}\n\n{}\n", table.title, table.about)?;
    let line = |cells: &[String]| cells.iter().map(|c| plain(c)).collect::<Vec<_>>().join(" | ");
    writeln!(out, "| {} |", line(&table.columns))?;
    writeln!(out, "|{}", "---|".repeat(table.columns.len()))?;
    for row in &table.rows {
        writeln!(out, "| {} |", line(row))?;
    }
    writeln!(out)?;
    Ok(())
}
