//! `demarche kwic`: keywords in their contexts (a concordance).

use anyhow::Result;
use clap::{Args, ValueEnum};
use corpus::partition::Row;
use index::{Bound, ConcordanceRow, Query, SortBy, Window};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::commands::ask::{AskArgs, TableArgs, shown, totals_line};
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, width, write_to};

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

/// Columns of the blanks between columns, of a bar with its blanks.
const GAP: usize = 2;
const BAR: usize = 3;
/// The least columns in which a keyword with its contexts can be read.
const LEAST: usize = 32;

pub fn run(global: &Global, args: &KwicArgs) -> Result<Outcome> {
    args.table.check(global)?;
    let table = args.table.table()?;
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
    let concordance = asked.index.concordance(&asked.found, &asked.query);
    let rows = concordance.page(window, bound, sort, args.offset, limit)?;
    let (totals, counted) = (asked.found.totals(), asked.found.counted());
    if let Some(format) = table {
        args.table.write(format, ConcordanceRow::sample(), rows.into_iter().map(Ok))?;
    } else if global.json {
        print_json(&json!({ "total": totals, "counted": counted, "rows": rows }))?;
    } else {
        write_to(args.table.output.as_ref(), |out| {
            for line in lines(&rows, width(args.table.output.as_ref())) {
                writeln!(out, "{line}")?;
            }
            if let Some(shown) = shown(args.offset, limit, totals.occurrences as usize, "rows") {
                writeln!(out, "{shown}")?;
            }
            Ok(writeln!(out, "{}", totals_line(&totals, counted))?)
        })?;
    }
    Ok(if asked.found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// The rows as lines of `width` columns at most: the statement with its turn, and the contexts,
/// which share what the widest keyword leaves. The left one has a quarter at least, so that a
/// keyword as long as a sentence is cut and not all contexts. Where statements leave too little for
/// contexts, day and source stand for them.
fn lines(rows: &[ConcordanceRow], width: usize) -> impl Iterator<Item = String> {
    let widest = |text: fn(&ConcordanceRow) -> String| {
        rows.iter().map(|row| text(row).width()).max().unwrap_or_default()
    };
    let left_by = |name: usize| width.saturating_sub(name + GAP + BAR);
    let name = if left_by(widest(place)) < LEAST { day_and_source } else { place };
    let (names, keyword) = (widest(name), widest(|row| visible(&row.keyword)));
    let columns = left_by(names);
    let left = (columns.saturating_sub(keyword + BAR) / 2).max(columns / 4);
    rows.iter().map(move |row| {
        let name = name(row);
        let pad = " ".repeat(names - name.width());
        format!("{name}{pad}  {}", row.aligned(left, columns - left))
    })
}

/// `ID:TURN`, as `search` prints it.
fn place(row: &ConcordanceRow) -> String {
    visible(&format!("{}:{}", row.docname, row.turn))
}

fn day_and_source(row: &ConcordanceRow) -> String {
    let day = row.date.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    visible(&format!("{day:10}  {}", row.source))
}
