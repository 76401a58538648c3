//! The words of a verdict: what would have shown the claim, and where the estimate lies or which
//! condition failed; with names that people read and in the unit that the tables print.

use super::Estimate;
use crate::study::known::entry;
use crate::{Claim, Code, Estimand, Figure, Measure, Study};

/// What the words name.
pub(super) struct Wording<'a> {
    pub study: &'a Study,
    pub claim: &'a Claim,
    pub codes: &'a [Code],
}

impl Wording<'_> {
    /// Which condition of the claim an estimate fails.
    pub fn condition(&self, of: &Estimand, estimate: &Estimate) -> Option<String> {
        let (claim, figure) = (self.claim, &estimate.figure);
        let side = self.side(&of.side);
        if figure.n < claim.least_n {
            return Some(format!(
                "{side}: {}{}{}, at least {} are needed",
                figure.unit.counted(figure.n),
                self.topic(of),
                self.period(of),
                claim.least_n
            ));
        }
        if estimate.coverage < claim.least_coverage {
            return Some(format!(
                "{side}: {:.0} % of the weeks have a whole text, at least {:.0} % are needed",
                estimate.coverage * 100.0,
                claim.least_coverage * 100.0
            ));
        }
        let empty = figure.value.is_none();
        empty.then(|| format!("{side}: {}", figure.empty.as_deref().unwrap_or("no number")))
    }

    /// Where the estimate, or its difference from the other, lies.
    pub fn located(
        &self,
        (first, other): (&Figure, Option<&Figure>),
        value: Option<f64>,
        interval: Option<(f64, f64)>,
    ) -> String {
        let Some(value) = value else { return "no number".to_owned() };
        let (measure, threshold) = (first.measure, self.claim.threshold);
        let limit = self.threshold();
        let than = |x: f64| if x < threshold { "below" } else { "above" };
        let number = |x: f64| match other {
            Some(_) => signed(measure, x),
            None => plain(measure, x),
        };
        let Some((lo, hi)) = interval else {
            let found = match measure {
                Measure::Occurrences if other.is_none() => {
                    format!("{value} {}", if value == 1.0 { "place" } else { "places" })
                }
                _ => number(value),
            };
            return match value == threshold {
                true => format!("{found}, the threshold itself"),
                false => format!("{found}, {} the threshold of {limit}", than(value)),
            };
        };
        let of = |f: &Figure| format!("{} of {}", f.k, f.unit.counted(f.n));
        let found = match other {
            Some(other) => {
                format!("{} against {}: difference {}", of(first), of(other), number(value))
            }
            None => format!("{}: {}", of(first), number(value)),
        };
        let lies = match lo <= threshold && threshold <= hi {
            true => format!("with the threshold of {limit} inside it"),
            false => format!("all {} the threshold of {limit}", than(lo)),
        };
        format!("{found}, 95 % interval {} to {}, {lies}", number(lo), number(hi))
    }

    /// What would have shown the claim.
    pub fn expected(&self) -> String {
        let (claim, of) = (self.claim, &self.claim.estimand);
        let mut text =
            format!("{}, {} voice{}", self.side(&of.side), of.voice.name(), self.topic(of));
        if let Some(referent) = &of.referent {
            text.push_str(&format!(", where it means {}", self.label("topic", referent)));
        }
        if let Some(holder) = &of.holder {
            text.push_str(&format!(", relayed of {holder}"));
        }
        text.push_str(&format!(": {}{}", self.measured(of), self.period(of)));
        if let Some(against) = &claim.against {
            let other = of.with(against);
            let what = match other.codes == of.codes {
                true => "that".to_owned(),
                false => self.measured(&other),
            };
            text.push_str(&format!(" less {what} of {}", self.side(&other.side)));
            if other.period != of.period {
                let period = other.period.map_or(self.study.period, |period| period);
                text.push_str(&format!(" in {}", period.label()));
            }
        }
        text.push_str(&format!(", {} {}", claim.expect.name(), self.threshold()));
        text
    }

    fn measured(&self, of: &Estimand) -> String {
        let codes = |codes: &[String]| self.codes(codes);
        let what = codes(&of.codes);
        let kind = of.kind.map_or(String::new(), |kind| format!(" ({})", kind.name()));
        match of.measure {
            Measure::Share if of.given.is_empty() => {
                format!("share of utterances with {what}{kind}")
            }
            Measure::Share => {
                format!(
                    "share of utterances with {what}{kind} among those with {}",
                    codes(&of.given)
                )
            }
            Measure::Rate => format!("segments with {what}{kind} per 100"),
            Measure::Prompted if of.given.is_empty() => {
                format!("share of answers with {what}{kind} where the question has it")
            }
            Measure::Prompted => format!(
                "share of answers with {what}{kind} where the question has {}",
                codes(&of.given)
            ),
            Measure::Composition => {
                format!("share of {what} among occurrences of {}", codes(&of.given))
            }
            Measure::Occurrences => format!("occurrences of {what}{kind}"),
            measure => format!("{} of {what}{kind}", measure.name()),
        }
    }

    /// `blame of NATO or the West`, `the names "Crisis" or "Issue"`.
    fn codes(&self, codes: &[String]) -> String {
        let family =
            |code: &String| code.split_once(':').map_or("", |(family, _)| family).to_owned();
        let first = codes.first().map(family).unwrap_or_default();
        if codes.iter().any(|code| family(code) != first) {
            return codes.join(" or ");
        }
        let head = match first.as_str() {
            "blame" => "blame of",
            "naming" => "the name",
            "frame" => "the frame",
            "refusal" => "the formula",
            other => other,
        };
        let plural = if codes.len() > 1 && first != "blame" { "s" } else { "" };
        let quote = if first == "blame" { "" } else { "\"" };
        let named = codes.iter().map(|code| {
            let entry = entry(code);
            let known = self.codes.iter().find(|known| known.code == entry);
            let id = entry.split_once(':').map_or(entry.as_str(), |(_, id)| id);
            format!("{quote}{}{quote}", known.map_or(id, |known| known.label.as_str()))
        });
        let named: Vec<String> = named.collect();
        let list = match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        };
        format!("{head}{plural} {list}")
    }

    fn label(&self, family: &str, id: &str) -> String {
        let code = format!("{family}:{id}");
        let known = self.codes.iter().find(|known| known.code == code);
        known.map_or_else(|| id.to_owned(), |known| known.label.clone())
    }

    fn side(&self, id: &str) -> String {
        let known = self.study.sides.iter().find(|side| side.id == id);
        known.map_or_else(|| id.to_owned(), |side| side.label.clone())
    }

    fn topic(&self, of: &Estimand) -> String {
        let topic = of.topic.as_ref();
        topic.map_or(String::new(), |topic| format!(" on the topic {}", self.label("topic", topic)))
    }

    /// The period, where it is not the study's.
    fn period(&self, of: &Estimand) -> String {
        let other = of.period.filter(|period| *period != self.study.period);
        other.map_or(String::new(), |period| format!(" in {}", period.label()))
    }

    fn threshold(&self) -> String {
        let threshold = self.claim.threshold;
        if !is_share(self.claim.estimand.measure) {
            return threshold.to_string();
        }
        // As many digits as were written, without what binary fractions add.
        let percent = (threshold * 1e12).round() / 1e10;
        let unit = if self.claim.against.is_some() { "percentage points" } else { "%" };
        format!("{percent} {unit}")
    }
}

fn is_share(measure: Measure) -> bool {
    matches!(measure, Measure::Share | Measure::Prompted | Measure::Composition)
}

fn plain(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Occurrences | Measure::Count => value.to_string(),
        measure if is_share(measure) => format!("{:.1} %", value * 100.0),
        _ => format!("{value:.2}"),
    }
}

fn signed(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Occurrences | Measure::Count => format!("{value:+}"),
        measure if is_share(measure) => format!("{:+.1} percentage points", value * 100.0),
        _ => format!("{value:+.2}"),
    }
}
