//! A tally: what a figure is counted from, document by document, so that its interval can
//! resample documents. Segments of one document are alike; documents, not segments, are drawn.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use statistics::{Interval, Resampling, bootstrap, wilson};

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

    /// Counts that stand already, by document.
    pub fn counted(documents: BTreeMap<&str, Vec<u64>>) -> Self {
        Self { documents: documents.into_values().collect() }
    }

    /// The counts of all documents together.
    pub fn total(&self) -> Vec<u64> {
        self.sum(0..self.documents.len())
    }

    /// A figure and its interval by resampling documents.
    ///
    /// Where no resample changes it, as where all of twelve are right, or more than a twentieth of them
    /// has no such figure, resampling knows of no error: there Wilson's interval over its `cases`
    /// stands. `None` where the figure is undefined.
    pub fn figure(
        &self,
        figure: impl Fn(&[u64]) -> Option<f64>,
        cases: impl Fn(&[u64]) -> u64,
    ) -> (Option<f64>, Option<Interval>) {
        let total = self.total();
        let Some(value) = figure(&total) else { return (None, None) };
        let scored = || {
            let cases = cases(&total);
            let right = (value * cases as f64).round() as u64;
            wilson(right.min(cases), cases, RESAMPLING.level)
        };
        (Some(value), self.resampled(figure).or_else(scored))
    }

    /// The difference of two shares of the same `cases`, and its interval by resampling documents.
    /// Where no resample changes it, as many of the cases may differ as where none of them was seen to.
    pub fn difference(
        &self,
        difference: impl Fn(&[u64]) -> Option<f64>,
        cases: u64,
    ) -> (Option<f64>, Option<Interval>) {
        let Some(value) = difference(&self.total()) else { return (None, None) };
        let unseen = || {
            let reach = wilson(0, cases, RESAMPLING.level)?.high;
            Some(Interval { low: value - reach, high: value + reach })
        };
        (Some(value), self.resampled(difference).or_else(unseen))
    }

    /// The percentile interval of a figure; `None` where no resample changes it.
    fn resampled(&self, figure: impl Fn(&[u64]) -> Option<f64>) -> Option<Interval> {
        let found = bootstrap(self.documents.len(), RESAMPLING, |drawn| {
            figure(&self.sum(drawn.iter().copied()))
        });
        found.filter(|interval| interval.high - interval.low > 1e-12)
    }

    /// Writes `name` and `name_interval` into an object.
    pub fn write(
        &self,
        object: &mut Map<String, Value>,
        name: &str,
        figure: impl Fn(&[u64]) -> Option<f64>,
        cases: impl Fn(&[u64]) -> u64,
    ) {
        let (value, interval) = self.figure(figure, cases);
        object.insert(name.to_owned(), json!(value));
        object.insert(format!("{name}_interval"), bounds(interval));
    }

    /// Precision, recall and F1 of pairs, each with its interval; `n` is the number of cases in
    /// the gold.
    pub fn precision_recall(&self) -> Value {
        let total = self.total();
        let (p, p_interval) = self.figure(precision, |c| c[BOTH] + c[ADDED]);
        let (r, r_interval) = self.figure(recall, |c| c[BOTH] + c[MISSED]);
        let (f, f_interval) = self.figure(f1, either);
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

/// Cases that the gold or we have: those that an F1 is of.
pub(super) fn either(counts: &[u64]) -> u64 {
    counts[BOTH] + counts[ADDED] + counts[MISSED]
}

/// All cases.
pub(super) fn all(counts: &[u64]) -> u64 {
    counts.iter().sum()
}

pub(super) fn accuracy(counts: &[u64]) -> Option<f64> {
    share(counts[BOTH] + counts[NEITHER], counts[ADDED] + counts[MISSED])
}

/// The mean of the shares that are right among the cases that have it and among the others.
pub(super) fn balanced_accuracy(counts: &[u64]) -> Option<f64> {
    Some((recall(counts)? + share(counts[NEITHER], counts[ADDED])?) / 2.0)
}

/// Cases of the smaller of these two.
pub(super) fn fewer(counts: &[u64]) -> u64 {
    (counts[BOTH] + counts[MISSED]).min(counts[NEITHER] + counts[ADDED])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(documents: &[[u64; 4]]) -> Tally {
        Tally { documents: documents.iter().map(|counts| counts.to_vec()).collect() }
    }

    #[test]
    fn all_right_is_no_certainty() {
        let three = tally(&[[1, 0, 0, 2], [1, 0, 0, 1], [1, 0, 0, 0]]);
        let (value, interval) = three.figure(f1, either);
        assert_eq!((value, interval), (Some(1.0), wilson(3, 3, 0.95)));
        assert!(interval.unwrap().low < 0.5);
        let (error, interval) = three.difference(|c| Some(recall(c)? - precision(c)?), 10);
        assert_eq!(error, Some(0.0));
        assert!(interval.is_some_and(|i| i.low < -0.2 && i.high > 0.2));
    }

    #[test]
    fn what_varies_is_resampled() {
        let some = tally(&[[3, 1, 0, 2], [1, 0, 2, 1], [4, 0, 0, 0]]);
        let (value, interval) = some.figure(f1, either);
        let interval = interval.unwrap();
        assert!(interval.contains(value.unwrap()) && interval.high == 1.0);
    }

    #[test]
    fn nothing_has_no_figure() {
        assert_eq!(tally(&[]).figure(f1, either), (None, None));
        assert_eq!(tally(&[[0, 0, 0, 5]]).figure(f1, either), (None, None));
    }
}
