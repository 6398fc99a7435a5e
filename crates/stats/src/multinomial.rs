//! Which of several kinds a row is, from columns, drawn towards what was believed before.
//!
//! Estimates: for each kind `k` an intercept `a` and coefficients `β` that maximise
//! `Σ ln p(kind of row) − λ Σ |β − β₀|² − ½ Σ (a − a₀)²`, where `p` is the share of
//! `exp(a + xᵀβ)` among all kinds: multinomial logistic regression with a Gaussian prior whose mean
//! is `β₀` (maximum a posteriori).
//!
//! Assumes: rows are independent. Misleads: when a kind has few rows and `λ` is small.
//!
//! Source: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, 4.4 and
//! 18.3.2. Checked against: `scipy.optimize.minimize` 1.17.1 (`tests/oracles/multinomial.py`,
//! tolerance 1e-4).

use crate::FitError;
use crate::error::{finite, length, not_negative};
use crate::lbfgs::minimise;

/// Intercepts and coefficients of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Multinomial {
    /// One a kind.
    pub intercepts: Vec<f64>,
    /// One row a kind, one number a column.
    pub coefficients: Vec<Vec<f64>>,
}

impl Multinomial {
    /// Fits it. `rows` have one number a column each, `kinds` say which kind each row is (places in
    /// `prior`), `prior` is what was believed, `penalty` is `λ`.
    ///
    /// Errors: [`FitError`] on no rows, lengths that do not fit, numbers that cannot be, and where no
    /// maximum is reached.
    ///
    /// ```
    /// use inroad_stats::Multinomial;
    /// let prior = Multinomial { intercepts: vec![0.0; 2], coefficients: vec![vec![0.0]; 2] };
    /// let fit = Multinomial::fit(&[vec![1.0], vec![0.0]], &[0, 1], &prior, 0.1)?;
    /// assert!(fit.coefficients[0][0] > fit.coefficients[1][0]);
    /// # Ok::<(), inroad_stats::FitError>(())
    /// ```
    pub fn fit(
        rows: &[Vec<f64>],
        kinds: &[usize],
        prior: &Self,
        penalty: f64,
    ) -> Result<Self, FitError> {
        let width = prior.coefficients.first().map_or(0, Vec::len);
        let count = prior.intercepts.len();
        if rows.is_empty() {
            return Err(FitError::Empty { what: "rows" });
        }
        length("kinds", kinds.len(), rows.len())?;
        length("coefficients", prior.coefficients.len(), count)?;
        for row in rows.iter().chain(&prior.coefficients) {
            length("columns", row.len(), width)?;
            finite("column", row)?;
        }
        finite("intercept", &prior.intercepts)?;
        not_negative("penalty", &[penalty])?;
        if let Some(at) = kinds.iter().position(|kind| *kind >= count) {
            return Err(FitError::OutOfRange { what: "kind", at, must: "a place in the prior" });
        }
        let loss = Loss { rows, kinds, prior, penalty, width };
        let found = minimise(|point| loss.at(point), prior.packed())?;
        Ok(Self::unpacked(&found, count, width))
    }

    /// How likely each kind is for a row; a column that is missing counts as 0.
    pub fn probabilities(&self, row: &[f64]) -> Vec<f64> {
        let scores = self.intercepts.iter().zip(&self.coefficients).map(|(intercept, all)| {
            intercept + all.iter().zip(row).map(|(b, x)| b * x).sum::<f64>()
        });
        shares(scores.collect())
    }

    fn packed(&self) -> Vec<f64> {
        self.intercepts.iter().chain(self.coefficients.iter().flatten()).copied().collect()
    }

    fn unpacked(point: &[f64], count: usize, width: usize) -> Self {
        let (intercepts, rest) = point.split_at_checked(count).unwrap_or((point, &[]));
        let coefficients = rest.chunks(width.max(1)).map(<[f64]>::to_vec).collect();
        Self { intercepts: intercepts.to_vec(), coefficients }
    }
}

/// The share of each exponential among all.
fn shares(mut scores: Vec<f64>) -> Vec<f64> {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for score in &mut scores {
        *score = (*score - most).exp();
    }
    let all: f64 = scores.iter().sum();
    scores.iter().map(|score| score / all).collect()
}

/// What is minimised.
#[derive(Debug)]
struct Loss<'a> {
    rows: &'a [Vec<f64>],
    kinds: &'a [usize],
    prior: &'a Multinomial,
    penalty: f64,
    width: usize,
}

impl Loss<'_> {
    /// The loss and its slope, in the order of [`Multinomial::packed`].
    fn at(&self, point: &[f64]) -> (f64, Vec<f64>) {
        let count = self.prior.intercepts.len();
        let now = Multinomial::unpacked(point, count, self.width);
        let mut loss = 0.0;
        let mut slope = Vec::with_capacity(point.len());
        for (a, a0) in now.intercepts.iter().zip(&self.prior.intercepts) {
            loss += 0.5 * (a - a0).powi(2);
            slope.push(a - a0);
        }
        for (b, b0) in
            now.coefficients.iter().flatten().zip(self.prior.coefficients.iter().flatten())
        {
            loss += self.penalty * (b - b0).powi(2);
            slope.push(2.0 * self.penalty * (b - b0));
        }
        for (row, kind) in self.rows.iter().zip(self.kinds) {
            for (at, p) in now.probabilities(row).into_iter().enumerate() {
                let miss = if at == *kind { p - 1.0 } else { p };
                if at == *kind {
                    loss -= p.max(f64::MIN_POSITIVE).ln();
                }
                slope[at] += miss;
                let first = count + at * self.width;
                for (slope, x) in slope[first..].iter_mut().zip(row) {
                    *slope += miss * x;
                }
            }
        }
        (loss, slope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior() -> Multinomial {
        let coefficients = vec![vec![0.5, 0.0], vec![0.0, 0.0], vec![0.0, 1.0]];
        Multinomial { intercepts: vec![0.1, 0.0, -0.1], coefficients }
    }

    const ROWS: [([f64; 2], usize); 6] = [
        ([1.0, 0.0], 0),
        ([0.8, 0.3], 0),
        ([0.0, 0.0], 1),
        ([0.2, 0.1], 1),
        ([0.0, 1.0], 2),
        ([0.5, 0.9], 0),
    ];

    #[test]
    fn the_same_as_another_tool() {
        let rows = ROWS.map(|(row, _)| row.to_vec());
        let fit =
            Multinomial::fit(&rows, &ROWS.map(|(_, kind)| kind), &prior(), 0.4).expect("a fit");
        // tests/oracles/multinomial.py
        let expected = [
            0.080_788, 0.391_723, -0.472_510, 1.330_833, 0.219_627, -0.375_153, -0.450_261,
            -0.455_680, 1.230_634,
        ];
        for (found, expected) in fit.packed().iter().zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{fit:?}");
        }
    }

    #[test]
    fn a_large_penalty_keeps_what_was_believed() {
        let rows = ROWS.map(|(row, _)| row.to_vec());
        let fit =
            Multinomial::fit(&rows, &ROWS.map(|(_, kind)| kind), &prior(), 1e9).expect("a fit");
        for (found, believed) in
            fit.coefficients.iter().flatten().zip(prior().coefficients.iter().flatten())
        {
            assert!((found - believed).abs() < 1e-6, "{fit:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_told() {
        assert!(Multinomial::fit(&[], &[], &prior(), 1.0).is_err());
        assert!(Multinomial::fit(&[vec![1.0]], &[0], &prior(), 1.0).is_err());
        assert!(Multinomial::fit(&[vec![1.0, 2.0]], &[3], &prior(), 1.0).is_err());
        assert!(Multinomial::fit(&[vec![1.0, f64::NAN]], &[0], &prior(), 1.0).is_err());
    }
}
