//! The flags that every command takes.

use std::path::PathBuf;

use clap::Args;

/// Flags that every command takes.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The corpus folder
    #[arg(long, global = true, value_name = "DIR", default_value = "corpus")]
    pub corpus: PathBuf,
    /// Sources, codebooks and studies; default: `config/` inside the corpus if it is there. What
    /// the folder does not have is taken from what the program was built with (`config --help`)
    #[arg(long, global = true, value_name = "DIR")]
    pub config: Option<PathBuf>,
    /// Print exactly one JSON document to stdout; messages go to stderr
    #[arg(long, global = true)]
    pub json: bool,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Threads to work with; default: all cores. The results are the same on any number
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}
