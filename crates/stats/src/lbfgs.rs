//! The lowest point of a smooth function of many numbers: L-BFGS with ten pairs and a step that is
//! halved until it goes down enough. No random numbers are drawn.
//!
//! Source: Nocedal and Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5. Checked through
//! the estimators that use it.

use crate::FitError;
use crate::symmetric::dot;

/// How many former steps shape the next.
const PAIRS_MAX: usize = 10;
const STEPS_MAX: u32 = 500;
const HALVINGS_MAX: u32 = 40;
/// Converged when the slope is so much shorter than it was at the start.
const SLOPE_SHARE: f64 = 1e-6;
/// The share of the promised way down that a step must bring.
const ARMIJO: f64 = 1e-4;

/// A step that was made, and how the slope changed on it.
#[derive(Debug)]
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    /// Their inner product.
    curvature: f64,
}

/// The point with the lowest value of a smooth function that `at` gives with its slope, from `start`.
///
/// Errors: [`FitError::NotConverged`].
pub(crate) fn minimise(
    at: impl Fn(&[f64]) -> (f64, Vec<f64>),
    start: Vec<f64>,
) -> Result<Vec<f64>, FitError> {
    let mut point = start;
    let (mut height, mut slope) = at(&point);
    let enough = SLOPE_SHARE * dot(&slope, &slope).sqrt();
    let mut pairs: Vec<Pair> = Vec::new();
    for steps in 0..STEPS_MAX {
        if dot(&slope, &slope).sqrt() <= enough {
            return Ok(point);
        }
        let direction = downwards(&slope, &pairs);
        let promised = dot(&direction, &slope);
        let mut scale = if pairs.is_empty() { 1.0 / dot(&slope, &slope).sqrt() } else { 1.0 };
        let mut moved = None;
        for _ in 0..HALVINGS_MAX {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(p, d)| p + scale * d).collect();
            let (lower, there) = at(&next);
            if lower <= height + ARMIJO * scale * promised {
                moved = Some((next, lower, there));
                break;
            }
            scale /= 2.0;
        }
        let Some((next, lower, there)) = moved else {
            // Rounding hides what is left of the way, or the former steps mislead.
            if pairs.is_empty() {
                return Err(FitError::NotConverged { steps });
            }
            if dot(&slope, &slope).sqrt() <= enough * 1e3 {
                return Ok(point);
            }
            pairs.clear();
            continue;
        };
        let step: Vec<f64> = next.iter().zip(&point).map(|(a, b)| a - b).collect();
        let change: Vec<f64> = there.iter().zip(&slope).map(|(a, b)| a - b).collect();
        let curvature = dot(&step, &change);
        if curvature > 0.0 {
            if pairs.len() == PAIRS_MAX {
                pairs.remove(0);
            }
            pairs.push(Pair { step, change, curvature });
        }
        (point, height, slope) = (next, lower, there);
    }
    Err(FitError::NotConverged { steps: STEPS_MAX })
}

/// Where to go from a slope, by the curvature that the former steps met (the two loops).
fn downwards(slope: &[f64], pairs: &[Pair]) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|s| -s).collect();
    let mut parts = Vec::with_capacity(pairs.len());
    for pair in pairs.iter().rev() {
        let part = dot(&pair.step, &direction) / pair.curvature;
        add(&mut direction, -part, &pair.change);
        parts.push(part);
    }
    if let Some(last) = pairs.last() {
        let scale = last.curvature / dot(&last.change, &last.change);
        for value in &mut direction {
            *value *= scale;
        }
    }
    for (pair, part) in pairs.iter().zip(parts.into_iter().rev()) {
        let back = dot(&pair.change, &direction) / pair.curvature;
        add(&mut direction, part - back, &pair.step);
    }
    direction
}

fn add(to: &mut [f64], factor: f64, values: &[f64]) {
    for (sum, value) in to.iter_mut().zip(values) {
        *sum += factor * value;
    }
}
