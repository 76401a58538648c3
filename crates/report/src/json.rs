//! The findings as one JSON document; its schema is `schema/findings.schema.json`.

use std::io::Write;

use measure::Findings;
use serde::Serialize;
use votes::VoteFindings;

use crate::Result;

/// Writes `findings` as indented JSON with a final line end; the study's votes, where it has any,
/// under `votes`.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn json(findings: &Findings, votes: Option<&VoteFindings>, out: &mut impl Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Document { findings, votes })?;
    out.write_all(b"\n")?;
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    findings: &'a Findings,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<&'a VoteFindings>,
}
