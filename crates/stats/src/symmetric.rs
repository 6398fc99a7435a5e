//! Symmetric matrices and their Cholesky factor, dense and small (some hundred columns).
//!
//! Computes: `A = L Lᵀ`, from it solutions of `A x = b`, the inverse and the determinant.
//!
//! Why our own: the estimators here need exactly this much, and the usual crate for linear algebra
//! (nalgebra 0.35) is 55,000 lines and brings others.
//!
//! Misleads: when columns differ by many orders of magnitude, a matrix may count as singular
//! though it is not; bring columns to one scale first.
//!
//! Source: Golub and Van Loan (2013), Matrix Computations, algorithm 4.2.1. Checked against: the
//! definition, by properties (see the tests), and through every estimator that is built on it.

use crate::FitError;

/// A pivot below this share of its diagonal counts as 0: the column repeats earlier ones.
const PIVOT_SHARE_MIN: f64 = 1e-13;

/// A symmetric matrix, kept whole, row after row.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric {
    order: usize,
    values: Vec<f64>,
}

impl Symmetric {
    /// The zero matrix with so many rows.
    pub fn zero(order: usize) -> Symmetric {
        Symmetric { order, values: vec![0.0; order * order] }
    }

    /// The matrix with these numbers on its diagonal and 0 elsewhere.
    pub fn diagonal(diagonal: &[f64]) -> Symmetric {
        let mut matrix = Symmetric::zero(diagonal.len());
        for (place, value) in diagonal.iter().enumerate() {
            matrix.values[place * matrix.order + place] = *value;
        }
        matrix
    }

    /// The matrix with these rows, one after the other; what is below the diagonal counts, what is
    /// above is taken from it.
    pub fn from_rows(order: usize, values: Vec<f64>) -> Result<Symmetric, FitError> {
        crate::error::length("numbers of a matrix", values.len(), order * order)?;
        let mut matrix = Symmetric { order, values };
        matrix.mirror();
        Ok(matrix)
    }

    /// How many rows it has.
    pub fn order(&self) -> usize {
        self.order
    }

    /// The numbers, row after row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// One number; `None` outside of the matrix.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        if column < self.order { self.values.get(row * self.order + column).copied() } else { None }
    }

    /// One row.
    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.order..(row + 1) * self.order]
    }

    /// One row, to be changed; `mirror` afterwards if it was only the part below the diagonal.
    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.values[row * self.order..(row + 1) * self.order]
    }

    /// Adds another of the same order.
    pub(crate) fn add(&mut self, other: &Symmetric) {
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine += theirs;
        }
    }

    /// Takes another of the same order off.
    pub(crate) fn subtract(&mut self, other: &Symmetric) {
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine -= theirs;
        }
    }

    /// Copies what is below the diagonal to above it.
    pub(crate) fn mirror(&mut self) {
        for row in 0..self.order {
            for column in 0..row {
                self.values[column * self.order + row] = self.values[row * self.order + column];
            }
        }
    }

    /// `A v`; a shorter vector counts as one that ends in zeros.
    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.order)
            .map(|row| self.row(row).iter().zip(vector).map(|(a, b)| a * b).sum())
            .collect()
    }

    /// The factor `L`.
    ///
    /// Errors: [`FitError::Undetermined`] if the matrix is not positive definite.
    ///
    /// ```
    /// use inroad_stats::Symmetric;
    /// let matrix = Symmetric::from_rows(2, vec![4.0, 2.0, 2.0, 3.0])?;
    /// let solution = matrix.cholesky()?.solve(&[8.0, 7.0]);
    /// assert!((solution[0] - 1.25).abs() < 1e-12 && (solution[1] - 1.5).abs() < 1e-12);
    /// # Ok::<(), inroad_stats::FitError>(())
    /// ```
    pub fn cholesky(&self) -> Result<Cholesky, FitError> {
        let order = self.order;
        let mut lower = self.values.clone();
        for row in 0..order {
            let (above, rest) = lower.split_at_mut(row * order);
            let this = &mut rest[..order];
            for column in 0..row {
                let other = &above[column * order..=column * order + column];
                let known = dot(&this[..column], &other[..column]);
                this[column] = (this[column] - known) / other[column];
            }
            let known = dot(&this[..row], &this[..row]);
            let pivot = this[row] - known;
            // Written so that NaN and infinity fail too.
            if !(pivot > PIVOT_SHARE_MIN * self.values[row * order + row] && pivot.is_finite()) {
                return Err(FitError::Undetermined { what: "coefficients" });
            }
            this[row] = pivot.sqrt();
            this[row + 1..].fill(0.0);
        }
        Ok(Cholesky { order, lower })
    }
}

/// The lower triangular factor of a positive definite matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Cholesky {
    order: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// `x` with `A x = b`; what `b` lacks counts as 0.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x = self.half_solve(right);
        for row in (0..self.order).rev() {
            x[row] /= self.lower[row * self.order + row];
            let value = x[row];
            let factors = &self.lower[row * self.order..row * self.order + row];
            for (earlier, factor) in x.iter_mut().zip(factors) {
                *earlier -= factor * value;
            }
        }
        x
    }

    /// `z` with `L z = b`, so that `zᵀz = bᵀ A⁻¹ b`.
    pub fn half_solve(&self, right: &[f64]) -> Vec<f64> {
        let mut z: Vec<f64> = right.iter().copied().take(self.order).collect();
        z.resize(self.order, 0.0);
        for row in 0..self.order {
            let factors = &self.lower[row * self.order..=row * self.order + row];
            z[row] = (z[row] - dot(&factors[..row], &z[..row])) / factors[row];
        }
        z
    }

    /// `A⁻¹`.
    pub fn inverse(&self) -> Symmetric {
        let mut inverse = Symmetric::zero(self.order);
        let mut unit = vec![0.0; self.order];
        for column in 0..self.order {
            unit[column] = 1.0;
            inverse.row_mut(column).copy_from_slice(&self.solve(&unit));
            unit[column] = 0.0;
        }
        inverse.mirror();
        inverse
    }

    /// The logarithm of the determinant of `A`.
    pub fn ln_determinant(&self) -> f64 {
        (0..self.order).map(|row| 2.0 * self.lower[row * self.order + row].ln()).sum()
    }
}

/// The inner product of rows of one length, in four strands so that the compiler can use wide registers.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let (left_blocks, left_rest) = left.as_chunks::<4>();
    let (right_blocks, right_rest) = right.as_chunks::<4>();
    let mut strands = [0.0; 4];
    for (a, b) in left_blocks.iter().zip(right_blocks) {
        for strand in 0..4 {
            strands[strand] += a[strand] * b[strand];
        }
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(a, b)| a * b).sum();
    (strands[0] + strands[1]) + (strands[2] + strands[3]) + rest
}

/// The inner product of rows that may differ in length: what one lacks counts as 0.
pub(crate) fn dot_any(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::gram::add_gram;

    fn gram(rows: &[f64], order: usize) -> Symmetric {
        let mut matrix = Symmetric::diagonal(&vec![0.1; order]);
        add_gram(&mut matrix, rows, &vec![1.0; rows.len() / order]);
        matrix
    }

    proptest! {
        #[test]
        fn the_solution_solves(rows in prop::collection::vec(-3.0_f64..3.0, 35), right in prop::collection::vec(-3.0_f64..3.0, 5)) {
            let matrix = gram(&rows, 5);
            let factor = matrix.cholesky().unwrap();
            let back = matrix.times(&factor.solve(&right));
            for (a, b) in back.iter().zip(&right) {
                prop_assert!((a - b).abs() < 1e-9);
            }
            let z = factor.half_solve(&right);
            let form: f64 = factor.solve(&right).iter().zip(&right).map(|(a, b)| a * b).sum();
            prop_assert!((dot(&z, &z) - form).abs() < 1e-9);
        }
    }

    #[test]
    fn what_is_not_positive_definite_is_refused() {
        for values in [[1.0, 1.0, 1.0, 1.0], [1.0, 2.0, 2.0, 1.0], [f64::NAN; 4], [0.0; 4]] {
            let matrix = Symmetric::from_rows(2, values.to_vec()).unwrap();
            assert!(matrix.cholesky().is_err(), "{values:?}");
        }
        assert!(Symmetric::from_rows(2, vec![1.0]).is_err());
    }

    #[test]
    fn the_inverse_and_the_determinant() {
        let factor = Symmetric::diagonal(&[2.0, 4.0]).cholesky().unwrap();
        assert!((factor.ln_determinant() - 8.0_f64.ln()).abs() < 1e-12);
        assert_eq!(factor.inverse().get(1, 1).map(|value| (value * 1000.0).round()), Some(250.0));
        assert_eq!(factor.inverse().get(0, 2), None);
    }
}
