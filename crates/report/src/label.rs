//! Label: what people read for a code, a side, a period or a measure.

use measure::{Findings, Measure};

use crate::layout::Axis;

/// The name of a code: of `frame:hegemony` the codebook's label, of `naming:war 战争` the written
/// form with the label in brackets.
pub(crate) fn code_label(findings: &Findings, code: &str) -> String {
    let (head, form) = code.split_once(' ').unwrap_or((code, ""));
    let known = findings.codes.iter().find(|c| c.code == head).map(|c| c.label.as_str());
    let name = known.unwrap_or_else(|| head.split_once(':').map_or(head, |(_, id)| id));
    match form {
        _ if head.contains(':') && !form.is_empty() => format!("{form} ({name})"),
        _ if !form.is_empty() => code.to_owned(),
        _ => name.to_owned(),
    }
}

/// What a reader sees for a value of an axis.
pub(crate) fn label(findings: &Findings, value: &str, axis: Axis) -> String {
    match axis {
        Axis::Side => match value.split_once(" - ") {
            Some((a, b)) => format!("{} less {}", side(findings, a), side(findings, b)),
            None => side(findings, value),
        },
        Axis::Code => code_label(findings, value),
        Axis::Measure => measure_label(value).to_owned(),
        Axis::Detail => match value.strip_prefix("referent ") {
            Some(referent) => {
                format!("means {}", code_label(findings, &format!("topic:{referent}")))
            }
            None => code_label(findings, value),
        },
        Axis::Period if value == findings.period => "whole period".to_owned(),
        Axis::Period => value.replace('/', " to "),
        Axis::Voice => value.to_owned(),
    }
}

/// The heading of the row labels that are values of an axis.
pub(crate) fn heading(axis: Axis) -> &'static str {
    match axis {
        Axis::Side => "side",
        Axis::Voice => "voice",
        Axis::Period => "period",
        Axis::Code => "what",
        Axis::Detail => "which",
        Axis::Measure => "measure",
    }
}

fn side(findings: &Findings, id: &str) -> String {
    let known = findings.sides.iter().find(|(side, _)| side == id);
    known.map_or_else(|| id.to_owned(), |(_, label)| label.clone())
}

fn measure_label(name: &str) -> &str {
    let named = [
        (Measure::Share, "share of utterances"),
        (Measure::Rate, "per 100 own-voice segments"),
        (Measure::Keyness, "signed likelihood ratio (G2)"),
        (Measure::LogOdds, "log-odds (z)"),
        (Measure::Level, "change of level"),
        (Measure::Slope, "change of slope a week"),
    ];
    named.iter().find(|(measure, _)| measure.name() == name).map_or(name, |(_, label)| label)
}
