//! What one number counts as CSV: a segment a row, or a statement a row where it counts texts.

use std::io::Write;

use measure::{Document, Figure, Findings};

use crate::Result;
use crate::csv::{CsvOptions, Sheet};

const SEGMENTS: [&str; 18] = [
    "statement",
    "revision",
    "date",
    "source",
    "title",
    "url",
    "capture",
    "truncated",
    "turn",
    "segment",
    "role",
    "speaker",
    "voice",
    "code",
    "detail",
    "rule",
    "bytes",
    "text",
];

/// Writes the places that `figure` names, with the words counted as byte ranges of the turn's text
/// (`12-18`, of an attribution cue and target) and the sentence they stand in.
///
/// # Errors
/// Where `out` refuses bytes.
pub fn places_csv(
    findings: &Findings,
    figure: &Figure,
    options: CsvOptions,
    out: &mut impl Write,
) -> Result<()> {
    let documents = !figure.documents.is_empty();
    let columns = if documents { &SEGMENTS[..8] } else { &SEGMENTS[..] };
    let mut sheet = Sheet::new(options, columns, out)?;
    for &place in &figure.documents {
        let Some(document) = findings.documents.get(place as usize) else { continue };
        sheet.record(of_document(document))?;
    }
    for &place in figure.evidence.iter().filter(|_| !documents) {
        let Some(one) = findings.evidence.get(place as usize) else { continue };
        let Some(segment) = findings.segments.get(one.segment as usize) else { continue };
        let Some(document) = findings.documents.get(segment.document as usize) else { continue };
        let bytes: Vec<String> =
            one.spans.iter().map(|(from, to)| format!("{from}-{to}")).collect();
        let mut cells = of_document(document);
        cells.extend([
            segment.turn.to_string(),
            segment.segment.to_string(),
            segment.role.clone(),
            segment.speaker.clone(),
            one.voice.name().to_owned(),
            one.code.clone(),
            one.detail.clone(),
            one.rule.clone(),
            bytes.join(" "),
            segment.text.clone(),
        ]);
        sheet.record(cells)?;
    }
    sheet.finish()
}

fn of_document(document: &Document) -> Vec<String> {
    vec![
        document.statement.clone(),
        document.revision.to_string(),
        document.date.to_string(),
        document.source.clone(),
        document.title.clone(),
        document.url.clone(),
        document.capture.clone(),
        document.truncated.to_string(),
    ]
}
