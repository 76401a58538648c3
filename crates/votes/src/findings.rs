//! What a report prints about the votes of a study.

use std::collections::BTreeMap;

use corpus::Date;
use serde::{Deserialize, Serialize};
use statistics::{Interval, McNemar};

use crate::{Country, FactCheck, Measures, Similarity, Vote};

/// The votes of one study beside all others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VoteFindings {
    /// The study's id.
    pub study: String,
    /// Where the votes are from.
    pub attribution: String,
    /// The states whose votes are shown, in the study's order.
    pub countries: Vec<Country>,
    /// The study's resolutions, earliest first.
    pub resolutions: Vec<ResolutionRow>,
    /// What the paper says of them, checked.
    pub facts: Vec<FactCheck>,
    /// The study's resolutions, then, where all roll calls are there, all of the General
    /// Assembly in each year of a resolution and the two years before.
    pub windows: Vec<Window>,
    /// For each year of a resolution, each pair's exact agreement against the two years before.
    pub changes: Vec<PairChange>,
    /// Every pair over all years, cut where a seat changed hands; empty without all roll calls.
    pub by_year: Vec<Similarity>,
    /// What the numbers do not show, in plain words.
    pub notes: Vec<String>,
    /// What is missing, in plain words.
    pub gaps: Vec<String>,
}

/// One resolution with the study's states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolutionRow {
    /// Its symbol.
    pub resolution: String,
    /// A short title.
    pub label: String,
    /// Day of the vote.
    pub date: Date,
    /// Whether it was adopted.
    pub adopted: bool,
    /// Members in favour.
    pub yes: u64,
    /// Members against.
    pub no: u64,
    /// Members that abstained.
    pub abstain: u64,
    /// Members that did not vote.
    pub nonvoting: u64,
    /// All members.
    pub members: u64,
    /// `yes` of all members, between 0 and 1.
    pub yes_of_members: Option<f64>,
    /// `yes` of those that said yes, no or abstain: those that did not vote are absent, silent or
    /// without a vote, and nobody can tell which.
    pub yes_of_voting: Option<f64>,
    /// `yes` of those that said yes or no, which is what a two-thirds majority is counted by.
    pub yes_of_yes_and_no: Option<f64>,
    /// The study's states; `None` where one was no member.
    pub votes: BTreeMap<Country, Option<Vote>>,
}

/// Which roll calls a window holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WindowKind {
    /// The study's resolutions of the General Assembly.
    Study,
    /// All roll calls of the General Assembly in one year.
    Year,
}

/// Pairs of states over the same roll calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Which roll calls.
    pub kind: WindowKind,
    /// `study`, or the year.
    pub name: String,
    /// How many roll calls.
    pub roll_calls: u64,
    /// Each pair alone.
    pub pairs: Vec<PairSimilarity>,
    /// Pairs against each other, over roll calls in which all of their states voted.
    pub contrasts: Vec<Contrast>,
}

/// One pair of states.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairSimilarity {
    /// The first state.
    pub a: Country,
    /// The second.
    pub b: Country,
    /// The measures.
    pub measures: Measures,
}

/// Two pairs of states over the same roll calls, first less second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// The first pair.
    pub first: (Country, Country),
    /// The second pair.
    pub second: (Country, Country),
    /// Roll calls in which every state of both pairs voted.
    pub n: u64,
    /// Difference of exact agreement.
    pub agree_difference: Option<f64>,
    /// McNemar's test of it: roll calls in which only one of the pairs agreed.
    pub mcnemar: McNemar,
    /// Its exact p adjusted by Benjamini and Hochberg over all contrasts of the study.
    pub p_adjusted: Option<f64>,
    /// Difference of S with absolute distances.
    pub s_abs_difference: Option<f64>,
    /// Its interval at 0.95, by resampling roll calls; none below
    /// [`LEAST_ROLL_CALLS`](crate::LEAST_ROLL_CALLS).
    pub s_abs_interval: Option<Interval>,
}

/// One pair's exact agreement in one year against the two years before. The roll calls differ,
/// so the difference is one of independent shares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairChange {
    /// The year.
    pub year: i16,
    /// The first state.
    pub a: Country,
    /// The second.
    pub b: Country,
    /// Agreement in the two years before.
    pub before: Option<f64>,
    /// Roll calls in which both voted then.
    pub n_before: u64,
    /// Agreement in the year.
    pub now: Option<f64>,
    /// Roll calls in which both voted.
    pub n_now: u64,
    /// `now` less `before`.
    pub difference: Option<f64>,
    /// Newcombe's interval of it at 0.95.
    pub interval: Option<Interval>,
}
