//! How a command ends: exit code and JSON document.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
/// Text from outside as a terminal may show it.
pub use corpus::visible_lines as visible;

pub use crate::target::{write_to, writer};

/// How a command ended that met no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or found.
    Done,
    /// Nothing was found, or a check failed.
    Nothing,
    /// A part was done; the rest is told.
    Partly,
    /// Nothing worked; each failure is told.
    Failed,
}

/// The exit code of a command; an error is printed with its causes, each naming file, key or
/// address. A reader that closed the pipe has what it wanted.
pub fn finish(done: Result<Outcome>, json: bool) -> ExitCode {
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Partly) => ExitCode::from(3),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let told = with_causes(&error);
            eprintln!("demarche: {}", visible(&told));
            if json {
                // Who does not read it has the exit code.
                let _ = say(serde_json::json!({ "error": told }));
            }
            ExitCode::from(if is_stale(&error) { 1 } else { 2 })
        }
    }
}

/// The exit code of a command line that cannot be read, or that asks for help. Where it asks for JSON
/// the reason is that document.
pub fn refuse(error: &clap::Error) -> ExitCode {
    if error.use_stderr() && std::env::args_os().any(|argument| argument == "--json") {
        let told = error.to_string();
        let reason = told.lines().next().unwrap_or_default().trim_start_matches("error: ");
        // Who does not read it has the exit code.
        let _ = say(serde_json::json!({ "error": reason }));
    }
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The error and its causes, each once: many an error tells its cause in its own words.
fn with_causes(error: &anyhow::Error) -> String {
    let mut told = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !told.contains(&cause) {
            let mark = if told.is_empty() { "" } else { ": " };
            told.push_str(mark);
            told.push_str(&cause);
        }
    }
    told
}

/// What is stale is a check that failed, not a failure of the program.
fn is_stale(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(pipeline::Error::Stale { .. }))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// Prints a line to stdout.
///
/// # Errors
/// Where it cannot be written; [`finish`] takes a reader that closed the pipe for no error.
pub fn say(line: impl std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}

/// Prints one JSON document to stdout.
pub fn print_json(value: &impl serde::Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Columns of a line that goes to no terminal, but to a file or another program.
const PLAIN: usize = 120;

/// How many columns a line may take that goes to the file `path`, or to stdout: there as many as
/// `COLUMNS` or the terminal itself says.
pub fn width(path: Option<&PathBuf>) -> usize {
    if path.is_some() {
        return PLAIN;
    }
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        size.map(|(width, _)| usize::from(width.0))
    };
    said.or_else(seen).unwrap_or(PLAIN)
}
