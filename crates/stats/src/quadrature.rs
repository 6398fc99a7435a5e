//! Integrals of smooth functions by Gauss and Legendre's rule.
//!
//! Computes: places and weights with which a sum of `n` values is exact for polynomials of degree
//! `2 n − 1`.
//!
//! Source: Press et al. (2007), Numerical Recipes, section 4.6. Checked against: polynomials and
//! the exponential function, whose integrals are known (see the test).

/// Places from 0 to 1 and their weights, which add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quadrature {
    pub(crate) nodes: Vec<(f64, f64)>,
}

impl Quadrature {
    pub(crate) fn new(n: u32) -> Quadrature {
        let nodes = (0..n).map(|at| {
            // Near the root; Newton's method does the rest.
            let guess = std::f64::consts::PI * (f64::from(at) + 0.75) / (f64::from(n) + 0.5);
            let mut x = guess.cos();
            let mut slope = 1.0;
            for _ in 0..20 {
                let (value, found) = legendre(n, x);
                slope = found;
                let step = value / slope;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (0.5 * (1.0 - x), 1.0 / ((1.0 - x * x) * slope * slope))
        });
        Quadrature { nodes: nodes.collect() }
    }
}

/// A Legendre polynomial and its slope.
fn legendre(n: u32, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for k in 0..n {
        let k = f64::from(k);
        let next = ((2.0 * k + 1.0) * x * value - k * before) / (k + 1.0);
        (before, value) = (value, next);
    }
    (value, f64::from(n) * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: u32, function: impl Fn(f64) -> f64, expected: f64) {
        let sum: f64 = Quadrature::new(n).nodes.iter().map(|(x, w)| w * function(*x)).sum();
        assert!((sum - expected).abs() < 1e-13, "{n}: {sum} is not {expected}");
    }

    #[test]
    fn known_integrals() {
        for n in [1, 2, 5, 20, 40] {
            check(n, |_| 1.0, 1.0);
            check(n, |x| x, 0.5);
        }
        check(4, |x| x.powi(7), 0.125);
        check(20, f64::exp, 1.0_f64.exp() - 1.0);
        check(40, |x| 40.0 * (-40.0 * x).exp(), 1.0 - (-40.0_f64).exp());
    }
}
