//! How a command ends: exit code and JSON document; and where it writes.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
/// Text from outside as a terminal may show it.
pub use corpus::visible_lines as visible;

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

/// A file to write to, or stdout.
///
/// # Errors
/// Where the file cannot be made. What is written says in its errors where it was to go.
pub fn writer(path: Option<&PathBuf>) -> Result<Box<dyn Write>> {
    let Some(path) = path else {
        let out = Named { name: "stdout".to_owned(), out: std::io::stdout().lock() };
        return Ok(Box::new(std::io::BufWriter::new(out)));
    };
    let name = path.display().to_string();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        anyhow::bail!(
            "{name}: there is no folder {} to write it to; make it first",
            folder.display()
        );
    }
    let file = std::fs::File::create(path).with_context(|| name.clone())?;
    Ok(Box::new(std::io::BufWriter::new(Named { name, out: file })))
}

/// What is written to, with its name.
struct Named<W> {
    name: String,
    out: W,
}

impl<W> Named<W> {
    fn named(&self, error: &std::io::Error) -> std::io::Error {
        std::io::Error::new(error.kind(), format!("{}: {error}", self.name))
    }
}

impl<W: Write> Write for Named<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write(bytes).map_err(|e| self.named(&e))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush().map_err(|e| self.named(&e))
    }
}
