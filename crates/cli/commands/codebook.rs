//! `demarche codebook`: what a codebook says, what it matches, what would change with another.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use corpus::{Lang, Statement};
use pipeline::{CODEBOOK, Selection};
use tag::codebook::{Change, Family, Recount, Survey};
use tag::{Codebook, Tagger, codebook};

use crate::args::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// What is asked about a codebook.
#[derive(Args)]
pub struct CodebookArgs {
    #[command(subcommand)]
    command: CodebookCommand,
}

#[derive(Subcommand)]
enum CodebookCommand {
    /// Find terms that stand twice, are covered or do not find themselves, and entries without
    /// definition or `not`; exit 1 where there is something to mend
    Check {
        #[arg(default_value = CODEBOOK)]
        name: String,
    },
    /// Print the codebook as a Markdown page
    Page {
        #[arg(default_value = CODEBOOK)]
        name: String,
    },
    /// List what each entry matched in the corpus, the commonest forms first
    Forms {
        #[arg(default_value = CODEBOOK)]
        name: String,
        /// At most so many forms an entry
        #[arg(long, default_value_t = 20)]
        top: usize,
    },
    /// List the longer strings around Chinese and Korean forms, to find what to exclude
    Around {
        #[arg(default_value = CODEBOOK)]
        name: String,
        /// The least share of a form's places
        #[arg(long, default_value_t = 0.05)]
        share: f64,
        /// The least number of places
        #[arg(long, default_value_t = 5)]
        least: u64,
    },
    /// Tell how codebook B differs from A, and with a corpus which counts of a report change
    Diff { a: String, b: String },
    /// Translate a quanteda (YAML) or LIWC (.dic) dictionary; prints a codebook file
    Import {
        file: PathBuf,
        #[arg(long, value_enum)]
        format: Option<Dictionary>,
        /// The family of its entries: topic, target, frame
        #[arg(long, default_value = "frame")]
        family: String,
        /// The language of its terms
        #[arg(long)]
        lang: Lang,
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
        CodebookCommand::Check { name } => check(global, name),
        CodebookCommand::Page { name } => {
            write!(writer(None)?, "{}", codebook::document(&load(global, name)?))?;
            Ok(Outcome::Done)
        }
        CodebookCommand::Forms { name, top } => forms(global, name, *top),
        CodebookCommand::Around { name, share, least } => {
            let found = survey(global, name)?.surroundings(*share, *least);
            lines(global, &found, |s| {
                format!("{}\t{}\t{}\t{}\t{}", s.code, s.form, s.longer, s.count, s.of)
            })
        }
        CodebookCommand::Diff { a, b } => diff(global, a, b),
        CodebookCommand::Import { file, format, family, lang } => {
            import(file, *format, family, *lang)
        }
    }
}

fn load(global: &Global, name: &str) -> Result<Codebook> {
    Ok(Codebook::load(&global.config()?, name)?)
}

fn check(global: &Global, name: &str) -> Result<Outcome> {
    let findings = codebook::check(&load(global, name)?)?;
    let problems = findings.iter().filter(|finding| finding.kind.is_problem()).count();
    let told: Vec<serde_json::Value> = findings
        .iter()
        .map(|f| {
            let lang = f.term.as_ref().map(|(lang, _)| lang.code());
            serde_json::json!({
                "code": f.code, "problem": f.kind.is_problem(), "lang": lang, "message": f.message,
            })
        })
        .collect();
    if global.json {
        print_json(&told)?;
    } else {
        let mut out = writer(None)?;
        for finding in &findings {
            let grade = if finding.kind.is_problem() { "mend" } else { "note" };
            writeln!(out, "{grade}  {}: {}", finding.code, visible(&finding.message))?;
        }
        writeln!(out, "{problems} to mend, {} notes", findings.len() - problems)?;
    }
    Ok(if problems == 0 { Outcome::Done } else { Outcome::Nothing })
}

fn survey(global: &Global, name: &str) -> Result<Survey> {
    let mut survey = Survey::new(&load(global, name)?)?;
    each_statement(global, |statement| survey.add(statement))?;
    Ok(survey)
}

fn each_statement(global: &Global, mut visit: impl FnMut(&Statement)) -> Result<()> {
    pipeline::export::each_statement(&global.open()?, &Selection::default(), |statement| {
        visit(&statement);
        Ok(())
    })?;
    Ok(())
}

fn forms(global: &Global, name: &str, top: usize) -> Result<Outcome> {
    let mut found = survey(global, name)?.forms();
    let mut place = (String::new(), 0);
    found.retain(|form| {
        place = if place.0 == form.code {
            (form.code.clone(), place.1 + 1)
        } else {
            (form.code.clone(), 1)
        };
        place.1 <= top
    });
    lines(global, &found, |form| format!("{}\t{}\t{}", form.code, form.form, form.count))
}

fn diff(global: &Global, a: &str, b: &str) -> Result<Outcome> {
    let (old, new) = (load(global, a)?, load(global, b)?);
    let changes = codebook::diff(&old, &new);
    let mut told: Vec<String> = changes.iter().map(told_change).collect();
    if global.corpus.is_dir() {
        let mut recount = Recount::new(Tagger::new(&old)?, Tagger::new(&new)?);
        each_statement(global, |statement| recount.add(statement))?;
        for (code, (before, after)) in recount.finish() {
            told.push(format!("count    {code}: {before} -> {after}"));
        }
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

fn import(file: &PathBuf, format: Option<Dictionary>, family: &str, lang: Lang) -> Result<Outcome> {
    let family = Family::of_name(family)
        .with_context(|| format!("unknown family `{family}`; known are topic, target, frame"))?;
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let path = file.display().to_string();
    let is_dic = file.extension().is_some_and(|ending| ending == "dic");
    let guessed = if is_dic { Dictionary::Liwc } else { Dictionary::Quanteda };
    let imported = match format.unwrap_or(guessed) {
        Dictionary::Quanteda => codebook::import_quanteda(&path, &bytes, family, lang)?,
        Dictionary::Liwc => codebook::import_liwc(&path, &bytes, family, lang)?,
    };
    eprintln!("read as {}", imported.charset);
    for skipped in &imported.skipped {
        eprintln!("skipped {}", visible(skipped));
    }
    write!(writer(None)?, "{}", imported.toml)?;
    Ok(Outcome::Done)
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
        let mut out = writer(None)?;
        for row in rows {
            writeln!(out, "{}", visible(&line(row)))?;
        }
        out.flush()?;
    }
    Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done })
}
