//! A claim: the number that would show it, and the conditions under which it decides.

use corpus::{BlameKind, Voice};
use serde::{Deserialize, Serialize};

use super::Period;

/// A claim with the number that would show it and the conditions under which it decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Claim {
    /// `cn-avoids-invasion`.
    pub id: String,
    /// The claim in our words.
    pub claim: String,
    /// Where it stands in the repeated work.
    pub section: String,
    /// What is estimated.
    pub estimand: Estimand,
    /// What it is compared with; a second estimand or, where it is missing, `threshold`.
    pub against: Option<Against>,
    /// On which side of the threshold, or of the other estimand, the claim puts it.
    pub expect: Direction,
    /// The bound; of the difference where `against` is given.
    #[serde(default)]
    pub threshold: f64,
    /// Fewer units than this decide nothing.
    pub least_n: u64,
    /// A smaller share of the period's weeks with a whole text decides nothing.
    pub least_coverage: f64,
    /// What the claim's wording leaves open, or how the estimand differs from it.
    pub caution: Option<String>,
}

/// On which side of the threshold the estimate is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Below it.
    Below,
    /// Above it.
    Above,
}

impl Direction {
    /// The word as it is written in the study.
    pub fn name(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
        }
    }
}

/// What is estimated: a measure of some codes of one side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Estimand {
    /// How it is counted.
    pub measure: crate::Measure,
    /// Side id.
    pub side: String,
    /// Codes of which any counts (`naming:invasion`, `blame:US`).
    pub codes: Vec<String>,
    /// Codes that the question has to carry, for [`crate::Measure::Prompted`]; codes of the
    /// denominator for [`crate::Measure::Composition`]; for [`crate::Measure::Share`], where there are
    /// any, only utterances with one of them count, in the same voice.
    #[serde(default)]
    pub given: Vec<String>,
    /// Only naming terms with this referent.
    pub referent: Option<String>,
    /// Only blame of this kind.
    pub kind: Option<BlameKind>,
    /// Only words relayed of this holder, by the codebook's name (`Russia`).
    pub holder: Option<String>,
    /// In whose voice; own where it is missing.
    #[serde(default = "own")]
    pub voice: Voice,
    /// Only utterances on this topic.
    pub topic: Option<String>,
    /// Another period than the study's.
    pub period: Option<Period>,
}

/// The second estimand of a comparison: what differs from the first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Against {
    /// Another side.
    pub side: Option<String>,
    /// Other codes.
    pub codes: Option<Vec<String>>,
    /// Another kind of blame.
    pub kind: Option<BlameKind>,
    /// Another voice.
    pub voice: Option<Voice>,
    /// Another period.
    pub period: Option<Period>,
}

impl Claim {
    /// What no count could ever show, so that 0 would say nothing; `None` where it holds together.
    pub(super) fn fault(&self) -> Option<String> {
        let other = self.against.as_ref().map(|against| self.estimand.with(against));
        self.estimand.fault().or_else(|| other?.fault())
    }
}

impl Estimand {
    fn fault(&self) -> Option<String> {
        let families = ["frame:", "naming:", "target:", "refusal:", "blame:"];
        let counted = |code: &&String| families.iter().any(|f| code.starts_with(f));
        let other = |family: &str| self.codes.iter().find(|code| !code.starts_with(family));
        let of_another = |key: &str, family: &str| {
            let code = other(family)?;
            Some(format!("`{key}` asks for `{family}` codes, and `{code}` is none"))
        };
        if self.codes.is_empty() {
            return Some("`codes` names no code".to_owned());
        }
        if let Some(code) = self.codes.iter().chain(&self.given).find(|code| !counted(code)) {
            let families = families.join(" ");
            return Some(format!("`{code}` is not counted; codes begin with one of {families}"));
        }
        if self.measure == crate::Measure::Composition && self.given.is_empty() {
            return Some("a composition needs `given`, the codes that it is a part of".to_owned());
        }
        if self.holder.is_some() && self.voice != Voice::Relayed {
            return Some("`holder` asks for `voice = \"relayed\"`".to_owned());
        }
        let referent = self.referent.as_ref().and_then(|_| of_another("referent", "naming:"));
        let kind = || self.kind.and_then(|_| of_another("kind", "blame:"));
        referent
            .or_else(kind)
            .or_else(|| self.holder.as_ref().and_then(|_| of_another("holder", "blame:")))
    }

    /// This estimand with what `against` changes.
    pub fn with(&self, against: &Against) -> Self {
        let mut other = self.clone();
        if let Some(side) = &against.side {
            other.side.clone_from(side);
        }
        if let Some(codes) = &against.codes {
            other.codes.clone_from(codes);
        }
        other.kind = against.kind.or(self.kind);
        other.voice = against.voice.unwrap_or(self.voice);
        other.period = against.period.or(self.period);
        other
    }
}

fn own() -> Voice {
    Voice::Own
}
