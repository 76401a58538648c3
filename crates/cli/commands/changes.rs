//! `demarche changes`: the ledger of what was edited, deleted or put back after publication.

use std::io::Write;

use anyhow::{Context, Result, ensure};
use clap::Args;
use corpus::Date;
use corpus::source::Sources;
use pipeline::counted;
use pipeline::ledger::{Difference, Event, EventKind, Ledger, LedgerEntry, State, ledger};

use crate::commands::select::{SelectArgs, first_day};
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// What `--help` adds.
const HELP: &str = "\
    Edits are shown as differences of words (of characters for Chinese and Korean): [-gone-] \
    {+new+}. Menus, cookies, date stamps, markup and white space are no edit. A statement is \
    gone when its address was asked for and the site itself says that it is missing (404, \
    410, its own error page); that it left a listing, was blocked or met a server error \
    never counts.";

/// Which statements the ledger is of.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct ChangesArgs {
    /// Only these statements: ids or addresses
    #[arg(value_name = "STATEMENT")]
    pub statements: Vec<String>,
    #[command(flatten)]
    pub select: SelectArgs,
    /// Only what was noticed on this day or later
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub noticed_since: Option<Date>,
    /// Also list the statements that nothing happened to (the JSON document always has them)
    #[arg(long)]
    pub all: bool,
}

pub fn run(global: &Global, args: &ChangesArgs) -> Result<Outcome> {
    let corpus = global.open_up_to_date()?;
    let config = global.config()?;
    let selection = args.select.selection(&config)?;
    let mut ledger = ledger(&corpus, &Sources::load(&config)?, &selection)?;
    if !args.statements.is_empty() {
        let named = |e: &LedgerEntry| {
            args.statements.iter().any(|name| *name == e.id || e.urls.contains(name))
        };
        ledger.retain(named);
        ensure!(
            !ledger.statements.is_empty(),
            "no fetched statement has the id or address {}",
            args.statements.join(" or ")
        );
    }
    if let Some(since) = args.noticed_since {
        ledger.statements.iter_mut().for_each(|s| s.events.retain(|e| e.noticed.day() >= since));
        ledger.retain(|e| !e.events.is_empty());
    }
    if global.json {
        print_json(&ledger)?;
        return Ok(Outcome::Done);
    }
    print(&ledger, args.all || !args.statements.is_empty()).context("cannot print the ledger")?;
    Ok(Outcome::Done)
}

fn print(ledger: &Ledger, all: bool) -> std::io::Result<()> {
    let mut out = writer();
    for entry in ledger.statements.iter().filter(|e| all || !e.events.is_empty()) {
        statement(&mut out, entry)?;
    }
    for (source, t) in &ledger.sources {
        if t.statements > 0 {
            write!(
                out,
                "{source}: {} fetched, {} looked at again: {} edited",
                counted(t.statements, "statement"),
                t.looked_at_again,
                t.edited
            )?;
            if t.punctuation_edited > 0 {
                write!(out, " (and {} in punctuation only)", t.punctuation_edited)?;
            }
            write!(out, ", {} gone, {} back", t.gone, t.back)?;
            if t.gone_in_part > 0 {
                write!(out, ", {} gone at one address", t.gone_in_part)?;
            }
            if t.replaced > 0 {
                write!(out, ", {} replaced", t.replaced)?;
            }
            writeln!(out)?;
        }
        if t.never_fetched > 0 {
            writeln!(
                out,
                "{source}: {} from tables, never fetched as pages, so nothing is known of edits \
                 or deletions",
                counted(t.never_fetched, "statement")
            )?;
        }
    }
    match &ledger.as_of {
        Some(as_of) => writeln!(out, "as of {}, the newest capture", as_of.minute())?,
        None => writeln!(out, "no page was fetched yet; `demarche crawl` begins")?,
    }
    out.flush()
}

fn statement(out: &mut impl Write, entry: &LedgerEntry) -> std::io::Result<()> {
    let title = entry.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}  {}", entry.id, visible(title))?;
    writeln!(out, "  {}", visible(&entry.url))?;
    let state = match (entry.state, &entry.gone_since) {
        (State::Gone, Some(since)) => format!("GONE since {}", since.minute()),
        (State::GoneInPart, Some(since)) => {
            format!("GONE at one address since {}, not looked for at another", since.minute())
        }
        (State::Replaced, _) => "its address carries another statement".to_owned(),
        _ => "present".to_owned(),
    };
    let (first, last) = (entry.first_seen.minute(), entry.last_seen.minute());
    let times = pipeline::counted(entry.times_seen, "time");
    writeln!(out, "  first seen {first}, last seen {last} ({times}); {state}")?;
    if let Some(last) = &entry.last_try {
        let reason = visible(last.reason.as_str());
        writeln!(out, "  last tried {}: {reason}, which tells nothing", last.at.minute())?;
    }
    for event in &entry.events {
        happened(out, event)?;
    }
    writeln!(out)
}

fn happened(out: &mut impl Write, event: &Event) -> std::io::Result<()> {
    let what = match event.kind {
        EventKind::Edited => "edited",
        EventKind::Gone => "gone",
        EventKind::Back => "back",
        EventKind::Replaced => "replaced",
    };
    write!(out, "  {} {what:8}", event.noticed.minute())?;
    if let Some(sign) = &event.sign {
        write!(out, " {},", visible(sign))?;
    }
    if let Some(by) = &event.by {
        write!(out, " by {by},")?;
    }
    if let Some(difference) = &event.difference {
        let Difference { unit, deleted, inserted, only_punctuation, .. } = difference;
        write!(out, " {deleted} {unit} out, {inserted} in,")?;
        if *only_punctuation {
            write!(out, " punctuation only,")?;
        }
    }
    writeln!(out, " after {}", event.after.minute())?;
    if let Some([old, new]) = &event.layouts {
        writeln!(
            out,
            "    read by layout {old} before and by {new} now: the site was rebuilt, so look at \
             both captures before you call it an edit"
        )?;
    }
    for hunk in event.difference.iter().flat_map(|d| &d.hunks) {
        let place = match hunk.role {
            Some(role) => format!("turn {} ({})", hunk.turn, role.name()),
            None => "title".to_owned(),
        };
        let mut words = String::new();
        let gone = (!hunk.deleted.is_empty()).then(|| format!("[-{}-]", hunk.deleted));
        let new = (!hunk.inserted.is_empty()).then(|| format!("{{+{}+}}", hunk.inserted));
        for part in [Some(hunk.before.clone()), gone, new, Some(hunk.after.clone())] {
            let part = part.unwrap_or_default();
            if !words.is_empty() && !part.is_empty() {
                words.push(' ');
            }
            words.push_str(&part);
        }
        writeln!(out, "    {place}: {}", visible(&words.replace('\n', " / ")))?;
    }
    Ok(())
}
