//! Intervals of shares and of the difference of two independent shares.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// An interval of an estimate, both ends included, in the estimate's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies in it.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The score interval of `count` out of `of` at `level` (0.95). Wilson 1927, *JASA* 22:209-212.
///
/// `None` where `of` is 0, where `count` is more than `of`, or where `level` is not inside
/// (0, 1).
pub fn wilson(count: u64, of: u64, level: f64) -> Option<Interval> {
    if of == 0 || count > of {
        return None;
    }
    score(count as f64 / of as f64, of as f64, level)
}

/// The same for `share` of `n` units, which need not be a whole number: an effective number of units.
/// `None` also for a share outside [0, 1].
pub(crate) fn score(share: f64, n: f64, level: f64) -> Option<Interval> {
    if !(0.0..=1.0).contains(&share) || n <= 0.0 {
        return None;
    }
    let z = two_sided(level)?;
    let denominator = 1.0 + z * z / n;
    let centre = (share + z * z / (2.0 * n)) / denominator;
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / denominator;
    // At none and at all the ends are exact; rounding must not put them beside it.
    let low = if share == 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if share == 1.0 { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval { low, high })
}

/// The interval of the difference of two independent shares, `a.0 / a.1 - b.0 / b.1`: the hybrid
/// score interval, method 10 of Newcombe 1998, *Statistics in Medicine* 17:873-890.
///
/// `None` where [`wilson`] has none for either.
pub fn newcombe(a: (u64, u64), b: (u64, u64), level: f64) -> Option<Interval> {
    let share = |(count, of): (u64, u64)| count as f64 / of as f64;
    let ranges = (wilson(a.0, a.1, level)?, wilson(b.0, b.1, level)?);
    Some(newcombe_of((share(a), ranges.0), (share(b), ranges.1)))
}

/// The same of two shares with intervals of their own.
pub(crate) fn newcombe_of(a: (f64, Interval), b: (f64, Interval)) -> Interval {
    let difference = a.0 - b.0;
    let down = (a.0 - a.1.low).hypot(b.1.high - b.0);
    let up = (a.1.high - a.0).hypot(b.0 - b.1.low);
    Interval { low: difference - down, high: difference + up }
}

/// The standard normal quantile that leaves `level` between it and its negative: 1.96 for 0.95.
pub(crate) fn two_sided(level: f64) -> Option<f64> {
    let inside = level > 0.0 && level < 1.0;
    inside.then(|| Normal::standard().inverse_cdf(0.5 + level / 2.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_textbook_values_come_out() {
        let close = |interval: Option<Interval>, low: f64, high: f64| {
            let interval = interval.unwrap();
            assert!((interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5);
        };
        // Newcombe 1998, table I: 81/263, 15/148, 0/20 and 1/29.
        close(wilson(81, 263, 0.95), 0.2553, 0.3662);
        close(wilson(15, 148, 0.95), 0.0624, 0.1605);
        close(wilson(0, 20, 0.95), 0.0000, 0.1611);
        close(wilson(1, 29, 0.95), 0.0061, 0.1718);
        // Newcombe 1998 (differences), table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
        close(newcombe((56, 70), (48, 80), 0.95), 0.0524, 0.3339);
        close(newcombe((9, 10), (3, 10), 0.95), 0.1705, 0.8090);
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(wilson(0, 0, 0.95), None);
        assert_eq!(wilson(3, 2, 0.95), None);
        assert_eq!(wilson(1, 2, 1.0), None);
        assert_eq!(newcombe((0, 0), (1, 2), 0.95), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_stays_inside_0_and_1(
            (count, of) in (1_u64..2000).prop_flat_map(|of| (0..=of, Just(of))),
        ) {
            let interval = wilson(count, of, 0.95).unwrap();
            prop_assert!(interval.low >= 0.0 && interval.high <= 1.0);
            prop_assert!(interval.contains(count as f64 / of as f64));
        }

        #[test]
        fn the_difference_turned_round_is_the_interval_turned_round(
            (a, m) in (1_u64..200).prop_flat_map(|of| (0..=of, Just(of))),
            (b, n) in (1_u64..200).prop_flat_map(|of| (0..=of, Just(of))),
        ) {
            let there = newcombe((a, m), (b, n), 0.95).unwrap();
            let back = newcombe((b, n), (a, m), 0.95).unwrap();
            prop_assert!((there.low + back.high).abs() < 1e-12);
            prop_assert!((there.high + back.low).abs() < 1e-12);
        }
    }
}
