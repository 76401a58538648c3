//! `demarche report`: frames, naming and blame by side, voice and month; or a whole study.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use corpus::source::Config;
use corpus::{Corpus, Date};
use measure::{Findings, Number, Study};
use pipeline::bundle::{Bundling, Inputs};
use pipeline::{Asked, CODEBOOK, Until};
use report::CsvOptions;

use crate::commands::export::{first_day, last_day, moment};
use crate::global::Global;
use crate::output::{Outcome, width, writer};

/// Over which days, about what, in which format.
#[derive(Args)]
pub struct ReportArgs {
    /// First event day: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = first_day, required_unless_present = "study")]
    pub from: Option<Date>,
    /// Last event day
    #[arg(long, value_name = "DAY", value_parser = last_day, required_unless_present = "study")]
    pub to: Option<Date>,
    /// Only utterances on this topic of the codebook, beside all
    #[arg(long)]
    pub topic: Option<String>,
    /// A study of config/studies/, all formats; `-o` names the folder
    #[arg(long, value_name = "NAME", conflicts_with_all = ["from", "to", "topic"])]
    pub study: Option<String>,
    /// Write all that one number counts as CSV, a segment or a statement a row: TABLE/ROW, its row
    /// in csv/TABLE.csv, as the report names it where a number opens only its first places
    #[arg(long, value_name = "TABLE/ROW", conflicts_with_all = ["bundle", "votes", "format"])]
    pub number: Option<Number>,
    /// Roll calls beside the study: a folder with rollcalls.csv.gz and votes.csv.gz; default: the
    /// votes that ship with the program
    #[arg(long, value_name = "DIR", requires = "study")]
    pub votes: Option<PathBuf>,
    /// Write a replication archive: the report with all that its numbers follow from, for
    /// `demarche verify`
    #[arg(long, value_name = "FILE", requires = "study")]
    pub bundle: Option<PathBuf>,
    /// Put the captures into the bundle too, so that the text can be read again from them
    #[arg(long, requires = "bundle")]
    pub with_archive: bool,
    /// How to write it; default: a table on the terminal, else by the ending of `-o`
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// The file to write (a folder with --study); default: stdout
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Only what was captured by then: a day to its end in UTC, or an RFC 3339 time
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub as_of: Option<jiff::Timestamp>,
    /// Neutralize cells that a spreadsheet would run
    #[arg(long)]
    pub for_excel: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    Text,
    Csv,
    Json,
    Html,
    Md,
}

pub fn run(global: &Global, args: &ReportArgs) -> Result<Outcome> {
    let config = global.config()?;
    let corpus = global.open_fresh(Until::Codes)?;
    let study = match (&args.study, args.from, args.to) {
        (Some(name), ..) => pipeline::study(&config, name)?,
        (None, Some(from), Some(to)) => {
            anyhow::ensure!(from <= to, "--from {from} is after --to {to}");
            Study::adhoc(from, to, args.topic.as_deref())
        }
        _ => anyhow::bail!("a report needs --from and --to, or --study"),
    };
    let asked = Asked {
        codebook: CODEBOOK.to_owned(),
        program: concat!("demarche ", env!("CARGO_PKG_VERSION")).to_owned(),
        as_of: args.as_of,
        ..Asked::default()
    };
    if let Some(number) = &args.number {
        let findings = pipeline::places(&corpus, &config, &study, &asked, number)?;
        return write_places(global, args, &findings, number);
    }
    anyhow::ensure!(
        args.study.is_none() || args.output.is_some(),
        "report --study writes a folder of files: name it with -o DIR"
    );
    let findings = match &args.output {
        Some(folder) if args.study.is_some() => {
            whole_study(&corpus, args, (&config, &study), asked, folder)?
        }
        _ => {
            let findings = pipeline::findings(&corpus, &config, &study, &asked)?;
            write_one(global, args, &findings, CsvOptions { for_excel: args.for_excel })?;
            findings
        }
    };
    if findings.counts_nothing() {
        eprintln!(
            "demarche: no text of any side in {}; the report says only that",
            findings.period
        );
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// Every format of a study with its votes in `folder`, and the bundle where it is asked for.
fn whole_study(
    corpus: &Corpus,
    args: &ReportArgs,
    (config, study): (&Config, &Study),
    asked: Asked,
    folder: &Path,
) -> Result<Findings> {
    let mut bundling = Bundling {
        study: study.id.clone(),
        asked,
        roll_calls: args.votes.clone(),
        with_archive: args.with_archive,
    };
    let inputs = Inputs::gather(corpus, config, &bundling)?;
    bundling.asked.root = Some(inputs.root().clone());
    let findings = pipeline::findings(corpus, config, study, &bundling.asked)?;
    let votes = pipeline::study_votes(config, study, args.votes.as_deref())?;
    let options = CsvOptions { for_excel: args.for_excel };
    for (name, bytes) in report::files(&findings, votes.as_ref(), options)? {
        let path = folder.join(name);
        corpus::write_atomically(&path, |file| file.write_all(&bytes))?;
        eprintln!("wrote {}", path.display());
    }
    let root = inputs.root().clone();
    if let Some(path) = &args.bundle {
        inputs.write(&findings, votes.as_ref(), path)?;
        eprintln!("wrote {}", path.display());
    }
    eprintln!("root digest {root}");
    Ok(findings)
}

fn write_one(
    global: &Global,
    args: &ReportArgs,
    findings: &Findings,
    options: CsvOptions,
) -> Result<()> {
    let format = args.format.or_else(|| by_ending(args.output.as_deref()));
    let format =
        format.unwrap_or(if global.json { ReportFormat::Json } else { ReportFormat::Text });
    let mut bytes = Vec::new();
    match format {
        ReportFormat::Text => {
            report::terminal(findings, width(args.output.as_ref()), &mut bytes)?;
        }
        ReportFormat::Csv => report::csv(findings, options, &mut bytes)?,
        ReportFormat::Json => report::json(findings, None, &mut bytes)?,
        ReportFormat::Html => report::html(findings, None, &mut bytes)?,
        ReportFormat::Md => report::markdown(findings, None, &mut bytes)?,
    }
    write_bytes(args, &bytes)
}

/// All that one number counts: as CSV, or with --json as the findings of it alone.
fn write_places(
    global: &Global,
    args: &ReportArgs,
    findings: &Findings,
    number: &Number,
) -> Result<Outcome> {
    let options = CsvOptions { for_excel: args.for_excel };
    let mut bytes = Vec::new();
    let figures = findings.tables.iter().flat_map(|table| &table.figures);
    let figure = figures.chain(findings.claims.iter().map(|claim| &claim.figure)).next();
    let figure = figure.with_context(|| format!("no number {number}"))?;
    if global.json {
        report::json(findings, None, &mut bytes)?;
    } else {
        report::places_csv(findings, figure, options, &mut bytes)?;
    }
    write_bytes(args, &bytes)?;
    let (segments, texts) = (figure.evidence.len(), figure.documents.len());
    if args.output.is_some() {
        eprintln!("{number}: {segments} segments, {texts} statements");
    }
    Ok(if segments + texts == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn write_bytes(args: &ReportArgs, bytes: &[u8]) -> Result<()> {
    match &args.output {
        Some(path) => corpus::write_atomically(path, |file| file.write_all(bytes))?,
        None => {
            let mut out = writer(None)?;
            out.write_all(bytes).and_then(|()| out.flush()).context("stdout")?;
        }
    }
    Ok(())
}

fn by_ending(path: Option<&Path>) -> Option<ReportFormat> {
    match path?.extension()?.to_str()? {
        "csv" => Some(ReportFormat::Csv),
        "json" => Some(ReportFormat::Json),
        "html" => Some(ReportFormat::Html),
        "md" => Some(ReportFormat::Md),
        _ => None,
    }
}
