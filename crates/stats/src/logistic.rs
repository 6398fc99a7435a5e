//! Logistic regression with a Gaussian prior: the mode of the posterior and its curvature.
//!
//! Estimates: `β` in `P(y = 1 | x) = 1 / (1 + exp(−xᵀβ))` with `β ~ N(m, Λ⁻¹)`: the `β` that
//! maximises `Σ w (y xᵀβ − ln(1 + exp(xᵀβ))) − ½ (β − m)ᵀ Λ (β − m)`. The posterior is taken as
//! normal around the mode with precision `Xᵀ W X + Λ`, `W = w p (1 − p)` (Laplace).
//!
//! It is also the discrete-time hazard regression: rows of [`crate::person_periods()`], the outcome
//! being whether it happened in that period.
//!
//! Assumes: rows are independent given `x`, and the logit is linear in `x`. Misleads: when rows of
//! one person repeat each other (the posterior is too narrow), when few outcomes differ and the
//! prior is vague (the posterior is skewed, Laplace is not), and with a penalty on columns of very
//! different scale. There is no intercept of its own: give a column of ones, with a precision of 0
//! or near it.
//!
//! How: Newton's method. It starts at the mode of some thousand rows taken evenly, with the curvature
//! of those, and keeps a factor of the curvature while steps with it converge, because building the
//! curvature costs about `k / 8` times as much as the slope does. The last step is made with the
//! curvature of all rows at the mode.
//!
//! Source: Bishop (2006), Pattern Recognition and Machine Learning, eq. 4.96-4.99 (iteratively
//! reweighted least squares) and 4.142-4.143 (Laplace); `MacKay` (1992), The evidence framework
//! applied to classification networks (the averaged probability). Checked against:
//! `sklearn.linear_model.LogisticRegression` 1.9.1 and scipy 1.17.1 (tests/oracles/logistic.py,
//! tolerance 1e-6). 100,000 rows of 150 columns take half a second.

use crate::error::{finite, length, not_negative, share};
use crate::gram::add_gram;
use crate::symmetric::{dot, dot_any};
use crate::{Cholesky, FitError, Prior, Symmetric};

/// Steps until it is given up; ten are many.
const STEPS_MAX: u32 = 100;
/// Close enough for the last step when the next is shorter than a millionth of a posterior standard
/// deviation; for a guess, when it is shorter than one.
const DECREMENT_MAX: f64 = 1e-12;
const GUESS_DECREMENT_MAX: f64 = 1.0;
/// A factor of the curvature is kept while it shrinks the decrement by this in each step.
const KEPT_WHILE: f64 = 0.2;
/// Below this, a step that does not come nearer is stopped by rounding alone.
const STUCK_MAX: f64 = 1e-10;
/// How much worse a point may look for rounding, as a share.
const ROUNDING: f64 = 1e-13;
const HALVINGS_MAX: u32 = 40;
/// The share of the greatest possible curvature at which a column counts as separating.
const SEPARATED_SHARE: f64 = 1e-8;
/// How many rows for each column the first guess is made from, and how many at least.
const GUESS_ROWS_PER_COLUMN: usize = 40;
const GUESS_ROWS_MIN: usize = 2_000;

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct LogisticFit {
    /// The mode of the posterior: one coefficient a column.
    pub mode: Vec<f64>,
    /// The precision of the posterior around the mode.
    pub precision: Symmetric,
    /// The logarithm of the likelihood at the mode, without the prior.
    pub ln_likelihood: f64,
    /// The steps that were made on all rows.
    pub steps: u32,
    factor: Cholesky,
}

/// Finds the mode. `rows` holds `k` numbers a row, row after row; `outcomes` are from 0 to 1, one
/// a row; `weights` count each row so many times, and 1 without them.
///
/// Errors: [`FitError`] on numbers that cannot be, on lengths that do not fit, and when neither
/// data nor prior determine a coefficient (a column separates the outcomes, columns repeat each
/// other). No rows at all give the prior back, if it determines every coefficient.
///
/// ```
/// use inroad_stats::{Prior, logistic};
/// // A column of ones and one measurement.
/// let rows = [1.0, -2.0, 1.0, -1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 2.0];
/// let outcomes = [0.0, 0.0, 1.0, 0.0, 1.0];
/// let fit = logistic(&rows, 2, &outcomes, None, &Prior::ridge(2, 0.5))?;
/// assert!(fit.probability(&[1.0, 2.0]) > 0.6 && fit.probability(&[1.0, -2.0]) < 0.3);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn logistic(
    rows: &[f64],
    k: usize,
    outcomes: &[f64],
    weights: Option<&[f64]>,
    prior: &Prior,
) -> Result<LogisticFit, FitError> {
    if k == 0 {
        return Err(FitError::Empty { what: "columns" });
    }
    length("numbers in the rows", rows.len(), k.saturating_mul(outcomes.len()))?;
    finite("number of a row", rows)?;
    share("outcome", outcomes)?;
    if let Some(weights) = weights {
        length("weights", weights.len(), outcomes.len())?;
        not_negative("weight", weights)?;
    }
    prior.check(k)?;
    let all = Rows { values: rows, k, outcomes, weights };
    if let Some(guess) = guess(&all, prior)
        && all.misfit(&guess.mode, prior) < all.misfit(&prior.mean, prior)
    {
        return maximise(&all, prior, guess.mode, Some(guess.factor), DECREMENT_MAX);
    }
    maximise(&all, prior, prior.mean.clone(), None, DECREMENT_MAX)
}

impl LogisticFit {
    /// `P(y = 1 | x)` at the mode; columns that `row` lacks count as 0.
    pub fn probability(&self, row: &[f64]) -> f64 {
        sigmoid(dot_any(row, &self.mode))
    }

    /// `P(y = 1 | x)` averaged over the posterior: nearer to ½ where little is known.
    pub fn probability_averaged(&self, row: &[f64]) -> f64 {
        let variance = self.logit_deviation(row).powi(2);
        let shrink = (1.0 + std::f64::consts::PI * variance / 8.0).sqrt();
        sigmoid(dot_any(row, &self.mode) / shrink)
    }

    /// The posterior standard deviation of `xᵀβ`, the log-odds of a row.
    pub fn logit_deviation(&self, row: &[f64]) -> f64 {
        let z = self.factor.half_solve(row);
        dot(&z, &z).sqrt()
    }

    /// The posterior standard deviation of each coefficient.
    pub fn standard_errors(&self) -> Vec<f64> {
        let covariance = self.factor.inverse();
        (0..self.mode.len()).filter_map(|i| covariance.get(i, i)).map(f64::sqrt).collect()
    }

    /// The posterior as the prior of a fit to later rows.
    pub fn as_prior(&self) -> Prior {
        Prior { mean: self.mode.clone(), precision: crate::Precision::Full(self.precision.clone()) }
    }
}

/// Rows and what came of them.
#[derive(Debug, Clone, Copy)]
struct Rows<'a> {
    values: &'a [f64],
    k: usize,
    outcomes: &'a [f64],
    weights: Option<&'a [f64]>,
}

/// What there is to know of one point.
#[derive(Debug)]
struct Slope {
    /// Minus the logarithm of the posterior, without its constant.
    misfit: f64,
    ln_likelihood: f64,
    gradient: Vec<f64>,
}

impl Rows<'_> {
    fn weight(&self, at: usize) -> f64 {
        self.weights.and_then(|weights| weights.get(at)).copied().unwrap_or(1.0)
    }

    fn each(&self) -> impl Iterator<Item = (&[f64], f64, f64)> {
        let rows = self.values.chunks_exact(self.k).zip(self.outcomes).enumerate();
        rows.map(|(at, (row, outcome))| (row, *outcome, self.weight(at)))
    }

    fn misfit(&self, coefficients: &[f64], prior: &Prior) -> f64 {
        let ln_likelihood: f64 =
            self.each().map(|(row, y, w)| w * ln_likelihood(dot(row, coefficients), y)).sum();
        prior.slope(coefficients).0 - ln_likelihood
    }

    fn slope(&self, coefficients: &[f64], prior: &Prior) -> Slope {
        let mut total = 0.0;
        let (penalty, mut gradient) = prior.slope(coefficients);
        for (row, y, w) in self.each() {
            let logit = dot(row, coefficients);
            total += w * ln_likelihood(logit, y);
            let residual = w * (sigmoid(logit) - y);
            for (slope, x) in gradient.iter_mut().zip(row) {
                *slope += residual * x;
            }
        }
        Slope { misfit: penalty - total, ln_likelihood: total, gradient }
    }

    /// `Xᵀ W X + Λ`.
    fn curvature(&self, coefficients: &[f64], prior: &Prior) -> Symmetric {
        let mut matrix = prior.matrix();
        let curvatures: Vec<f64> = self
            .each()
            .map(|(row, _, w)| {
                let p = sigmoid(dot(row, coefficients));
                w * p * (1.0 - p)
            })
            .collect();
        add_gram(&mut matrix, self.values, &curvatures);
        matrix
    }
}

/// The mode of rows taken evenly, each counted for those it stands for. Only a place to start.
fn guess(all: &Rows<'_>, prior: &Prior) -> Option<LogisticFit> {
    let wanted = GUESS_ROWS_MIN.max(GUESS_ROWS_PER_COLUMN * all.k);
    let stride = all.outcomes.len() / wanted;
    if stride < 4 {
        return None;
    }
    let (mut rows, mut outcomes, mut weights) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (row, outcome, weight)) in all.each().enumerate() {
        // A hash instead of every nth row, because rows often come in a period.
        if crate::random::mix(at as u64).is_multiple_of(stride as u64) {
            rows.extend_from_slice(row);
            outcomes.push(outcome);
            weights.push(weight * stride as f64);
        }
    }
    let some = Rows { values: &rows, k: all.k, outcomes: &outcomes, weights: Some(&weights) };
    maximise(&some, prior, prior.mean.clone(), None, GUESS_DECREMENT_MAX).ok()
}

/// Walks from a start, with a factor of the curvature that may be that of other rows.
fn maximise(
    all: &Rows<'_>,
    prior: &Prior,
    start: Vec<f64>,
    factor: Option<Cholesky>,
    decrement_max: f64,
) -> Result<LogisticFit, FitError> {
    let mut mode = start;
    let mut here = all.slope(&mode, prior);
    let mut is_fresh = factor.is_none();
    let mut factor = match factor {
        Some(factor) => factor,
        None => all.curvature(&mode, prior).cholesky()?,
    };
    let mut before = f64::INFINITY;
    for steps in 1..=STEPS_MAX {
        let step = factor.solve(&here.gradient);
        let decrement = dot(&step, &here.gradient);
        if !decrement.is_finite() {
            return Err(FitError::Undetermined { what: "coefficients" });
        }
        let is_stuck = decrement < STUCK_MAX && decrement >= before;
        if decrement <= decrement_max || is_stuck {
            return finish(all, prior, mode, &here, steps);
        }
        let is_slow = !is_fresh && decrement > KEPT_WHILE * before;
        let moved = if is_slow { None } else { downhill(all, prior, &mode, &here, &step) };
        before = decrement;
        if let Some((point, slope)) = moved {
            (mode, here) = (point, slope);
            is_fresh = false;
        } else if is_fresh {
            return Err(FitError::NotConverged { steps });
        } else {
            factor = all.curvature(&mode, prior).cholesky()?;
            is_fresh = true;
            before = f64::INFINITY;
        }
    }
    Err(FitError::NotConverged { steps: STEPS_MAX })
}

/// The first point on the way of the step, halved again and again, that is not worse.
fn downhill(
    all: &Rows<'_>,
    prior: &Prior,
    from: &[f64],
    here: &Slope,
    step: &[f64],
) -> Option<(Vec<f64>, Slope)> {
    let worst = here.misfit + ROUNDING * (1.0 + here.misfit.abs());
    let mut scale = 1.0;
    for _ in 0..HALVINGS_MAX {
        let point: Vec<f64> = from.iter().zip(step).map(|(b, s)| b - scale * s).collect();
        let slope = all.slope(&point, prior);
        if slope.misfit <= worst {
            return Some((point, slope));
        }
        scale /= 2.0;
    }
    None
}

/// The last step, with the curvature here.
fn finish(
    all: &Rows<'_>,
    prior: &Prior,
    mut mode: Vec<f64>,
    here: &Slope,
    steps: u32,
) -> Result<LogisticFit, FitError> {
    let precision = all.curvature(&mode, prior);
    check_separation(all, prior, &precision)?;
    let factor = precision.cholesky()?;
    for (coefficient, step) in mode.iter_mut().zip(factor.solve(&here.gradient)) {
        *coefficient -= step;
    }
    Ok(LogisticFit { mode, precision, ln_likelihood: here.ln_likelihood, steps, factor })
}

/// Where a column separates the outcomes and nothing was believed of it, its coefficient runs off
/// until rounding stops it: the curvature that is left is next to nothing.
fn check_separation(all: &Rows<'_>, prior: &Prior, found: &Symmetric) -> Result<(), FitError> {
    let believed = prior.matrix();
    let of = |matrix: &Symmetric, at: usize| matrix.get(at, at).unwrap_or(0.0);
    let open: Vec<usize> = (0..all.k).filter(|at| of(&believed, *at) <= 0.0).collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut largest = vec![0.0; open.len()];
    for (row, _, w) in all.each() {
        for (sum, at) in largest.iter_mut().zip(&open) {
            *sum += 0.25 * w * row[*at] * row[*at];
        }
    }
    let mut shares = open.iter().zip(&largest);
    if shares.any(|(at, largest)| of(found, *at) <= SEPARATED_SHARE * largest) {
        return Err(FitError::Undetermined { what: "coefficients" });
    }
    Ok(())
}

fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// `y η − ln(1 + exp(η))`, without overflow.
fn ln_likelihood(logit: f64, outcome: f64) -> f64 {
    outcome * logit - logit.max(0.0) - (-logit.abs()).exp().ln_1p()
}
