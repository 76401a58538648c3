//! Where a command writes: stdout, or a file that holds all of it or what it held before.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use corpus::Draft;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// Stdout, which says in its errors that it was it.
pub fn writer() -> Box<dyn Write> {
    Box::new(BufWriter::new(Named { name: "stdout".to_owned(), out: io::stdout().lock() }))
}

/// Lets `write` write to the file `path`, or to stdout. A file is replaced when all is written;
/// where `write` fails or the program is stopped it is what it was before.
///
/// # Errors
/// What `write` says, and where the file cannot be made.
pub fn write_to<T>(
    path: Option<&PathBuf>,
    write: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let Some(path) = path else { return flushed(writer(), write) };
    let name = path.display().to_string();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        ensure!(
            folder.exists(),
            "{name}: there is no folder {} to write it to; make it first",
            folder.display()
        );
    }
    if is_no_file(path) {
        let out = File::create(path).with_context(|| name.clone())?;
        return flushed(BufWriter::new(Named { name, out }), write);
    }
    // What a link leads to is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
    let (draft, file) = Draft::begin(&path).with_context(|| name.clone())?;
    remove_when_stopped(draft.temporary().to_owned()).with_context(|| name.clone())?;
    let out = file.try_clone().with_context(|| name.clone())?;
    let done = flushed(BufWriter::new(Named { name: name.clone(), out }), write)?;
    draft.finish(&file).context(name)?;
    Ok(done)
}

fn flushed<T>(mut out: impl Write, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    let done = write(&mut out)?;
    out.flush()?;
    Ok(done)
}

/// Whether something is there that cannot be replaced by a file: a pipe, a device, a folder.
fn is_no_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file())
}

/// Removes the file before SIGINT or SIGTERM ends the program.
fn remove_when_stopped(file: PathBuf) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let _ = fs::remove_file(file);
            let _ = emulate_default_handler(signal);
        }
    });
    Ok(())
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
