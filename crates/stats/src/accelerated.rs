//! Waits that covariates stretch or shorten: the accelerated failure time model.
//!
//! Estimates: `β` and `σ` in `ln t = xᵀβ + σ ε`, by maximum likelihood with right censoring: one
//! unit more of `x` makes the wait `exp(β)` times as long. With [`Family::Weibull`] this is also a
//! proportional hazards model, with shape `1 / σ`.
//!
//! Assumes: covariates stretch time and do not change the shape; censoring says nothing of the
//! event given them. Misleads: when a covariate acts early only, and when rows of one person
//! repeat each other (errors too small). There is no intercept of its own: give a column of ones.
//!
//! Source: Kalbfleisch and Prentice (2002), The statistical analysis of failure time data, sections
//! 2.3.3 and 3.6. Checked against: `lifelines` 0.30.3 `WeibullAFTFitter` and `LogNormalAFTFitter`
//! (tests/oracles/survival.py, tolerance 1e-4, which is how far `lifelines` itself converges).

pub use crate::location_scale::Family;

use crate::location_scale::{Cure, fit};
use crate::symmetric::dot_any;
use crate::{Estimate, FitError, Waits};

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceleratedFit {
    /// The distribution of the waits.
    pub family: Family,
    /// `β`: one a column.
    pub coefficients: Vec<Estimate>,
    /// `σ`.
    pub scale: Estimate,
    /// The logarithm of the likelihood at the maximum.
    pub ln_likelihood: f64,
}

/// Fits waits to `k` numbers a row, row after row.
///
/// Errors: [`FitError`] on numbers that cannot be, on lengths that do not fit, without any event,
/// and on columns that repeat each other.
///
/// ```
/// use inroad_stats::{Family, Waits, accelerated};
/// let waits = Waits::new(&[1.0, 1.5, 4.0, 6.0, 6.0], &[true, true, true, true, false]);
/// // A column of ones, and whether it was one of the slow ones.
/// let rows = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
/// let fit = accelerated(Family::Weibull, &waits, &rows, 2)?;
/// assert!(fit.coefficients[1].value > 1.0, "about four times as long");
/// assert!(fit.survival(&[1.0, 1.0], 3.0) > fit.survival(&[1.0, 0.0], 3.0));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn accelerated(
    family: Family,
    waits: &Waits<'_>,
    rows: &[f64],
    k: usize,
) -> Result<AcceleratedFit, FitError> {
    if k == 0 {
        return Err(FitError::Empty { what: "columns" });
    }
    let maximum = fit(family, Cure::No, waits, rows, k)?;
    let mut coefficients = maximum.estimates()?;
    let scale = coefficients.pop().ok_or(FitError::Undetermined { what: "scale" })?.exponential();
    Estimate::check(&coefficients)?;
    Estimate::check(&[scale])?;
    Ok(AcceleratedFit { family, coefficients, scale, ln_likelihood: maximum.value })
}

impl AcceleratedFit {
    /// The probability of waiting longer than `time` given a row.
    pub fn survival(&self, row: &[f64], time: f64) -> f64 {
        if time <= 0.0 {
            return 1.0;
        }
        let beta: Vec<f64> = self.coefficients.iter().map(|estimate| estimate.value).collect();
        let z = (time.ln() - dot_any(row, &beta)) / self.scale.value;
        self.family.ln_survival(z).0.exp()
    }
}
