//! Newton's method for the maximum of a smooth function with few parameters.
//!
//! Finds: a point where the slope is 0 and the curvature is that of a maximum. Where the curvature
//! is not, its diagonal is raised until it is, so that each step goes up; a step that does not is
//! halved.
//!
//! Misleads: where there are several maxima, it finds one near its start.
//!
//! Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 3.2 and 3.3. Checked
//! against: the estimators that are built on it.

use crate::symmetric::dot;
use crate::{Cholesky, Estimate, FitError, Symmetric};

const STEPS_MAX: u32 = 100;
const HALVINGS_MAX: u32 = 30;
/// Converged when the next step is shorter than a billionth of a standard error.
const DECREMENT_MAX: f64 = 1e-18;
/// Near the maximum each step is as long as the square of the one before, times something that the
/// last two tell. Where the next would be shorter than this, in standard errors, nobody need look.
const NEXT_STEP_MAX: f64 = 1e-5;
/// Nor may the curvature change by more than about this share over the last step: by its length in
/// standard errors over the root of how many cases speak.
const CURVATURE_CHANGE_MAX: f64 = 1e-4;
/// Below this, a step that does not come nearer is stopped by rounding alone.
const STUCK_MAX: f64 = 1e-9;
/// How much worse a point may look for rounding, as a share.
const ROUNDING: f64 = 1e-13;
/// The first and the greatest share of the diagonal that is added.
const RAISE_FIRST: f64 = 1e-4;
const RAISE_MAX: f64 = 1e8;

/// What a function says of one point.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    /// The value, usually the logarithm of a likelihood.
    pub value: f64,
    /// The slope.
    pub gradient: Vec<f64>,
    /// Minus the second derivatives.
    pub information: Symmetric,
}

/// The maximum.
#[derive(Debug, Clone)]
pub(crate) struct Maximum {
    pub at: Vec<f64>,
    pub value: f64,
    pub information: Symmetric,
}

impl Maximum {
    /// The inverse of the information: the covariance of the estimates.
    pub(crate) fn covariance(&self) -> Result<Symmetric, FitError> {
        self.information.cholesky().map(|factor| factor.inverse())
    }

    /// Each parameter with its error.
    pub(crate) fn estimates(&self) -> Result<Vec<Estimate>, FitError> {
        let covariance = self.covariance()?;
        let estimates = self.at.iter().enumerate().map(|(at, value)| {
            let variance = covariance.get(at, at).unwrap_or(0.0);
            Estimate { value: *value, error: variance.sqrt() }
        });
        Ok(estimates.collect())
    }
}

/// Climbs from `start`. The function may give a value of NaN or minus infinity where it has none.
pub(crate) fn maximise(
    start: Vec<f64>,
    function: impl FnMut(&[f64]) -> Point,
) -> Result<Maximum, FitError> {
    maximise_over(0, start, function)
}

/// The same where so many independent cases are looked at that the last step need not be looked at
/// again. The more there are, the sooner that holds.
pub(crate) fn maximise_over(
    cases: usize,
    start: Vec<f64>,
    mut function: impl FnMut(&[f64]) -> Point,
) -> Result<Maximum, FitError> {
    let last_decrement_max = CURVATURE_CHANGE_MAX.powi(2) * cases as f64;
    let mut at = start;
    let mut here = function(&at);
    let mut before = f64::INFINITY;
    // Whether the last step was Newton's own.
    let mut is_full = false;
    for steps in 1..=STEPS_MAX {
        if !here.value.is_finite() {
            return Err(FitError::Undetermined { what: "parameters" });
        }
        let (factor, is_raised) = raised(&here.information)?;
        let step = factor.solve(&here.gradient);
        let decrement = dot(&step, &here.gradient);
        let is_stuck = decrement < STUCK_MAX && decrement >= before;
        if !is_raised && (decrement <= DECREMENT_MAX || is_stuck) {
            let (value, information) = (here.value, here.information);
            return Ok(Maximum { at, value, information });
        }
        let next_step = decrement.powf(1.5) / before;
        if !is_raised && is_full && decrement < last_decrement_max && next_step < NEXT_STEP_MAX {
            let at = at.iter().zip(&step).map(|(a, s)| a + s).collect();
            let value = here.value + decrement / 2.0;
            return Ok(Maximum { at, value, information: here.information });
        }
        if is_raised && decrement <= DECREMENT_MAX {
            return Err(FitError::Undetermined { what: "parameters" });
        }
        before = decrement;
        is_full = false;
        let worst = here.value - ROUNDING * (1.0 + here.value.abs());
        let mut scale = 1.0;
        let mut moved = None;
        for _ in 0..HALVINGS_MAX {
            let point: Vec<f64> = at.iter().zip(&step).map(|(a, s)| a + scale * s).collect();
            let found = function(&point);
            if found.value >= worst {
                is_full = !is_raised && scale >= 1.0;
                moved = Some((point, found));
                break;
            }
            scale /= 2.0;
        }
        let Some((point, found)) = moved else {
            return Err(FitError::NotConverged { steps });
        };
        (at, here) = (point, found);
    }
    Err(FitError::NotConverged { steps: STEPS_MAX })
}

/// A factor of the information, with its diagonal raised as little as makes it positive definite;
/// and whether it had to be.
fn raised(information: &Symmetric) -> Result<(Cholesky, bool), FitError> {
    if let Ok(factor) = information.cholesky() {
        return Ok((factor, false));
    }
    let mut raise = RAISE_FIRST;
    while raise <= RAISE_MAX {
        let mut matrix = information.clone();
        for place in 0..matrix.order() {
            let value = &mut matrix.row_mut(place)[place];
            *value += raise * value.abs().max(RAISE_FIRST);
        }
        if let Ok(factor) = matrix.cholesky() {
            return Ok((factor, true));
        }
        raise *= 10.0;
    }
    Err(FitError::Undetermined { what: "parameters" })
}
