//! Two measurements of the same units: whether they differ, and which findings of many to keep.

use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, DiscreteCDF};

use crate::keyness::chi2_tail;

/// McNemar's test of two yes-or-no measurements of the same units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct McNemar {
    /// Units with yes in the first and no in the second.
    pub only_first: u64,
    /// Units with no in the first and yes in the second.
    pub only_second: u64,
    /// Exact two-sided probability; 1 where no unit differs.
    pub p_exact: f64,
    /// Chi-squared without continuity correction; `None` where no unit differs.
    pub chi2: Option<f64>,
    /// The probability that belongs to it; rely on it above 25 differing units only.
    pub p_chi2: Option<f64>,
}

/// McNemar's test (1947, *Psychometrika* 12:153-157) on the units that differ; those that agree
/// say nothing about the difference and do not enter.
pub fn mcnemar(only_first: u64, only_second: u64) -> McNemar {
    let differing = only_first + only_second;
    let chi2 = (differing > 0).then(|| {
        let distance = only_first.abs_diff(only_second) as f64;
        distance * distance / differing as f64
    });
    let tail = Binomial::new(0.5, differing).map_or(1.0, |b| b.cdf(only_first.min(only_second)));
    McNemar {
        only_first,
        only_second,
        p_exact: (2.0 * tail).min(1.0),
        chi2,
        p_chi2: chi2.and_then(|value| chi2_tail(value, 1.0)),
    }
}

/// Probabilities adjusted so that keeping those up to q keeps at most a share q of false findings
/// (Benjamini & Hochberg 1995, *JRSS B* 57:289-300), in the order given. `None` where one is
/// outside `[0, 1]`.
pub fn benjamini_hochberg(p: &[f64]) -> Option<Vec<f64>> {
    if !p.iter().all(|p| (0.0..=1.0).contains(p)) {
        return None;
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[j].total_cmp(&p[i]));
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (from_top, &i) in order.iter().enumerate() {
        let rank = p.len() - from_top;
        least = least.min(p[i] * p.len() as f64 / rank as f64);
        adjusted[i] = least;
    }
    Some(adjusted)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mcnemar_gives_the_textbook_value() {
        // Agresti, prime minister's approval: 150 and 86 changed their minds, z = -4.17.
        let test = mcnemar(150, 86);
        assert!((test.chi2.unwrap() - 4.1659_f64.powi(2)).abs() < 1e-2);
        assert!(test.p_exact < 1e-4);
        // Eleven differing units, one on the other side: 2 * 12 / 2^11.
        assert!((mcnemar(10, 1).p_exact - 24.0 / 2048.0).abs() < 1e-12);
    }

    #[test]
    fn units_that_all_agree_show_no_difference() {
        let test = mcnemar(0, 0);
        assert_eq!((test.p_exact, test.chi2, test.p_chi2), (1.0, None, None));
        assert_eq!(mcnemar(4, 4).p_exact, 1.0);
    }

    #[test]
    fn the_paper_of_benjamini_and_hochberg_keeps_its_four() {
        // Their example of 15 tests: with q = 0.05 the four smallest are kept.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p).unwrap();
        assert_eq!(adjusted.iter().filter(|&&q| q <= 0.05).count(), 4);
        assert_eq!(benjamini_hochberg(&[0.5, 1.5]), None);
        assert_eq!(benjamini_hochberg(&[f64::NAN]), None);
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_lowers(
            p in prop::collection::vec(0.0..=1.0_f64, 0..30),
        ) {
            let adjusted = benjamini_hochberg(&p).unwrap();
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] - 1e-15 && adjusted[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
