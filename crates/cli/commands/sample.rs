//! `demarche sample`: a blind, stratified sample for people to code.

use std::path::PathBuf;

use anyhow::{Result, bail, ensure};
use clap::{Args, ValueEnum};
use pipeline::sampling::{
    Design, Drawing, Population, SamplingError, SheetFormat, Stratifier, draw, write_sheet,
};
use pipeline::{CODEBOOK, Until};
use serde_json::json;
use tag::Codebook;
use tag::codebook::Family;

use crate::commands::select::{SelectArgs, moment};
use crate::global::Global;
use crate::output::{Outcome, print_json, say};

/// Draw a blind, stratified sample of segments for people to code
///
/// The sample is drawn from the segments that `demarche report` counts with the same study or
/// days: whole texts, of linked versions one a side, no questions, no notes. Each row has the
/// sentence, its context and empty columns for a coder, and no code of the program. Strata are
/// numbers there; what they mean stands in the design. Of --over-draw the inclusion probability
/// hints at whether a sentence names a target, never at whether it blames. Every side gets as many
/// rows, for its rate is published by itself. The same corpus, flags and seed give the same bytes.
///
/// Fill in `voice` (own, relayed, question, none) in every row; then `blames` as `US:causal;
/// NATO:condemn`, `frames` and `naming` as codes set apart by semicolons, where empty means none. A
/// row without `voice` is not coded yet. `demarche evaluate --gold FILE` then scores the program
/// and corrects the published rates; `--coders A B` compares two people's copies.
#[derive(Args)]
pub struct SampleArgs {
    /// How many segments
    #[arg(short = 'n', long, value_name = "N", default_value_t = 400)]
    pub rows: u64,
    /// Seed of the draw
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// What the strata are made of, beside the side; several set apart by commas
    #[arg(long, value_enum, value_delimiter = ',', default_value = "lang")]
    pub by: Vec<By>,
    /// This share of the rows (0 to 1) from segments that name a target: they blame more often, so
    /// that fewer rows say more. The inclusion probabilities make up for it
    #[arg(long, value_name = "SHARE")]
    pub over_draw: Option<f64>,
    /// The targets that count for --over-draw, such as US,NATO,WEST; default: any
    #[arg(long, value_delimiter = ',', value_name = "TARGET", requires = "over_draw")]
    pub targets: Vec<String>,
    /// A study of config/studies/: its sides, period and choice of versions
    #[arg(long, value_name = "NAME", conflicts_with_all = ["from", "to"])]
    pub study: Option<String>,
    /// Only what is on this topic of the codebook, as a report counts it
    #[arg(long)]
    pub topic: Option<String>,
    /// Only what was captured by then, as `report --as-of` counts it: a day or an RFC 3339 time
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub as_of: Option<jiff::Timestamp>,
    #[command(flatten)]
    pub select: SelectArgs,
    /// The sheet to write, .csv or .xlsx; its design lies beside it as FILE.design.json, which
    /// coders need not see
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replace a sheet that is there, and what people coded in it
    #[arg(long)]
    pub force: bool,
}

/// What a stratum has in common.
#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    Source,
    Institution,
    Lang,
    Genre,
    Role,
    Year,
    Month,
}

impl From<By> for Stratifier {
    fn from(by: By) -> Self {
        match by {
            By::Source => Self::Source,
            By::Institution => Self::Institution,
            By::Lang => Self::Lang,
            By::Genre => Self::Genre,
            By::Role => Self::Role,
            By::Year => Self::Year,
            By::Month => Self::Month,
        }
    }
}

pub fn run(global: &Global, args: &SampleArgs) -> Result<Outcome> {
    let format = match args.output.extension().and_then(|e| e.to_str()) {
        Some("csv") => SheetFormat::Csv,
        Some("xlsx") => SheetFormat::Xlsx,
        _ => bail!("{}: a sheet ends in .csv or .xlsx", args.output.display()),
    };
    ensure!(args.rows > 0, "--rows 0: nothing to draw");
    if let Some(share) = args.over_draw {
        ensure!((0.0..=1.0).contains(&share), "--over-draw {share}: a share lies between 0 and 1");
    }
    for path in [&args.output, &Design::path_beside(&args.output)] {
        ensure!(
            args.force || !path.exists(),
            "{}: is there, and people may have coded that sample; take another name, or --force",
            path.display()
        );
        corpus::check_writable(path)?;
    }
    let config = global.config()?;
    let codebook = Codebook::load(&config, CODEBOOK)?;
    if let Some(topic) = &args.topic {
        let known: Vec<&str> = codebook.family(Family::Topic).map(|e| e.id.as_str()).collect();
        let listed = known.join(", ");
        ensure!(known.contains(&&**topic), "unknown topic `{topic}`; the codebook has {listed}");
    }
    let selection = args.select.selection(&config)?;
    let drawing = Drawing {
        population: Population {
            study: args.study.clone(),
            from: selection.from,
            to: selection.to,
            topic: args.topic.clone(),
            sources: selection.sources,
            lang: selection.lang,
            as_of: args.as_of,
        },
        rows: args.rows,
        seed: args.seed,
        by: args.by.iter().map(|by| Stratifier::from(*by)).collect(),
        over_draw: args.over_draw,
        targets: args.targets.clone(),
        program: concat!("demarche ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let corpus = global.open_fresh(Until::Codes)?;
    let sample = match draw(&corpus, &config, &drawing, &global.reporter()) {
        Err(SamplingError::Empty) => {
            eprintln!("{}", SamplingError::Empty);
            if global.json {
                print_json(&json!({ "sample": null, "rows": 0, "segments": 0 }))?;
            }
            return Ok(Outcome::Nothing);
        }
        drawn => drawn?,
    };
    write_sheet(&sample, &codebook, format, &args.output)?;
    tell(global, args, &sample.design)?;
    Ok(Outcome::Done)
}

fn tell(global: &Global, args: &SampleArgs, design: &Design) -> Result<()> {
    let drawn = design.units.len();
    if global.json {
        return print_json(&json!({
            "sample": design.sample, "rows": drawn, "segments": design.segments,
            "sheet": args.output, "design": Design::path_beside(&args.output),
            "strata": design.strata,
        }));
    }
    if drawn as u64 == design.segments && args.rows > design.segments {
        eprintln!("there are only {drawn} segments in this selection: all are in the sample");
    }
    say(format_args!("{:7} {:>9} {:>6}  stratum", "", "segments", "drawn"))?;
    for stratum in &design.strata {
        let of: Vec<&str> = stratum.of.values().map(String::as_str).collect();
        say(format_args!(
            "{:7} {:>9} {:>6}  {} {}",
            stratum.id,
            stratum.segments,
            stratum.drawn,
            stratum.side,
            of.join(", ")
        ))?;
    }
    say(format_args!(
        "sample {}: {drawn} of {} segments in {}, its design in {}",
        design.sample,
        design.segments,
        args.output.display(),
        Design::path_beside(&args.output).display()
    ))?;
    Ok(())
}
