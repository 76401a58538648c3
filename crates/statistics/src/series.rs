//! Change over time: jumps and turns at known dates, with errors that allow for autocorrelation, and
//! resampling of blocks of consecutive points.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::bootstrap::percentile_interval;
use crate::regression::{Observation, Regression};
use crate::{Interval, Resampling, Rng};

/// One point of a series.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// A whole number of units of time (weeks).
    pub time: i64,
    /// What was measured then.
    pub value: f64,
    /// What it weighs beside the others: the units that a share rests on, or 1.
    pub weight: f64,
}

/// How many points a change needs on each side of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeastPoints {
    /// Before the first date.
    pub before: usize,
    /// From each date to the next, or to the end.
    pub after: usize,
}

impl Default for LeastPoints {
    /// Twelve and eight. Below twelve points a segmented regression cannot tell a jump from
    /// autocorrelation (Turner et al. 2020, medRxiv 2020.10.12.20211706).
    fn default() -> Self {
        Self { before: 12, after: 8 }
    }
}

/// Why no change is estimated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Too few points on a side.
    #[error(
        "{before} points before and {after} after the date; {} and {} are needed",
        least.before, least.after
    )]
    TooFew {
        /// Points before the date, or between the date before it and it.
        before: usize,
        /// Points from the date on, or to the next date.
        after: usize,
        /// What is needed.
        least: LeastPoints,
    },
    /// The points do not determine the coefficients.
    #[error("the points are not finite numbers at increasing times")]
    NotASeries,
    /// Every point lies on the fitted lines.
    #[error("the series does not vary around its trend; there is no error to estimate")]
    NoVariation,
}

/// One coefficient of the regression.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coefficient {
    /// The estimate.
    pub value: f64,
    /// Ordinary standard error, too small under autocorrelation.
    pub se_ols: f64,
    /// Newey-West standard error.
    pub se: f64,
    /// Interval at 0.95 by the Newey-West error and Student's t.
    pub interval: Interval,
    /// Two-sided probability by the same.
    pub p: f64,
}

/// What changes at one date.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The date.
    pub at: i64,
    /// Jump at the date.
    pub jump: Coefficient,
    /// Change of the slope after it.
    pub turn: Coefficient,
}

/// A segmented regression: `y = b0 + b1 t + sum_T (b2 [t >= T] + b3 max(t - T, 0)) + e` over the
/// dates `T`, each point weighing what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// Lags of the Newey-West error.
    pub lags: usize,
    /// Value at time 0.
    pub start: Coefficient,
    /// Slope before the first date, a unit of time.
    pub trend: Coefficient,
    /// One a date.
    pub changes: Vec<Change>,
    /// Durbin and Watson's statistic, near 2 without autocorrelation; `None` where a point in
    /// time is missing.
    pub durbin_watson: Option<f64>,
}

/// Estimates the changes at the increasing times `dates` in points at increasing times. All dates
/// stand in one model, so that what came with an earlier one is not taken for a later one's.
///
/// Errors are Newey & West 1987 with the Bartlett kernel; without `lags` they are
/// `4 (n / 100)^(2/9)` rounded down. A missing point is a gap: products of residuals are formed
/// by distance in time, not by place in the list.
///
/// # Errors
/// [`Refused`] says which condition failed.
pub fn changes_at(
    points: &[Point],
    dates: &[i64],
    lags: Option<usize>,
    least: LeastPoints,
) -> Result<Changes, Refused> {
    enough(points, dates, least)?;
    let increasing = points.windows(2).all(|w| w[0].time < w[1].time);
    let is_sound = |p: &Point| p.value.is_finite() && p.weight.is_finite() && p.weight > 0.0;
    if !increasing || !points.iter().all(is_sound) {
        return Err(Refused::NotASeries);
    }
    let lags = lags
        .unwrap_or_else(|| (4.0 * (points.len() as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize);
    let observation = |p: &Point| Observation {
        time: p.time,
        columns: columns(p.time, dates),
        value: p.value,
        weight: p.weight,
    };
    let fit =
        Regression::of(points.iter().map(observation).collect()).ok_or(Refused::NotASeries)?;
    let (ordinary, robust) = (fit.ordinary(), fit.newey_west(lags));
    let coefficient = |i: usize| {
        let (value, se_ols, se) = (fit.coefficients[i], ordinary[i], robust[i]);
        student(value, se, fit.freedom())
            .map(|(interval, p)| Coefficient { value, se_ols, se, interval, p })
            .ok_or(Refused::NoVariation)
    };
    let change = |(i, at): (usize, &i64)| {
        Ok(Change { at: *at, jump: coefficient(2 * i + 2)?, turn: coefficient(2 * i + 3)? })
    };
    Ok(Changes {
        lags,
        start: coefficient(0)?,
        trend: coefficient(1)?,
        changes: dates.iter().enumerate().map(change).collect::<Result<_, Refused>>()?,
        durbin_watson: fit.durbin_watson(),
    })
}

/// Constant, time, and for each date whether it is past and for how long.
fn columns(time: i64, dates: &[i64]) -> Vec<f64> {
    let past = |at: &i64| {
        let since = (time - at) as f64;
        if time >= *at { [1.0, since] } else { [0.0, 0.0] }
    };
    [1.0, time as f64].into_iter().chain(dates.iter().flat_map(past)).collect()
}

/// Whether enough points stand before the first date, between the dates and after the last; two, and
/// a degree of freedom, whatever is asked for.
fn enough(points: &[Point], dates: &[i64], least: LeastPoints) -> Result<(), Refused> {
    let from = |at: Option<&i64>| {
        at.map_or(points.len(), |at| points.iter().filter(|p| p.time < *at).count())
    };
    let mut start = 0;
    for (i, date) in dates.iter().enumerate() {
        let (here, next) = (from(Some(date)), from(dates.get(i + 1)));
        let (before, after) = (here.saturating_sub(start), next.saturating_sub(here));
        let needed = if i == 0 { least.before } else { least.after };
        if before < needed.max(2) || after < least.after.max(2) {
            return Err(Refused::TooFew { before, after, least });
        }
        start = here;
    }
    if dates.is_empty() || points.len() <= 2 + 2 * dates.len() {
        return Err(Refused::TooFew { before: points.len(), after: 0, least });
    }
    Ok(())
}

/// How consecutive points are drawn together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blocks {
    /// Blocks of this length, the end joined to the beginning (Politis & Romano 1992).
    Circular(usize),
    /// Blocks of random length with this mean, 1 or more (Politis & Romano 1994).
    Stationary(f64),
}

/// The percentile interval of a statistic over a series of `points`, resampled in blocks. With
/// blocks of length 1 it is [`crate::bootstrap`]. `None` with fewer than two points, blocks
/// shorter than 1, or where more than a twentieth of the draws are undefined.
pub fn block_bootstrap(
    points: usize,
    blocks: Blocks,
    resampling: Resampling,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    let long_enough = match blocks {
        Blocks::Circular(length) => length >= 1,
        Blocks::Stationary(mean) => mean >= 1.0 && mean.is_finite(),
    };
    if points < 2 || !long_enough {
        return None;
    }
    let mut rng = Rng::new(resampling.seed);
    let mut chosen = Vec::with_capacity(points);
    let draws = (0..resampling.draws).filter_map(|_| {
        chosen.clear();
        for place in 0..points {
            let restart = match blocks {
                Blocks::Circular(length) => place % length == 0,
                Blocks::Stationary(mean) => place == 0 || mean <= 1.0 || rng.unit() * mean < 1.0,
            };
            let next = match chosen.last() {
                Some(&last) if !restart => (last + 1) % points,
                _ => rng.below(points),
            };
            chosen.push(next);
        }
        statistic(&chosen).filter(|value| value.is_finite())
    });
    percentile_interval(draws.collect(), resampling)
}

fn student(value: f64, se: f64, freedom: f64) -> Option<(Interval, f64)> {
    if !(se.is_finite() && se > 0.0) {
        return None;
    }
    let t = StudentsT::new(0.0, 1.0, freedom).ok()?;
    let half = t.inverse_cdf(0.975) * se;
    let p = (2.0 * t.sf((value / se).abs())).min(1.0);
    Some((Interval { low: value - half, high: value + half }, p))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Rng, bootstrap};

    fn point(time: i64, value: f64) -> Point {
        Point { time, value, weight: 1.0 }
    }

    /// Forty weeks around 10 with a jump of 3 and a turn of 0.5 at week 20.
    fn weeks() -> Vec<Point> {
        let mut rng = Rng::new(1);
        let value = |t: i64, noise: f64| {
            let past = if t >= 20 { 3.0 + 0.5 * (t - 20) as f64 } else { 0.0 };
            10.0 + past + noise
        };
        (0..40).map(|t| point(t, value(t, rng.unit() - 0.5))).collect()
    }

    #[test]
    fn a_jump_and_a_turn_are_found() {
        let found = changes_at(&weeks(), &[20], None, LeastPoints::default()).unwrap();
        let change = found.changes[0];
        assert_eq!((found.lags, change.at), (3, 20));
        assert!((change.jump.value - 3.0).abs() < 0.6 && change.jump.p < 1e-6);
        assert!((change.turn.value - 0.5).abs() < 0.06 && change.turn.p < 1e-6);
    }

    #[test]
    fn a_date_after_the_change_is_not_given_it() {
        let alone = changes_at(&weeks(), &[30], None, LeastPoints::default()).unwrap();
        assert!(alone.changes[0].turn.p < 0.05, "{:?}", alone.changes[0]);
        let both = changes_at(&weeks(), &[20, 30], None, LeastPoints::default()).unwrap();
        assert!((both.changes[0].jump.value - 3.0).abs() < 0.6);
        assert!(both.changes[1].jump.p > 0.05 && both.changes[1].turn.p > 0.05);
    }

    #[test]
    fn six_months_are_refused_with_the_reason() {
        let months: Vec<Point> = (0..6).map(|t| point(t, t as f64 * 1.7)).collect();
        let refused = changes_at(&months, &[1], None, LeastPoints::default()).unwrap_err();
        let words = "1 points before and 5 after the date; 12 and 8 are needed";
        assert_eq!(refused.to_string(), words);
        let close = changes_at(&weeks(), &[20, 24], None, LeastPoints::default()).unwrap_err();
        let least = LeastPoints::default();
        assert_eq!(close, Refused::TooFew { before: 20, after: 4, least });
    }

    #[test]
    fn a_series_on_its_trend_is_refused() {
        let flat: Vec<Point> = (0..40).map(|t| point(t, 0.0)).collect();
        let least = LeastPoints::default();
        assert_eq!(changes_at(&flat, &[20], None, least), Err(Refused::NoVariation));
        let twice = [point(1, 0.0); 40];
        let least = LeastPoints { before: 0, after: 0 };
        assert!(changes_at(&twice, &[1], None, least).is_err());
    }

    #[test]
    fn a_missing_week_is_a_gap_and_no_step() {
        let mut gap = weeks();
        gap.remove(10);
        let found = changes_at(&gap, &[20], Some(0), LeastPoints::default()).unwrap();
        assert_eq!(found.durbin_watson, None);
        assert!((found.changes[0].jump.value - 3.0).abs() < 0.6);
    }

    fn mean(values: &[f64], chosen: &[usize]) -> Option<f64> {
        Some(chosen.iter().map(|&i| values[i]).sum::<f64>() / chosen.len() as f64)
    }

    proptest! {
        #[test]
        fn blocks_of_one_are_the_plain_bootstrap(
            seed: u64, values in prop::collection::vec(-5.0..5.0_f64, 2..20),
        ) {
            let resampling = Resampling { seed, draws: 100, level: 0.9 };
            let plain = bootstrap(values.len(), resampling, |c| mean(&values, c));
            for blocks in [Blocks::Circular(1), Blocks::Stationary(1.0)] {
                let found = block_bootstrap(values.len(), blocks, resampling, |c| mean(&values, c));
                prop_assert_eq!(found, plain);
            }
        }

        #[test]
        fn consecutive_points_stay_together(seed: u64, points in 4_usize..30) {
            let resampling = Resampling { seed, draws: 20, level: 0.9 };
            let mut joined = true;
            block_bootstrap(points, Blocks::Circular(4), resampling, |chosen| {
                joined &= chosen.chunks(4).all(|block| {
                    block.windows(2).all(|w| w[1] == (w[0] + 1) % points)
                });
                Some(0.0)
            });
            prop_assert!(joined);
        }
    }

    #[test]
    fn blocks_cover_the_mean_of_an_autocorrelated_series_where_single_points_do_not() {
        // AR(1) with 0.6, 200 series of 150 points, true mean 0.
        let mut rng = Rng::new(11);
        let (mut by_blocks, mut by_points) = (0, 0);
        for seed in 0..200 {
            let resampling = Resampling { seed, draws: 200, level: 0.95 };
            let mut last = 0.0;
            let series: Vec<f64> = (0..150)
                .map(|_| {
                    last = 0.6 * last + (0..6).map(|_| rng.unit() - 0.5).sum::<f64>();
                    last
                })
                .collect();
            let stationary = Blocks::Stationary(10.0);
            let blocks = block_bootstrap(150, stationary, resampling, |c| mean(&series, c));
            let points = bootstrap(150, resampling, |c| mean(&series, c));
            by_blocks += u32::from(blocks.is_some_and(|i| i.contains(0.0)));
            by_points += u32::from(points.is_some_and(|i| i.contains(0.0)));
        }
        assert!(by_blocks >= 168 && by_points <= 160, "{by_blocks} and {by_points} of 200");
    }
}
