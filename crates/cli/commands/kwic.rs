//! `demarche kwic`: keywords in their contexts (a concordance).

use std::io::Write;

use anyhow::Result;
use clap::{Args, ValueEnum};
use index::{Bound, ConcordanceRow, Query, SortBy, Window};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::args::Global;
use crate::commands::ask::{AskArgs, TableArgs, totals_line};
use crate::output::{Outcome, print_json, visible, width, writer};

/// What is asked, and how its places are shown.
#[derive(Args)]
#[command(after_help = Query::HELP)]
pub struct KwicArgs {
    #[command(flatten)]
    pub ask: AskArgs,
    #[command(flatten)]
    pub table: TableArgs,
    /// Words on either side (twice as many characters in Chinese); `all`: up to the bound
    #[arg(long, default_value = "8", value_name = "N|all", value_parser = extent)]
    pub window: Extent,
    /// Count the window in characters
    #[arg(long)]
    pub chars: bool,
    /// Where contexts end at the latest: at the ends of the sentence or of the turn
    #[arg(long, value_enum, default_value = "turn")]
    pub within: Within,
    /// The order of rows: by day and place, or by the words before or after the keyword
    #[arg(long, value_enum, default_value = "place")]
    pub sort: Sort,
    /// Rows at most; default: all
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Rows to pass over
    #[arg(long, default_value_t = 0, value_name = "K")]
    pub offset: usize,
}

/// How far a context reaches; `None` up to its bound.
type Extent = Option<usize>;

fn extent(text: &str) -> Result<Extent, String> {
    match text {
        "all" => Ok(None),
        _ => text.parse().map(Some).map_err(|_| "write a number, or `all`".to_owned()),
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Within {
    Segment,
    Turn,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Sort {
    Place,
    Left,
    Right,
}

/// Columns of a line that are none of its contexts': day, source, bars.
const BESIDE: usize = 36;
/// Columns of a context at least.
const NARROWEST: usize = 20;

pub fn run(global: &Global, args: &KwicArgs) -> Result<Outcome> {
    let asked = args.ask.ask(global)?;
    let window = match args.window {
        None => Window::Whole,
        Some(count) if args.chars => Window::Chars(count),
        Some(count) => Window::Auto(count),
    };
    let bound = match args.within {
        Within::Segment => Bound::Segment,
        Within::Turn => Bound::Turn,
    };
    let sort = match args.sort {
        Sort::Place => SortBy::Place,
        Sort::Left => SortBy::Left,
        Sort::Right => SortBy::Right,
    };
    let limit = args.limit.unwrap_or(usize::MAX);
    let concordance = asked.index.concordance(&asked.found, &asked.query)?;
    let rows = concordance.sorted(window, bound, sort)?.into_iter().skip(args.offset).take(limit);
    let (totals, counted) = (asked.found.totals(), asked.found.counted());
    if let Some(format) = args.table.table() {
        args.table.write(format, rows.map(Ok))?;
    } else if global.json {
        let rows: Vec<ConcordanceRow> = rows.collect();
        print_json(&json!({ "total": totals, "counted": counted, "rows": rows }))?;
    } else {
        let mut out = writer(args.table.output.as_ref())?;
        let columns = (width().saturating_sub(BESIDE) / 2).max(NARROWEST);
        for row in rows {
            writeln!(out, "{}  {}", place(&row), row.aligned(columns))?;
        }
        writeln!(out, "{}", totals_line(&totals, counted))?;
        out.flush()?;
    }
    Ok(if asked.found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Day and source of a row, in a column.
fn place(row: &ConcordanceRow) -> String {
    let day = row.date.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let source = visible(&row.source);
    let pad = " ".repeat(14_usize.saturating_sub(source.width()));
    format!("{day:10}  {source}{pad}")
}
