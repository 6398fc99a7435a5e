//! Waits whose logarithm has a location and a scale: the likelihood that Weibull and log-normal
//! waits share, with covariates and with a share that never comes.
//!
//! Model: `ln t = xᵀβ + σ ε`, where `ε` has the family's standard distribution; with probability
//! `π` the event never comes. With `z = (ln t − xᵀβ) / σ` a wait that ended adds
//! `ln(1 − π) + ln f(z) − ln σ − ln t` to the log-likelihood, one that was cut off
//! `ln(π + (1 − π) S(z))`. Parameters are `β`, `ln σ` and, with a cured share, `logit π`; all first
//! and second derivatives are exact.
//!
//! Source: Lawless (2003), Statistical models and methods for lifetime data, section 6.3; Boag
//! (1949) for the cured share. Checked against: numerical derivatives (see the test), and the
//! estimators that are built on it.

use crate::error::{finite, length};
use crate::gram::add_gram;
use crate::newton::{Maximum, Point, maximise};
use crate::normal::{LN_SQRT_2PI, ln_tail_and_hazard};
use crate::symmetric::dot;
use crate::{FitError, Symmetric, Waits};

/// The distribution of `ε`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The smallest extreme value: waits are Weibull, with shape `1 / σ`.
    Weibull,
    /// The normal: waits are log-normal.
    LogNormal,
}

/// A logarithm and its first and second derivative.
type Derivatives = (f64, f64, f64);

impl Family {
    fn ln_density(self, z: f64) -> Derivatives {
        match self {
            Family::Weibull => {
                let e = z.exp();
                (z - e, 1.0 - e, -e)
            }
            Family::LogNormal => (-0.5 * z * z - LN_SQRT_2PI, -z, -1.0),
        }
    }

    pub(crate) fn ln_survival(self, z: f64) -> Derivatives {
        match self {
            Family::Weibull => {
                let e = z.exp();
                (-e, -e, -e)
            }
            Family::LogNormal => {
                let (ln_tail, hazard) = ln_tail_and_hazard(z);
                (ln_tail, -hazard, -hazard * (hazard - z))
            }
        }
    }

    /// Mean and standard deviation of `ε`.
    fn moments(self) -> (f64, f64) {
        match self {
            Family::Weibull => (-0.577_215_664_901_532_9, std::f64::consts::PI / 6.0_f64.sqrt()),
            Family::LogNormal => (0.0, 1.0),
        }
    }
}

/// Whether some never come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cure {
    No,
    Some,
}

/// `ln σ` beyond this is no scale any more: the waits are all the same, or all over the place.
const LN_SCALE_MAX: f64 = 20.0;
/// A share this near to 0 or 1 is not told apart from it.
const SHARE_MIN: f64 = 1e-7;

/// What is fitted, and to what.
#[derive(Debug)]
struct Model<'a> {
    family: Family,
    cure: Cure,
    waits: Waits<'a>,
    ln_durations: Vec<f64>,
    rows: &'a [f64],
    k: usize,
}

/// Maximises the likelihood. The parameters come as `β`, `ln σ`, and `logit π` with [`Cure::Some`].
pub(crate) fn fit(
    family: Family,
    cure: Cure,
    waits: &Waits<'_>,
    rows: &[f64],
    k: usize,
) -> Result<Maximum, FitError> {
    waits.check()?;
    waits.check_events()?;
    length("numbers in the rows", rows.len(), k.saturating_mul(waits.len()))?;
    finite("number of a row", rows)?;
    let ln_durations = waits.durations.iter().map(|t| t.ln()).collect();
    let model = Model { family, cure, waits: *waits, ln_durations, rows, k };
    let maximum = maximise(model.start()?, |parameters| model.point(parameters))?;
    if let (Cure::Some, Some(logit)) = (cure, maximum.at.get(k + 1)) {
        let share = 1.0 / (1.0 + (-logit).exp());
        if !(SHARE_MIN..=1.0 - SHARE_MIN).contains(&share) {
            return Err(FitError::Undetermined { what: "cured share" });
        }
    }
    Ok(maximum)
}

impl Model<'_> {
    /// Least squares on the logarithms; of those that ended only, where some never come.
    fn start(&self) -> Result<Vec<f64>, FitError> {
        let counts: Vec<f64> = self
            .waits
            .each()
            .map(|(_, happened, w)| if happened || self.cure == Cure::No { w } else { 0.0 })
            .collect();
        let mut gram = Symmetric::zero(self.k);
        add_gram(&mut gram, self.rows, &counts);
        let mut right = vec![0.0; self.k];
        for ((row, y), w) in self.rows.chunks_exact(self.k).zip(&self.ln_durations).zip(&counts) {
            for (sum, x) in right.iter_mut().zip(row) {
                *sum += w * x * y;
            }
        }
        let mut start = gram.cholesky()?.solve(&right);
        let (mut squares, mut total) = (0.0, 0.0);
        for ((row, y), w) in self.rows.chunks_exact(self.k).zip(&self.ln_durations).zip(&counts) {
            squares += w * (y - dot(row, &start)).powi(2);
            total += w;
        }
        let (mean, deviation) = self.family.moments();
        let scale = ((squares / total).sqrt() / deviation).max(1e-3);
        if self.k == 1 {
            start[0] -= mean * scale;
        }
        start.push(scale.ln());
        if self.cure == Cure::Some {
            let all: f64 = self.waits.each().map(|(_, _, w)| w).sum();
            let share = (0.7 * (1.0 - total / all)).clamp(0.01, 0.99);
            start.push((share / (1.0 - share)).ln());
        }
        Ok(start)
    }

    fn point(&self, parameters: &[f64]) -> Point {
        let k = self.k;
        let order = parameters.len();
        let mut point =
            Point { value: 0.0, gradient: vec![0.0; order], information: Symmetric::zero(order) };
        let (beta, rest) = parameters.split_at(k);
        let ln_scale = rest.first().copied().unwrap_or(0.0);
        if ln_scale.abs() > LN_SCALE_MAX {
            point.value = f64::NEG_INFINITY;
            return point;
        }
        let per_scale = (-ln_scale).exp();
        let share = rest.get(1).map_or(0.0, |logit| 1.0 / (1.0 + (-logit).exp()));
        let rows = self.rows.chunks_exact(k).zip(&self.ln_durations);
        for ((row, ln_t), (_, happened, weight)) in rows.zip(self.waits.each()) {
            let z = (ln_t - dot(row, beta)) * per_scale;
            let term = self.term(z, happened, share);
            point.value += weight * (term.value - if happened { ln_scale + ln_t } else { 0.0 });
            let extra = if happened { weight } else { 0.0 };
            add_term(&mut point, &term, row, z, weight, per_scale, extra);
        }
        point.information.mirror();
        point
    }

    /// What one wait adds, by `z` and by `logit π`.
    fn term(&self, z: f64, happened: bool, share: f64) -> Term {
        if happened {
            let (value, slope, curve) = self.family.ln_density(z);
            let value = value + (-share).ln_1p();
            let share_curve = -share * (1.0 - share);
            return Term { value, slope, curve, share_slope: -share, share_curve, mixed: 0.0 };
        }
        let (ln_s, slope, curve) = self.family.ln_survival(z);
        if self.cure == Cure::No {
            return Term { value: ln_s, slope, curve, ..Term::default() };
        }
        let survival = ln_s.exp();
        let all = share + (1.0 - share) * survival;
        // How likely it is that the wait is one of those that end.
        let ends = (1.0 - share) * survival / all;
        let doubt = ends * (1.0 - ends);
        Term {
            value: all.ln(),
            slope: ends * slope,
            curve: doubt * slope * slope + ends * curve,
            share_slope: (1.0 - ends) - share,
            share_curve: doubt - share * (1.0 - share),
            mixed: -doubt * slope,
        }
    }
}

/// A term of the log-likelihood with its derivatives.
#[derive(Debug, Default)]
struct Term {
    value: f64,
    /// By `z`, once and twice.
    slope: f64,
    curve: f64,
    /// By `logit π`, once and twice.
    share_slope: f64,
    share_curve: f64,
    /// By both.
    mixed: f64,
}

/// Carries the derivatives by `z` on to the parameters: `∂z/∂β = −x/σ`, `∂z/∂ln σ = −z`.
fn add_term(
    point: &mut Point,
    term: &Term,
    row: &[f64],
    z: f64,
    weight: f64,
    per_scale: f64,
    extra: f64,
) {
    let k = row.len();
    let by_location = -weight * term.slope * per_scale;
    let location_twice = -weight * term.curve * per_scale * per_scale;
    let location_scale = -weight * (term.slope + term.curve * z) * per_scale;
    let location_share = weight * term.mixed * per_scale;
    for (at, x) in row.iter().enumerate() {
        point.gradient[at] += by_location * x;
        for (value, other) in point.information.row_mut(at).iter_mut().zip(&row[..=at]) {
            *value += location_twice * x * other;
        }
    }
    point.gradient[k] += -weight * term.slope * z - extra;
    let by_scale = point.information.row_mut(k);
    for (value, x) in by_scale.iter_mut().zip(row) {
        *value += location_scale * x;
    }
    by_scale[k] -= weight * (term.curve * z + term.slope) * z;
    if point.gradient.len() > k + 1 {
        point.gradient[k + 1] += weight * term.share_slope;
        let by_share = point.information.row_mut(k + 1);
        for (value, x) in by_share.iter_mut().zip(row) {
            *value += location_share * x;
        }
        by_share[k] += weight * term.mixed * z;
        by_share[k + 1] -= weight * term.share_curve;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exact derivatives against differences of values and of slopes.
    fn check(family: Family, cure: Cure) {
        let durations = [0.4, 1.3, 2.0, 7.5, 3.1, 9.0];
        let happened = [true, false, true, false, true, false];
        let weights = [1.0, 2.0, 1.0, 0.5, 1.0, 1.0];
        let waits = Waits { durations: &durations, happened: &happened, weights: Some(&weights) };
        let rows = [1.0, 0.3, 1.0, -0.4, 1.0, 1.1, 1.0, 0.6, 1.0, -1.2, 1.0, 0.0];
        let ln_durations = durations.iter().map(|t: &f64| t.ln()).collect();
        let model = Model { family, cure, waits, ln_durations, rows: &rows, k: 2 };
        let mut at = vec![0.9, -0.2, -0.3];
        if cure == Cure::Some {
            at.push(-0.5);
        }
        let here = model.point(&at);
        for i in 0..at.len() {
            let moved = |by: f64| {
                let mut other = at.clone();
                other[i] += by;
                model.point(&other)
            };
            let (up, down) = (moved(1e-5), moved(-1e-5));
            let slope = (up.value - down.value) / 2e-5;
            assert!((here.gradient[i] - slope).abs() < 1e-7, "{family:?} {i}: {slope}");
            for j in 0..at.len() {
                let curve = -(up.gradient[j] - down.gradient[j]) / 2e-5;
                let found = here.information.get(i, j).unwrap();
                assert!(
                    (found - curve).abs() < 1e-7,
                    "{family:?} {cure:?} {i},{j}: {found} {curve}"
                );
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_the_likelihood() {
        for family in [Family::Weibull, Family::LogNormal] {
            check(family, Cure::No);
            check(family, Cure::Some);
        }
    }
}
