//! When a habit changed: Bayesian online change-point detection.
//!
//! Estimates: after each observation the posterior of the run length, which is how many
//! observations ago the habit last changed. A change comes before each observation with probability
//! `hazard`; within a run observations follow a [`RunModel`] whose parameters start anew at a change.
//! `P(r = 0) ∝ Σ P(r') π(x | r') hazard` and `P(r' + 1) ∝ P(r') π(x | r') (1 − hazard)`.
//!
//! Only the likeliest runs are kept, so that an observation costs the same however long the stream:
//! when there are more than `runs_max`, the least likely is dropped and the rest counts for it.
//!
//! Assumes: changes are abrupt and observations of one run are independent. Misleads: where a habit
//! drifts slowly (it sees none, or several), and where the model's tails are thinner than those of
//! the data: one outlier then looks like a change until the next observation.
//!
//! Source: Adams and `MacKay` (2007), Bayesian online changepoint detection, algorithm 1; the
//! dropping as in Fearnhead and Liu (2007), On-line inference for multiple changepoint problems,
//! without their resampling. Checked against: the same recursion in numpy with scipy 1.17.1
//! (tests/oracles/change.py, tolerance 1e-9).

use crate::FitError;
use crate::error::all;

/// What observations of one run have in common.
pub trait RunModel {
    /// What is observed.
    type Observation: Copy;
    /// What was learned from the observations of a run.
    type Learned: Clone;

    /// What is known before the first observation.
    fn start(&self) -> Self::Learned;
    /// The logarithm of the probability (density) of the next observation.
    fn ln_predictive(&self, learned: &Self::Learned, next: Self::Observation) -> f64;
    /// Takes in an observation.
    fn learn(&self, learned: &mut Self::Learned, seen: Self::Observation);
    /// Whether an observation is one that the model knows of.
    fn check(&self, next: Self::Observation) -> Result<(), FitError>;
}

/// How often habits change, and how much is kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeOptions {
    /// The probability of a change before an observation: above 0, below 1. One over it is the mean
    /// length of a run.
    pub hazard: f64,
    /// How many runs are kept at most; at least 2.
    pub runs_max: usize,
}

impl Default for ChangeOptions {
    fn default() -> ChangeOptions {
        ChangeOptions { hazard: 1.0 / 60.0, runs_max: 200 }
    }
}

/// A stream of observations and when it may have changed.
///
/// ```
/// use inroad_stats::{ChangeOptions, ChangePoints, NormalRun};
/// let model = NormalRun { mean: 0.0, mean_weight: 0.3, shape: 2.0, rate: 2.0 };
/// let mut changes = ChangePoints::new(model, ChangeOptions::default())?;
/// for x in [0.1, -0.2, 0.0, 0.2, -0.1, 0.1, 0.0, -0.1] {
///     changes.observe(x)?;
/// }
/// assert!(changes.changed_within(3) < 0.1);
/// for x in [5.0, 5.2, 4.9] {
///     changes.observe(x)?;
/// }
/// assert!(changes.changed_within(3) > 0.9);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ChangePoints<M: RunModel> {
    model: M,
    options: ChangeOptions,
    seen: u64,
    /// The shortest first.
    runs: Vec<Run<M::Learned>>,
}

#[derive(Debug, Clone)]
struct Run<L> {
    length: u64,
    probability: f64,
    learned: L,
}

impl<M: RunModel> ChangePoints<M> {
    /// A stream without observations.
    ///
    /// Errors: [`FitError::OutOfRange`] on a hazard that is no probability between 0 and 1, and on
    /// fewer than two runs.
    pub fn new(model: M, options: ChangeOptions) -> Result<ChangePoints<M>, FitError> {
        all("hazard", &[options.hazard], "above 0 and below 1", |h| h > 0.0 && h < 1.0)?;
        if options.runs_max < 2 {
            return Err(FitError::OutOfRange { what: "most runs", at: 0, must: "at least 2" });
        }
        let runs = vec![Run { length: 0, probability: 1.0, learned: model.start() }];
        Ok(ChangePoints { model, options, seen: 0, runs })
    }

    /// Takes in the next observation.
    ///
    /// Errors: [`FitError::OutOfRange`] on an observation that cannot be; nothing changes then.
    pub fn observe(&mut self, next: M::Observation) -> Result<(), FitError> {
        self.model.check(next)?;
        let fits: Vec<f64> =
            self.runs.iter().map(|run| self.model.ln_predictive(&run.learned, next)).collect();
        let best = fits.iter().copied().filter(|fit| fit.is_finite());
        let best = best.fold(f64::NEG_INFINITY, f64::max);
        let mut total = 0.0;
        for (run, fit) in self.runs.iter_mut().zip(&fits) {
            // An observation that no run can explain says nothing of the runs.
            let fit = if best.is_finite() { (fit - best).exp() } else { 1.0 };
            run.probability *= if fit.is_finite() { fit } else { 0.0 };
            total += run.probability;
            self.model.learn(&mut run.learned, next);
            run.length += 1;
        }
        if total <= 0.0 {
            // Those that explain it best had been ruled out before: begin anew.
            self.runs.clear();
            total = 1.0;
        }
        let stay = (1.0 - self.options.hazard) / total;
        for run in &mut self.runs {
            run.probability *= stay;
        }
        let rest: f64 = self.runs.iter().map(|run| run.probability).sum();
        let fresh = Run { length: 0, probability: 1.0 - rest, learned: self.model.start() };
        self.runs.insert(0, fresh);
        self.seen += 1;
        self.drop_least_likely();
        Ok(())
    }

    /// The run lengths that are kept with their probabilities, the shortest first. A length of 0
    /// says that the next observation is the first of a new run.
    pub fn run_lengths(&self) -> impl Iterator<Item = (u64, f64)> {
        self.runs.iter().map(|run| (run.length, run.probability))
    }

    /// The probability of a change within the last `observations`, or before the next one. The
    /// beginning of the stream is no change.
    pub fn changed_within(&self, observations: u64) -> f64 {
        let runs = self.runs.iter();
        let recent = runs.filter(|run| run.length <= observations && run.length < self.seen);
        recent.map(|run| run.probability).sum::<f64>().min(1.0)
    }

    /// How many observations came.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// The predictive density of a possible next observation, as a logarithm: how surprising it
    /// would be.
    pub fn ln_predictive(&self, next: M::Observation) -> f64 {
        let terms = self.runs.iter();
        let terms = terms
            .map(|run| run.probability.ln() + self.model.ln_predictive(&run.learned, next))
            .collect::<Vec<f64>>();
        let best = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !best.is_finite() {
            return best;
        }
        best + terms.iter().map(|term| (term - best).exp()).sum::<f64>().ln()
    }

    fn drop_least_likely(&mut self) {
        if self.runs.len() <= self.options.runs_max {
            return;
        }
        let least = self.runs.iter().enumerate();
        let least = least.min_by(|a, b| a.1.probability.total_cmp(&b.1.probability));
        if let Some(at) = least.map(|(at, _)| at) {
            let kept = 1.0 - self.runs.remove(at).probability;
            for run in &mut self.runs {
                run.probability /= kept;
            }
        }
    }
}
