//! Intervals by resampling of any statistic of independent units.

use serde::{Deserialize, Serialize};

use crate::{Interval, Rng};

/// How to resample. The seed belongs to the study, so that its intervals can be recomputed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resampling {
    /// Seed of the random numbers.
    pub seed: u64,
    /// Number of resamples; 1,000 or more for an interval that is printed.
    pub draws: u32,
    /// Level of the interval, 0.95.
    pub level: f64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { seed: 20_220_224, draws: 2000, level: 0.95 }
    }
}

/// The percentile interval of a statistic over `units` independent units (Efron 1979).
///
/// `statistic` gets the numbers of the resampled units, with repetition, as many as there are
/// units; where it is undefined it gives `None` and that draw is left out. `None` with fewer than
/// two units, or where more than a twentieth of the draws are undefined.
pub fn bootstrap(
    units: usize,
    resampling: Resampling,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    if units < 2 {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let mut chosen = vec![0; units];
    let draws = (0..resampling.draws).filter_map(|_| {
        chosen.fill_with(|| rng.below(units));
        statistic(&chosen).filter(|value| value.is_finite())
    });
    percentile_interval(draws.collect(), resampling)
}

/// The `p` quantile of sorted values, interpolated linearly (type 7 of Hyndman & Fan 1996, the
/// default of R and numpy). `None` where there are none or `p` is outside `[0, 1]`.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let place = p * (sorted.len().checked_sub(1)? as f64);
    let below = place.floor();
    let (low, high) = (*sorted.get(below as usize)?, *sorted.get(place.ceil() as usize)?);
    Some(low + (high - low) * (place - below))
}

pub(crate) fn percentile_interval(mut draws: Vec<f64>, resampling: Resampling) -> Option<Interval> {
    let undefined = (resampling.draws as usize).checked_sub(draws.len())?;
    let inside = resampling.level > 0.0 && resampling.level < 1.0;
    if !inside || draws.is_empty() || undefined * 20 > resampling.draws as usize {
        return None;
    }
    draws.sort_by(f64::total_cmp);
    let tail = (1.0 - resampling.level) / 2.0;
    Some(Interval { low: quantile(&draws, tail)?, high: quantile(&draws, 1.0 - tail)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resampling(seed: u64) -> Resampling {
        Resampling { seed, draws: 400, level: 0.95 }
    }

    #[test]
    fn quantiles_are_those_of_r_and_numpy() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(quantile(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile(&sorted, 0.5), Some(3.0));
        assert_eq!(quantile(&sorted, 0.75), Some(5.0));
        assert_eq!(quantile(&sorted, 1.0), Some(8.0));
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&sorted, 1.5), None);
    }

    #[test]
    fn a_statistic_that_is_mostly_undefined_has_no_interval() {
        assert_eq!(bootstrap(10, resampling(1), |_| None), None);
        assert_eq!(bootstrap(1, resampling(1), |_| Some(1.0)), None);
    }
}
