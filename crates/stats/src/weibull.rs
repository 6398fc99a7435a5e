//! Weibull waits, by maximum likelihood with right censoring.
//!
//! Estimates: scale `λ` and shape `ρ` in `S(t) = exp(−(t / λ)^ρ)`; with [`Weibull::fit_cured`] also
//! the share `π` of waits that never end, `S(t) = π + (1 − π) exp(−(t / λ)^ρ)`. Standard errors are
//! from the observed information, by the delta method.
//!
//! Assumes: the hazard rises or falls as a power of time; censoring says nothing of the event.
//! Misleads: when waits have two habits (minutes and weeks), when durations are rounded to a few
//! values; the cured share, when the watching did not last until the curve is flat: then a long
//! tail and a share that never comes look the same, and the error of the share is wide.
//!
//! Source: Lawless (2003), Statistical models and methods for lifetime data, section 5.2; Boag
//! (1949), Maximum likelihood estimates of the proportion of patients cured by cancer therapy.
//! Checked against: `lifelines` 0.30.3 `WeibullFitter` and, for the cured share, scipy 1.17.1 on
//! the same likelihood (tests/oracles/survival.py; tolerances in tests/it/parametric.rs).

use crate::location_scale::{Cure, Family, fit};
use crate::newton::Maximum;
use crate::{Estimate, FitError, Waits};

/// A fitted Weibull distribution.
///
/// ```
/// use inroad_stats::{Waits, Weibull};
/// let waits = Waits::new(&[1.0, 2.0, 3.0, 5.0, 5.0], &[true, true, true, true, false]);
/// let fit = Weibull::fit(&waits)?;
/// assert!(fit.shape.value > 1.0, "the hazard rises");
/// assert!((fit.survival(fit.scale.value) - (-1.0_f64).exp()).abs() < 1e-12);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weibull {
    /// `λ`, in the unit of the waits: the time after which `1/e` of those that end are left.
    pub scale: Estimate,
    /// `ρ`: below 1 when the hazard falls with time, above 1 when it rises.
    pub shape: Estimate,
    /// `π`, if it was asked for.
    pub never: Option<Estimate>,
    /// The logarithm of the likelihood at the maximum.
    pub ln_likelihood: f64,
}

impl Weibull {
    /// All waits end some day.
    ///
    /// Errors: [`FitError`] on numbers that cannot be, without any event, and when all events took
    /// the same time and nothing lasted longer.
    pub fn fit(waits: &Waits<'_>) -> Result<Weibull, FitError> {
        Weibull::from_maximum(&fit(Family::Weibull, Cure::No, waits, &ones(waits), 1)?)
    }

    /// Some never end. Errors also, with [`FitError::Undetermined`], when the waits show no such
    /// share: use [`Weibull::fit`] then.
    pub fn fit_cured(waits: &Waits<'_>) -> Result<Weibull, FitError> {
        Weibull::from_maximum(&fit(Family::Weibull, Cure::Some, waits, &ones(waits), 1)?)
    }

    /// The probability of waiting longer than `time`.
    pub fn survival(&self, time: f64) -> f64 {
        let never = self.never.map_or(0.0, |never| never.value);
        let exponent = (time.max(0.0) / self.scale.value).powf(self.shape.value);
        never + (1.0 - never) * (-exponent).exp()
    }

    fn from_maximum(maximum: &Maximum) -> Result<Weibull, FitError> {
        let Parameters { location, ln_scale, ln_odds_never } = parameters(maximum)?;
        let (scale, shape) = (location.exponential(), ln_scale.negative().exponential());
        Estimate::check(&[scale, shape])?;
        let never = ln_odds_never.map(Estimate::logistic);
        Ok(Weibull { scale, shape, never, ln_likelihood: maximum.value })
    }
}

/// One column of ones: a location and nothing else.
pub(crate) fn ones(waits: &Waits<'_>) -> Vec<f64> {
    vec![1.0; waits.len()]
}

/// Location, `ln σ`, and `logit π` if there is one.
pub(crate) fn parameters(maximum: &Maximum) -> Result<Parameters, FitError> {
    match *maximum.estimates()?.as_slice() {
        [location, ln_scale] => Ok(Parameters { location, ln_scale, ln_odds_never: None }),
        [location, ln_scale, never] => {
            Ok(Parameters { location, ln_scale, ln_odds_never: Some(never) })
        }
        _ => Err(FitError::Undetermined { what: "parameters" }),
    }
}

/// What is fitted where there are no covariates.
#[derive(Debug)]
pub(crate) struct Parameters {
    pub location: Estimate,
    pub ln_scale: Estimate,
    pub ln_odds_never: Option<Estimate>,
}
