//! `demarche doctor`: how well the layouts and listings of the sources still fit their sites.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use corpus::Date;
use corpus::source::{Evidence, PageKind, Sources};
use pipeline::counted;
use pipeline::doctor::{Asked, Complaint, Health, Since, SourceHealth, examine};

use super::import::now;
use crate::commands::select::{SourceArgs, last_day};
use crate::global::Global;
use crate::output::{Outcome, print_json, visible, writer};

/// What `--help` adds.
const HELP: &str = "\
    Looks at the newest archived captures, without the network: which layout matched how \
    many, which selector came up empty or finds less than half of last month's text, since \
    when; and whether the listings still answer and show what is new. Without any capture it \
    tells what the source's file says: the layouts and how well they are known (seen, \
    reported, guessed). Exit 1 where a source is broken.";

/// Which sources are examined.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub sources: SourceArgs,
    /// How many of the newest captures of a source are looked at
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub newest: usize,
    /// The day against which freshness is held; default: today
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub as_of: Option<Date>,
    /// Print only the sources with a complaint
    #[arg(long)]
    pub complaints: bool,
}

pub fn run(global: &Global, args: &DoctorArgs) -> Result<Outcome> {
    global.start_threads()?;
    let config = global.config()?;
    let sources = Sources::load(&config)?;
    let chosen = args.sources.ids(&config)?;
    // Without a corpus there still is what the files say.
    let corpus = if global.corpus.exists() { Some(global.open()?) } else { None };
    let today = args.as_of.unwrap_or(now().day());
    let asked = Asked { sources: chosen, newest: args.newest.max(1), today };
    let examined = examine(corpus.as_ref(), &config, &sources, &asked)?;
    let broken = examined.iter().any(|source| source.health == Health::Broken);
    if global.json {
        print_json(&serde_json::json!({ "broken": broken, "sources": examined }))?;
    } else {
        let mut out = writer();
        let told = |s: &&SourceHealth| !args.complaints || !s.complaints.is_empty();
        for source in examined.iter().filter(told) {
            tell(&mut out, source)?;
        }
        summary(&mut out, &examined)?;
        out.flush()?;
    }
    Ok(if broken { Outcome::Nothing } else { Outcome::Done })
}

fn tell(out: &mut impl Write, source: &SourceHealth) -> std::io::Result<()> {
    writeln!(out, "{}: {}", source.source, word(source.health))?;
    match &source.captured {
        Some([first, last]) => writeln!(
            out,
            "  the newest {} captures, {} to {}",
            source.captures,
            first.minute(),
            last.minute()
        )?,
        None => writeln!(out, "  no page of it was ever captured")?,
    }
    for layout in &source.layouts {
        let evidence = match layout.evidence {
            Evidence::Seen => "seen",
            Evidence::Reported => "reported",
            Evidence::Guessed => "guessed",
        };
        let [since, until] = layout.expected;
        let day = |day: Option<Date>| day.map_or("..........".to_owned(), |day| day.to_string());
        let period = format!("{} to {}", day(since), day(until));
        write!(out, "  {:5} {:20} {evidence:9} {period}", layout.matched, layout.layout)?;
        match (layout.page, layout.median_text.filter(|_| layout.matched > 0)) {
            (PageKind::Listing, _) => write!(out, "  listing pages")?,
            (PageKind::Error, _) => write!(out, "  error pages")?,
            (_, Some(text)) => write!(out, "  {text} characters of text (median)")?,
            (_, None) => {}
        }
        writeln!(out)?;
    }
    for unread in &source.unread {
        let line = format!("{:5} {}, newest {}", unread.captures, unread.reason, unread.url);
        writeln!(out, "  {}", visible(&line))?;
    }
    if let Some(listing) = &source.listing {
        match (&listing.answered, listing.newest) {
            (Some(at), Some(day)) => writeln!(
                out,
                "  listing read {}: {} items, the newest of {day}",
                at.minute(),
                listing.items
            )?,
            (Some(at), None) => {
                writeln!(out, "  listing read {}: {} items", at.minute(), listing.items)?;
            }
            (None, _) => writeln!(out, "  listing never read")?,
        }
    }
    source.complaints.iter().try_for_each(|complaint| complain(out, complaint))?;
    writeln!(out)
}

fn complain(out: &mut impl Write, complaint: &Complaint) -> std::io::Result<()> {
    let Complaint { part, layout, key, selector, since, what, .. } = complaint;
    let mut place = (*part).to_owned();
    if let Some(layout) = layout {
        place.push_str(&format!(" {layout}"));
    }
    if let (Some(key), Some(selector)) = (key, selector) {
        place.push_str(&format!(", {key} = \"{selector}\""));
    }
    if let Some(since) = since {
        let since = match since {
            Since::Time(time) => time.minute(),
            Since::Day(day) => day.to_string(),
        };
        place.push_str(&format!(", since {since}"));
    }
    writeln!(out, "  {} {}", word(complaint.health).to_uppercase(), visible(&place))?;
    writeln!(out, "    {}", visible(what))?;
    writeln!(out, "    cure: {}", visible(&complaint.cure))
}

fn summary(out: &mut impl Write, examined: &[SourceHealth]) -> std::io::Result<()> {
    let count = |health| examined.iter().filter(|source| source.health == health).count();
    let numbers = [Health::Broken, Health::Doubtful, Health::Well, Health::Unknown];
    let words: Vec<String> =
        numbers.iter().map(|h| format!("{} {}", count(*h), word(*h))).collect();
    writeln!(out, "{}: {}", counted(examined.len(), "source"), words.join(", "))
}

fn word(health: Health) -> &'static str {
    match health {
        Health::Unknown => "unknown",
        Health::Well => "well",
        Health::Doubtful => "doubtful",
        Health::Broken => "broken",
    }
}
