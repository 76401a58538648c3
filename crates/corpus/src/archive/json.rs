//! JSON as the archive keeps it, in notes, rejects and index lines. What cannot be written is an
//! error: nothing in its place would stand in the archive for good.

use std::path::Path;

use serde::Serialize;

use crate::{Error, Result};

/// `value` as one line of JSON; `place` is where it was to be written.
pub(super) fn json(value: &(impl Serialize + ?Sized), place: &Path) -> Result<String> {
    let unwritable =
        |e| Error::damaged(place, format!("nothing written: not to be had as JSON: {e}"));
    serde_json::to_string(value).map_err(unwritable)
}
