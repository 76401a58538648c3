//! The flags that every command takes.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use corpus::Corpus;
use corpus::source::Config;
use pipeline::{CODEBOOK, Stale, Until};

use crate::output::visible;

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
    /// Also say which folders are used, what becomes of each file, row and page that is read, left
    /// as it is or refused, and how long each stage took
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Threads to work with; default: all cores. The results are the same on any number
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
}

impl Global {
    /// The configuration: `--config`, else `config/` inside the corpus, else the built-in one.
    pub fn config(&self) -> Result<Config> {
        if let Some(folder) = &self.config {
            anyhow::ensure!(
                folder.is_dir(),
                "{}: no such folder; --config names one that holds sources/, codebook/, studies/",
                folder.display()
            );
            return Ok(Config::Over(folder.clone()));
        }
        let inside = self.corpus.join("config");
        Ok(if inside.is_dir() { Config::Over(inside) } else { Config::BuiltIn })
    }

    /// With `-v`, where corpus and configuration are.
    pub fn tell_where(&self) {
        if self.quiet || self.verbose == 0 {
            return;
        }
        let config = match self.config() {
            Ok(Config::BuiltIn) => "built in".to_owned(),
            Ok(Config::Over(folder) | Config::Folder(folder)) => {
                format!("{}; what it does not have is built in", folder.display())
            }
            // The command itself says so, or does not need it.
            Err(_) => return,
        };
        eprintln!("{}", visible(&format!("corpus {}", self.corpus.display())));
        eprintln!("{}", visible(&format!("configuration: {config}")));
    }

    /// The corpus, which must be there.
    pub fn open(&self) -> Result<Corpus> {
        Ok(Corpus::open(&self.corpus)?)
    }

    /// The corpus, its statements brought up to date with its archive; where that cannot be done
    /// now, because another process writes, it is said and the statements are taken as they are.
    pub fn open_up_to_date(&self) -> Result<Corpus> {
        self.start_threads()?;
        let corpus = self.open()?;
        if !pipeline::up_to_date(&corpus, &self.config()?, &self.reporter())? {
            eprintln!(
                "{}: cannot be written now, so what was archived last is not read yet; \
                 `demarche run --offline` reads it",
                corpus.root().display()
            );
        }
        Ok(corpus)
    }

    /// The corpus for a command that publishes what the stages up to `until` give: refused, exit
    /// code 1, where that is not what a run would give now. That the archive grew while another
    /// process is writing to it is said, for nobody could read it now.
    pub fn open_fresh(&self, until: Until) -> Result<Corpus> {
        let corpus = self.open()?;
        let mut what = pipeline::stale(&corpus, &self.config()?, CODEBOOK, until)?;
        if what.is_empty() {
            what = pipeline::differing(&corpus, until);
        }
        let only_grew = what.iter().all(|stale| matches!(stale, Stale::Archive { .. }));
        if what.is_empty() {
            return Ok(corpus);
        }
        let error = pipeline::Error::Stale { corpus: corpus.root().to_path_buf(), what };
        if only_grew && matches!(corpus.lock(), Err(corpus::Error::Locked(_))) {
            eprintln!("warning: {}", visible(&error.to_string()));
            return Ok(corpus);
        }
        Err(error.into())
    }

    /// The corpus for a command that shows what is there; where the stages up to `until` would give
    /// something else now, it says so.
    pub fn open_as_it_is(&self, until: Until) -> Result<Corpus> {
        let corpus = self.open()?;
        let what = pipeline::stale(&corpus, &self.config()?, CODEBOOK, until)?;
        if !what.is_empty() {
            let error = pipeline::Error::Stale { corpus: corpus.root().to_path_buf(), what };
            eprintln!("warning: {}", visible(&error.to_string()));
        }
        Ok(corpus)
    }

    /// The corpus, made where it is not there.
    pub fn create(&self) -> Result<Corpus> {
        Ok(Corpus::create(&self.corpus)?)
    }

    /// Sets the number of threads; to be called once, before any work.
    pub fn start_threads(&self) -> Result<()> {
        let Some(threads) = self.threads else { return Ok(()) };
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .build_global()
            .context("cannot start the threads")
    }
}
