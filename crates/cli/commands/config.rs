//! `demarche config`: the configuration that is built in, as files to read and to change.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use corpus::source::Config;
use serde_json::json;

use crate::global::Global;
use crate::output::{Outcome, print_json, say};

/// Write out the configuration that is built in
///
/// A configuration is a folder: `config/` inside the corpus, or the one that --config names. A file
/// or folder that it does not have is taken from the built-in one: sources/, studies/, votes/,
/// codebook/NAME/, outlets.toml, schedule.toml. A folder that it has is taken as a whole, so that
/// what you delete there is gone: to add a source of your own, export sources/ and put it there.
#[derive(Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Write the built-in configuration to a folder
    ///
    /// All of it, or, with PATH, some folders and files; the rest stays the built-in one.
    Export(ExportArgs),
}

#[derive(Args)]
struct ExportArgs {
    /// The folder to write to: C/config is what `--corpus C` reads
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only these files or folders: sources, codebook/default, outlets.toml
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

pub fn run(global: &Global, args: &ConfigArgs) -> Result<Outcome> {
    match &args.command {
        ConfigCommand::Export(args) => export(global, args),
    }
}

fn export(global: &Global, args: &ExportArgs) -> Result<Outcome> {
    let files = chosen(&args.paths)?;
    if !args.force {
        for (path, _) in &files {
            let file = args.folder.join(path);
            let shown = file.display();
            ensure!(!file.exists(), "{shown}: is there; take another folder, or --force");
        }
    }
    for (path, bytes) in &files {
        corpus::write_atomically(&args.folder.join(path), |file| file.write_all(bytes))?;
    }
    if global.json {
        let paths: Vec<&String> = files.iter().map(|(path, _)| path).collect();
        print_json(&json!({ "folder": args.folder, "files": paths }))?;
    } else if !global.quiet {
        let files = pipeline::counted(files.len() as u64, "file");
        say(format_args!("{files} in {}", args.folder.display()))?;
    }
    Ok(Outcome::Done)
}

/// The built-in files at or below `paths`; without any, all of them.
fn chosen(paths: &[String]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Config::BuiltIn.every_file()?;
    if paths.is_empty() {
        return Ok(files);
    }
    for path in paths {
        ensure!(
            files.iter().any(|(file, _)| Path::new(file).starts_with(path)),
            "{path}: no such file or folder in the built-in configuration; it has codebook/, \
             sources/, studies/, votes/, outlets.toml and schedule.toml"
        );
    }
    files.retain(|(file, _)| paths.iter().any(|path| Path::new(file).starts_with(path)));
    Ok(files)
}
