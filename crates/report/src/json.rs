//! The findings as one JSON document; its schema is `schema/findings.schema.json`.

use std::io::Write;

use measure::Findings;

use crate::Result;

/// Writes `findings` as indented JSON with a final line end.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn json(findings: &Findings, out: &mut impl Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, findings)?;
    out.write_all(b"\n")?;
    Ok(())
}
