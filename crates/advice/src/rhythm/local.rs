//! The shipped curves, brought to the level of one mailbox.
//!
//! A review has no time to learn all curves anew. It learns two numbers from the outcomes that
//! this mailbox shows: how much quicker everybody is here, and how much the curves say here.
//!
//! Estimates: `a` and `b` in `ln(p / (1 − p)) = a + b x`, `x` being the log-odds of the shipped
//! curves, with `a ~ N(0, ½)` and `b ~ N(1, 0.1)` as prior: the first few outcomes hardly move
//! them. Source: Platt (1999), Probabilistic outputs for support vector machines.

use inroad_stats::{FitError, Prior, logistic};

use super::curve::{Curves, probability};
use super::learn::measures;
use super::log::EventLog;
use super::outcomes::Outcome;
use super::term::Measures;

/// So many outcomes are looked at, spread evenly over all.
const OUTCOMES_MAX: usize = 1_000;
/// A letter is asked about at several ages, a silence on each Monday: what comes of it is one
/// outcome, counted several times.
const WORTH: f64 = 0.4;
/// How firmly the level and the strength of the shipped curves are believed, as precisions.
const FIRMNESS: [f64; 2] = [2.0, 10.0];

/// Curves with the level of a mailbox.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalCurves {
    curves: Curves,
    level: f64,
    strength: f64,
}

impl LocalCurves {
    /// Learns from the outcomes known at a moment, which are in the order of their knowing.
    pub fn learn(
        curves: Curves,
        log: &EventLog,
        outcomes: &[Outcome],
        cut: f64,
    ) -> Result<Self, FitError> {
        let known = outcomes.partition_point(|outcome| outcome.known_from <= cut);
        let known = outcomes.get(..known).unwrap_or_default();
        let step = known.len().div_ceil(OUTCOMES_MAX).max(1);
        let (mut rows, mut came, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for outcome in known.iter().step_by(step) {
            rows.extend([1.0, curves.log_odds(&measures(log, outcome))]);
            came.push(f64::from(u8::from(outcome.came)));
            weights.push(WORTH * step as f64);
        }
        let prior = Prior::diagonal(vec![0.0, 1.0], FIRMNESS.to_vec());
        let fit = logistic(&rows, 2, &came, Some(&weights), &prior)?;
        let value = |at: usize, otherwise: f64| fit.mode.get(at).copied().unwrap_or(otherwise);
        Ok(Self { level: value(0, 0.0), strength: value(1, 1.0), curves })
    }

    /// The probability of a case in this mailbox.
    pub fn probability(&self, measures: &Measures) -> f64 {
        probability(self.level + self.strength * self.curves.log_odds(measures))
    }
}
