//! What sets two texts apart: tests of one term's frequency in each, and weighted log-odds.
//!
//! All of them take tokens as independent; boilerplate that is printed a hundred times counts a
//! hundred times. Count each text once, or count texts, before believing a large value.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::Interval;
use crate::proportion::two_sided;

/// A two-by-two table: a term's count and the size of each of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoByTwo {
    a: u64,
    b: u64,
    c: u64,
    d: u64,
}

/// The measures of one term that a report prints beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Keyness {
    /// Likelihood ratio, negative where the term is rarer in the first text.
    pub g2: f64,
    /// Probability of such a likelihood ratio where there is no difference.
    pub p: f64,
    /// Effect size: binary logarithm of the ratio of relative frequencies.
    pub log_ratio: f64,
}

impl TwoByTwo {
    /// The table of a term found `first.0` times in a text of `first.1` units and `second.0`
    /// times in one of `second.1`. `None` where a text is empty or smaller than its count.
    pub fn new(first: (u64, u64), second: (u64, u64)) -> Option<Self> {
        if first.1 == 0 || second.1 == 0 {
            return None;
        }
        let (c, d) = (first.1.checked_sub(first.0)?, second.1.checked_sub(second.0)?);
        Some(Self { a: first.0, b: second.0, c, d })
    }

    /// Pearson's chi-squared with one degree of freedom, without continuity correction, negative
    /// where the term is rarer in the first text. `None` where a margin is 0.
    pub fn chi2(self) -> Option<f64> {
        self.chi2_less(0.0)
    }

    /// The same with the continuity correction of Yates 1934.
    pub fn chi2_yates(self) -> Option<f64> {
        self.chi2_less(0.5)
    }

    /// The likelihood ratio G2 (Dunning 1993, *Computational Linguistics* 19(1):61-74), signed
    /// like [`TwoByTwo::chi2`]. `None` where a margin is 0.
    pub fn g2(self) -> Option<f64> {
        self.margins()?;
        let n = self.n();
        let [a, b, c, d] = self.cells();
        let term = |observed: f64, row: f64, column: f64| {
            if observed == 0.0 { 0.0 } else { observed * (observed * n / (row * column)).ln() }
        };
        let sum = term(a, a + b, a + c)
            + term(b, a + b, b + d)
            + term(c, c + d, a + c)
            + term(d, c + d, b + d);
        // Rounding may leave a table without difference a hair below zero.
        Some(self.sign() * (2.0 * sum).max(0.0))
    }

    /// [`TwoByTwo::g2`] with the correction of Williams 1976, *Biometrika* 63:33-37. As in
    /// quanteda the divisor is 1 where a cell is 0.
    pub fn g2_williams(self) -> Option<f64> {
        let g2 = self.g2()?;
        let [a, b, c, d] = self.cells();
        if [a, b, c, d].contains(&0.0) {
            return Some(g2);
        }
        let n = self.n();
        let rows = n / (a + b) + n / (c + d) - 1.0;
        let columns = n / (a + c) + n / (b + d) - 1.0;
        Some(g2 / (1.0 + rows * columns / (6.0 * n)))
    }

    /// Binary logarithm of the ratio of relative frequencies (Hardie 2014); a count of 0
    /// is taken as one half. `None` where both are 0.
    pub fn log_ratio(self) -> Option<f64> {
        let [a, b, c, d] = self.cells();
        if a + b == 0.0 {
            return None;
        }
        let half_for_none = |count: f64| if count == 0.0 { 0.5 } else { count };
        Some(((half_for_none(a) / (a + c)) / (half_for_none(b) / (b + d))).log2())
    }

    /// Odds ratio with Woolf's interval (1955) at `level`. `None` where a cell is 0.
    pub fn odds_ratio(self, level: f64) -> Option<(f64, Interval)> {
        let [a, b, c, d] = self.cells();
        if [a, b, c, d].contains(&0.0) {
            return None;
        }
        let log = (a * d / (b * c)).ln();
        let half = two_sided(level)? * (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
        let interval = Interval { low: (log - half).exp(), high: (log + half).exp() };
        Some((log.exp(), interval))
    }

    /// The measures that a report prints. `None` where a margin is 0.
    pub fn keyness(self) -> Option<Keyness> {
        let g2 = self.g2()?;
        Some(Keyness { g2, p: chi2_tail(g2.abs(), 1.0)?, log_ratio: self.log_ratio()? })
    }

    fn chi2_less(self, delta: f64) -> Option<f64> {
        let margins = self.margins()?;
        let [a, b, c, d] = self.cells();
        let n = self.n();
        let distance = ((a * d - b * c).abs() - delta * n).max(0.0);
        Some(self.sign() * n * distance * distance / margins.iter().product::<f64>())
    }

    fn cells(self) -> [f64; 4] {
        [self.a as f64, self.b as f64, self.c as f64, self.d as f64]
    }

    fn n(self) -> f64 {
        self.cells().iter().sum()
    }

    fn margins(self) -> Option<[f64; 4]> {
        let [a, b, c, d] = self.cells();
        let margins = [a + b, c + d, a + c, b + d];
        (!margins.contains(&0.0)).then_some(margins)
    }

    fn sign(self) -> f64 {
        let (here, there) = (
            u128::from(self.a) * u128::from(self.b + self.d),
            u128::from(self.b) * u128::from(self.a + self.c),
        );
        if here > there { 1.0 } else { -1.0 }
    }
}

/// Weighted log-odds of one term between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LogOdds {
    /// Log-odds in the first text less log-odds in the second.
    pub delta: f64,
    /// Its variance.
    pub variance: f64,
    /// `delta` over the root of `variance`; not corrected for the number of terms tested.
    pub z: f64,
}

/// Weighted log-odds with a Dirichlet prior, one entry a term (Monroe, Colaresi & Quinn 2008,
/// *Political Analysis* 16(4):372-403, eq. 15, 18 and 21).
///
/// `first`, `second` and `prior` run over the same vocabulary; `prior` holds pseudo-counts, a
/// small constant or shares of a background corpus times its weight. A term is `None` where its
/// log-odds or their variance are infinite, as without a prior in a text that lacks it. `None` as
/// a whole where the three differ in length.
pub fn log_odds(first: &[u64], second: &[u64], prior: &[f64]) -> Option<Vec<Option<LogOdds>>> {
    if first.len() != second.len() || first.len() != prior.len() {
        return None;
    }
    let size = |counts: &[u64]| counts.iter().sum::<u64>() as f64;
    let (n_first, n_second) = (size(first), size(second));
    let weight: f64 = prior.iter().sum();
    let odds =
        |count: f64, n: f64, prior: f64| ((count + prior) / (n + weight - count - prior)).ln();
    let entry = |((&i, &j), &a): ((&u64, &u64), &f64)| {
        let (i, j) = (i as f64, j as f64);
        let delta = odds(i, n_first, a) - odds(j, n_second, a);
        let variance = 1.0 / (i + a) + 1.0 / (j + a);
        let z = delta / variance.sqrt();
        (delta.is_finite() && variance.is_finite()).then_some(LogOdds { delta, variance, z })
    };
    Some(first.iter().zip(second).zip(prior).map(entry).collect())
}

/// The informative prior of two texts: of each term its share in both together, times the size of
/// the smaller one (Monroe, Colaresi & Quinn 2008, section 3.5.1, `a_w = a_0 p_w`).
///
/// Each text is drawn towards what both have in common, by no more than the smaller text weighs,
/// so that a term that one of them lacks is neither infinitely telling nor, as under a small
/// constant, buried by its own variance. Where one text has no term at all the prior weighs nothing,
/// and [`log_odds`] has a number for none. Empty where the two differ in length.
pub fn pooled_prior(first: &[u64], second: &[u64]) -> Vec<f64> {
    let size = |counts: &[u64]| counts.iter().sum::<u64>() as f64;
    let (n_first, n_second) = (size(first), size(second));
    if first.len() != second.len() || n_first + n_second == 0.0 {
        return Vec::new();
    }
    let weight = n_first.min(n_second) / (n_first + n_second);
    first.iter().zip(second).map(|(&i, &j)| weight * (i + j) as f64).collect()
}

/// Probability that a chi-squared variable with `freedom` degrees of freedom is `value` or more.
pub(crate) fn chi2_tail(value: f64, freedom: f64) -> Option<f64> {
    ChiSquared::new(freedom).ok().map(|distribution| distribution.sf(value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_textbook_table_gives_its_chi_squared() {
        // Agresti, Categorical Data Analysis, aspirin and heart attack: 189 of 11,034 on placebo,
        // 104 of 11,037 on aspirin; odds ratio 1.83 (1.44 to 2.33), chi-squared 25.01.
        let table = TwoByTwo::new((189, 11_034), (104, 11_037)).unwrap();
        assert!((table.chi2().unwrap() - 25.01).abs() < 0.01);
        let (ratio, interval) = table.odds_ratio(0.95).unwrap();
        assert!((ratio - 1.83).abs() < 0.005);
        assert!((interval.low - 1.44).abs() < 0.005 && (interval.high - 2.33).abs() < 0.005);
        assert!(table.keyness().unwrap().p < 1e-5);
    }

    #[test]
    fn tables_with_an_empty_margin_have_no_keyness() {
        assert_eq!(TwoByTwo::new((0, 0), (1, 2)), None);
        assert_eq!(TwoByTwo::new((3, 2), (1, 2)), None);
        let absent = TwoByTwo::new((0, 5), (0, 7)).unwrap();
        assert_eq!((absent.chi2(), absent.g2(), absent.log_ratio()), (None, None, None));
        let everything = TwoByTwo::new((5, 5), (7, 7)).unwrap();
        assert_eq!((everything.chi2_yates(), everything.g2_williams()), (None, None));
    }

    #[test]
    fn without_a_prior_a_term_that_one_text_lacks_has_no_log_odds() {
        let found = log_odds(&[3, 0], &[2, 4], &[0.0, 0.0]).unwrap();
        assert_eq!(found, [None, None]);
        assert_eq!(log_odds(&[1], &[1, 2], &[0.1]), None);
    }

    proptest! {
        #[test]
        fn turned_round_the_signs_turn(
            (a, m) in (1_u64..500).prop_flat_map(|n| (0..=n, Just(n))),
            (b, n) in (1_u64..500).prop_flat_map(|n| (0..=n, Just(n))),
        ) {
            let there = TwoByTwo::new((a, m), (b, n)).unwrap();
            let back = TwoByTwo::new((b, n), (a, m)).unwrap();
            if let (Some(x), Some(y)) = (there.g2(), back.g2()) {
                prop_assert!(x.is_finite());
                prop_assert!((x.abs() - y.abs()).abs() < 1e-9);
                prop_assert!(x.abs() < 1e-9 || x * y < 0.0);
            }
            if let (Some(x), Some(y)) = (there.log_ratio(), back.log_ratio()) {
                prop_assert!((x + y).abs() < 1e-9);
            }
        }
    }
}
