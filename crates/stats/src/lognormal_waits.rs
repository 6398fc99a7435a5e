//! Log-normal waits, by maximum likelihood with right censoring.
//!
//! Estimates: location `μ` and scale `σ` of `ln t`, which is normal; with
//! [`LogNormalWaits::fit_cured`] also the share `π` of waits that never end. Standard errors are
//! from the observed information, by the delta method.
//!
//! Assumes: the hazard rises and then falls; censoring says nothing of the event. Misleads: when
//! waits have two habits, and the cured share when the watching did not last until the curve is
//! flat, more so than with Weibull waits because the tail is longer.
//!
//! Source: Lawless (2003), Statistical models and methods for lifetime data, section 5.3; Boag
//! (1949) for the cured share. Checked against: `lifelines` 0.30.3 `LogNormalFitter` and, for the
//! cured share, scipy 1.17.1 on the same likelihood (tests/oracles/survival.py; tolerances in
//! tests/it/parametric.rs).
//!
//! To learn from a handful of waits with a prior, see [`crate::LogNormalPrior`].

use crate::location_scale::{Cure, Family, fit};
use crate::newton::Maximum;
use crate::weibull::{Parameters, ones, parameters};
use crate::{Estimate, FitError, Waits};

/// A fitted log-normal distribution.
///
/// ```
/// use inroad_stats::{LogNormalWaits, Waits};
/// let waits = Waits::new(&[1.0, 2.0, 4.0, 4.0], &[true, true, true, false]);
/// let fit = LogNormalWaits::fit(&waits)?;
/// assert!(fit.median() > 2.0, "the fourth lasted longer than 4");
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormalWaits {
    /// `μ`, the mean of `ln t` of those that end.
    pub location: Estimate,
    /// `σ`, the standard deviation of `ln t` of those that end.
    pub scale: Estimate,
    /// `π`, if it was asked for.
    pub never: Option<Estimate>,
    /// The logarithm of the likelihood at the maximum.
    pub ln_likelihood: f64,
}

impl LogNormalWaits {
    /// All waits end some day. Errors as [`crate::Weibull::fit`].
    pub fn fit(waits: &Waits<'_>) -> Result<LogNormalWaits, FitError> {
        LogNormalWaits::from_maximum(&fit(Family::LogNormal, Cure::No, waits, &ones(waits), 1)?)
    }

    /// Some never end. Errors as [`crate::Weibull::fit_cured`].
    pub fn fit_cured(waits: &Waits<'_>) -> Result<LogNormalWaits, FitError> {
        LogNormalWaits::from_maximum(&fit(Family::LogNormal, Cure::Some, waits, &ones(waits), 1)?)
    }

    /// The median of those that end.
    pub fn median(&self) -> f64 {
        self.location.value.exp()
    }

    /// The probability of waiting longer than `time`.
    pub fn survival(&self, time: f64) -> f64 {
        if time <= 0.0 {
            return 1.0;
        }
        let never = self.never.map_or(0.0, |never| never.value);
        let z = (time.ln() - self.location.value) / self.scale.value;
        never + (1.0 - never) * Family::LogNormal.ln_survival(z).0.exp()
    }

    fn from_maximum(maximum: &Maximum) -> Result<LogNormalWaits, FitError> {
        let Parameters { location, ln_scale, ln_odds_never } = parameters(maximum)?;
        let scale = ln_scale.exponential();
        Estimate::check(&[location, scale])?;
        let never = ln_odds_never.map(Estimate::logistic);
        Ok(LogNormalWaits { location, scale, never, ln_likelihood: maximum.value })
    }
}
