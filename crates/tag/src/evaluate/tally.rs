//! A tally: what a figure is counted from, document by document, so that its interval can
//! resample documents. Segments of one document are alike; documents, not segments, are drawn.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use statistics::{Interval, Resampling, bootstrap};

use super::outcome::Outcome;

/// Resamples enough for an interval that is printed with two or three digits.
const RESAMPLING: Resampling = Resampling { seed: 20_220_224, draws: 1000, level: 0.95 };

/// Counts of a fixed number of cells, by document.
pub(super) struct Tally {
    documents: Vec<Vec<u64>>,
}

impl Tally {
    /// Counts `outcomes`: `cells` names the cells that an outcome adds one to.
    pub fn of(outcomes: &[&Outcome], width: usize, cells: impl Fn(&Outcome) -> Vec<usize>) -> Self {
        let mut documents: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for outcome in outcomes {
            let counts = documents.entry(&outcome.document).or_insert_with(|| vec![0; width]);
            for cell in cells(outcome) {
                counts[cell] += 1;
            }
        }
        Self { documents: documents.into_values().collect() }
    }

    /// Counts pairs of (gold has it, we have it).
    pub fn of_pairs(outcomes: &[&Outcome], pairs: impl Fn(&Outcome) -> Vec<(bool, bool)>) -> Self {
        Self::of(outcomes, 4, |outcome| pairs(outcome).into_iter().map(cell).collect())
    }

    /// The counts of all documents together.
    pub fn total(&self) -> Vec<u64> {
        self.sum(0..self.documents.len())
    }

    /// A figure and its percentile interval; the interval is `None` with fewer than two documents
    /// or where the figure is undefined in more than a twentieth of the resamples.
    pub fn figure(
        &self,
        figure: impl Fn(&[u64]) -> Option<f64>,
    ) -> (Option<f64>, Option<Interval>) {
        let interval = bootstrap(self.documents.len(), RESAMPLING, |drawn| {
            figure(&self.sum(drawn.iter().copied()))
        });
        (figure(&self.total()), interval)
    }

    /// Writes `name` and `name_interval` into an object.
    pub fn write(
        &self,
        object: &mut Map<String, Value>,
        name: &str,
        figure: impl Fn(&[u64]) -> Option<f64>,
    ) {
        let (value, interval) = self.figure(figure);
        object.insert(name.to_owned(), json!(value));
        object.insert(format!("{name}_interval"), bounds(interval));
    }

    /// Precision, recall and F1 of pairs, each with its interval; `n` is the number of cases in
    /// the gold.
    pub fn precision_recall(&self) -> Value {
        let ((p, p_interval), (r, r_interval)) = (self.figure(precision), self.figure(recall));
        let (f, f_interval) = self.figure(f1);
        let total = self.total();
        json!({
            "precision": p, "recall": r, "f1": f, "n": total[BOTH] + total[MISSED],
            "interval": {
                "precision": bounds(p_interval), "recall": bounds(r_interval),
                "f1": bounds(f_interval),
            },
        })
    }

    fn sum(&self, documents: impl Iterator<Item = usize>) -> Vec<u64> {
        let width = self.documents.first().map_or(0, Vec::len);
        let mut sum = vec![0; width.max(4)];
        for document in documents {
            for (total, count) in sum.iter_mut().zip(&self.documents[document]) {
                *total += count;
            }
        }
        sum
    }
}

/// An interval as the contract writes it, `[low, high]`.
pub(super) fn bounds(interval: Option<Interval>) -> Value {
    json!(interval.map(|i| [i.low, i.high]))
}

const BOTH: usize = 0;
const ADDED: usize = 1;
const MISSED: usize = 2;
const NEITHER: usize = 3;

fn cell(pair: (bool, bool)) -> usize {
    match pair {
        (true, true) => BOTH,
        (false, true) => ADDED,
        (true, false) => MISSED,
        (false, false) => NEITHER,
    }
}

/// `a / (a + b)`; `None` where there is nothing.
pub(super) fn share(a: u64, b: u64) -> Option<f64> {
    (a + b > 0).then(|| a as f64 / (a + b) as f64)
}

pub(super) fn precision(counts: &[u64]) -> Option<f64> {
    share(counts[BOTH], counts[ADDED])
}

pub(super) fn recall(counts: &[u64]) -> Option<f64> {
    share(counts[BOTH], counts[MISSED])
}

pub(super) fn f1(counts: &[u64]) -> Option<f64> {
    statistics::f1(counts[BOTH], counts[MISSED], counts[ADDED])
}

pub(super) fn accuracy(counts: &[u64]) -> Option<f64> {
    share(counts[BOTH] + counts[NEITHER], counts[ADDED] + counts[MISSED])
}

/// The mean of the shares that are right among the cases that have it and among the others.
pub(super) fn balanced_accuracy(counts: &[u64]) -> Option<f64> {
    Some((recall(counts)? + share(counts[NEITHER], counts[ADDED])?) / 2.0)
}
