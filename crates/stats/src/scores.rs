//! Proper scores of probabilities: the lower the better, and best for who says what he believes.
//!
//! Computes: the Brier score, the mean of `(p − y)²`, and the logarithmic score, the mean of
//! `−ln P(what came)`.
//!
//! Misleads: when the score of two sets with different shares of events is compared; compare each
//! with the score of its own share instead ([`brier_skill`]).
//!
//! Source: Brier (1950), Verification of forecasts expressed in terms of probability; Good (1952),
//! Rational decisions. Checked against: `sklearn.metrics` 1.9.1 (tests/oracles/scores.py, 1e-12).

use crate::FitError;
use crate::error::{length, share};

/// The Brier score: 0 for certainty that was right, 0.25 for one half always.
///
/// Errors: [`FitError`] on no probabilities, on ones outside of 0 to 1, on lengths that do not fit.
///
/// ```
/// use inroad_stats::brier_score;
/// assert!((brier_score(&[true, false], &[0.9, 0.2])? - 0.025).abs() < 1e-12);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn brier_score(outcomes: &[bool], probabilities: &[f64]) -> Result<f64, FitError> {
    check(outcomes, probabilities)?;
    Ok(mean(outcomes, probabilities, |came, p| (p - f64::from(u8::from(came))).powi(2)))
}

/// How much better than `reference` (probabilities of a simpler rule) by the Brier score: 1 is
/// perfect, 0 as good, below 0 worse. Errors as [`brier_score`], and when the reference is perfect.
pub fn brier_skill(
    outcomes: &[bool],
    probabilities: &[f64],
    reference: &[f64],
) -> Result<f64, FitError> {
    let simple = brier_score(outcomes, reference)?;
    let score = brier_score(outcomes, probabilities)?;
    if simple > 0.0 {
        Ok(1.0 - score / simple)
    } else {
        Err(FitError::Undetermined { what: "skill" })
    }
}

/// The logarithmic score, in nats. Probabilities nearer to 0 or 1 than `least` count as that near,
/// so that one wrong certainty does not make the score infinite; with 0 it does.
///
/// Errors: as [`brier_score`].
///
/// ```
/// use inroad_stats::log_loss;
/// let half = log_loss(&[true, false], &[0.5, 0.5], 1e-6)?;
/// assert!((half - 2.0_f64.ln()).abs() < 1e-12);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn log_loss(outcomes: &[bool], probabilities: &[f64], least: f64) -> Result<f64, FitError> {
    check(outcomes, probabilities)?;
    let least = least.clamp(0.0, 0.5);
    Ok(mean(outcomes, probabilities, |came, p| {
        let p = p.clamp(least, 1.0 - least);
        if came { -p.ln() } else { -(-p).ln_1p() }
    }))
}

pub(crate) fn check(outcomes: &[bool], probabilities: &[f64]) -> Result<(), FitError> {
    if probabilities.is_empty() {
        return Err(FitError::Empty { what: "probabilities" });
    }
    length("outcomes", outcomes.len(), probabilities.len())?;
    share("probability", probabilities)
}

fn mean(outcomes: &[bool], probabilities: &[f64], score: impl Fn(bool, f64) -> f64) -> f64 {
    let scores = outcomes.iter().zip(probabilities).map(|(came, p)| score(*came, *p));
    scores.sum::<f64>() / outcomes.len() as f64
}
