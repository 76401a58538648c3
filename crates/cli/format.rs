//! The format in which a file is written: the one that was asked for, else the one that the file's
//! ending names.

use std::path::Path;

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;

/// The format in which `path` is to be written; `None` where nothing names one: no format was
/// `asked` for, and there is no file, or it has no ending.
///
/// # Errors
/// Where the ending names none of the formats.
pub fn of_file<F: ValueEnum>(asked: Option<F>, path: Option<&Path>) -> Result<Option<F>> {
    let ending = path.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    let (None, Some(path), Some(ending)) = (&asked, path, ending) else { return Ok(asked) };
    for format in F::value_variants() {
        if ending_of(format).is_some_and(|known| ending.eq_ignore_ascii_case(&known)) {
            return Ok(Some(format.clone()));
        }
    }
    let known: Vec<String> = F::value_variants().iter().filter_map(ending_of).collect();
    bail!(
        "{}: unknown ending; known are .{}; or name the format with --format",
        path.display(),
        known.join(" .")
    )
}

/// That `--json` to stdout asks for no other format.
///
/// # Errors
/// Where it does.
pub fn check_document(json: bool, path: Option<&Path>, is_json: bool) -> Result<()> {
    ensure!(
        !json || path.is_some() || is_json,
        "--json prints one document to stdout: leave out --json or --format, or add -o FILE"
    );
    Ok(())
}

/// The ending of files in a format: its name, but text is in `.txt`.
fn ending_of(format: &impl ValueEnum) -> Option<String> {
    let value = format.to_possible_value()?;
    Some(if value.get_name() == "text" { "txt".to_owned() } else { value.get_name().to_owned() })
}
