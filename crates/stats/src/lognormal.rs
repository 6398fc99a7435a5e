//! Waiting times: a log-normal habit learned from few observations.
//!
//! Estimates: the distribution of the next waiting time, given some earlier ones.
//!
//! Model: `ln(wait)` is normal with unknown mean and variance under a normal-inverse-gamma prior.
//! The predictive distribution of the next `ln(wait)` is then Student's t with `2α` degrees of
//! freedom, location `μ` and scale `sqrt(β (κ + 1) / (α κ))`.
//!
//! Assumes: waits are independent and come from one habit. Misleads when a habit changed lately,
//! and when waits are bounded (an office that answers within the hour or never).
//!
//! Source: Murphy (2007), Conjugate Bayesian analysis of the Gaussian distribution, eq. 100-109.
//! Checked against: `scipy.stats.t` 1.17.1 (see the test; tolerance 1e-6).

use statrs::distribution::{ContinuousCDF, StudentsT};

/// What is believed about waits before any was seen, in the unit of the observations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormalPrior {
    /// The median wait.
    pub median: f64,
    /// How many observations the belief in the median is worth; above 0.
    pub weight: f64,
    /// The standard deviation of `ln(wait)`; above 0.
    pub spread: f64,
    /// How many observations the belief in the spread is worth; above 1.
    pub spread_weight: f64,
}

/// The distribution of the next wait.
///
/// ```
/// use inroad_stats::LogNormalPrior;
/// let prior = LogNormalPrior { median: 2.0, weight: 2.0, spread: 1.2, spread_weight: 4.0 };
/// let quick = prior.predict(&[0.5, 0.7, 0.4, 0.6]);
/// let slow = prior.predict(&[6.0, 9.0, 7.0, 8.0]);
/// assert!(quick.survival(5.0) < slow.survival(5.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormalPredictive {
    location: f64,
    scale: f64,
    freedom: f64,
}

/// The shortest wait that is told apart from none; shorter ones count as this.
const WAIT_MIN: f64 = 1e-3;

impl LogNormalPrior {
    /// The distribution of the next wait after these waits; an empty slice gives the prior's own.
    pub fn predict(&self, waits: &[f64]) -> LogNormalPredictive {
        let n = waits.len() as f64;
        let logs = || waits.iter().map(|wait| wait.max(WAIT_MIN).ln());
        let mean = if waits.is_empty() { 0.0 } else { logs().sum::<f64>() / n };
        let squares: f64 = logs().map(|log| (log - mean).powi(2)).sum();
        let (mu, kappa) = (self.median.max(WAIT_MIN).ln(), self.weight);
        let alpha = self.spread_weight / 2.0;
        let beta = alpha * self.spread.powi(2);
        let kappa_n = kappa + n;
        let mu_n = (kappa * mu + n * mean) / kappa_n;
        let alpha_n = alpha + n / 2.0;
        let beta_n = beta + squares / 2.0 + kappa * n * (mean - mu).powi(2) / (2.0 * kappa_n);
        LogNormalPredictive {
            location: mu_n,
            scale: (beta_n * (kappa_n + 1.0) / (alpha_n * kappa_n)).sqrt(),
            freedom: 2.0 * alpha_n,
        }
    }
}

impl LogNormalPredictive {
    /// The probability that the next wait is longer than `wait`: 1 at 0, falling to 0.
    pub fn survival(&self, wait: f64) -> f64 {
        if wait <= WAIT_MIN {
            return 1.0;
        }
        self.student().map_or(0.5, |t| 1.0 - t.cdf(wait.ln()))
    }

    /// The wait that is not exceeded with probability `p` (0 to 1, both excluded).
    pub fn quantile(&self, p: f64) -> f64 {
        let p = p.clamp(1e-6, 1.0 - 1e-6);
        self.student().map_or_else(|| self.location.exp(), |t| t.inverse_cdf(p).exp())
    }

    fn student(&self) -> Option<StudentsT> {
        StudentsT::new(self.location, self.scale, self.freedom).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PRIOR: LogNormalPrior =
        LogNormalPrior { median: 2.0, weight: 2.0, spread: 1.2, spread_weight: 4.0 };

    /// Made with scipy 1.17.1: `t.sf(log(wait), 2 * alpha_n, mu_n, scale)`, with the posterior
    /// from numpy by the same equations.
    #[test]
    fn agrees_with_scipy() {
        let none = PRIOR.predict(&[]);
        let some = PRIOR.predict(&[1.0, 3.0, 2.0]);
        for (predictive, wait, expected) in ORACLE {
            let got = if predictive { some } else { none }.survival(wait);
            assert!((got - expected).abs() < 1e-6, "{predictive} {wait}: {got} is not {expected}");
        }
    }

    const ORACLE: [(bool, f64, f64); 4] = [
        (false, 5.0, 0.283_386_660_255_519_3),
        (false, 30.0, 0.069_589_511_133_014_91),
        (true, 5.0, 0.191_524_387_712_712_6),
        (true, 30.0, 0.016_645_597_269_049_392),
    ];

    proptest! {
        #[test]
        fn survival_falls(waits in prop::collection::vec(0.0_f64..400.0, 0..30), a in 0.0_f64..500.0, b in 0.0_f64..500.0) {
            let predictive = PRIOR.predict(&waits);
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(predictive.survival(high) <= predictive.survival(low) + 1e-12);
        }

        #[test]
        fn the_order_of_waits_does_not_matter(mut waits in prop::collection::vec(0.1_f64..400.0, 2..10)) {
            let before = PRIOR.predict(&waits).survival(7.0);
            waits.reverse();
            prop_assert!((PRIOR.predict(&waits).survival(7.0) - before).abs() < 1e-9);
        }

        #[test]
        fn the_quantile_undoes_the_survival(p in 0.05_f64..0.95) {
            let predictive = PRIOR.predict(&[1.0, 4.0]);
            prop_assert!((1.0 - predictive.survival(predictive.quantile(p)) - p).abs() < 1e-4);
        }
    }
}
