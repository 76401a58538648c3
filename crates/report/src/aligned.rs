//! Aligned: rows of cells as columns of a terminal, broken to fit its width.

use std::io::Write;

use corpus::visible;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::Result;

/// Blanks before a line and between columns.
const INDENT: usize = 2;
const GAP: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 8;

/// The labels of a line: its first cells, which stand on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels {
    /// How many cells are labels.
    pub all: usize,
    /// How many of them tell one line from another, and stand before each block of columns.
    pub repeated: usize,
}

/// Writes `lines`, headings included, in lines of at most `width` columns of a terminal. Cells
/// that do not fit beside the labels follow in blocks. Words of a cell that is too wide run over
/// lines.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn aligned(
    lines: &[Vec<String>],
    labels: Labels,
    width: usize,
    out: &mut impl Write,
) -> Result<()> {
    let lines: Vec<Vec<String>> =
        lines.iter().map(|line| line.iter().map(|cell| visible(cell)).collect()).collect();
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let natural = |c: usize| {
        lines.iter().filter_map(|l| l.get(c)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..columns).map(natural).collect();
    let room = width.saturating_sub(INDENT);
    let stub = labels.all.min(columns);
    fit(&mut widths, stub, room);
    for (number, block) in blocks(&widths, stub, labels.repeated.min(stub), room).iter().enumerate()
    {
        if number > 0 {
            writeln!(out)?;
        }
        for line in &lines {
            write_line(line, block, (stub, &widths), out)?;
        }
    }
    Ok(())
}

/// Words in lines of at most `width` columns, the first behind `mark`, the others as far in.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn paragraph(mark: &str, words: &str, width: usize, out: &mut impl Write) -> Result<()> {
    let indent = " ".repeat(mark.width());
    let room = width.saturating_sub(mark.width()).max(NARROWEST);
    for (number, line) in wrapped(&visible(words), room).iter().enumerate() {
        writeln!(out, "{}{line}", if number == 0 { mark } else { &indent })?;
    }
    Ok(())
}

/// What columns take side by side.
fn taken(widths: impl IntoIterator<Item = usize>) -> usize {
    widths.into_iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Narrows what is too wide, where not all columns fit: the labels leave the widest cell its room
/// but keep a third of the line.
fn fit(widths: &mut [usize], stub: usize, room: usize) {
    if taken(widths.iter().copied()) <= room {
        return;
    }
    let (labels, cells) = widths.split_at_mut(stub);
    let widest = cells.iter().max().map_or(0, |widest| GAP + widest);
    let for_labels = room.saturating_sub(widest).max(room / 3);
    while taken(labels.iter().copied()) > for_labels {
        match labels.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    let left = room.saturating_sub(taken(labels.iter().copied()) + GAP).max(NARROWEST);
    cells.iter_mut().for_each(|width| *width = left.min(*width));
}

/// The columns of each block: labels, and as many cells as fit beside them.
fn blocks(widths: &[usize], stub: usize, repeated: usize, room: usize) -> Vec<Vec<usize>> {
    let mut blocks = Vec::new();
    let mut block: Vec<usize> = (0..stub).collect();
    let mut empty = true;
    for cell in stub..widths.len() {
        let with = block.iter().chain([&cell]).map(|&c| widths[c]);
        if taken(with) > room && !empty {
            blocks.push(std::mem::replace(&mut block, (0..repeated).collect()));
        }
        block.push(cell);
        empty = false;
    }
    blocks.push(block);
    blocks
}

fn write_line(
    line: &[String],
    shown: &[usize],
    (stub, widths): (usize, &[usize]),
    out: &mut impl Write,
) -> Result<()> {
    let cells: Vec<Vec<String>> = shown
        .iter()
        .map(|&c| line.get(c).map_or_else(Vec::new, |cell| wrapped(cell, widths[c])))
        .collect();
    for row in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let mut printed = " ".repeat(INDENT);
        for (&c, cell) in shown.iter().zip(&cells) {
            let words = cell.get(row).map_or("", String::as_str);
            let pad = " ".repeat(widths[c].saturating_sub(words.width()));
            let (before, after) = if c < stub { (words, &*pad) } else { (&*pad, words) };
            printed.push_str(before);
            printed.push_str(after);
            printed.push_str(&" ".repeat(GAP));
        }
        writeln!(out, "{}", printed.trim_end())?;
    }
    Ok(())
}

/// Words in lines of at most `width` columns; a word that is longer, as a sentence of Chinese is,
/// is cut. What fits is left as it is, blanks included.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    if text.width() <= width {
        return vec![text.to_owned()];
    }
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        if used > 0 && used + 1 + word.width() <= width {
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
            used += 1;
        } else if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > width && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().into_iter().for_each(|line| line.push(c));
            used += wide;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(width: usize) -> String {
        let lines = [
            ["what", "first", "second", "third"],
            ["Special military operation", "12.1 % (8.8 to 15.7)", "0.0 %", "–"],
            ["乌克兰", "1", "2", "3"],
        ];
        let lines: Vec<Vec<String>> =
            lines.iter().map(|line| line.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        let mut out = Vec::new();
        aligned(&lines, Labels { all: 1, repeated: 1 }, width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_fits_stands_in_one_block() {
        let expected = "
  what                                       first  second  third
  Special military operation  12.1 % (8.8 to 15.7)   0.0 %      –
  乌克兰                                         1       2      3
";
        assert_eq!(format!("\n{}", table(80)), expected);
    }

    #[test]
    fn columns_that_do_not_fit_follow_with_the_labels_again() {
        let expected = "
  what                               first
  Special military    12.1 % (8.8 to 15.7)
  operation
  乌克兰                                 1

  what                second  third
  Special military     0.0 %      –
  operation
  乌克兰                   2      3
";
        assert_eq!(format!("\n{}", table(42)), expected);
    }

    #[test]
    fn what_tells_no_line_from_another_is_said_once() {
        let lines = [["A/RES/1", "On a bridge", "141"], ["A/RES/2", "On a harbour", "93"]];
        let lines: Vec<Vec<String>> = lines
            .iter()
            .map(|line| [line[0], line[1], "of 193", line[2]].map(String::from).to_vec())
            .collect();
        let mut out = Vec::new();
        aligned(&lines, Labels { all: 2, repeated: 1 }, 32, &mut out).unwrap();
        let expected = "
  A/RES/1  On a bridge   of 193
  A/RES/2  On a harbour  of 193

  A/RES/1  141
  A/RES/2   93
";
        assert_eq!(format!("\n{}", String::from_utf8(out).unwrap()), expected);
    }

    #[test]
    fn no_line_is_wider_than_it_may_be_and_no_word_is_lost() {
        for width in 30..120 {
            let printed = table(width);
            assert!(printed.lines().all(|line| line.width() <= width), "{width}:\n{printed}");
            for word in ["Special", "operation", "12.1", "15.7)", "third", "乌克兰", "–"] {
                assert!(printed.contains(word), "{width}: {word}\n{printed}");
            }
        }
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_cut() {
        assert_eq!(wrapped("乌克兰危机 is", 5), ["乌克", "兰危", "机 is"]);
    }
}
