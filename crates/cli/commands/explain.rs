//! `demarche explain`: why each rule did or did not fire on a segment.

use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Attribution;
use pipeline::Until;
use serde_json::json;
use tag::{Codebook, Tagger, Trace};

use super::show::find;
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// Tell why each rule did or did not fire on a segment
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
    let corpus = global.open_as_it_is(Until::Statements)?;
    let Some((statement, _)) = find(&corpus, id)? else {
        eprintln!("no statement `{}`; `demarche search` prints ids", visible(id));
        return nothing(global);
    };
    let tagger = Tagger::new(&Codebook::load(&global.config()?, pipeline::CODEBOOK)?)?;
    let Some((verdict, traces)) = tagger.explain(&statement, turn, segment) else {
        eprintln!("{}: no such segment; `demarche show {id} --coded` numbers them", args.segment);
        return nothing(global);
    };
    let spoken = statement.turns.iter().find(|t| t.n == turn).context("the turn")?;
    let cut = corpus::segment::segments(&spoken.text, spoken.lang);
    let text = cut.get(segment as usize - 1).context("the segment")?.of(&spoken.text);
    let coded = tagger.tag(&statement);
    let here = |a: &&Attribution| a.turn == turn && a.segment == segment;
    let blames: Vec<Attribution> = coded.attributions.iter().filter(here).cloned().collect();
    if global.json {
        print_json(&json!({
            "statement": statement.id, "turn": turn, "segment": segment, "text": text,
            "voice": verdict.voice.name(), "holder": verdict.holder, "attributions": blames,
            "rules": traces,
        }))?;
        return Ok(Outcome::Done);
    }
    let page = page(&args.segment, spoken.role.name(), text, &told(&verdict, &blames), &traces);
    let mut out = writer();
    out.write_all(visible(&page).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}

/// There is no such segment.
fn nothing(global: &Global) -> Result<Outcome> {
    if global.json {
        print_json(&serde_json::Value::Null)?;
    }
    Ok(Outcome::Nothing)
}

/// What the segment is coded as in the end, a line a claim.
fn told(verdict: &tag::voice::Verdict, blames: &[Attribution]) -> Vec<String> {
    let holder = verdict.holder.as_ref().map(|holder| format!(", of {holder}"));
    let mut lines = vec![format!("voice {}{}", verdict.voice.name(), holder.unwrap_or_default())];
    for blame in blames {
        let holder = blame.holder.as_deref().unwrap_or("a holder who is not named");
        let kind = blame.kind.name();
        lines.push(format!("{holder} blames {} ({kind}) by {}", blame.target, blame.rule));
    }
    if blames.is_empty() {
        lines.push("nobody is blamed".to_owned());
    }
    lines
}

/// The rules by what they decide, in the order in which they are tried.
const PARTS: [(&str, &[&str]); 5] = [
    ("Whose claim it is", &["voice"]),
    ("Who is named, and whether he can be the culprit", &["target"]),
    ("Words of blame, and the places where their culprit may stand", &["slot"]),
    ("Without a cue that is filled", &["demand", "antecedent"]),
    (
        "Frames, refusals, names of the conflict, topics of the utterance",
        &["frame", "refusal", "naming", "topic"],
    ),
];

fn page(place: &str, role: &str, text: &str, told: &[String], traces: &[Trace]) -> String {
    let mut page = format!("{place}  {role}\n{text}\n\nCoded as\n");
    for line in told {
        page.push_str(&format!("  {line}\n"));
    }
    page.push_str("\nWhy (+ a rule that fired)\n");
    let mut rest: Vec<&Trace> = traces.iter().collect();
    for (title, families) in PARTS {
        let family =
            |trace: &&Trace| families.contains(&trace.rule.split(':').next().unwrap_or_default());
        let (here, others): (Vec<&Trace>, Vec<&Trace>) = rest.into_iter().partition(family);
        rest = others;
        if !here.is_empty() {
            page.push_str(&format!("\n  {title}\n"));
            here.iter().for_each(|trace| page.push_str(&line(trace, text)));
        }
    }
    rest.iter().for_each(|trace| page.push_str(&line(trace, text)));
    page
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
    format!("  {mark} {}{words}{gives}: {}\n", trace.rule, trace.reason)
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
