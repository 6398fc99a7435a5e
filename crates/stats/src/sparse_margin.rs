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
//! How: L-BFGS. It draws no random numbers, so the same rows give the same numbers.
//!
//! Source: Fan et al. (2008), LIBLINEAR, eq. 2 (the loss). Checked against: `scipy.optimize.minimize` 1.17.1
//! (`tests/oracles/sparse_margin.py`, tolerance 1e-4).

use crate::FitError;
use crate::error::{length, not_negative};
use crate::lbfgs::minimise;
use crate::symmetric::dot;

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
        let mut coefficients = minimise(|point| loss.at(point), vec![0.0; rows.width + 1])?;
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
        let expected = [1.631_315, 0.944_660, -0.198_019, -0.624_829];
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
