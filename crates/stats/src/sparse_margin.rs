//! A linear border between two kinds of rows, over many columns of which each row has few: the words
//! of a text.
//!
//! Estimates: `β` and `b` that minimise `Σ w max(0, 1 − s (xᵀβ + b))² + ½ λ |β|²`, where `s` is 1 for
//! what happened and −1 for what did not (a support vector machine with squared hinge loss). The
//! intercept `b` is not drawn to 0.
//!
//! Assumes: rows are independent, and one border parts the kinds. Misleads: when its score is taken
//! for a logit (make it a probability with [`crate::PlattScaling`] on rows that were held out).
//!
//! How: L-BFGS with ten pairs and a step that is halved until it goes down enough. It draws no
//! random numbers, so the same rows give the same numbers.
//!
//! Source: Fan et al. (2008), LIBLINEAR, eq. 2 (the loss); Nocedal and Wright (2006), Numerical
//! Optimization, algorithms 7.4 and 7.5. Checked against: `scipy.optimize.minimize` 1.17.1
//! (`tests/oracles/sparse_margin.py`, tolerance 1e-4).

use crate::FitError;
use crate::error::{length, not_negative};
use crate::symmetric::dot;

/// How many former steps shape the next.
const PAIRS_MAX: usize = 10;
const STEPS_MAX: u32 = 500;
const HALVINGS_MAX: u32 = 40;
/// Converged when the slope is so much shorter than it was at the start.
const SLOPE_SHARE: f64 = 1e-6;
/// The share of the promised way down that a step must bring.
const ARMIJO: f64 = 1e-4;

/// Rows of few numbers among many columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SparseRows {
    ends: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    /// One more than the greatest column.
    width: usize,
}

impl SparseRows {
    /// Adds a row of columns and their numbers; a column that comes twice counts twice.
    pub fn push(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        for (column, value) in row {
            self.columns.push(column);
            self.values.push(value);
            self.width = self.width.max(column as usize + 1);
        }
        self.ends.push(self.columns.len());
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn each(&self) -> impl Iterator<Item = (&[u32], &[f32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| {
            (
                self.columns.get(start..*end).unwrap_or_default(),
                self.values.get(start..*end).unwrap_or_default(),
            )
        })
    }
}

/// A fitted border.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseMargin {
    /// One coefficient a column.
    pub coefficients: Vec<f64>,
    /// The score of a row without numbers.
    pub intercept: f64,
}

impl SparseMargin {
    /// Finds it. `outcomes` has one entry a row; `weights` count each row so many times, and once
    /// without them; `penalty` is `λ`, above 0.
    ///
    /// Errors: [`FitError`] on no rows, lengths that do not fit, numbers that cannot be, outcomes
    /// that are all the same, and where no minimum is reached.
    ///
    /// ```
    /// use inroad_stats::{SparseMargin, SparseRows};
    /// let mut rows = SparseRows::default();
    /// for at in 0..4 {
    ///     rows.push([(at % 2, 1.0)]);
    /// }
    /// let fit = SparseMargin::fit(&rows, &[true, false, true, false], None, 0.1)?;
    /// assert!(fit.score([(0, 1.0)]) > 0.5 && fit.score([(1, 1.0)]) < -0.5);
    /// # Ok::<(), inroad_stats::FitError>(())
    /// ```
    pub fn fit(
        rows: &SparseRows,
        outcomes: &[bool],
        weights: Option<&[f64]>,
        penalty: f64,
    ) -> Result<Self, FitError> {
        if rows.is_empty() {
            return Err(FitError::Empty { what: "rows" });
        }
        length("outcomes", outcomes.len(), rows.len())?;
        not_negative("penalty", &[penalty])?;
        if let Some(weights) = weights {
            length("weights", weights.len(), rows.len())?;
            not_negative("weight", weights)?;
        }
        if penalty <= 0.0 || outcomes.iter().all(|y| *y) || outcomes.iter().all(|y| !*y) {
            return Err(FitError::Undetermined { what: "coefficients" });
        }
        let loss = Loss { rows, outcomes, weights, penalty };
        let mut coefficients = minimise(&loss, vec![0.0; rows.width + 1])?;
        let intercept = coefficients.pop().unwrap_or_default();
        Ok(Self { coefficients, intercept })
    }

    /// How far a row lies on the side of what happened; columns never seen count as 0.
    pub fn score(&self, row: impl IntoIterator<Item = (u32, f32)>) -> f64 {
        let part = |(column, value): (u32, f32)| {
            self.coefficients.get(column as usize).copied().unwrap_or(0.0) * f64::from(value)
        };
        row.into_iter().map(part).sum::<f64>() + self.intercept
    }
}

/// What is minimised.
#[derive(Debug)]
struct Loss<'a> {
    rows: &'a SparseRows,
    outcomes: &'a [bool],
    weights: Option<&'a [f64]>,
    penalty: f64,
}

impl Loss<'_> {
    /// The loss and its slope; the last coefficient is the intercept.
    fn at(&self, point: &[f64]) -> (f64, Vec<f64>) {
        let (intercept, coefficients) = point.split_last().unwrap_or((&0.0, &[]));
        let mut loss = 0.5 * self.penalty * dot(coefficients, coefficients);
        let mut slope: Vec<f64> = coefficients.iter().map(|b| self.penalty * b).collect();
        let mut slope_of_intercept = 0.0;
        for (at, ((columns, values), outcome)) in self.rows.each().zip(self.outcomes).enumerate() {
            let weight = self.weights.and_then(|all| all.get(at)).copied().unwrap_or(1.0);
            let mut score = *intercept;
            for (column, value) in columns.iter().zip(values) {
                score += coefficients[*column as usize] * f64::from(*value);
            }
            let side = if *outcome { 1.0 } else { -1.0 };
            let lacking = (1.0 - side * score).max(0.0);
            if lacking <= 0.0 {
                continue;
            }
            loss += weight * lacking * lacking;
            let miss = -2.0 * weight * side * lacking;
            slope_of_intercept += miss;
            for (column, value) in columns.iter().zip(values) {
                slope[*column as usize] += miss * f64::from(*value);
            }
        }
        slope.push(slope_of_intercept);
        (loss, slope)
    }
}

/// A step that was made, and how the slope changed on it.
#[derive(Debug)]
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    /// Their inner product.
    curvature: f64,
}

fn minimise(loss: &Loss<'_>, start: Vec<f64>) -> Result<Vec<f64>, FitError> {
    let mut point = start;
    let (mut height, mut slope) = loss.at(&point);
    let enough = SLOPE_SHARE * dot(&slope, &slope).sqrt();
    let mut pairs: Vec<Pair> = Vec::new();
    for steps in 0..STEPS_MAX {
        if dot(&slope, &slope).sqrt() <= enough {
            return Ok(point);
        }
        let direction = downwards(&slope, &pairs);
        let promised = dot(&direction, &slope);
        let mut scale = if pairs.is_empty() { 1.0 / dot(&slope, &slope).sqrt() } else { 1.0 };
        let mut moved = None;
        for _ in 0..HALVINGS_MAX {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(p, d)| p + scale * d).collect();
            let (lower, there) = loss.at(&next);
            if lower <= height + ARMIJO * scale * promised {
                moved = Some((next, lower, there));
                break;
            }
            scale /= 2.0;
        }
        let Some((next, lower, there)) = moved else {
            // Rounding hides what is left of the way, or the former steps mislead.
            if pairs.is_empty() {
                return Err(FitError::NotConverged { steps });
            }
            if dot(&slope, &slope).sqrt() <= enough * 1e3 {
                return Ok(point);
            }
            pairs.clear();
            continue;
        };
        let step: Vec<f64> = next.iter().zip(&point).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = there.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let curvature = dot(&step, &change);
        if curvature > 0.0 {
            if pairs.len() == PAIRS_MAX {
                pairs.remove(0);
            }
            pairs.push(Pair { step, change, curvature });
        }
        (point, height, slope) = (next, lower, there);
    }
    Err(FitError::NotConverged { steps: STEPS_MAX })
}

/// Where to go from a slope, by the curvature that the former steps met (the two loops).
fn downwards(slope: &[f64], pairs: &[Pair]) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut parts = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let part = dot(&pair.step, &direction) / pair.curvature;
        add(&mut direction, -part, &pair.change);
        parts.push(part);
    }
    if let Some(last) = pairs.last() {
        let scale = last.curvature / dot(&last.change, &last.change);
        for value in &mut direction {
            *value *= scale;
        }
    }
    for (pair, part) in pairs.iter().zip(parts.into_iter().rev()) {
        let back = dot(&pair.change, &direction) / pair.curvature;
        add(&mut direction, part - back, &pair.step);
    }
    direction
}

fn add(to: &mut [f64], factor: f64, values: &[f64]) {
    for (sum, value) in to.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns and numbers of each row, and whether it happened.
    const ROWS: [(&[(u32, f32)], bool); 8] = [
        (&[(0, 1.0), (1, 0.5)], true),
        (&[(0, 0.8), (2, 1.5)], true),
        (&[(1, 1.0)], true),
        (&[(0, 0.3), (1, 0.2), (2, 0.1)], false),
        (&[(2, 1.0)], false),
        (&[(1, 0.4), (2, 2.0)], false),
        (&[], false),
        (&[(0, 0.6)], true),
    ];

    #[test]
    fn the_same_as_another_tool() {
        let mut rows = SparseRows::default();
        for (row, _) in ROWS {
            rows.push(row.iter().copied());
        }
        let outcomes = ROWS.map(|(_, outcome)| outcome);
        let fit = SparseMargin::fit(&rows, &outcomes, None, 0.7).expect("a border");
        // tests/oracles/sparse_margin.py
        let expected = [1.631315, 0.944660, -0.198019, -0.624829];
        for (found, expected) in fit.coefficients.iter().chain([&fit.intercept]).zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{fit:?}");
        }
    }

    #[test]
    fn what_cannot_be_fitted_is_told() {
        let mut rows = SparseRows::default();
        assert!(SparseMargin::fit(&rows, &[], None, 1.0).is_err());
        rows.push([(0, 1.0)]);
        assert!(SparseMargin::fit(&rows, &[true], None, 1.0).is_err());
        assert!(SparseMargin::fit(&rows, &[true, false], None, 1.0).is_err());
    }
}
