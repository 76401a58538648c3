//! `demarche codebook`: what a codebook says, what would change with another, and dictionaries of
//! other tools as codebooks.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use corpus::{Lang, Statement};
use pipeline::{CODEBOOK, Selection, Until};
use serde_json::json;
use tag::codebook::{Change, Family, Recount};
use tag::{Codebook, Tagger, codebook};

use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// What is asked about a codebook.
#[derive(Args)]
pub struct CodebookArgs {
    #[command(subcommand)]
    command: CodebookCommand,
}

#[derive(Subcommand)]
enum CodebookCommand {
    /// Print the codebook as a Markdown page
    Page {
        /// The codebook: its name in the configuration, or the folder that holds it
        #[arg(default_value = CODEBOOK, value_name = "NAME|DIR")]
        name: String,
    },
    /// Tell how codebook B differs from A, and with a corpus which counts of a report change
    ///
    /// Counts are told by publishing state and voice, as a report counts them, with the one
    /// codebook and the other.
    Diff {
        /// The codebook as it was: its name in the configuration, or the folder that holds it
        #[arg(value_name = "A")]
        a: String,
        /// The codebook as it is to be, likewise: `demarche codebook diff default ./mine`
        #[arg(value_name = "B")]
        b: String,
    },
    /// Translate a quanteda (YAML) or LIWC (.dic) dictionary; prints a codebook file
    ///
    /// What has no like here is told with its line; the exit code is then 3. Fill in the
    /// definitions, and `demarche check` tells what is still missing.
    Import {
        /// The dictionary
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// What FILE is; default: liwc where it ends in .dic, else quanteda
        #[arg(long, value_enum)]
        format: Option<Dictionary>,
        /// The family of its entries: topic, target, frame
        #[arg(long, default_value = "frame")]
        family: String,
        /// The language of its terms
        #[arg(long)]
        lang: Lang,
        /// The charset of the file, such as windows-1252; default: sniffed and told
        #[arg(long)]
        charset: Option<String>,
    },
}

/// A dictionary format of another tool.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Dictionary {
    Quanteda,
    Liwc,
}

pub fn run(global: &Global, args: &CodebookArgs) -> Result<Outcome> {
    match &args.command {
        CodebookCommand::Page { name } => {
            let book = load(global, name)?;
            let page = codebook::document(&book);
            if global.json {
                let digest = book.digest();
                print_json(&json!({ "codebook": name, "digest": digest, "page": page }))?;
            } else {
                write!(writer(), "{page}")?;
            }
            Ok(Outcome::Done)
        }
        CodebookCommand::Diff { a, b } => diff(global, a, b),
        CodebookCommand::Import { file, format, family, lang, charset } => {
            import(global, file, *format, family, (*lang, charset.as_deref()))
        }
    }
}

/// A codebook by its name in the configuration, or by the folder that holds it.
pub fn load(global: &Global, name: &str) -> Result<Codebook> {
    let folder = Path::new(name);
    if !folder.is_dir() || !name.contains(['/', '.', '\\']) {
        return Ok(Codebook::load(&global.config()?, name)?);
    }
    let mut texts = BTreeMap::new();
    for file in std::fs::read_dir(folder).with_context(|| name.to_owned())? {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.insert(file, text);
        }
    }
    anyhow::ensure!(!texts.is_empty(), "{name}: no codebook, it holds no .toml");
    Ok(Codebook::from_texts(name, texts)?)
}

/// Calls `visit` with the latest revision of every statement.
pub fn each_statement(global: &Global, mut visit: impl FnMut(&Statement)) -> Result<()> {
    let corpus = global.open_as_it_is(Until::Statements)?;
    let (all, reporter) = (Selection::default(), global.reporter());
    pipeline::export::each_statement(&corpus, &all, &reporter, |statement| {
        visit(&statement);
        Ok(())
    })?;
    Ok(())
}

fn diff(global: &Global, a: &str, b: &str) -> Result<Outcome> {
    let (old, new) = (load(global, a)?, load(global, b)?);
    let changes = codebook::diff(&old, &new)?;
    let mut told: Vec<String> = changes.iter().map(told_change).collect();
    if global.corpus.is_dir() {
        let mut recount = Recount::new(Tagger::new(&old)?, Tagger::new(&new)?);
        each_statement(global, |statement| recount.add(statement))?;
        let counts = recount.finish();
        if counts.is_empty() {
            eprintln!("no count of a report changes over the statements of the corpus");
        }
        for (of, (before, after)) in counts {
            let (country, code, voice) = (of.country, of.code, of.voice);
            told.push(format!("count    {country} {code} {voice}: {before} -> {after}"));
        }
    } else {
        eprintln!("no corpus at {}: only the terms are compared", global.corpus.display());
    }
    let any = !told.is_empty();
    lines(global, &told, Clone::clone)?;
    Ok(if any { Outcome::Done } else { Outcome::Nothing })
}

fn told_change(change: &Change) -> String {
    match change {
        Change::Added { code } => format!("added    {code}"),
        Change::Removed { code } => format!("removed  {code}"),
        Change::Meaning { code } => format!("meaning  {code}"),
        Change::Terms { code, lang, added, removed } => {
            let added = added.iter().map(|term| format!(" +`{term}`"));
            let removed = removed.iter().map(|term| format!(" -`{term}`"));
            let terms: String = added.chain(removed).collect();
            format!("terms    {code} {lang}:{terms}")
        }
    }
}

fn import(
    global: &Global,
    file: &Path,
    format: Option<Dictionary>,
    family: &str,
    (lang, charset): (Lang, Option<&str>),
) -> Result<Outcome> {
    let family = Family::of_name(family)
        .with_context(|| format!("unknown family `{family}`; known are topic, target, frame"))?;
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let path = file.display().to_string();
    let foreign = codebook::Foreign { path: &path, bytes: &bytes, charset, family, lang };
    let is_dic = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("dic"));
    let guessed = if is_dic { Dictionary::Liwc } else { Dictionary::Quanteda };
    let imported = match format.unwrap_or(guessed) {
        Dictionary::Quanteda => codebook::import_quanteda(foreign)?,
        Dictionary::Liwc => codebook::import_liwc(foreign)?,
    };
    if !global.quiet {
        eprintln!("read as {}", imported.charset);
    }
    for skipped in &imported.skipped {
        eprintln!("skipped {}", visible(skipped));
    }
    if global.json {
        print_json(&json!({
            "charset": imported.charset, "skipped": imported.skipped, "toml": imported.toml,
        }))?;
    } else {
        write!(writer(), "{}", imported.toml)?;
    }
    Ok(if imported.skipped.is_empty() { Outcome::Done } else { Outcome::Partly })
}

/// One line a row, or all of them as one JSON document.
fn lines<T: serde::Serialize>(
    global: &Global,
    rows: &[T],
    line: impl Fn(&T) -> String,
) -> Result<Outcome> {
    if global.json {
        print_json(&rows)?;
    } else {
        let mut out = writer();
        for row in rows {
            writeln!(out, "{}", visible(&line(row)))?;
        }
        out.flush()?;
    }
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
