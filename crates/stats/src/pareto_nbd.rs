//! Pareto/NBD: who comes again until, at some moment, they stop.
//!
//! Estimates: `r`, `α`, `s`, `β` of the model in which each comes at a rate of its own (gamma with
//! shape `r` and rate `α` over all) and stops for good at a rate of its own (gamma with `s` and
//! `β`). From them the probability that one has not stopped, and how often one is expected in the
//! time ahead. Unlike [`crate::BgNbd`] it lets those stop who never came again.
//!
//! Assumes: times at random until the stop; rates and stops are independent. Misleads: `s` and `β`
//! are hard to tell apart with few counts, so their errors are wide; where times are regular rather
//! than random, silence says more than the model hears.
//!
//! How: the likelihood of one is that of not having stopped plus the integral, over the moment of
//! the stop since the last time, of `s (α + τ)^−(r + x) (β + τ)^−(s + 1)`. The integral is taken
//! numerically on a logarithmic scale, where it is smooth, instead of as the difference of two
//! hypergeometric functions, which loses digits; its derivatives are integrals of the same kind.
//!
//! Source: Schmittlein, Morrison and Colombo (1987), Counting your customers; Fader and Hardie
//! (2005), A note on deriving the Pareto/NBD model. Checked
//! against: `lifetimes` 0.11.3 `ParetoNBDFitter` on simulated counts (tests/oracles/repeats.py;
//! tolerance 1e-3 on parameters, as it stops early) and on the published figures of CDNOW (four
//! digits, tests/it/cdnow.rs).

use statrs::function::gamma::{digamma, ln_gamma};

use crate::positive::Members;
use crate::quadrature::Quadrature;
use crate::repeats::Terms;
use crate::special::trigamma;
use crate::{Estimate, FitError, Repeat, Repeats};

/// A fitted model.
///
/// ```
/// use inroad_stats::{ParetoNbd, Repeat, Repeats};
/// let repeats = Repeats {
///     counts: &[0, 2, 1, 0, 5, 0, 3, 1, 0, 9, 0, 0, 14],
///     lasts: &[0.0, 9.0, 3.0, 0.0, 30.0, 0.0, 12.0, 20.0, 0.0, 36.0, 0.0, 0.0, 11.0],
///     watched: &[38.0, 30.0, 35.0, 31.0, 33.0, 39.0, 34.0, 36.0, 30.0, 38.0, 33.0, 34.0, 35.0],
/// };
/// let fit = ParetoNbd::fit(&repeats)?;
/// let never = Repeat { count: 0, last: 0.0, watched: 38.0 };
/// let late = Repeat { count: 9, last: 36.0, watched: 38.0 };
/// assert!(fit.probability_alive(&never) < fit.probability_alive(&late));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ParetoNbd {
    /// Shape of the rates of coming.
    pub r: Estimate,
    /// Rate of them: in the unit of time.
    pub alpha: Estimate,
    /// Shape of the rates of stopping.
    pub s: Estimate,
    /// Rate of them: in the unit of time.
    pub beta: Estimate,
    /// The logarithm of the likelihood at the maximum.
    pub ln_likelihood: f64,
    rules: Rules,
}

/// Rules for integrands that fall little and much.
#[derive(Debug, Clone, PartialEq)]
struct Rules {
    gentle: Quadrature,
    steep: Quadrature,
}

/// An integrand that falls by less than `exp(GENTLE)` needs few places.
const GENTLE: f64 = 8.0;
/// Beyond a fall of `exp(DEEP)` nothing is left that counts.
const DEEP: f64 = 40.0;

impl Rules {
    fn new() -> Rules {
        Rules { gentle: Quadrature::new(20), steep: Quadrature::new(40) }
    }
}

impl ParetoNbd {
    /// Maximises the likelihood.
    ///
    /// Errors: [`FitError`] on numbers that cannot be, when nobody came again, and when the
    /// likelihood has no maximum inside (few counts, nobody who stops).
    pub fn fit(repeats: &Repeats<'_>) -> Result<ParetoNbd, FitError> {
        repeats.check()?;
        let tally = repeats.tally();
        let rules = Rules::new();
        let mean = repeats.watched.iter().sum::<f64>() / repeats.watched.len() as f64;
        let start = [0.5, 0.5 / repeats.rate(), 0.5, mean.max(f64::MIN_POSITIVE)];
        let terms = |at| {
            let mut sum = Terms::default();
            for (x, times) in &tally {
                sum.add(*times, &of_count(*x, at));
            }
            for one in repeats.each() {
                sum.add(1.0, &Terms::either(&going_on(&one, at), &stopped(&one, at, &rules)));
            }
            sum
        };
        let members = Members { count: repeats.counts.len(), terms };
        let ([r, alpha, s, beta], ln_likelihood) = members.fit(start)?;
        Ok(ParetoNbd { r, alpha, s, beta, ln_likelihood, rules })
    }

    /// The probability that one has not stopped.
    pub fn probability_alive(&self, one: &Repeat) -> f64 {
        let at = [self.r.value, self.alpha.value, self.s.value, self.beta.value];
        let odds = stopped(one, at, &self.rules).value - going_on(one, at).value;
        1.0 / (1.0 + odds.exp())
    }

    /// How often one is expected in the `ahead` of time that follows.
    pub fn expected(&self, one: &Repeat, ahead: f64) -> f64 {
        let (x, now) = (f64::from(one.count), self.beta.value + one.watched);
        let power = self.s.value - 1.0;
        let ln = (ahead / now).ln_1p();
        // (1 − exp(−power · ln)) / power, which is ln where the power is 0.
        let share = if power.abs() < 1e-9 { ln } else { -(-power * ln).exp_m1() / power };
        let rate = (self.r.value + x) / (self.alpha.value + one.watched);
        rate * now * share * self.probability_alive(one)
    }
}

/// What depends on the count only: `ln Γ(r + x) − ln Γ(r) + r ln α + s ln β`.
fn of_count(x: f64, [r, alpha, s, beta]: [f64; 4]) -> Terms {
    let value = ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + s * beta.ln();
    let mut terms = Terms { value, ..Terms::default() };
    terms.slope = [digamma(r + x) - digamma(r) + alpha.ln(), r / alpha, beta.ln(), s / beta];
    terms.curve[0][0] = trigamma(r + x) - trigamma(r);
    terms.curve[1][0] = 1.0 / alpha;
    terms.curve[1][1] = -r / (alpha * alpha);
    terms.curve[3][2] = 1.0 / beta;
    terms.curve[3][3] = -s / (beta * beta);
    terms
}

/// `−(r + x) ln(α + t) − (s + more) ln(β + t)`, with its derivatives.
fn decay(time: f64, x: f64, more: f64, [r, alpha, s, beta]: [f64; 4]) -> Terms {
    let (ln_alpha, ln_beta) = ((alpha + time).ln(), (beta + time).ln());
    let (per_alpha, per_beta) = (1.0 / (alpha + time), 1.0 / (beta + time));
    let (coming, stopping) = (r + x, s + more);
    let mut terms = Terms { value: -coming * ln_alpha - stopping * ln_beta, ..Terms::default() };
    terms.slope = [-ln_alpha, -coming * per_alpha, -ln_beta, -stopping * per_beta];
    terms.curve[1][0] = -per_alpha;
    terms.curve[1][1] = coming * per_alpha * per_alpha;
    terms.curve[3][2] = -per_beta;
    terms.curve[3][3] = stopping * per_beta * per_beta;
    terms
}

fn going_on(one: &Repeat, at: [f64; 4]) -> Terms {
    decay(one.watched, f64::from(one.count), 0.0, at)
}

/// The logarithm of the integral over the moment of the stop.
fn stopped(one: &Repeat, at: [f64; 4], rules: &Rules) -> Terms {
    let [r, alpha, s, beta] = at;
    let x = f64::from(one.count);
    let offset = alpha.min(beta);
    let start = (offset + one.last).ln();
    let whole = (offset + one.watched).ln() - start;
    let top = -(r + x) * (alpha + one.last).ln() - (s + 1.0) * (beta + one.last).ln() + start;
    let ln_integrand = |part: f64| {
        let place = start + part;
        let time = place.exp() - offset;
        -(r + x) * (alpha + time).ln() - (s + 1.0) * (beta + time).ln() + place
    };
    let fall = |part: f64| top - ln_integrand(part);
    let length = if fall(whole) > DEEP { deep(whole, fall) } else { whole };
    let rule = if fall(length) < GENTLE { &rules.gentle } else { &rules.steep };
    let mut sums = Sums::default();
    for (node, weight) in &rule.nodes {
        let place = start + node * length;
        let time = (place.exp() - offset).max(0.0);
        let terms = decay(time, x, 1.0, at);
        sums.add(weight * (terms.value + place - top).exp(), &terms);
    }
    sums.logarithm(s, length.ln() + top)
}

/// Where the integrand has fallen so far that the rest does not count.
fn deep(whole: f64, fall: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, whole);
    for _ in 0..12 {
        let middle = f64::midpoint(low, high);
        if fall(middle) > DEEP {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Sums over the places of an integral, from which its logarithm has its derivatives.
#[derive(Debug, Default)]
struct Sums {
    total: f64,
    slope: [f64; 4],
    /// Of second derivatives plus the product of first ones.
    curve: [[f64; 4]; 4],
}

impl Sums {
    fn add(&mut self, weight: f64, terms: &Terms) {
        self.total += weight;
        for i in 0..4 {
            self.slope[i] += weight * terms.slope[i];
            for j in 0..=i {
                let both = terms.curve[i][j] + terms.slope[i] * terms.slope[j];
                self.curve[i][j] += weight * both;
            }
        }
    }

    /// `ln s` plus the logarithm of the integral, whose scale was taken out.
    fn logarithm(&self, s: f64, ln_scale: f64) -> Terms {
        let mut terms = Terms { value: f64::NEG_INFINITY, ..Terms::default() };
        // Who came just now has had no time to stop.
        if self.total <= 0.0 || ln_scale.is_infinite() {
            return terms;
        }
        terms.value = s.ln() + self.total.ln() + ln_scale;
        for i in 0..4 {
            terms.slope[i] = self.slope[i] / self.total;
            for j in 0..=i {
                terms.curve[i][j] = self.curve[i][j] / self.total - terms.slope[i] * terms.slope[j];
            }
        }
        terms.slope[2] += 1.0 / s;
        terms.curve[2][2] -= 1.0 / (s * s);
        terms
    }
}
