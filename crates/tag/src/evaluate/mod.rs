//! Evaluation: how well the codes agree with coded segments, every figure with its n and an
//! interval that resamples documents.
//!
//! The gold is JSON lines with the fields of a coded unit: `text`, its context, and some of
//! `voice`, `blames`, `frames`, `naming`, `names`, `topic`. A unit is one segment or a few, which have
//! one voice then. A fifth of the documents is held out ([`is_held_out`]): its figures are given
//! apart, its errors only on request.

mod coders;
mod coders_page;
mod figures;
mod gold;
mod outcome;
mod page;
mod tally;

use std::collections::BTreeMap;

use corpus::{Digest, Statement};
use serde_json::Value;

use crate::Tagger;
use crate::filter::LineError;
use figures::{baselines, confusion, figures};
use gold::check_codes;
use outcome::Outcome;

pub use coders::{Agreement, agreement};
pub use page::page;

/// A gold file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// A line is no coded unit.
    #[error("line {line}: {reason}")]
    Line {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// No unit at all.
    #[error("the gold has no unit; a line is a JSON object with `text` and codes")]
    Empty,
}

/// What an evaluation found.
#[derive(Debug, Clone)]
pub struct Evaluation {
    outcomes: Vec<Outcome>,
    shows_held_out: bool,
}

/// Whether the document of this title is held out: the first byte of the SHA-256 of the title is
/// a multiple of five.
pub fn is_held_out(title: &str) -> bool {
    let digest = Digest::of(title.as_bytes());
    u8::from_str_radix(digest.short(2), 16).is_ok_and(|byte| byte % 5 == 0)
}

/// Codes every unit of a gold text, one JSON object a line, and compares.
///
/// # Errors
/// [`GoldError`] where a line is no unit, or where there is none.
pub fn evaluate(tagger: &Tagger, gold: &str) -> Result<Evaluation, GoldError> {
    evaluate_units(tagger, &units(gold)?, &BTreeMap::new())
}

/// The units of a gold text, one JSON object a line, each with its line from 1.
///
/// # Errors
/// [`GoldError`] where a line is no JSON or has a code that the guide does not write so.
pub fn units(gold: &str) -> Result<Vec<(usize, Value)>, GoldError> {
    let lines = gold.trim_start_matches('\u{feff}').lines().zip(1..);
    let lines = lines.filter(|(text, _)| !text.trim().is_empty());
    let parsed = lines.map(|(text, line)| {
        let wrong = |e: serde_json::Error| GoldError::Line { line, reason: e.to_string() };
        let unit = serde_json::from_str(text).map_err(wrong)?;
        check_codes(&unit).map_err(|e| GoldError::Line { line, reason: e.to_string() })?;
        Ok((line, unit))
    });
    parsed.collect()
}

/// Where a unit stands in a corpus.
#[derive(Debug, Clone)]
pub struct Place {
    /// The statement, in the revision that counts.
    pub statement: Statement,
    /// Number of the turn.
    pub turn: u32,
    /// Number of the segment in it, from 1.
    pub segment: u32,
}

/// Codes every unit of a gold, given with its line, and compares. A unit whose name stands in `places`
/// is coded there, as its corpus is: voices and topics go by more than the two sentences around it.
///
/// # Errors
/// [`GoldError`] where a unit has no text or a field of the wrong kind, or where there is none.
pub fn evaluate_units(
    tagger: &Tagger,
    units: &[(usize, Value)],
    places: &BTreeMap<String, Place>,
) -> Result<Evaluation, GoldError> {
    let mut outcomes = Vec::with_capacity(units.len());
    for (line, unit) in units {
        let wrong = |e: LineError| GoldError::Line { line: *line, reason: e.to_string() };
        let place = unit["unit"].as_str().and_then(|name| places.get(name));
        outcomes.push(Outcome::new(tagger, unit.clone(), place).map_err(wrong)?);
    }
    match outcomes.is_empty() {
        true => Err(GoldError::Empty),
        false => Ok(Evaluation { outcomes, shows_held_out: false }),
    }
}

impl Evaluation {
    /// The same evaluation, which lists the errors in held-out documents too.
    #[must_use]
    pub fn with_held_out_errors(self) -> Self {
        Self { shows_held_out: true, ..self }
    }

    /// All figures of the contract; `held_out` and `read` hold the same figures for the two parts
    /// of the documents, `baselines` those of the simple rules, `confusion` who was taken for
    /// whom, `errors` every error with its text, in the held-out documents only where
    /// `errors_held_out` says so.
    pub fn to_json(&self) -> Value {
        let part = |held: Option<bool>| -> Vec<&Outcome> {
            self.outcomes.iter().filter(|o| held.is_none_or(|held| o.is_held_out == held)).collect()
        };
        let (all, read, held) = (part(None), part(Some(false)), part(Some(true)));
        let shown = if self.shows_held_out { &all } else { &read };
        let mut whole = figures(&all);
        let parts = [
            ("read", Value::Object(figures(&read))),
            ("held_out", Value::Object(figures(&held))),
            ("baselines", baselines(&all)),
            ("confusion", confusion(&all)),
            ("errors", shown.iter().flat_map(|o| o.errors.iter().cloned()).collect()),
        ];
        for (key, value) in parts {
            whole.insert(key.to_owned(), value);
        }
        whole.insert("errors_held_out".to_owned(), Value::Bool(self.shows_held_out));
        Value::Object(whole)
    }
}
