//! What observations of one run have in common: models for [`crate::ChangePoints`].
//!
//! Computes: the predictive probability of the next observation under a conjugate prior. Numbers
//! are normal with unknown mean and variance, so the next is Student's t; yes or no is Bernoulli
//! with a beta prior; counts are Poisson with a gamma prior, so the next is negative binomial.
//! Several streams that change together are a pair of models (of pairs, if there are more): the
//! logarithms are added. A stream that is silent at times is [`Sometimes`].
//!
//! Assumes: the streams of a pair are independent given the run. Misleads: when they are not, the
//! evidence counts double.
//!
//! Source: Murphy (2007), Conjugate Bayesian analysis of the Gaussian distribution, section 6;
//! Gelman et al. (2013), Bayesian Data Analysis, sections 2.4 and 2.6. Checked against:
//! `scipy.stats` 1.17.1 t, bernoulli and nbinom (tests/oracles/change.py, tolerance 1e-9).

use statrs::function::gamma::ln_gamma;

use crate::FitError;
use crate::change_point::RunModel;
use crate::error::finite;

/// Numbers with unknown mean and variance: a normal-inverse-gamma prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NormalRun {
    /// The mean that is expected.
    pub mean: f64,
    /// How many observations that is worth; above 0.
    pub mean_weight: f64,
    /// `α` of the inverse gamma prior of the variance: half as many observations; above 0.
    pub shape: f64,
    /// `β` of it: about `α` times the variance that is expected; above 0.
    pub rate: f64,
}

/// What is learned is the same four numbers after some observations.
impl RunModel for NormalRun {
    type Observation = f64;
    type Learned = NormalRun;

    fn start(&self) -> NormalRun {
        *self
    }

    fn ln_predictive(&self, learned: &NormalRun, next: f64) -> f64 {
        let (kappa, alpha) = (learned.mean_weight, learned.shape);
        let variance = learned.rate * (kappa + 1.0) / (alpha * kappa);
        let freedom = 2.0 * alpha;
        let z2 = (next - learned.mean).powi(2) / variance;
        ln_gamma(alpha + 0.5)
            - ln_gamma(alpha)
            - 0.5 * (freedom * std::f64::consts::PI * variance).ln()
            - (alpha + 0.5) * (z2 / freedom).ln_1p()
    }

    fn learn(&self, learned: &mut NormalRun, seen: f64) {
        let kappa = learned.mean_weight;
        let apart = seen - learned.mean;
        learned.rate += kappa * apart * apart / (2.0 * (kappa + 1.0));
        learned.mean += apart / (kappa + 1.0);
        learned.mean_weight += 1.0;
        learned.shape += 0.5;
    }

    fn check(&self, next: f64) -> Result<(), FitError> {
        finite("observation", &[next])
    }
}

/// Yes or no, with an unknown share: a beta prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BernoulliRun {
    /// How many times yes the prior is worth; above 0.
    pub yes: f64,
    /// How many times no; above 0.
    pub no: f64,
}

impl RunModel for BernoulliRun {
    type Observation = bool;
    type Learned = BernoulliRun;

    fn start(&self) -> BernoulliRun {
        *self
    }

    fn ln_predictive(&self, learned: &BernoulliRun, next: bool) -> f64 {
        let own = if next { learned.yes } else { learned.no };
        (own / (learned.yes + learned.no)).ln()
    }

    fn learn(&self, learned: &mut BernoulliRun, seen: bool) {
        *(if seen { &mut learned.yes } else { &mut learned.no }) += 1.0;
    }

    fn check(&self, _next: bool) -> Result<(), FitError> {
        Ok(())
    }
}

/// Counts with an unknown mean: a gamma prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoissonRun {
    /// The sum of counts that the prior is worth; above 0.
    pub sum: f64,
    /// How many observations that is; above 0.
    pub weight: f64,
}

impl RunModel for PoissonRun {
    type Observation = u32;
    type Learned = PoissonRun;

    fn start(&self) -> PoissonRun {
        *self
    }

    fn ln_predictive(&self, learned: &PoissonRun, next: u32) -> f64 {
        let (a, b, x) = (learned.sum, learned.weight, f64::from(next));
        let ways = ln_gamma(a + x) - ln_gamma(a) - ln_gamma(x + 1.0);
        ways + a * (b / (b + 1.0)).ln() - x * (b + 1.0).ln()
    }

    fn learn(&self, learned: &mut PoissonRun, seen: u32) {
        learned.sum += f64::from(seen);
        learned.weight += 1.0;
    }

    fn check(&self, _next: u32) -> Result<(), FitError> {
        Ok(())
    }
}

/// Two streams that change together.
impl<A: RunModel, B: RunModel> RunModel for (A, B) {
    type Observation = (A::Observation, B::Observation);
    type Learned = (A::Learned, B::Learned);

    fn start(&self) -> Self::Learned {
        (self.0.start(), self.1.start())
    }

    fn ln_predictive(&self, learned: &Self::Learned, next: Self::Observation) -> f64 {
        self.0.ln_predictive(&learned.0, next.0) + self.1.ln_predictive(&learned.1, next.1)
    }

    fn learn(&self, learned: &mut Self::Learned, seen: Self::Observation) {
        self.0.learn(&mut learned.0, seen.0);
        self.1.learn(&mut learned.1, seen.1);
    }

    fn check(&self, next: Self::Observation) -> Result<(), FitError> {
        self.0.check(next.0)?;
        self.1.check(next.1)
    }
}

/// A stream that has nothing to say at times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sometimes<M>(pub M);

impl<M: RunModel> RunModel for Sometimes<M> {
    type Observation = Option<M::Observation>;
    type Learned = M::Learned;

    fn start(&self) -> Self::Learned {
        self.0.start()
    }

    fn ln_predictive(&self, learned: &Self::Learned, next: Self::Observation) -> f64 {
        next.map_or(0.0, |next| self.0.ln_predictive(learned, next))
    }

    fn learn(&self, learned: &mut Self::Learned, seen: Self::Observation) {
        if let Some(seen) = seen {
            self.0.learn(learned, seen);
        }
    }

    fn check(&self, next: Self::Observation) -> Result<(), FitError> {
        next.map_or(Ok(()), |next| self.0.check(next))
    }
}
