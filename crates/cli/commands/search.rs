//! `demarche search`: turns that match a query, and exact totals.

use std::io::Write;

use anyhow::{Result, ensure};
use clap::Args;
use corpus::partition::Row;
use index::{Grouping, Hit, HitRow, Query, Totals, Twins};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::commands::ask::{AskArgs, Asked, Question, TableArgs, shown, totals_line};
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, write_to, writer};

/// What is asked, of which turns.
#[derive(Args)]
#[command(after_help = Query::HELP)]
pub struct SearchArgs {
    #[command(flatten)]
    pub ask: AskArgs,
    /// Only the totals
    #[arg(long)]
    pub count: bool,
    /// Hits to print at most; default: 20 on a terminal and in JSON, all in tables
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Hits to pass over
    #[arg(long, default_value_t = 0, value_name = "K")]
    pub offset: usize,
    /// Totals by group: month, year, source, country, role, lang, genre, issuer, speaker, asker
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    pub by: Vec<Grouping>,
    /// Show what the same statement says in another language
    #[arg(long, conflicts_with_all = ["count", "by"])]
    pub twins: bool,
    #[command(flatten)]
    pub table: TableArgs,
}

/// How many hits a person is shown.
const SHOWN: usize = 20;
/// How much of a twin, in characters; `show --twins` has both whole.
const TWIN_CHARS: usize = 300;

pub fn run(global: &Global, args: &SearchArgs) -> Result<Outcome> {
    args.table.check(global)?;
    let table = args.table.table()?;
    ensure!(
        !args.twins || table.is_none(),
        "--twins is for text and --json: leave out --twins or --format"
    );
    if args.count && args.by.is_empty() {
        let is_table = table.is_some() || args.table.output.is_some();
        ensure!(!is_table, "--count prints one line: leave out --format and -o, or add --by");
        return count(global, args);
    }
    let asked = args.ask.ask(global)?;
    if !args.by.is_empty() {
        by_group(global, args, &asked)?;
    } else if let Some(format) = table {
        let hits = asked.index.hits(&asked.found, args.offset, args.limit.unwrap_or(usize::MAX));
        args.table.write(format, HitRow::sample(), hits.map(|hit| Ok(hit?.into())))?;
    } else if global.json {
        let hits = asked.index.hits(&asked.found, args.offset, args.limit.unwrap_or(SHOWN));
        let twins = load_twins(global, args)?;
        let hits = hits.map(|hit| json_hit(args, &asked, &twins, hit?));
        let hits = hits.collect::<Result<Vec<_>>>()?;
        let totals = asked.found.totals();
        print_json(&json!({ "total": totals, "counted": asked.found.counted(), "hits": hits }))?;
    } else {
        write_to(args.table.output.as_ref(), |out| list(out, global, args, &asked))?;
    }
    Ok(if asked.found.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Only the totals.
fn count(global: &Global, args: &SearchArgs) -> Result<Outcome> {
    let Question { index, query, filters, options } = args.ask.question(global)?;
    let totals = index.search(&query, &filters, &options)?;
    let counted = index.counted(&query, &options)?;
    if global.json {
        let mut document = json!(totals);
        document["counted"] = json!(counted);
        print_json(&document)?;
    } else {
        let mut out = writer();
        writeln!(out, "{}", totals_line(&totals, &counted))?;
        out.flush()?;
    }
    Ok(if totals.turns == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Hits for people, and the totals.
fn list(out: &mut dyn Write, global: &Global, args: &SearchArgs, asked: &Asked) -> Result<()> {
    let twins = load_twins(global, args)?;
    let limit = args.limit.unwrap_or(SHOWN);
    for hit in asked.index.hits(&asked.found, args.offset, limit) {
        let hit = hit?;
        let day = hit.date.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let who = hit.speaker.as_deref().unwrap_or_else(|| hit.role.name());
        let title = hit.title.as_deref().unwrap_or("");
        let line = format!("{day}  {}:{}  {who}  {title}", hit.statement, hit.turn);
        writeln!(out, "{}", visible(&line))?;
        let snippet = &hit.snippet;
        let line = format!("    {} | {} | {}", snippet.before, snippet.keyword, snippet.after);
        writeln!(out, "{}", visible(&line))?;
        for twin in twins.beside(&hit, &asked.index)? {
            let beginning: String = twin.text.chars().take(TWIN_CHARS).collect();
            let cut = if beginning.len() < twin.text.len() { "…" } else { "" };
            let beginning = beginning.replace('\n', " ");
            let line = format!("    {} {}: {beginning}{cut}", twin.lang, twin.statement);
            writeln!(out, "{}", visible(&line))?;
        }
    }
    if let Some(shown) = shown(args.offset, limit, asked.found.len(), "turns") {
        writeln!(out, "{shown}")?;
    }
    Ok(writeln!(out, "{}", totals_line(&asked.found.totals(), asked.found.counted()))?)
}

fn load_twins(global: &Global, args: &SearchArgs) -> Result<Twins> {
    Ok(if args.twins { Twins::load(&global.open()?)? } else { Twins::default() })
}

fn json_hit(args: &SearchArgs, asked: &Asked, twins: &Twins, hit: Hit) -> Result<Value> {
    let mut document = json!(hit);
    if args.twins {
        document["twins"] = json!(twins.beside(&hit, &asked.index)?);
    }
    Ok(document)
}

/// Totals by group.
fn by_group(global: &Global, args: &SearchArgs, asked: &Asked) -> Result<()> {
    let groups = asked.index.tally(&asked.found, &args.by)?;
    let rows = groups.iter().map(|(key, totals)| group_row(&args.by, key, totals));
    if let Some(format) = args.table.table()? {
        let names = vec![String::new(); args.by.len()];
        let sample = group_row(&args.by, &names, &Totals::default())?;
        return args.table.write(format, sample, rows);
    }
    if global.json {
        return print_json(&rows.collect::<Result<Vec<_>>>()?);
    }
    write_to(args.table.output.as_ref(), |out| print_groups(out, args, asked, &groups))
}

/// A group under its names, and what it counts.
fn group_row(by: &[Grouping], key: &[String], totals: &Totals) -> Result<Map<String, Value>> {
    let mut row: Map<String, Value> =
        by.iter().zip(key).map(|(by, value)| (by.name().to_owned(), json!(value))).collect();
    row.extend(counts(totals)?);
    Ok(row)
}

/// The totals under their names.
fn counts(totals: &Totals) -> Result<Map<String, Value>> {
    Ok(serde_json::from_value(json!(totals))?)
}

/// Groups for people, and the totals of all.
fn print_groups(
    out: &mut dyn Write,
    args: &SearchArgs,
    asked: &Asked,
    groups: &[(Vec<String>, Totals)],
) -> Result<()> {
    let names: Vec<String> = args.by.iter().map(|by| by.name().to_owned()).collect();
    let keys = || std::iter::once(&names).chain(groups.iter().map(|(key, _)| key));
    let width = |n: usize| keys().map(|key| visible(&key[n]).width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..names.len()).map(width).collect();
    let label = |key: &[String]| -> String {
        let cells = key.iter().zip(&widths).map(|(cell, width)| {
            let cell = visible(cell);
            let pad = " ".repeat(width - cell.width());
            format!("{cell}{pad}  ")
        });
        cells.collect()
    };
    let heads: String =
        counts(&Totals::default())?.keys().map(|name| format!("{name:>12}")).collect();
    writeln!(out, "{}{heads}", label(&names))?;
    for (key, totals) in groups {
        // A JSON number pays no heed to a width.
        let counts = counts(totals)?;
        let counts: String = counts.values().map(|n| format!("{:>12}", n.to_string())).collect();
        writeln!(out, "{}{counts}", label(key))?;
    }
    writeln!(out, "{}", totals_line(&asked.found.totals(), asked.found.counted()))?;
    Ok(())
}
