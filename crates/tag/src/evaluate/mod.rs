//! Evaluation: how well the codes agree with coded segments, every figure with its n and an
//! interval that resamples documents.
//!
//! The gold is JSON lines with the fields of a coded unit: `text`, its context, and some of
//! `voice`, `blames`, `frames`, `naming`, `names`, `topic`. A unit is one segment. A fifth of the
//! documents is held out ([`is_held_out`]): its figures are given apart, its errors never.

mod bootstrap;
mod figures;
mod outcome;

use corpus::Digest;
use serde_json::Value;

use crate::Tagger;
use figures::{Figures, baselines, confusion};
use outcome::Outcome;

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
}

/// Whether the document of this title is held out: the first byte of the SHA-256 of the title is
/// a multiple of five.
pub fn is_held_out(title: &str) -> bool {
    let digest = Digest::of(title.as_bytes());
    u8::from_str_radix(digest.short(2), 16).is_ok_and(|byte| byte % 5 == 0)
}

/// Codes every unit of a gold text and compares.
///
/// # Errors
/// [`GoldError`] where a line is no unit, or where there is none.
pub fn evaluate(tagger: &Tagger, gold: &str) -> Result<Evaluation, GoldError> {
    let mut outcomes = Vec::new();
    let lines = gold.lines().zip(1..).filter(|(text, _)| !text.trim().is_empty());
    for (text, line) in lines {
        let wrong = |reason: String| GoldError::Line { line, reason };
        let unit: Value = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
        outcomes.push(Outcome::new(tagger, unit).map_err(|e| wrong(e.to_string()))?);
    }
    match outcomes.is_empty() {
        true => Err(GoldError::Empty),
        false => Ok(Evaluation { outcomes }),
    }
}

impl Evaluation {
    /// All figures; `held_out` and `read` hold the same figures for the two parts of the
    /// documents, `baselines` those of the simple rules.
    pub fn to_json(&self) -> Value {
        let part = |held: Option<bool>| -> Vec<&Outcome> {
            self.outcomes.iter().filter(|o| held.is_none_or(|held| o.is_held_out == held)).collect()
        };
        let (all, read, held) = (part(None), part(Some(false)), part(Some(true)));
        let mut whole = Figures::of(&all).to_json();
        let parts = [
            ("read", Value::Object(Figures::of(&read).to_json())),
            ("held_out", Value::Object(Figures::of(&held).to_json())),
            ("baselines", baselines(&all)),
            ("confusion", confusion(&all)),
            ("errors", read.iter().flat_map(|o| o.errors.iter().cloned()).collect()),
        ];
        for (key, value) in parts {
            whole.insert(key.to_owned(), value);
        }
        Value::Object(whole)
    }

    /// The one-line summary of a part: F1 of blame by language, for people.
    pub fn summary(&self) -> String {
        let json = self.to_json();
        let f1 = |part: &Value, lang: &str| {
            part["blame_us_nato_west"][lang]["f1"]
                .as_f64()
                .map_or("-".to_owned(), |f| format!("{f:.3}"))
        };
        let line = |part: &Value| {
            let langs = ["all", "zh", "en", "ko"].map(|lang| format!("{lang} {}", f1(part, lang)));
            langs.join(", ")
        };
        format!(
            "blame of US, NATO, WEST: F1 {}; held out: {}",
            line(&json),
            line(&json["held_out"])
        )
    }
}
