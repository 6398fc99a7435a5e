//! Cox regression: covariates that raise or lower a hazard of any form.
//!
//! Estimates: `β` in `h(t | x) = h₀(t) exp(xᵀβ)` by the partial likelihood with Efron's treatment of
//! ties, with a Gaussian prior (a penalty) if wanted; and the baseline by Breslow's estimator.
//!
//! Assumes: a covariate multiplies the hazard by the same factor at all times; censoring says
//! nothing of the event given them. Misleads: when curves cross, when a covariate separates those
//! with events from those without (give a prior), and when rows of one person repeat each other
//! (errors too small). There must be no column of ones: the baseline takes its place.
//!
//! How: rows are sorted once, longest first, so that the sums over those at risk grow as one walks.
//! With `vᵢ = exp(xᵢᵀβ) Σ d/S₀` over the event times that `i` was at risk at, the information is
//! `Σ vᵢ xᵢ xᵢᵀ − Σ d x̄ x̄ᵀ`, two products of the kind that `gram` is fast at, instead of a matrix
//! carried along at each step. Columns are centred, so that the difference loses no digits.
//!
//! Source: Cox (1972), Regression models and life-tables; Efron (1977), The efficiency of Cox's
//! likelihood function for censored data; Breslow (1974), Covariance analysis of censored survival
//! data. Checked against: `lifelines` 0.30.3 `CoxPHFitter` (tests/oracles/survival.py, tolerance
//! 1e-6).

use crate::error::{finite, length};
use crate::gram::add_gram;
use crate::newton::{Point, maximise};
use crate::symmetric::{dot, dot_any};
use crate::{FitError, Prior, Symmetric, Waits};

mod risk;

use risk::{Moment, Sorted};

/// The share of the information at the start at which a column counts as separating.
const SEPARATED_SHARE: f64 = 1e-7;

/// A fitted regression.
#[derive(Debug, Clone, PartialEq)]
pub struct CoxFit {
    /// `β`: one a column; `exp(β)` is the factor on the hazard of one unit more.
    pub coefficients: Vec<f64>,
    /// The standard error of each.
    pub errors: Vec<f64>,
    /// The information at the maximum, with the prior's precision.
    pub precision: Symmetric,
    /// The logarithm of the partial likelihood at the maximum, without the prior.
    pub ln_likelihood: f64,
    /// The mean of each column, at which the baseline stands.
    means: Vec<f64>,
    /// Times of events, and the cumulative hazard there of someone with mean covariates.
    baseline: Vec<(f64, f64)>,
}

/// Fits waits to `k` numbers a row, row after row.
///
/// Errors: [`FitError`] on numbers that cannot be, on lengths that do not fit, without any event,
/// and when neither data nor prior determine a coefficient.
///
/// ```
/// use inroad_stats::{Prior, Waits, cox};
/// let waits = Waits::new(&[1.0, 2.0, 3.0, 4.0, 5.0], &[true, true, true, false, true]);
/// let rows = [2.0, 1.0, 1.5, -1.0, 0.0];
/// let fit = cox(&waits, &rows, 1, &Prior::ridge(1, 0.1))?;
/// assert!(fit.coefficients[0] > 0.0, "more of it, and it comes sooner");
/// assert!(fit.survival(&[2.0], 3.5) < fit.survival(&[-1.0], 3.5));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn cox(waits: &Waits<'_>, rows: &[f64], k: usize, prior: &Prior) -> Result<CoxFit, FitError> {
    if k == 0 {
        return Err(FitError::Empty { what: "columns" });
    }
    waits.check()?;
    waits.check_events()?;
    length("numbers in the rows", rows.len(), k.saturating_mul(waits.len()))?;
    finite("number of a row", rows)?;
    prior.check(k)?;
    let sorted = Sorted::new(waits, rows, k)?;
    let prior_information = prior.matrix();
    let mut first = None;
    let maximum = maximise(prior.mean.clone(), |beta| {
        let mut point = point(&sorted, beta);
        first.get_or_insert_with(|| point.information.clone());
        let (penalty, slope) = prior.slope(beta);
        point.value -= penalty;
        for (gradient, slope) in point.gradient.iter_mut().zip(slope) {
            *gradient -= slope;
        }
        point.information.add(&prior_information);
        point
    })?;
    check_separation(first.as_ref(), &maximum.information, &prior_information)?;
    let covariance = maximum.covariance()?;
    let errors = (0..k).filter_map(|at| covariance.get(at, at)).map(f64::sqrt).collect();
    let baseline = baseline(&sorted, &maximum.at);
    let ln_likelihood = maximum.value + prior.slope(&maximum.at).0;
    let precision = maximum.information;
    let means = sorted.means;
    Ok(CoxFit { coefficients: maximum.at, errors, precision, ln_likelihood, means, baseline })
}

impl CoxFit {
    /// The cumulative hazard up to a time given a row: 0 before the first event.
    pub fn cumulative_hazard(&self, row: &[f64], time: f64) -> f64 {
        let after = self.baseline.partition_point(|(at, _)| *at <= time);
        let baseline = after.checked_sub(1).and_then(|last| self.baseline.get(last));
        let apart: Vec<f64> = row.iter().zip(&self.means).map(|(x, mean)| x - mean).collect();
        baseline.map_or(0.0, |(_, hazard)| hazard * dot_any(&apart, &self.coefficients).exp())
    }

    /// The probability of waiting longer than `time` given a row.
    pub fn survival(&self, row: &[f64], time: f64) -> f64 {
        (-self.cumulative_hazard(row, time)).exp()
    }
}

/// Where a column separates those with events from those without and nothing was believed of it,
/// its coefficient runs off until rounding stops it: hardly any of the information is left.
fn check_separation(
    first: Option<&Symmetric>,
    found: &Symmetric,
    believed: &Symmetric,
) -> Result<(), FitError> {
    let of = |matrix: &Symmetric, at: usize| matrix.get(at, at).unwrap_or(0.0);
    let is_open = |first: &Symmetric| {
        (0..first.order())
            .any(|at| of(believed, at) <= 0.0 && of(found, at) <= SEPARATED_SHARE * of(first, at))
    };
    if first.is_some_and(is_open) {
        return Err(FitError::Undetermined { what: "coefficients" });
    }
    Ok(())
}

/// The partial likelihood and its derivatives.
fn point(sorted: &Sorted, beta: &[f64]) -> Point {
    let k = sorted.k;
    let (risks, logits, shift) = sorted.risks(beta);
    let mut walk = Walk {
        value: 0.0,
        gradient: vec![0.0; k],
        outer: Symmetric::zero(k),
        means: Means::new(k),
        s0: 0.0,
        s1: vec![0.0; k],
        d1: vec![0.0; k],
    };
    // How much each moment adds to the sums of d/S₀, for all at risk and less for the dying.
    let mut raises = Vec::with_capacity(sorted.moments.len());
    for moment in &sorted.moments {
        raises.push(walk.pass(sorted, moment, &risks, &logits, shift));
    }
    walk.means.flush(&mut walk.outer);
    let curvatures = curvatures(sorted, &risks, &raises);
    let mut information = Symmetric::zero(k);
    add_gram(&mut information, &sorted.rows, &curvatures);
    information.subtract(&walk.outer);
    Point { value: walk.value, gradient: walk.gradient, information }
}

/// `vᵢ`: walked from the shortest wait on, so that the sums over earlier events are known.
fn curvatures(sorted: &Sorted, risks: &[f64], raises: &[(f64, f64)]) -> Vec<f64> {
    let mut curvatures = vec![0.0; risks.len()];
    let mut sum = 0.0;
    for (moment, (raise, less)) in sorted.moments.iter().zip(raises).rev() {
        sum += raise;
        for at in moment.range() {
            let own = if sorted.happened[at] { sum - less } else { sum };
            curvatures[at] = risks[at] * own;
        }
    }
    curvatures
}

/// The sums over those at risk, and what was gathered so far.
#[derive(Debug)]
struct Walk {
    value: f64,
    gradient: Vec<f64>,
    /// `Σ d x̄ x̄ᵀ`.
    outer: Symmetric,
    means: Means,
    s0: f64,
    s1: Vec<f64>,
    /// `Σ exp(xᵀβ) x` of those whose event came at this moment.
    d1: Vec<f64>,
}

impl Walk {
    /// Takes in all whose wait ended at one moment; returns what the moment adds to the sums of
    /// `d/S₀`, and how much less for those whose event it was.
    fn pass(
        &mut self,
        sorted: &Sorted,
        moment: &Moment,
        risks: &[f64],
        logits: &[f64],
        shift: f64,
    ) -> (f64, f64) {
        let (mut d0, mut events, mut weight) = (0.0, 0_u32, 0.0);
        if moment.events > 1 {
            self.d1.fill(0.0);
        }
        for at in moment.range() {
            let (row, risk) = (sorted.row(at), risks[at]);
            self.s0 += risk;
            for (sum, x) in self.s1.iter_mut().zip(row) {
                *sum += risk * x;
            }
            if !sorted.happened[at] {
                continue;
            }
            let own = sorted.weight(at);
            events += 1;
            weight += own;
            self.value += own * (logits[at] - shift);
            for (slope, x) in self.gradient.iter_mut().zip(row) {
                *slope += own * x;
            }
            if moment.events > 1 {
                d0 += risk;
                for (sum, x) in self.d1.iter_mut().zip(row) {
                    *sum += risk * x;
                }
            }
        }
        self.drop_each(events, weight, d0)
    }

    /// Efron: the first of `d` events has all of them at risk, each later one a share less.
    fn drop_each(&mut self, events: u32, weight: f64, d0: f64) -> (f64, f64) {
        let (mut raise, mut less) = (0.0, 0.0);
        let each = weight / f64::from(events.max(1));
        for gone in 0..events {
            let share = f64::from(gone) / f64::from(events);
            let s0 = self.s0 - share * d0;
            let per = 1.0 / s0;
            self.value -= each * s0.ln();
            raise += each * per;
            less += each * per * share;
            let mean = self.means.next(each, &mut self.outer);
            for (((mean, slope), s1), d1) in
                mean.iter_mut().zip(&mut self.gradient).zip(&self.s1).zip(&self.d1)
            {
                *mean = (s1 - share * d1) * per;
                *slope -= each * *mean;
            }
        }
        (raise, less)
    }
}

/// Mean rows of those at risk, gathered until there are enough for one product.
#[derive(Debug)]
struct Means {
    k: usize,
    rows: Vec<f64>,
    weights: Vec<f64>,
}

const MEANS: usize = 1024;

impl Means {
    fn new(k: usize) -> Means {
        Means { k, rows: vec![0.0; MEANS * k], weights: Vec::with_capacity(MEANS) }
    }

    /// The place of the next mean.
    fn next(&mut self, weight: f64, sums: &mut Symmetric) -> &mut [f64] {
        if self.weights.len() == MEANS {
            self.flush(sums);
        }
        let start = self.weights.len() * self.k;
        self.weights.push(weight);
        &mut self.rows[start..start + self.k]
    }

    fn flush(&mut self, sums: &mut Symmetric) {
        add_gram(sums, &self.rows[..self.weights.len() * self.k], &self.weights);
        self.weights.clear();
    }
}

/// Breslow's cumulative hazard at mean covariates, by time.
fn baseline(sorted: &Sorted, beta: &[f64]) -> Vec<(f64, f64)> {
    let (risks, _, shift) = sorted.risks(beta);
    let mut s0 = 0.0;
    let mut steps = Vec::new();
    for moment in &sorted.moments {
        let mut events = 0.0;
        for at in moment.range() {
            s0 += risks[at];
            events += if sorted.happened[at] { sorted.weight(at) } else { 0.0 };
        }
        if events > 0.0 {
            steps.push((moment.time, events / s0 * (-shift).exp()));
        }
    }
    steps.reverse();
    let mut sum = 0.0;
    for (_, hazard) in &mut steps {
        sum += *hazard;
        *hazard = sum;
    }
    steps
}
