//! Agreement between coders, and between voters: both put the same units into categories.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bootstrap::percentile_interval;
use crate::{Interval, Resampling, Rng};

/// How far two categories are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    /// Equal or not.
    Nominal,
    /// By the number of values between them.
    Ordinal,
    /// By the square of their difference.
    Interval,
}

/// Krippendorff's alpha (*Content Analysis*, 2004, chapter 11).
///
/// `units` holds for each unit the categories that its coders gave, as places in `values`;
/// missing codes are left out, and a unit with fewer than two codes does not count. `values` are
/// the categories' numbers in increasing order (any for [`Metric::Nominal`]). `None` where no
/// unit has two codes, where only one category occurs (no disagreement is then expected), or
/// where a code has no value.
pub fn alpha(units: &[Vec<usize>], values: &[f64], metric: Metric) -> Option<f64> {
    Coincidences::of(units, values.len())?.alpha(values, metric)
}

/// Krippendorff's alpha over categories that lie `distance` apart (0 for a category and itself),
/// such as sets of codes with [`masi`]. `None` as [`alpha`].
pub fn alpha_over(
    units: &[Vec<usize>],
    categories: usize,
    distance: impl Fn(usize, usize) -> f64,
) -> Option<f64> {
    Coincidences::of(units, categories)?.alpha_over(distance)
}

/// The percentile interval of [`alpha_over`] over resampled clusters of units (documents), as
/// units of one document are alike. `None` with fewer than two clusters that have a unit with two
/// codes, and as [`crate::bootstrap`].
///
/// Small samples make it too narrow (Hughes 2022, arXiv 2210.13265): print
/// [`alpha_jackknife`] beside it below some fifty units.
pub fn alpha_bootstrap(
    clusters: &[Vec<Vec<usize>>],
    categories: usize,
    distance: impl Fn(usize, usize) -> f64,
    resampling: Resampling,
) -> Option<Interval> {
    let paired = clusters.iter().filter(|units| units.iter().any(|unit| unit.len() > 1));
    let counted = paired.map(|units| Coincidences::of(units, categories));
    let counted: Vec<Coincidences> = counted.collect::<Option<_>>()?;
    if counted.len() < 2 {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let draws = (0..resampling.draws).filter_map(|_| {
        let mut sum = Coincidences::empty(categories);
        for _ in 0..counted.len() {
            sum.join(&counted[rng.below(counted.len())]);
        }
        sum.alpha_over(&distance)
    });
    percentile_interval(draws.collect(), resampling)
}

/// How far two sets are apart, from 0 to 1, by "measuring agreement on set-valued items": one less
/// their Jaccard index, weighted by 1 where they are equal, 2/3 where one holds the other, 1/3
/// where they overlap (Passonneau 2006, *LREC*). Two empty sets are equal.
pub fn masi<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    if a == b {
        return 0.0;
    }
    let both = a.intersection(b).count() as f64;
    let either = a.union(b).count() as f64;
    let weight = if a.is_subset(b) || b.is_subset(a) { 2.0 / 3.0 } else { 1.0 / 3.0 };
    1.0 - both / either * weight
}

/// The jackknife interval of [`alpha`] over units: the estimate and 1.96 (at 0.95) standard
/// errors from leaving out one unit at a time, cut at 1. `None` where alpha is undefined with a
/// unit left out.
pub fn alpha_jackknife(
    units: &[Vec<usize>],
    values: &[f64],
    metric: Metric,
    level: f64,
) -> Option<Interval> {
    let whole = alpha(units, values, metric)?;
    let paired: Vec<&Vec<usize>> = units.iter().filter(|u| u.len() > 1).collect();
    let mut left_out = Vec::with_capacity(paired.len());
    for skipped in 0..paired.len() {
        let mut sum = Coincidences::empty(values.len());
        for (_, unit) in paired.iter().enumerate().filter(|(i, _)| *i != skipped) {
            sum.add(unit)?;
        }
        left_out.push(sum.alpha(values, metric)?);
    }
    let m = left_out.len() as f64;
    let mean = left_out.iter().sum::<f64>() / m;
    let spread: f64 = left_out.iter().map(|a| (a - mean) * (a - mean)).sum();
    let half = crate::proportion::two_sided(level)? * (spread * (m - 1.0) / m).sqrt();
    Some(Interval { low: whole - half, high: (whole + half).min(1.0) })
}

/// Two raters' categories: `table[i][j]` units that the first puts into `i`, the second into `j`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion(Vec<Vec<u64>>);

impl Confusion {
    /// The table of pairs of categories below `categories`; `None` where one is not.
    pub fn of(pairs: impl IntoIterator<Item = (usize, usize)>, categories: usize) -> Option<Self> {
        let mut table = vec![vec![0; categories]; categories];
        for (first, second) in pairs {
            *table.get_mut(first)?.get_mut(second)? += 1;
        }
        Some(Self(table))
    }

    /// Units.
    pub fn n(&self) -> u64 {
        self.0.iter().flatten().sum()
    }

    /// Share of units in the same category; `None` without units.
    pub fn agreement(&self) -> Option<f64> {
        let same: u64 = (0..self.0.len()).map(|i| self.0[i][i]).sum();
        (self.n() > 0).then(|| same as f64 / self.n() as f64)
    }

    /// Mean distance between the two raters; `None` without units.
    pub fn mean_distance(&self, distance: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let n = self.n();
        let cell = |(i, row): (usize, &Vec<u64>)| -> f64 {
            row.iter().enumerate().map(|(j, &count)| count as f64 * distance(i, j)).sum()
        };
        (n > 0).then(|| self.0.iter().enumerate().map(cell).sum::<f64>() / n as f64)
    }

    /// Cohen's kappa, weighted by `distance` (Cohen 1960, 1968): chance gives each rater its own
    /// margins. `None` without units or where chance expects no disagreement.
    pub fn kappa(&self, distance: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let (first, second) = self.margins();
        self.corrected(&first, &second, distance)
    }

    /// Scott's pi, weighted by `distance` (Scott 1955): chance gives both raters the pooled
    /// margins. `None` without units or where chance expects no disagreement.
    pub fn pi(&self, distance: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let (first, second) = self.margins();
        let pooled: Vec<f64> = first.iter().zip(&second).map(|(a, b)| (a + b) / 2.0).collect();
        self.corrected(&pooled, &pooled, distance)
    }

    fn corrected(
        &self,
        first: &[f64],
        second: &[f64],
        distance: impl Fn(usize, usize) -> f64,
    ) -> Option<f64> {
        let observed = self.mean_distance(&distance)?;
        let mut expected = 0.0;
        for (i, p) in first.iter().enumerate() {
            for (j, q) in second.iter().enumerate() {
                expected += p * q * distance(i, j);
            }
        }
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    /// Shares of the categories by rater; zeros without units.
    fn margins(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.n().max(1) as f64;
        let size = self.0.len();
        let first = self.0.iter().map(|row| row.iter().sum::<u64>() as f64 / n).collect();
        let second = (0..size).map(|j| self.0.iter().map(|row| row[j]).sum::<u64>() as f64 / n);
        (first, second.collect())
    }
}

/// The distance of unweighted kappa and pi: 0 or 1.
pub fn unequal(i: usize, j: usize) -> f64 {
    f64::from(u8::from(i != j))
}

/// The distance of ordered categories that lie evenly apart.
pub fn steps(i: usize, j: usize) -> f64 {
    i.abs_diff(j) as f64
}

/// F1 of positives between two coders, which is symmetric: `both` units coded by both,
/// `only_first` and `only_second` by one. `None` where neither codes any.
pub fn f1(both: u64, only_first: u64, only_second: u64) -> Option<f64> {
    let coded = 2 * both + only_first + only_second;
    (coded > 0).then(|| 2.0 * both as f64 / coded as f64)
}

/// Krippendorff's coincidence matrix.
struct Coincidences(Vec<Vec<f64>>);

impl Coincidences {
    fn empty(categories: usize) -> Self {
        Self(vec![vec![0.0; categories]; categories])
    }

    fn of(units: &[Vec<usize>], categories: usize) -> Option<Self> {
        let mut sum = Self::empty(categories);
        for unit in units {
            sum.add(unit)?;
        }
        Some(sum)
    }

    /// Adds every ordered pair of codes of one unit with weight `1 / (codes - 1)`.
    fn add(&mut self, unit: &[usize]) -> Option<()> {
        if unit.iter().any(|&code| code >= self.0.len()) {
            return None;
        }
        let weight = 1.0 / (unit.len().max(2) - 1) as f64;
        for (i, &first) in unit.iter().enumerate() {
            for (_, &second) in unit.iter().enumerate().filter(|(j, _)| *j != i) {
                self.0[first][second] += weight;
            }
        }
        Some(())
    }

    /// Adds the coincidences of other units in the same categories.
    fn join(&mut self, other: &Self) {
        for (row, others) in self.0.iter_mut().zip(&other.0) {
            for (cell, more) in row.iter_mut().zip(others) {
                *cell += more;
            }
        }
    }

    fn totals(&self) -> Vec<f64> {
        self.0.iter().map(|row| row.iter().sum()).collect()
    }

    fn alpha(&self, values: &[f64], metric: Metric) -> Option<f64> {
        let totals = self.totals();
        self.alpha_over(|c, k| squared_distance(metric, c, k, values, &totals))
    }

    fn alpha_over(&self, distance: impl Fn(usize, usize) -> f64) -> Option<f64> {
        let totals = self.totals();
        let n: f64 = totals.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for c in 0..totals.len() {
            for k in c + 1..totals.len() {
                let distance = distance(c, k);
                observed += self.0[c][k] * distance;
                expected += totals[c] * totals[k] * distance;
            }
        }
        (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
    }
}

fn squared_distance(metric: Metric, c: usize, k: usize, values: &[f64], totals: &[f64]) -> f64 {
    match metric {
        Metric::Nominal => 1.0,
        Metric::Interval => (values[c] - values[k]).powi(2),
        Metric::Ordinal => {
            let between: f64 = totals[c..=k].iter().sum();
            (between - (totals[c] + totals[k]) / 2.0).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Rng;

    const VALUES: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    /// Krippendorff's example of four observers and twelve units, by unit, gaps left out.
    fn textbook() -> Vec<Vec<usize>> {
        ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]
            .iter()
            .map(|unit| unit.bytes().map(|b| usize::from(b - b'1')).collect())
            .collect()
    }

    #[test]
    fn krippendorffs_own_example_gives_his_values() {
        let units = textbook();
        let close = |metric, value: f64| {
            let found = alpha(&units, &VALUES, metric).unwrap();
            assert!((found - value).abs() < 5e-4, "{metric:?}: {found}");
        };
        close(Metric::Nominal, 0.743);
        close(Metric::Ordinal, 0.815);
        close(Metric::Interval, 0.849);
    }

    #[test]
    fn coders_who_only_ever_use_one_category_have_no_alpha() {
        assert_eq!(alpha(&[vec![0, 0], vec![0, 0]], &VALUES, Metric::Nominal), None);
        assert_eq!(alpha(&[vec![0], vec![1]], &VALUES, Metric::Nominal), None);
        assert_eq!(alpha(&[vec![0, 9]], &VALUES, Metric::Nominal), None);
        assert_eq!(alpha(&[], &VALUES, Metric::Nominal), None);
    }

    #[test]
    fn intervals_hold_the_estimate() {
        let units = textbook();
        let whole = alpha(&units, &VALUES, Metric::Nominal).unwrap();
        let resampling = Resampling { draws: 500, ..Resampling::default() };
        let alone: Vec<Vec<Vec<usize>>> = units.iter().map(|unit| vec![unit.clone()]).collect();
        let bootstrap = alpha_bootstrap(&alone, 5, unequal, resampling).unwrap();
        let jackknife = alpha_jackknife(&units, &VALUES, Metric::Nominal, 0.95).unwrap();
        assert!(bootstrap.contains(whole) && jackknife.contains(whole));
    }

    #[test]
    fn units_that_are_alike_in_documents_widen_the_interval() {
        let mut rng = Rng::new(3);
        let mut document = || {
            let (first, second) = (rng.below(2), rng.below(2));
            vec![vec![first, if rng.below(3) == 0 { second } else { first }]; 8]
        };
        let documents: Vec<Vec<Vec<usize>>> = (0..30).map(|_| document()).collect();
        let alone: Vec<Vec<Vec<usize>>> =
            documents.iter().flatten().map(|unit| vec![unit.clone()]).collect();
        let width = |clusters: &[Vec<Vec<usize>>]| {
            let found = alpha_bootstrap(clusters, 2, unequal, Resampling::default()).unwrap();
            found.high - found.low
        };
        assert!(width(&documents) > 2.0 * width(&alone));
        assert_eq!(alpha_bootstrap(&documents[..1], 2, unequal, Resampling::default()), None);
    }

    #[test]
    fn sets_lie_apart_by_what_they_share() {
        let set = |codes: &[&'static str]| codes.iter().copied().collect::<BTreeSet<_>>();
        let close = |a: &[&'static str], b: &[&'static str], wanted: f64| {
            assert!((masi(&set(a), &set(b)) - wanted).abs() < 1e-12, "{a:?} {b:?}");
        };
        close(&[], &[], 0.0);
        close(&["US"], &["US"], 0.0);
        close(&["US"], &[], 1.0);
        close(&["US"], &["NATO"], 1.0);
        close(&["US"], &["US", "NATO"], 1.0 - 0.5 * 2.0 / 3.0);
        close(&["US", "WEST"], &["US", "NATO"], 1.0 - 1.0 / 9.0);
    }

    #[test]
    fn constant_raters_have_agreement_and_no_kappa() {
        let table = Confusion::of([(0, 0); 8], 3).unwrap();
        assert_eq!(table.agreement(), Some(1.0));
        assert_eq!((table.kappa(steps), table.pi(steps)), (None, None));
        let none = Confusion::of([], 3).unwrap();
        assert_eq!((none.agreement(), none.kappa(unequal)), (None, None));
        assert_eq!(Confusion::of([(3, 0)], 3), None);
    }

    proptest! {
        #[test]
        fn kappa_and_pi_do_not_depend_on_who_is_first(
            pairs in prop::collection::vec((0_usize..3, 0_usize..3), 1..40),
        ) {
            let there = Confusion::of(pairs.iter().copied(), 3).unwrap();
            let back = Confusion::of(pairs.iter().map(|&(a, b)| (b, a)), 3).unwrap();
            for (x, y) in [(there.kappa(steps), back.kappa(steps)), (there.pi(steps), back.pi(steps))] {
                match (x, y) {
                    (Some(x), Some(y)) => prop_assert!((x - y).abs() < 1e-12 && x <= 1.0),
                    (x, y) => prop_assert_eq!(x, y),
                }
            }
        }

        #[test]
        fn alpha_of_coders_who_always_agree_is_one(
            codes in prop::collection::vec(0_usize..5, 2..30),
        ) {
            let units: Vec<Vec<usize>> = codes.iter().map(|&c| vec![c, c]).collect();
            for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
                if let Some(alpha) = alpha(&units, &VALUES, metric) {
                    prop_assert!((alpha - 1.0).abs() < 1e-12);
                }
            }
        }

        #[test]
        fn f1_is_symmetric(both in 0_u64..50, first in 0_u64..50, second in 0_u64..50) {
            prop_assert_eq!(f1(both, first, second), f1(both, second, first));
        }
    }
}
