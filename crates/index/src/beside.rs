//! Beside: files of ours that lie beside those of a part.
//!
//! What a whole part gives never changes, since parts are never rewritten: it is worked out once,
//! when the part was written. Either file can be missing at any time, and nothing is lost but time.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::Result;
use crate::frequent::Frequent;
use crate::part::Part;
use crate::schema::Fields;
use crate::turns::Turns;

const TOTALS: &str = "totals";
const TURNS: &str = "turns";

/// The file of the totals of frequent tokens.
pub(crate) fn totals(folder: &Path, part: &Part) -> PathBuf {
    path(folder, part, TOTALS)
}

/// The file of the turns' numbers.
pub(crate) fn turns(folder: &Path, part: &Part) -> PathBuf {
    path(folder, part, TURNS)
}

fn path(folder: &Path, part: &Part, extension: &str) -> PathBuf {
    let name = part.reader.segment_id().uuid_string();
    folder.join(format!("{name}.{extension}"))
}

/// Writes the files of the parts that have none yet or only what was cut short, and drops those of
/// parts that are gone.
pub(crate) fn update(folder: &Path, parts: &[Part], fields: &Fields) -> Result<()> {
    let of_part = |part| [totals(folder, part), turns(folder, part)];
    let living: BTreeSet<PathBuf> = parts.iter().flat_map(of_part).collect();
    for file in std::fs::read_dir(folder)? {
        let file = file?.path();
        // A killed writer leaves a file under another name.
        let written = file.extension().is_some_and(|e| e == "tmp").then(|| file.with_extension(""));
        let name = written.as_ref().unwrap_or(&file);
        let is_ours = name.extension().is_some_and(|e| e == TOTALS || e == TURNS);
        if is_ours && !living.contains(&file) {
            std::fs::remove_file(file)?;
        }
    }
    let is_whole = |part: &&Part| {
        totals(folder, part).is_file() && Turns::mapped(&turns(folder, part), part).is_some()
    };
    parts.par_iter().filter(|part| !is_whole(part)).try_for_each(|part| write(folder, part, fields))
}

fn write(folder: &Path, part: &Part, fields: &Fields) -> Result<()> {
    let numbers = Turns::of(part);
    let counted = Frequent::bytes(part, fields.text, &numbers)?;
    corpus::write_atomically(&turns(folder, part), |file| file.write_all(numbers.bytes()))?;
    Ok(corpus::write_atomically(&totals(folder, part), |file| file.write_all(&counted))?)
}
