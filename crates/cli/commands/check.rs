//! `demarche check`: whether configuration, codebook and archive are as they should be.

mod codebook;

use std::io::Write;

use anyhow::Result;
use clap::Args;
use corpus::archive::AuditedFile;
use pipeline::check::{Derived, Mistake, archive, configuration, derived};
use pipeline::counted;

use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};
use codebook::{Checked, CodebookArgs};

/// Check configuration, codebook and archive: exit 1 and the cure where something is wrong
///
/// Without a flag: the configuration, what the codebook matches in the corpus, the archive, and
/// what was made from it, where there are such.
///
/// The archive: every gzip member is inflated, every block and payload digest computed again,
/// every line of the CDXJ indexes held against its record. A flipped bit is named with file,
/// offset, record and cure. What was made from it: every file of statements, codes and readings
/// against the digest that it was written with. The configuration: selectors, listings, recesses,
/// codebooks, studies, and what a study names that codebook and sources do not have.
/// Codebooks: terms that stand twice, in one entry or in two cues of blame, terms that another one
/// makes needless, terms that do not find themselves (an exclusion covers them, or nothing could
/// match), exclusions in which no term stands, entries without definition or `not` are to mend;
/// with --codebook terms that hold another one of their entry are a note, unless a `[[decided]]`
/// table of the codebook names the entry, or its family, and a reason. With a corpus, too: what each entry matched, its
/// commonest forms with an example, the entries that matched nothing, and for every Chinese and
/// Korean form the longer strings around it that are common, for a person to exclude.
/// Exit 1 where anything is wrong.
#[derive(Args)]
pub struct CheckArgs {
    /// The archive: digests, gzip members, index
    #[arg(long)]
    pub archive: bool,
    /// What was made from the archive: digests of statements, codes and readings
    #[arg(long)]
    pub derived: bool,
    /// The configuration: sources, codebooks, studies
    #[arg(long)]
    pub configuration: bool,
    #[command(flatten)]
    pub codebook: CodebookArgs,
}

pub fn run(global: &Global, args: &CheckArgs) -> Result<Outcome> {
    let named = args.archive || args.derived || args.configuration;
    let all = !named && args.codebook.codebook.is_none();
    let config = global.config()?;
    let read = if all || args.configuration { Some(configuration(&config)?) } else { None };
    let book = match &args.codebook.codebook {
        Some(name) => Some(codebook::check(global, &args.codebook, name)?),
        // The configuration has told what is to mend in it, and whether it can be read at all.
        None if all => codebook::survey(global, &args.codebook)?,
        None => None,
    };
    let there = global.corpus.join("archive").is_dir();
    let audited = if args.archive || (all && there) {
        Some(archive(&global.open()?, &global.reporter())?)
    } else {
        None
    };
    let made = if args.derived || (all && there) { Some(derived(&global.open()?)) } else { None };
    let mistakes = read.as_ref().map_or(0, |(_, mistakes)| mistakes.len());
    let to_mend = book.as_ref().map_or(0, Checked::problems);
    let faults: usize = audited.iter().flatten().map(|file| file.faults.len()).sum();
    let differing = made.as_ref().map_or(0, |made| made.differing.len());
    let whole = mistakes + to_mend + faults + differing == 0;
    if global.json {
        print_json(&serde_json::json!({
            "whole": whole,
            "configuration": read.as_ref().map(|(files, mistakes)| {
                serde_json::json!({ "files": files, "mistakes": mistakes })
            }),
            "codebook": book.as_ref().map(Checked::json),
            "archive": audited,
            "derived": made,
        }))?;
    } else {
        let mut out = writer();
        if let Some((files, mistakes)) = &read {
            tell_mistakes(&mut out, *files, mistakes)?;
        }
        if let Some(book) = &book {
            book.tell(&mut out)?;
        }
        if let Some(audited) = &audited {
            tell_faults(&mut out, audited)?;
        }
        if let Some(made) = &made {
            tell_differing(&mut out, made)?;
        }
        out.flush()?;
    }
    Ok(if whole { Outcome::Done } else { Outcome::Nothing })
}

fn tell_mistakes(out: &mut impl Write, files: usize, mistakes: &[Mistake]) -> std::io::Result<()> {
    for mistake in mistakes {
        writeln!(out, "config/{}", visible(&format!("{}: {}", mistake.file, mistake.reason)))?;
    }
    let (files, mistakes) = (counted(files, "file"), counted(mistakes.len(), "mistake"));
    writeln!(out, "configuration: {files}, {mistakes}")
}

fn tell_faults(out: &mut impl Write, audited: &[AuditedFile]) -> std::io::Result<()> {
    for fault in audited.iter().flat_map(|file| &file.faults) {
        let place = format!("archive/{} offset {}: {}", fault.file, fault.offset, fault.reason);
        writeln!(out, "{}", visible(&place))?;
        if let Some(record) = &fault.record {
            let url = fault.url.as_deref().unwrap_or("");
            writeln!(out, "  record {}", visible(&format!("{record} {url}")))?;
        }
        writeln!(out, "  cure: {}", fault.cure)?;
    }
    let sum = |of: fn(&AuditedFile) -> usize| audited.iter().map(of).sum::<usize>();
    let bytes: u64 = audited.iter().map(|file| file.bytes).sum();
    writeln!(
        out,
        "archive: {}, {bytes} bytes, {}, {}, {}; {}",
        counted(audited.len(), "file"),
        counted(sum(|f| f.records), "record"),
        counted(sum(|f| f.digests), "digest"),
        counted(sum(|f| f.index_lines.unwrap_or(0)), "index line"),
        counted(sum(|f| f.faults.len()), "fault")
    )
}

fn tell_differing(out: &mut impl Write, made: &Derived) -> std::io::Result<()> {
    for name in &made.differing {
        writeln!(out, "{}", visible(&format!("{name}: not as it was written")))?;
        writeln!(out, "  cure: `demarche run --offline` makes it again")?;
    }
    let (files, faults) = (counted(made.files, "file"), counted(made.differing.len(), "fault"));
    writeln!(out, "derived: {files}, {faults}")
}
