//! `demarche report`: frames, naming and blame by side, voice and month; or a whole study.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use corpus::source::Config;
use corpus::{Corpus, Date};
use measure::{Findings, Number, Study};
use pipeline::bundle::{Bundling, Inputs};
use pipeline::{Asked, CODEBOOK, Until, counted};
use report::CsvOptions;
use serde_json::json;

use crate::commands::select::{check_days, first_day, last_day, moment};
use crate::format;
use crate::global::Global;
use crate::output::{Outcome, print_json, width, writer};

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
    /// Write a replication archive, too: the report with all that its numbers follow from, which
    /// `demarche verify FILE` computes again. An uncompressed tar; FILE ends in .tar
    #[arg(long, value_name = "FILE", requires = "study")]
    pub bundle: Option<PathBuf>,
    /// Put the captures into the bundle too, so that the text can be read again from them
    #[arg(long, requires = "bundle")]
    pub with_archive: bool,
    /// How to write it; default: by the ending of `-o`, else a table for reading
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// The file to write: .txt, .csv, .json, .html or .md (a folder with --study); default: stdout
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
    let format = args.format(global)?;
    if let Some(path) = &args.bundle {
        let is_tar = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tar"));
        anyhow::ensure!(is_tar, "{}: a bundle is a tar; name it .tar", path.display());
    }
    let config = global.config()?;
    let corpus = global.open_fresh(Until::Codes)?;
    args.check_output()?;
    let study = match (&args.study, args.from, args.to) {
        (Some(name), ..) => pipeline::study(&config, name)?,
        (None, Some(from), Some(to)) => {
            check_days("from", Some(from), "to", Some(to))?;
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
        let findings =
            pipeline::places(&corpus, &config, &study, &asked, number, &global.reporter())?;
        return write_places(global, args, (&findings, number), format);
    }
    anyhow::ensure!(
        args.study.is_none() || args.output.is_some(),
        "report --study writes a folder of files: name it with -o DIR"
    );
    let findings = match &args.output {
        Some(folder) if args.study.is_some() => {
            whole_study(global, args, (&corpus, &config), (&study, asked), folder)?
        }
        _ => {
            let reporter = global.reporter();
            let findings = pipeline::findings(&corpus, &config, &study, &asked, &reporter)?;
            write_one(global, args, &findings, format)?;
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

impl ReportArgs {
    /// The format that is asked for, that the ending names, or that `--json` leaves. A study is
    /// written in all of them, one number as CSV or JSON.
    fn format(&self, global: &Global) -> Result<ReportFormat> {
        let file = self.output.as_deref().filter(|_| self.study.is_none() || self.number.is_some());
        let named = match &self.number {
            Some(_) => format::of_file(None::<PlacesFormat>, file)?.map(ReportFormat::from),
            None => format::of_file(self.format, file)?,
        };
        let default = match (global.json, &self.number) {
            (true, _) => ReportFormat::Json,
            (false, Some(_)) => ReportFormat::Csv,
            (false, None) => ReportFormat::Text,
        };
        let format = named.unwrap_or(default);
        let is_json = format == ReportFormat::Json;
        format::check_document(global.json, self.output.as_deref(), is_json)?;
        Ok(format)
    }

    /// That what is asked for can be written, before it is computed.
    fn check_output(&self) -> Result<()> {
        let is_folder = self.study.is_some() && self.number.is_none();
        let first = self.output.as_ref().map(|path| match is_folder {
            true => path.join(report::FINDINGS),
            false => path.clone(),
        });
        for path in first.iter().chain(&self.bundle) {
            corpus::check_writable(path)?;
        }
        Ok(())
    }
}

/// The formats of what one number counts.
#[derive(Clone, Copy, ValueEnum)]
enum PlacesFormat {
    Csv,
    Json,
}

impl From<PlacesFormat> for ReportFormat {
    fn from(format: PlacesFormat) -> Self {
        match format {
            PlacesFormat::Csv => Self::Csv,
            PlacesFormat::Json => Self::Json,
        }
    }
}

/// Every format of a study with its votes in `folder`, and the bundle where it is asked for.
fn whole_study(
    global: &Global,
    args: &ReportArgs,
    (corpus, config): (&Corpus, &Config),
    (study, asked): (&Study, Asked),
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
    let asked = &bundling.asked;
    let findings = pipeline::findings(corpus, config, study, asked, &global.reporter())?;
    let votes = pipeline::study_votes(config, study, args.votes.as_deref())?;
    let options = CsvOptions { for_excel: args.for_excel };
    let mut written = Vec::new();
    for (name, bytes) in report::files(&findings, votes.as_ref(), options)? {
        let path = folder.join(name);
        corpus::write_atomically(&path, |file| file.write_all(&bytes))?;
        written.push(path);
    }
    let root = inputs.root().clone();
    if let Some(path) = &args.bundle {
        inputs.write(&findings, votes.as_ref(), path)?;
        written.push(path.clone());
    }
    if !global.quiet {
        written.iter().for_each(|path| eprintln!("wrote {}", path.display()));
        eprintln!("root digest {root}");
    }
    if global.json {
        print_json(&json!({ "files": written, "bundle": args.bundle, "root": root }))?;
    }
    Ok(findings)
}

fn write_one(
    global: &Global,
    args: &ReportArgs,
    findings: &Findings,
    format: ReportFormat,
) -> Result<()> {
    let mut bytes = Vec::new();
    match format {
        ReportFormat::Text => {
            report::terminal(findings, width(args.output.as_ref()), &mut bytes)?;
        }
        ReportFormat::Csv => {
            report::csv(findings, CsvOptions { for_excel: args.for_excel }, &mut bytes)?;
        }
        ReportFormat::Json => report::json(findings, None, &mut bytes)?,
        ReportFormat::Html => report::html(findings, None, &mut bytes)?,
        ReportFormat::Md => report::markdown(findings, None, &mut bytes)?,
    }
    write_bytes(global, args, &bytes)
}

/// All that one number counts: as CSV, or as JSON the findings of it alone.
fn write_places(
    global: &Global,
    args: &ReportArgs,
    (findings, number): (&Findings, &Number),
    format: ReportFormat,
) -> Result<Outcome> {
    let options = CsvOptions { for_excel: args.for_excel };
    let mut bytes = Vec::new();
    let figures = findings.tables.iter().flat_map(|table| &table.figures);
    let figure = figures.chain(findings.claims.iter().map(|claim| &claim.figure)).next();
    let figure = figure.with_context(|| format!("no number {number}"))?;
    if format == ReportFormat::Json {
        report::json(findings, None, &mut bytes)?;
    } else {
        report::places_csv(findings, figure, options, &mut bytes)?;
    }
    write_bytes(global, args, &bytes)?;
    let (segments, texts) = (figure.evidence.len(), figure.documents.len());
    if args.output.is_some() && !global.quiet {
        let (segments, texts) = (counted(segments, "segment"), counted(texts, "statement"));
        eprintln!("{number}: {segments}, {texts}");
    }
    Ok(if segments + texts == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn write_bytes(global: &Global, args: &ReportArgs, bytes: &[u8]) -> Result<()> {
    match &args.output {
        Some(path) => {
            corpus::write_atomically(path, |file| file.write_all(bytes))?;
            if global.json {
                print_json(&json!({ "files": [path] }))?;
            }
        }
        None => {
            let mut out = writer();
            out.write_all(bytes).and_then(|()| out.flush()).context("stdout")?;
        }
    }
    Ok(())
}
