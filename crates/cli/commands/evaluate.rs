//! `demarche evaluate`: the codes held against a coded sample, beside simple baselines; published
//! rates corrected by it; two coders held against each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use corpus::source::Config;
use pipeline::Until;
use pipeline::sampling::{CodedFile, Design, Prevalence, prevalence, read_coded};
use statistics::Resampling;
use tag::evaluate::{Place, agreement, evaluate_units};
use tag::{Codebook, Tagger};

use crate::global::Global;
use crate::output::{Outcome, print_json, say, visible};

/// Hold the codes against a coded sample, correct rates by it, compare two coders
///
/// Files are lines of JSON (.jsonl) or sheets of `demarche sample` (.csv, .xlsx) that somebody
/// filled in. Their keys or columns; a line needs `text`, a sheet unit, text, voice and blames:
///   unit         names the segment; two coders' files are compared by it
///   sample       the draw, as the sheet has it: by it the design is found and rates corrected
///   text         the segment, with `before` and `after` it in its turn
///   lang, date, country, institution, role, speaker, title
///                what the program is told beside the text, as `demarche attribute` takes it
///   voice        own, relayed, question or none; a row without one is not coded yet
///   blames       in a sheet `US:causal; NATO:condemn`, in a line a list of objects with target
///                and kind; empty means none
///   frames, naming
///                codes of the codebook, in a sheet set apart by semicolons, in a line a list
///   topic        yes or no; in a line true or false
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub struct EvaluateArgs {
    /// Coded segments. Of a sample of this corpus the published rates are corrected, too
    #[arg(long, value_name = "FILE", required_unless_present = "coders")]
    pub gold: Option<PathBuf>,
    /// Two codings of the same segments: how far they agree, segment by segment
    #[arg(long, value_names = ["A", "B"], num_args = 2, conflicts_with = "gold")]
    pub coders: Vec<PathBuf>,
    /// The design of the sample; default: the one inside the workbook, or a .design.json beside
    /// FILE that names its rows' sample
    #[arg(long, value_name = "FILE", requires = "gold")]
    pub design: Option<PathBuf>,
    /// List the errors in the held-out documents too; who has read them can no longer test on
    /// them
    #[arg(long)]
    pub held_out_errors: bool,
}

pub fn run(global: &Global, args: &EvaluateArgs) -> Result<Outcome> {
    let config = global.config()?;
    let codebook = Codebook::load(&config, pipeline::CODEBOOK)?;
    match (&args.gold, args.coders.as_slice()) {
        (Some(gold), _) => against_gold(global, args, gold, (&config, &codebook)),
        (None, [a, b]) => between_coders(global, a, b, &codebook),
        (None, _) => anyhow::bail!("--coders needs two files"),
    }
}

fn against_gold(
    global: &Global,
    args: &EvaluateArgs,
    path: &Path,
    (config, codebook): (&Config, &Codebook),
) -> Result<Outcome> {
    let file = read_coded(path, codebook)?;
    tell_uncoded(path, &file);
    let tagger = Tagger::new(codebook)?;
    let (corrected, places) = corrected(global, args, path, &file, config)?;
    let found = evaluate_units(&tagger, &file.units, &places);
    let mut found = found.with_context(|| path.display().to_string())?;
    if args.held_out_errors {
        found = found.with_held_out_errors();
    }
    let mut object = found.to_json();
    object["prevalence"] = serde_json::to_value(&corrected)?;
    if global.json {
        print_json(&object)?;
    } else {
        say(visible(&tag::evaluate::page(&object)).trim_end())?;
    }
    Ok(Outcome::Done)
}

/// The corpus' rates corrected by the file, or why they are not; where they are, the places of its
/// units in the corpus.
fn corrected(
    global: &Global,
    args: &EvaluateArgs,
    path: &Path,
    file: &CodedFile,
    config: &Config,
) -> Result<(Prevalence, BTreeMap<String, Place>)> {
    let refused = |refused: String| Ok((Prevalence::Refused { refused }, BTreeMap::new()));
    let design = match (&args.design, &file.design) {
        (Some(path), _) => Some(Design::read(path)?),
        (None, Some(design)) => Some(design.clone()),
        (None, None) => design_beside(path, file)?,
    };
    let Some(design) = design else {
        return refused(match file.samples.first() {
            None => "the file is no sample of a corpus: its segments have no inclusion \
                     probabilities. `demarche sample` draws one"
                .to_owned(),
            Some(sample) => format!(
                "no design of sample {sample} beside the file; --design names the .design.json \
                 that `demarche sample` wrote"
            ),
        });
    };
    if !global.corpus.is_dir() {
        return refused(format!("no corpus at {}; --corpus names it", global.corpus.display()));
    }
    let corpus = global.open_fresh(Until::Codes)?;
    let reporter = global.reporter();
    Ok(prevalence(&corpus, config, file, &design, Resampling::default(), &reporter)?)
}

/// The design of the sample that the rows name: the sheet's own beside it, else any in its folder,
/// for coders save their copies under other names.
fn design_beside(path: &Path, file: &CodedFile) -> Result<Option<Design>> {
    if file.samples.is_empty() {
        return Ok(None);
    }
    let own = Design::path_beside(path);
    if own.is_file() {
        let design = Design::read(&own)?;
        if file.samples.contains(&design.sample) {
            return Ok(Some(design));
        }
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".design.json") {
            beside.push(path);
        }
    }
    beside.sort();
    let designs = beside.iter().filter_map(|path| Design::read(path).ok());
    Ok(designs.into_iter().find(|design| file.samples.contains(&design.sample)))
}

fn between_coders(global: &Global, a: &Path, b: &Path, codebook: &Codebook) -> Result<Outcome> {
    let (first, second) = (read_coded(a, codebook)?, read_coded(b, codebook)?);
    for (path, file) in [(a, &first), (b, &second)] {
        tell_uncoded(path, file);
        ensure!(!file.units.is_empty(), "{}: no coded segment", path.display());
    }
    let found = agreement(&first.units, &second.units);
    if global.json {
        print_json(found.to_json())?;
    } else {
        say(visible(&found.page()).trim_end())?;
    }
    if found.units() == 0 {
        eprintln!("the two files have no segment in common; both need the same `unit`");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn tell_uncoded(path: &Path, file: &CodedFile) {
    if !file.uncoded.is_empty() {
        let rows = file.uncoded.len() + file.units.len();
        eprintln!("{}: {} of {rows} rows are not coded yet", path.display(), file.uncoded.len());
    }
}
