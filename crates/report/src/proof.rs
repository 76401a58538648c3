//! Proof: the segments and statements behind the numbers, as the page carries them.
//!
//! Each text stands in the page once, as JSON that a script reads when a number is opened; a number
//! names its places as runs, `3-17 20`.

use std::collections::BTreeMap;

use measure::{Document, Evidence, Findings, Segment, Study};
use serde::Serialize;

use crate::Result;
use crate::label::code_label;

/// What the page's script reads: the lists of the findings that a number names places in.
#[derive(Serialize)]
struct Proof<'f> {
    /// What writes all that a number counts, but for the number.
    command: String,
    /// What people read for a code or a source.
    codes: BTreeMap<&'f str, String>,
    evidence: &'f [Evidence],
    segments: &'f [Segment],
    documents: &'f [Document],
}

/// The proof as JSON that can stand inside a `<script>` element: no `<` of a text can end it.
///
/// # Errors
/// Where a text cannot be written as JSON, which none of ours is.
pub(crate) fn proof(findings: &Findings) -> Result<String> {
    let codes = findings.evidence.iter().map(|e| e.code.as_str());
    let codes = codes.chain(findings.documents.iter().map(|d| d.source.as_str()));
    let proof = Proof {
        command: command(findings),
        codes: codes.map(|code| (code, code_label(findings, code))).collect(),
        evidence: &findings.evidence,
        segments: &findings.segments,
        documents: &findings.documents,
    };
    Ok(serde_json::to_string(&proof)?.replace('<', "\\u003c"))
}

/// The command that makes these findings again.
fn command(findings: &Findings) -> String {
    let mut words = vec!["demarche report --corpus DIR".to_owned()];
    match findings.period.split_once('/') {
        Some((from, to)) if findings.study == Study::ADHOC => {
            words.push(format!("--from {from} --to {to}"));
            words.extend(findings.topic.as_ref().map(|topic| format!("--topic {topic}")));
        }
        _ => words.push(format!("--study {}", findings.study)),
    }
    words.extend(findings.provenance.as_of.as_ref().map(|time| format!("--as-of {time}")));
    words.join(" ")
}

/// Sorted places as runs: `0 1 2 5` is `0-2 5`.
pub(crate) fn runs(places: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &place in places {
        match runs.last_mut() {
            Some((_, last)) if place == *last + 1 => *last = place,
            _ => runs.push((place, place)),
        }
    }
    let written =
        runs.iter().map(
            |(first, last)| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        );
    written.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn places_in_a_row_are_one_run() {
        assert_eq!(runs(&[0, 1, 2, 5, 7, 8]), "0-2 5 7-8");
        assert_eq!(runs(&[]), "");
    }
}
