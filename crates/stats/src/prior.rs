//! A Gaussian prior of coefficients: what is believed of them before any row was seen.

use crate::error::{finite, length, not_negative};
use crate::{FitError, Symmetric};

/// `β ~ N(mean, precision⁻¹)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// The believed value of each coefficient.
    pub mean: Vec<f64>,
    /// How firmly it is believed.
    pub precision: Precision,
}

/// One over the variance, of each coefficient alone or of all together.
#[derive(Debug, Clone, PartialEq)]
pub enum Precision {
    /// Of each coefficient by itself: not below 0; 0 says that nothing is believed.
    Diagonal(Vec<f64>),
    /// Of all together, as the posterior of an earlier fit gives it.
    Full(Symmetric),
}

impl Prior {
    /// Nothing is believed: plain maximum likelihood.
    pub fn flat(k: usize) -> Prior {
        Prior { mean: vec![0.0; k], precision: Precision::Diagonal(vec![0.0; k]) }
    }

    /// Coefficients near 0, each with this precision: a ridge.
    pub fn ridge(k: usize, precision: f64) -> Prior {
        Prior { mean: vec![0.0; k], precision: Precision::Diagonal(vec![precision; k]) }
    }

    /// Each coefficient by itself.
    pub fn diagonal(mean: Vec<f64>, precision: Vec<f64>) -> Prior {
        Prior { mean, precision: Precision::Diagonal(precision) }
    }

    pub(crate) fn check(&self, k: usize) -> Result<(), FitError> {
        length("prior means", self.mean.len(), k)?;
        finite("prior mean", &self.mean)?;
        match &self.precision {
            Precision::Diagonal(values) => {
                length("prior precisions", values.len(), k)?;
                not_negative("prior precision", values)
            }
            Precision::Full(matrix) => {
                length("prior precisions", matrix.order(), k)?;
                finite("prior precision", matrix.values())
            }
        }
    }

    /// The precision as a matrix.
    pub(crate) fn matrix(&self) -> Symmetric {
        match &self.precision {
            Precision::Diagonal(values) => Symmetric::diagonal(values),
            Precision::Full(matrix) => matrix.clone(),
        }
    }

    /// `Λ (β − mean)`, the slope of the penalty, and the penalty `½ (β − mean)ᵀ Λ (β − mean)`.
    pub(crate) fn slope(&self, coefficients: &[f64]) -> (f64, Vec<f64>) {
        let apart: Vec<f64> = coefficients.iter().zip(&self.mean).map(|(b, m)| b - m).collect();
        let slope: Vec<f64> = match &self.precision {
            Precision::Diagonal(values) => values.iter().zip(&apart).map(|(p, a)| p * a).collect(),
            Precision::Full(matrix) => matrix.times(&apart),
        };
        let penalty = 0.5 * slope.iter().zip(&apart).map(|(s, a)| s * a).sum::<f64>();
        (penalty, slope)
    }
}
