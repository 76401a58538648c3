//! `demarche search`: turns that match a query, and exact totals.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use corpus::partition::{self, Stamp};
use corpus::{Date, Lang, Role};
use index::{Counted, Filters, Found, Grouping, Hit, HitRow, Index, Options, Query, Totals, Twins};
use serde_json::json;

use crate::args::Global;
use crate::commands::export::{first_day, last_day};
use crate::output::{Outcome, print_json, visible, writer};

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
    #[arg(long)]
    pub twins: bool,
    /// The hits as a table
    #[arg(long, value_enum, default_value = "text")]
    pub format: HitFormat,
    /// The file to write; default: stdout (parquet needs one)
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// What `search` writes.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum HitFormat {
    Text,
    Csv,
    Jsonl,
    Parquet,
}

/// How many hits a person is shown.
const SHOWN: usize = 20;

/// A query and what narrows it.
#[derive(Args)]
pub struct AskArgs {
    /// The query; see below
    pub query: String,
    /// Only this source; may be given several times
    #[arg(long, value_name = "ID")]
    pub source: Vec<String>,
    /// Only turns in this role
    #[arg(long, value_enum)]
    pub role: Vec<RoleArg>,
    /// Only turns in this language
    #[arg(long)]
    pub lang: Vec<Lang>,
    /// First event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub from: Option<Date>,
    /// Last event day
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub to: Option<Date>,
    /// Count by the codebook's rules and exclusions
    #[arg(long)]
    pub boundaries: bool,
    /// Count all English words of the same stem
    #[arg(long)]
    pub stem: bool,
    /// Count other spellings: traditional and simplified Chinese, DPRK and southern Korean
    #[arg(long)]
    pub fold_orthography: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum RoleArg {
    Question,
    Answer,
    Announcement,
    Narration,
    Note,
}

/// A search that was done.
pub struct Asked {
    pub index: Index,
    pub query: Query,
    pub found: Found,
}

/// What was asked, ready to be looked for.
struct Question {
    index: Index,
    query: Query,
    filters: Filters,
    options: Options,
}

impl AskArgs {
    /// Does the search.
    pub fn ask(&self, global: &Global) -> Result<Asked> {
        let Question { index, query, filters, options } = self.question(global)?;
        let found = index.find(&query, &filters, &options)?;
        Ok(Asked { index, query, found })
    }

    fn question(&self, global: &Global) -> Result<Question> {
        let query = Query::parse(&self.query)
            .map_err(|e| anyhow::anyhow!("query: {e}\n{}", e.pointer()))?;
        let index = Index::open(&global.open()?)?;
        let filters = Filters {
            sources: self.source.clone(),
            roles: self.role.iter().map(|r| r.role()).collect(),
            langs: self.lang.clone(),
            from: self.from,
            to: self.to,
            ..Filters::default()
        };
        let entries = if self.boundaries { codebook_entries(global)? } else { Vec::new() };
        let options = Options {
            boundaries: self.boundaries,
            stem: self.stem,
            fold_orthography: self.fold_orthography,
            entries,
        };
        Ok(Question { index, query, filters, options })
    }
}

impl RoleArg {
    fn role(self) -> Role {
        match self {
            Self::Question => Role::Question,
            Self::Answer => Role::Answer,
            Self::Announcement => Role::Announcement,
            Self::Narration => Role::Narration,
            Self::Note => Role::Note,
        }
    }
}

pub fn run(global: &Global, args: &SearchArgs) -> Result<Outcome> {
    if args.count && args.by.is_empty() {
        return count(global, args);
    }
    let asked = args.ask.ask(global)?;
    if !args.by.is_empty() {
        by_group(global, args, &asked)?;
    } else if args.format != HitFormat::Text {
        table(args, &asked)?;
    } else if global.json {
        let hits = asked.index.hits(&asked.found, args.offset, args.limit.unwrap_or(SHOWN));
        let twins = load_twins(global, args)?;
        let hits = hits.map(|hit| json_hit(args, &asked, &twins, hit?));
        let hits = hits.collect::<Result<Vec<_>>>()?;
        let totals = asked.found.totals();
        print_json(&json!({ "total": totals, "counted": asked.found.counted(), "hits": hits }))?;
    } else {
        list(global, args, &asked)?;
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
        let mut out = writer(None)?;
        writeln!(out, "{}", totals_line(&totals, &counted))?;
        out.flush()?;
    }
    Ok(if totals.turns == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn totals_line(totals: &Totals, counted: &Counted) -> String {
    visible(&format!(
        "{} statements, {} utterances, {} turns, {} segments, {} occurrences ({counted})",
        totals.statements, totals.utterances, totals.turns, totals.segments, totals.occurrences,
    ))
}

/// Hits for people, and the totals.
fn list(global: &Global, args: &SearchArgs, asked: &Asked) -> Result<()> {
    let mut out = writer(args.output.as_ref())?;
    let twins = load_twins(global, args)?;
    for hit in asked.index.hits(&asked.found, args.offset, args.limit.unwrap_or(SHOWN)) {
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
            let line = format!("    {} {}: {}", twin.lang, twin.statement, twin.text);
            writeln!(out, "{}", visible(&line))?;
        }
    }
    writeln!(out, "{}", totals_line(&asked.found.totals(), asked.found.counted()))?;
    Ok(out.flush()?)
}

fn load_twins(global: &Global, args: &SearchArgs) -> Result<Twins> {
    Ok(if args.twins { Twins::load(&global.open()?)? } else { Twins::default() })
}

fn json_hit(
    args: &SearchArgs,
    asked: &Asked,
    twins: &Twins,
    hit: Hit,
) -> Result<serde_json::Value> {
    let mut document = json!(hit);
    if args.twins {
        document["twins"] = json!(twins.beside(&hit, &asked.index)?);
    }
    Ok(document)
}

/// Every hit as a row.
fn table(args: &SearchArgs, asked: &Asked) -> Result<()> {
    let hits = asked.index.hits(&asked.found, args.offset, args.limit.unwrap_or(usize::MAX));
    let rows = hits.map(|hit| hit.map(HitRow::from));
    if args.format == HitFormat::Parquet {
        let path = args.output.as_ref().context("parquet is written to a file: add -o PATH")?;
        let inputs = corpus::Digest::of(asked.query.written().as_bytes());
        let stamp = Stamp { stage: format!("search/{}", index::VERSION), inputs };
        let rows = rows.collect::<index::Result<Vec<_>>>()?;
        return Ok(partition::write(path, &rows, &stamp)?);
    }
    let mut out = writer(args.output.as_ref())?;
    if args.format == HitFormat::Csv {
        let mut table = csv::Writer::from_writer(&mut out);
        for row in rows {
            table.serialize(row?)?;
        }
        table.flush()?;
    } else {
        for row in rows {
            serde_json::to_writer(&mut out, &row?)?;
            writeln!(out)?;
        }
    }
    Ok(out.flush()?)
}

fn by_group(global: &Global, args: &SearchArgs, asked: &Asked) -> Result<()> {
    let groups = asked.index.tally(&asked.found, &args.by)?;
    if global.json {
        let names: Vec<&str> = args.by.iter().map(|g| g.name()).collect();
        let rows: Vec<_> = groups
            .iter()
            .map(|(key, totals)| {
                let mut row = serde_json::Map::new();
                for (name, value) in names.iter().zip(key) {
                    row.insert((*name).to_owned(), json!(value));
                }
                if let serde_json::Value::Object(fields) = json!(totals) {
                    row.extend(fields);
                }
                row
            })
            .collect();
        return print_json(&rows);
    }
    let mut out = writer(None)?;
    for (key, totals) in groups {
        let line = format!(
            "{:40} {:>8} occurrences {:>8} turns {:>8} statements",
            key.join("  "),
            totals.occurrences,
            totals.turns,
            totals.statements
        );
        writeln!(out, "{}", visible(&line))?;
    }
    Ok(out.flush()?)
}

/// The codebook's terms with their exclusions.
fn codebook_entries(global: &Global) -> Result<Vec<corpus::pattern::Entry>> {
    let codebook = tag::Codebook::load(&global.config()?, pipeline::CODEBOOK)?;
    Ok(tag::patterns(&codebook)?)
}

/// What `kwic` writes.
#[derive(Args)]
#[command(after_help = Query::HELP)]
pub struct KwicArgs {
    #[command(flatten)]
    pub ask: AskArgs,
    /// `text` is aligned for a terminal
    #[arg(long, value_enum, default_value = "text")]
    pub format: KwicFormat,
    /// Words on either side (twice as many characters in Chinese)
    #[arg(long, default_value_t = 8, value_name = "N")]
    pub window: usize,
    /// Count the window in characters
    #[arg(long)]
    pub chars: bool,
    /// Where contexts end
    #[arg(long, value_enum, default_value = "turn")]
    pub within: Within,
    /// The order of rows
    #[arg(long, value_enum, default_value = "place")]
    pub sort: Sort,
    /// Rows at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The file to write; default: stdout
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum KwicFormat {
    Text,
    Csv,
    Jsonl,
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

pub fn kwic(global: &Global, args: &KwicArgs) -> Result<Outcome> {
    use index::{Bound, SortBy, Window};
    let asked = args.ask.ask(global)?;
    let window = if args.chars { Window::Chars(args.window) } else { Window::Auto(args.window) };
    let bound = match args.within {
        Within::Segment => Bound::Segment,
        Within::Turn => Bound::Turn,
    };
    let sort = match args.sort {
        Sort::Place => SortBy::Place,
        Sort::Left => SortBy::Left,
        Sort::Right => SortBy::Right,
    };
    let concordance = asked.index.concordance(&asked.found, &asked.query)?;
    let mut rows = concordance.sorted(window, bound, sort)?;
    rows.truncate(args.limit.unwrap_or(usize::MAX));
    let mut out = writer(args.output.as_ref())?;
    match args.format {
        KwicFormat::Text => {
            for row in &rows {
                writeln!(out, "{}", row.aligned(40))?;
            }
        }
        KwicFormat::Csv => {
            let mut table = csv::Writer::from_writer(&mut out);
            for row in &rows {
                table.serialize(row)?;
            }
            table.flush()?;
        }
        KwicFormat::Jsonl => {
            for row in &rows {
                serde_json::to_writer(&mut out, row)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
