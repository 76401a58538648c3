//! Change over time: a jump and a turn at a known date, with errors that allow for
//! autocorrelation, and resampling of blocks of consecutive points.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::bootstrap::percentile_interval;
use crate::{Interval, Resampling, Rng};

/// How many points a change needs on each side of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeastPoints {
    /// Before the date.
    pub before: usize,
    /// From the date on.
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
        /// Points before the date.
        before: usize,
        /// Points from the date on.
        after: usize,
        /// What is needed.
        least: LeastPoints,
    },
    /// The points do not determine the four coefficients.
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

/// A segmented regression at one date: `y = b0 + b1 t + b2 [t >= T] + b3 max(t - T, 0) + e`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Points before the date.
    pub before: usize,
    /// Points from the date on.
    pub after: usize,
    /// Lags of the Newey-West error.
    pub lags: usize,
    /// Value at time 0.
    pub start: Coefficient,
    /// Slope before the date, a unit of time.
    pub trend: Coefficient,
    /// Jump at the date.
    pub jump: Coefficient,
    /// Change of the slope after it.
    pub turn: Coefficient,
    /// Durbin and Watson's statistic, near 2 without autocorrelation; `None` where a point in
    /// time is missing.
    pub durbin_watson: Option<f64>,
}

/// Estimates the change at time `at` in points `(time, value)` at increasing whole times (weeks).
///
/// Errors are Newey & West 1987 with the Bartlett kernel; without `lags` they are
/// `4 (n / 100)^(2/9)` rounded down. A missing point is a gap: products of residuals are formed
/// by distance in time, not by place in the list.
///
/// # Errors
/// [`Refused`] says which condition failed.
pub fn change_at(
    points: &[(i64, f64)],
    at: i64,
    lags: Option<usize>,
    least: LeastPoints,
) -> Result<Change, Refused> {
    let after = points.iter().filter(|(t, _)| *t >= at).count();
    let before = points.len() - after;
    // Four coefficients and no fewer than one degree of freedom, whatever is asked for.
    if before < least.before.max(2) || after < least.after.max(2) || points.len() < 5 {
        return Err(Refused::TooFew { before, after, least });
    }
    let increasing = points.windows(2).all(|w| w[0].0 < w[1].0);
    if !increasing || !points.iter().all(|(_, y)| y.is_finite()) {
        return Err(Refused::NotASeries);
    }
    let lags = lags
        .unwrap_or_else(|| (4.0 * (points.len() as f64 / 100.0).powf(2.0 / 9.0)).floor() as usize);
    let fit = Fit::of(points, at).ok_or(Refused::NotASeries)?;
    let (ordinary, robust) = (fit.ordinary(), fit.newey_west(lags));
    let freedom = (points.len() - 4) as f64;
    let coefficient = |i: usize| {
        let (value, se_ols, se) = (fit.coefficients[i], ordinary[i], robust[i]);
        student(value, se, freedom)
            .map(|(interval, p)| Coefficient { value, se_ols, se, interval, p })
            .ok_or(Refused::NoVariation)
    };
    Ok(Change {
        before,
        after,
        lags,
        start: coefficient(0)?,
        trend: coefficient(1)?,
        jump: coefficient(2)?,
        turn: coefficient(3)?,
        durbin_watson: fit.durbin_watson(),
    })
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

type Matrix = [[f64; 4]; 4];

/// A least-squares fit of the four columns.
struct Fit {
    times: Vec<i64>,
    rows: Vec<[f64; 4]>,
    residuals: Vec<f64>,
    coefficients: [f64; 4],
    /// Inverse of X'X.
    bread: Matrix,
}

impl Fit {
    fn of(points: &[(i64, f64)], at: i64) -> Option<Self> {
        let row = |t: i64| {
            let past = t >= at;
            [1.0, t as f64, f64::from(u8::from(past)), if past { (t - at) as f64 } else { 0.0 }]
        };
        let rows: Vec<[f64; 4]> = points.iter().map(|(t, _)| row(*t)).collect();
        let (mut squares, mut products) = ([[0.0; 4]; 4], [0.0; 4]);
        for (row, (_, y)) in rows.iter().zip(points) {
            add_outer(&mut squares, row, row, 1.0);
            for i in 0..4 {
                products[i] += row[i] * y;
            }
        }
        let bread = inverse(squares)?;
        let coefficients = bread.map(|line| dot(&line, &products));
        let residuals =
            rows.iter().zip(points).map(|(row, (_, y))| y - dot(row, &coefficients)).collect();
        let times = points.iter().map(|(t, _)| *t).collect();
        Some(Self { times, rows, residuals, coefficients, bread })
    }

    fn ordinary(&self) -> [f64; 4] {
        let freedom = (self.rows.len() - 4) as f64;
        let variance = self.residuals.iter().map(|e| e * e).sum::<f64>() / freedom;
        std::array::from_fn(|i| (variance * self.bread[i][i]).sqrt())
    }

    /// Bread, meat, bread; without a small-sample correction.
    fn newey_west(&self, lags: usize) -> [f64; 4] {
        let mut meat = [[0.0; 4]; 4];
        for (i, row) in self.rows.iter().enumerate() {
            for j in 0..=i {
                let distance = self.times[i].abs_diff(self.times[j]);
                if distance > lags as u64 {
                    continue;
                }
                let weight = 1.0 - distance as f64 / (lags as f64 + 1.0);
                let product = weight * self.residuals[i] * self.residuals[j];
                add_outer(&mut meat, row, &self.rows[j], product);
                if i != j {
                    add_outer(&mut meat, &self.rows[j], row, product);
                }
            }
        }
        std::array::from_fn(|i| {
            let half: [f64; 4] = std::array::from_fn(|k| dot(&self.bread[i], &meat[k]));
            dot(&half, &self.bread[i]).sqrt()
        })
    }

    fn durbin_watson(&self) -> Option<f64> {
        if self.times.windows(2).any(|w| w[1] - w[0] != 1) {
            return None;
        }
        let squares: f64 = self.residuals.iter().map(|e| e * e).sum();
        let steps: f64 = self.residuals.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
        (squares > 0.0).then(|| steps / squares)
    }
}

fn dot(a: &[f64; 4], b: &[f64; 4]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add_outer(sum: &mut Matrix, a: &[f64; 4], b: &[f64; 4], weight: f64) {
    for (line, x) in sum.iter_mut().zip(a) {
        for (cell, y) in line.iter_mut().zip(b) {
            *cell += weight * x * y;
        }
    }
}

/// Gauss-Jordan elimination with row pivots; `None` for a singular matrix.
fn inverse(mut matrix: Matrix) -> Option<Matrix> {
    let mut inverse: Matrix =
        std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))));
    for column in 0..4 {
        let size = |line: &usize| matrix[*line][column].abs();
        let pivot = (column..4).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        let scale = matrix[column][column];
        for j in 0..4 {
            matrix[column][j] /= scale;
            inverse[column][j] /= scale;
        }
        for line in (0..4).filter(|line| *line != column) {
            let factor = matrix[line][column];
            for j in 0..4 {
                matrix[line][j] -= factor * matrix[column][j];
                inverse[line][j] -= factor * inverse[column][j];
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Rng, bootstrap};

    /// Forty weeks around 10 with a jump of 3 and a turn of 0.5 at week 20.
    fn weeks() -> Vec<(i64, f64)> {
        let mut rng = Rng::new(1);
        let value = |t: i64, noise: f64| {
            let past = if t >= 20 { 3.0 + 0.5 * (t - 20) as f64 } else { 0.0 };
            10.0 + past + noise
        };
        (0..40).map(|t| (t, value(t, rng.unit() - 0.5))).collect()
    }

    #[test]
    fn a_jump_and_a_turn_are_found() {
        let found = change_at(&weeks(), 20, None, LeastPoints::default()).unwrap();
        assert_eq!((found.before, found.after, found.lags), (20, 20, 3));
        assert!((found.jump.value - 3.0).abs() < 0.6 && found.jump.p < 1e-6);
        assert!((found.turn.value - 0.5).abs() < 0.06 && found.turn.p < 1e-6);
    }

    #[test]
    fn six_months_are_refused_with_the_reason() {
        let months: Vec<(i64, f64)> = (0..6).map(|t| (t, t as f64 * 1.7)).collect();
        let refused = change_at(&months, 1, None, LeastPoints::default()).unwrap_err();
        let words = "1 points before and 5 after the date; 12 and 8 are needed";
        assert_eq!(refused.to_string(), words);
    }

    #[test]
    fn a_series_on_its_trend_is_refused() {
        let flat: Vec<(i64, f64)> = (0..40).map(|t| (t, 0.0)).collect();
        let least = LeastPoints::default();
        assert_eq!(change_at(&flat, 20, None, least), Err(Refused::NoVariation));
        let twice = [(1, 0.0); 40];
        let least = LeastPoints { before: 0, after: 0 };
        assert!(change_at(&twice, 1, None, least).is_err());
    }

    #[test]
    fn a_missing_week_is_a_gap_and_no_step() {
        let mut gap = weeks();
        gap.remove(10);
        let found = change_at(&gap, 20, Some(0), LeastPoints::default()).unwrap();
        assert_eq!(found.durbin_watson, None);
        assert!((found.jump.value - 3.0).abs() < 0.6);
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
