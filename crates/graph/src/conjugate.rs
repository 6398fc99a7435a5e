//! Conjugate gradients: solves a system of symmetric equations that is known by what it does to a
//! vector, so that a sparse one need never be written out.
//!
//! The system must be positive semidefinite; where it is singular, the right side must lie in its
//! range, and the answer is one of many. Source: Hestenes and Stiefel (1952); Saad (2003), Iterative
//! methods for sparse linear systems, algorithm 9.1.

/// A solution and how good it is.
#[derive(Debug)]
pub(crate) struct Solved {
    pub(crate) values: Vec<f64>,
    pub(crate) rounds: usize,
    /// The length of what is left over, as a share of the length of the right side.
    pub(crate) rest: f64,
}

/// Rounds for each unknown: in exact arithmetic one would do.
const ROUNDS_EACH: usize = 20;

/// Solves `apply(x) = right`, with the diagonal of the system as preconditioner, until the rest is
/// at most `rest_max` of the right side.
pub(crate) fn conjugate_gradients(
    apply: &dyn Fn(&[f64], &mut [f64]),
    diagonal: &[f64],
    right: &[f64],
    rest_max: f64,
) -> Solved {
    let count = right.len();
    let scale: Vec<f64> = diagonal.iter().map(|d| if *d > 0.0 { 1.0 / d } else { 0.0 }).collect();
    let mut values = vec![0.0; count];
    let mut rest = right.to_vec();
    let whole = dot(right, right);
    if whole <= 0.0 {
        return Solved { values, rounds: 0, rest: 0.0 };
    }
    let mut direction: Vec<f64> = rest.iter().zip(&scale).map(|(r, s)| r * s).collect();
    let mut applied = vec![0.0; count];
    let mut steep = dot(&rest, &direction);
    let (rounds_max, wanted) = (ROUNDS_EACH * count + 100, rest_max * rest_max * whole);
    for round in 0..rounds_max {
        let left = dot(&rest, &rest);
        if left <= wanted {
            return Solved { values, rounds: round, rest: (left / whole).sqrt() };
        }
        apply(&direction, &mut applied);
        let curvature = dot(&direction, &applied);
        if curvature <= 0.0 || !curvature.is_finite() {
            break;
        }
        let step = steep / curvature;
        for at in 0..count {
            values[at] += step * direction[at];
            rest[at] -= step * applied[at];
        }
        let next: f64 = (0..count).map(|at| rest[at] * rest[at] * scale[at]).sum();
        let keep = next / steep;
        steep = next;
        for at in 0..count {
            direction[at] = rest[at] * scale[at] + keep * direction[at];
        }
    }
    let rest = (dot(&rest, &rest) / whole).sqrt();
    Solved { values, rounds: rounds_max, rest }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
