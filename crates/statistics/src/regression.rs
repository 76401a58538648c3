//! Regression: weighted least squares on a few columns, with ordinary errors and with those of
//! Newey and West, which allow for autocorrelation.

/// A fit of `y` on the columns of `rows`.
pub(crate) struct Regression {
    times: Vec<i64>,
    rows: Vec<Vec<f64>>,
    weights: Vec<f64>,
    residuals: Vec<f64>,
    /// One a column.
    pub coefficients: Vec<f64>,
    /// Inverse of X'WX.
    bread: Vec<Vec<f64>>,
}

/// One observation: when, its columns, its value, and what it weighs (the units it rests on).
pub(crate) struct Observation {
    pub time: i64,
    pub columns: Vec<f64>,
    pub value: f64,
    pub weight: f64,
}

impl Regression {
    /// `None` where the columns do not determine the coefficients. Weights count relative to one
    /// another only.
    pub fn of(observations: Vec<Observation>) -> Option<Self> {
        let width = observations.first()?.columns.len();
        let mean = observations.iter().map(|o| o.weight).sum::<f64>() / observations.len() as f64;
        let (mut squares, mut products) = (vec![vec![0.0; width]; width], vec![0.0; width]);
        for o in &observations {
            let weight = o.weight / mean;
            add_outer(&mut squares, &o.columns, &o.columns, weight);
            for (sum, x) in products.iter_mut().zip(&o.columns) {
                *sum += weight * x * o.value;
            }
        }
        let bread = inverse(squares)?;
        let coefficients: Vec<f64> = bread.iter().map(|line| dot(line, &products)).collect();
        Some(Self {
            residuals: observations
                .iter()
                .map(|o| o.value - dot(&o.columns, &coefficients))
                .collect(),
            times: observations.iter().map(|o| o.time).collect(),
            weights: observations.iter().map(|o| o.weight / mean).collect(),
            rows: observations.into_iter().map(|o| o.columns).collect(),
            coefficients,
            bread,
        })
    }

    /// Observations less coefficients.
    pub fn freedom(&self) -> f64 {
        self.rows.len() as f64 - self.coefficients.len() as f64
    }

    /// Ordinary standard errors, one a coefficient.
    pub fn ordinary(&self) -> Vec<f64> {
        let squares = self.residuals.iter().zip(&self.weights).map(|(e, w)| w * e * e);
        let variance = squares.sum::<f64>() / self.freedom();
        (0..self.bread.len()).map(|i| (variance * self.bread[i][i]).sqrt()).collect()
    }

    /// Newey & West 1987 with the Bartlett kernel, without a small-sample correction: bread, meat,
    /// bread. Products of residuals are formed by distance in time, so that a missing point is a gap.
    pub fn newey_west(&self, lags: usize) -> Vec<f64> {
        let width = self.coefficients.len();
        let mut meat = vec![vec![0.0; width]; width];
        let scores: Vec<f64> =
            self.residuals.iter().zip(&self.weights).map(|(e, w)| w * e).collect();
        for (i, row) in self.rows.iter().enumerate() {
            for j in 0..=i {
                let distance = self.times[i].abs_diff(self.times[j]);
                if distance > lags as u64 {
                    continue;
                }
                let kernel = 1.0 - distance as f64 / (lags as f64 + 1.0);
                let product = kernel * scores[i] * scores[j];
                add_outer(&mut meat, row, &self.rows[j], product);
                if i != j {
                    add_outer(&mut meat, &self.rows[j], row, product);
                }
            }
        }
        let error = |line: &Vec<f64>| {
            let half: Vec<f64> = meat.iter().map(|of| dot(line, of)).collect();
            dot(&half, line).sqrt()
        };
        self.bread.iter().map(error).collect()
    }

    /// Durbin and Watson's statistic; `None` where a point in time is missing or nothing varies.
    pub fn durbin_watson(&self) -> Option<f64> {
        if self.times.windows(2).any(|w| w[1] - w[0] != 1) {
            return None;
        }
        let squares: f64 = self.residuals.iter().map(|e| e * e).sum();
        let steps: f64 = self.residuals.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum();
        (squares > 0.0).then(|| steps / squares)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add_outer(sum: &mut [Vec<f64>], a: &[f64], b: &[f64], weight: f64) {
    for (line, x) in sum.iter_mut().zip(a) {
        for (cell, y) in line.iter_mut().zip(b) {
            *cell += weight * x * y;
        }
    }
}

/// Gauss-Jordan elimination with row pivots; `None` for a singular matrix.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let width = matrix.len();
    let unit = |i: usize| (0..width).map(|j| f64::from(u8::from(i == j))).collect();
    let mut inverse: Vec<Vec<f64>> = (0..width).map(unit).collect();
    for column in 0..width {
        let size = |line: &usize| matrix[*line][column].abs();
        let pivot = (column..width).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        if matrix[pivot][column].abs() < 1e-12 {
            return None;
        }
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        let scale = matrix[column][column];
        for j in 0..width {
            matrix[column][j] /= scale;
            inverse[column][j] /= scale;
        }
        for line in (0..width).filter(|line| *line != column) {
            let factor = matrix[line][column];
            for j in 0..width {
                matrix[line][j] -= factor * matrix[column][j];
                inverse[line][j] -= factor * inverse[column][j];
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(i64, f64, f64)]) -> Option<Regression> {
        let of = |&(time, value, weight): &(i64, f64, f64)| Observation {
            time,
            columns: vec![1.0, time as f64],
            value,
            weight,
        };
        Regression::of(points.iter().map(of).collect())
    }

    #[test]
    fn a_weight_of_two_is_a_point_that_stands_twice() {
        let once = [(0, 1.0, 1.0), (1, 3.0, 2.0), (2, 2.0, 1.0), (3, 5.0, 1.0)];
        let twice = [(0, 1.0, 1.0), (1, 3.0, 1.0), (1, 3.0, 1.0), (2, 2.0, 1.0), (3, 5.0, 1.0)];
        let (weighted, doubled) = (line(&once).unwrap(), line(&twice).unwrap());
        for (a, b) in weighted.coefficients.iter().zip(&doubled.coefficients) {
            assert!((a - b).abs() < 1e-12, "{a} and {b}");
        }
    }

    #[test]
    fn weights_count_relative_to_one_another() {
        let points =
            |scale: f64| [(0, 1.0, scale), (1, 3.0, 2.0 * scale), (2, 2.0, scale), (3, 5.0, scale)];
        let (small, large) = (line(&points(1.0)).unwrap(), line(&points(40.0)).unwrap());
        for (a, b) in small.newey_west(1).iter().zip(large.newey_west(1)) {
            assert!((a - b).abs() < 1e-12, "{a} and {b}");
        }
    }

    #[test]
    fn one_point_in_time_determines_no_slope() {
        assert!(line(&[(1, 1.0, 1.0), (1, 2.0, 1.0)]).is_none());
    }
}
