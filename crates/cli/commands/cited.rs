//! `demarche coverage --study`: which of the statements that a study cites the corpus holds.

use std::io::Write;

use anyhow::Result;
use measure::{CitedStatement, Holding};

use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// Prints each cited statement as held, held under another address or not held; exit code 1 where
/// none is held.
pub fn run(global: &Global, study: &str) -> Result<Outcome> {
    let study = pipeline::study(&global.config()?, study)?;
    let cited = pipeline::cited_statements(&global.open_up_to_date()?, &study)?;
    if global.json {
        print_json(&cited)?;
    } else {
        let mut out = writer();
        table(&study.id, &cited, &mut out)?;
        out.flush()?;
    }
    let held = cited.iter().any(|c| c.holding != Holding::NotHeld);
    Ok(if held || cited.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

fn table(study: &str, cited: &[CitedStatement], out: &mut impl Write) -> std::io::Result<()> {
    if cited.is_empty() {
        return writeln!(out, "study {study} names no cited statement");
    }
    for one in cited {
        let what = &one.cited;
        writeln!(
            out,
            "{:<26} {}  {}  {}: {}",
            one.holding.name(),
            what.date,
            what.key,
            visible(&what.issuer),
            visible(&what.title)
        )?;
        match one.holding {
            Holding::NotHeld => writeln!(out, "{:<26} {}", "", visible(&what.address))?,
            _ => writeln!(
                out,
                "{:<26} by {}: {} {}",
                "",
                one.by,
                one.statements.join(" "),
                visible(&one.url)
            )?,
        }
    }
    let of = |holding| cited.iter().filter(|c| c.holding == holding).count();
    writeln!(
        out,
        "{} cited: {} held, {} held under another address, {} not held",
        cited.len(),
        of(Holding::Held),
        of(Holding::AnotherAddress),
        of(Holding::NotHeld)
    )
}
