//! Platt scaling: a score of any kind becomes a probability through a logistic curve.
//!
//! Estimates: slope and intercept in `P(y = 1 | s) = 1 / (1 + exp(−(slope · s + intercept)))`, by
//! maximum likelihood with outcomes drawn in a little: `(n₁ + 1) / (n₁ + 2)` instead of 1 and
//! `1 / (n₀ + 2)` instead of 0, so that a score that separates them stays finite.
//!
//! Assumes: the logit is linear in the score. Misleads: on scores that are probabilities which are
//! well calibrated but not logistic in shape, and on outcomes the score was fitted to (take held-out
//! ones).
//!
//! Source: Platt (1999), Probabilistic outputs for support vector machines; Lin, Lin and
//! Weng (2007), A note on Platt's probabilistic outputs. Checked against: `sklearn.calibration`
//! 1.9.1, sigmoid (tests/oracles/calibration.py, tolerance 1e-5, which is how far it converges).

use crate::error::{length, not_negative};
use crate::{FitError, Prior, logistic};

/// A curve from scores to probabilities.
///
/// ```
/// use inroad_stats::PlattScaling;
/// let scores = [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0];
/// let curve = PlattScaling::fit(&scores, &[false, false, true, false, true, true], None)?;
/// assert!(curve.probability(2.5) > 0.6 && curve.probability(-1.5) < 0.4);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlattScaling {
    /// How much the logit rises with the score.
    pub slope: f64,
    /// The logit at a score of 0.
    pub intercept: f64,
}

impl PlattScaling {
    /// Learns the curve; `weights` count each score so many times, and once without them.
    ///
    /// Errors: [`FitError`] on no scores, numbers that cannot be, lengths that do not fit, and on
    /// scores that are all the same.
    pub fn fit(
        scores: &[f64],
        outcomes: &[bool],
        weights: Option<&[f64]>,
    ) -> Result<PlattScaling, FitError> {
        if scores.is_empty() {
            return Err(FitError::Empty { what: "scores" });
        }
        length("outcomes", outcomes.len(), scores.len())?;
        if let Some(weights) = weights {
            length("weights", weights.len(), scores.len())?;
            not_negative("weight", weights)?;
        }
        let weight = |at: usize| weights.and_then(|all| all.get(at)).copied().unwrap_or(1.0);
        let (mut ones, mut zeros) = (0.0, 0.0);
        for (at, outcome) in outcomes.iter().enumerate() {
            *(if *outcome { &mut ones } else { &mut zeros }) += weight(at);
        }
        let (high, low) = ((ones + 1.0) / (ones + 2.0), 1.0 / (zeros + 2.0));
        let targets: Vec<f64> = outcomes.iter().map(|&y| if y { high } else { low }).collect();
        let rows: Vec<f64> = scores.iter().flat_map(|&score| [score, 1.0]).collect();
        let fit = logistic(&rows, 2, &targets, weights, &Prior::flat(2))?;
        match fit.mode.as_slice() {
            [slope, intercept] => Ok(PlattScaling { slope: *slope, intercept: *intercept }),
            _ => Err(FitError::Undetermined { what: "curve" }),
        }
    }

    /// The probability at a score.
    pub fn probability(&self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * score + self.intercept)).exp())
    }
}
