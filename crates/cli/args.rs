//! What a user can type.

use clap::{Parser, Subcommand};

use crate::commands;
use crate::global::Global;

/// Collects what foreign ministries say, makes it searchable, and measures whom they blame.
///
/// Exit codes: 0 done or found, 1 nothing found or a check failed, 2 error, 3 partly done.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// List, fetch and archive what the sources have published
    Crawl(commands::crawl::CrawlArgs),
    /// Tell which statements were edited, deleted or put back after they were published
    Changes(commands::changes::ChangesArgs),
    /// Show by source and day what was expected, listed, fetched, read and failed
    Coverage(commands::coverage::CoverageArgs),
    /// Put WARC files and tables (JSONL, CSV, TSV, XLSX) into the archive
    Import(commands::import::ImportArgs),
    /// Do all that is stale, in order: crawl, normalize, tag, index
    Run(commands::run::RunArgs),
    /// Read the archive into statements and link them
    ///
    /// Pages by the layouts of their source, rows of tables as they are; what cannot be read is a
    /// reject with its reason (`demarche rejects`). Of files of the archive that did not grow the
    /// readings are kept; statements are put together anew whenever the archive, sources/ or
    /// outlets.toml changed. Writes statements/, links.parquet and rejects.parquet.
    Normalize,
    /// Code the statements by the codebook
    ///
    /// Normalizes first what is stale. Then each month of a source whose statements changed, or all
    /// where the codebook did, is coded: mentions, topics, voices, attributions. Writes coded/.
    Tag,
    /// Bring the full-text index up to date
    ///
    /// Normalizes and codes first what is stale, as `demarche run --offline` does, since the index
    /// holds the codes, too. Months that changed are taken out and put in anew. Writes index/.
    Index,
    /// Find turns, and count exactly
    Search(commands::search::SearchArgs),
    /// Set keywords in their contexts (a concordance)
    Kwic(commands::kwic::KwicArgs),
    /// Print one statement with its codes, linked versions or archived bytes
    Show(commands::show::ShowArgs),
    Attribute(commands::attribute::AttributeArgs),
    Sample(commands::sample::SampleArgs),
    Evaluate(commands::evaluate::EvaluateArgs),
    Explain(commands::explain::ExplainArgs),
    Check(commands::check::CheckArgs),
    /// Frames, naming and blame by side, voice and month; or a study
    Report(commands::report::ReportArgs),
    /// Write statements, mentions or attributions, one a line
    Export(commands::export::ExportArgs),
    /// Tell which layouts still fit the sites, which selectors broke and since when
    Doctor(commands::doctor::DoctorArgs),
    /// Crawl each source at its times, for as long as it is let run
    Schedule(commands::schedule::ScheduleArgs),
    /// List what could not be read, with the reasons
    Rejects(commands::rejects::RejectsArgs),
    /// Whether every number of a bundle follows from its members
    Verify(commands::verify::VerifyArgs),
    /// Compare, print or import codebooks
    Codebook(commands::codebook::CodebookArgs),
    Config(commands::config::ConfigArgs),
    /// Roll calls of the United Nations: similarity, one vote, the votes of a study
    Votes(commands::votes::VotesArgs),
}
