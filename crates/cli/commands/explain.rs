//! `demarche explain`: why each rule did or did not fire on a segment.

use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::json;
use tag::{Codebook, Tagger, Trace};

use super::show::find;
use crate::args::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// Which segment.
///
/// The codebook is the one that is configured now: after a change of it, `demarche tag` brings
/// the stored codes in line.
#[derive(Args)]
pub struct ExplainArgs {
    /// Statement, turn and segment, as `demarche show ID --coded` numbers them
    #[arg(value_name = "ID:TURN:SEGMENT")]
    pub segment: String,
}

pub fn run(global: &Global, args: &ExplainArgs) -> Result<Outcome> {
    let (id, turn, segment) = place(&args.segment)?;
    let corpus = global.open()?;
    let Some((statement, _)) = find(&corpus, id)? else {
        eprintln!("no statement `{}`; `demarche search` prints ids", visible(id));
        return Ok(Outcome::Nothing);
    };
    let tagger = Tagger::new(&Codebook::load(&global.config()?, pipeline::CODEBOOK)?)?;
    let Some((verdict, traces)) = tagger.explain(&statement, turn, segment) else {
        eprintln!("{}: no such segment; `demarche show {id} --coded` numbers them", args.segment);
        return Ok(Outcome::Nothing);
    };
    let spoken = statement.turns.iter().find(|t| t.n == turn).context("the turn")?;
    let cut = corpus::segment::segments(&spoken.text, spoken.lang);
    let text = cut.get(segment as usize - 1).context("the segment")?.of(&spoken.text);
    if global.json {
        print_json(&json!({
            "statement": statement.id, "turn": turn, "segment": segment, "text": text,
            "voice": verdict.voice.name(), "holder": verdict.holder, "rules": traces,
        }))?;
        return Ok(Outcome::Done);
    }
    let mut page = format!(
        "{}  {}\n{text}\n\nvoice: {}{}\n",
        args.segment,
        spoken.role.name(),
        verdict.voice.name(),
        verdict.holder.map(|holder| format!(", of {holder}")).unwrap_or_default(),
    );
    for trace in &traces {
        page.push_str(&line(trace, text));
    }
    let mut out = writer(None)?;
    out.write_all(visible(&page).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// `+` where the rule fired, what it looked at, what it gave, and why.
fn line(trace: &Trace, text: &str) -> String {
    let mark = if trace.targets.is_empty() { ' ' } else { '+' };
    let words = trace.span.and_then(|(start, end)| text.get(start..end));
    let words = words.map(|words| format!(" `{words}`")).unwrap_or_default();
    let gives = match trace.targets.is_empty() {
        true => String::new(),
        false => format!(" -> {}", trace.targets.join(", ")),
    };
    format!("{mark} {}{words}{gives}: {}\n", trace.rule, trace.reason)
}

/// `ID:TURN:SEGMENT`, taken apart.
fn place(written: &str) -> Result<(&str, u32, u32)> {
    let cure = || {
        format!("`{written}`: write ID:TURN:SEGMENT, such as kp-mfa-en/2022-02-28/0123456789ab:2:3")
    };
    let parsed = || {
        let (rest, segment) = written.rsplit_once(':')?;
        let (id, turn) = rest.rsplit_once(':')?;
        Some((id, turn.parse().ok()?, segment.parse().ok()?))
    };
    parsed().with_context(cure)
}
