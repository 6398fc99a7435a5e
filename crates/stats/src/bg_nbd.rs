//! BG/NBD: who comes again until, right after one of the times, they may stop.
//!
//! Estimates: `r`, `α`, `a`, `b` of the model in which each comes at a rate of its own (gamma with
//! shape `r` and rate `α` over all) and after each time stops for good with a probability of its own
//! (beta with `a` and `b`). From them the probability that one has not stopped, and how often one is
//! expected in the time ahead.
//!
//! Assumes: times at random between the first and the stop; rates and stops are independent.
//! Misleads: who never came again counts as not stopped for certain (there was no time to stop
//! after); where times are regular rather than random, silence says more than the model hears.
//!
//! Source: Fader, Hardie and Lee (2005), "Counting your customers" the easy way, eq. 6
//! (likelihood) and 10 (expectation); Fader, Hardie and Lee (2008), Computing P(alive) using the
//! BG/NBD model. Checked against: `lifetimes` 0.11.3 `BetaGeoFitter` on simulated counts
//! (tests/oracles/repeats.py, tolerance 1e-4, which is how far `lifetimes` converges) and on the
//! published figures of CDNOW (four digits, tests/it/cdnow.rs).

mod passes;

use statrs::function::gamma::{digamma, ln_gamma};

use self::passes::of_times;
use crate::positive::{Fit, Members};
use crate::repeats::Terms;
use crate::special::{ln_hypergeometric, trigamma};
use crate::{Estimate, FitError, Repeat, Repeats};

/// A fitted model.
///
/// ```
/// use inroad_stats::{BgNbd, Repeat, Repeats};
/// let repeats = Repeats {
///     counts: &[0, 2, 1, 0, 5, 0, 3, 1, 0, 9],
///     lasts: &[0.0, 9.0, 3.0, 0.0, 30.0, 0.0, 12.0, 20.0, 0.0, 36.0],
///     watched: &[38.0, 30.0, 35.0, 31.0, 33.0, 39.0, 34.0, 36.0, 30.0, 38.0],
/// };
/// let fit = BgNbd::fit(&repeats)?;
/// let late = Repeat { count: 5, last: 30.0, watched: 33.0 };
/// let gone = Repeat { count: 5, last: 6.0, watched: 33.0 };
/// assert!(fit.probability_alive(&late) > fit.probability_alive(&gone));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BgNbd {
    /// Shape of the rates.
    pub r: Estimate,
    /// Rate of the rates: in the unit of time.
    pub alpha: Estimate,
    /// Weight of stopping.
    pub a: Estimate,
    /// Weight of going on.
    pub b: Estimate,
    /// The logarithm of the likelihood at the maximum.
    pub ln_likelihood: f64,
}

/// Where `a` is nearer to 1 than this, the expectation is taken beside it.
const POLE: f64 = 1e-5;
/// From so many on, each so many-th is fitted first.
const MANY: usize = 20_000;
const PART: usize = 8;

impl BgNbd {
    /// Maximises the likelihood.
    ///
    /// Errors: [`FitError`] on numbers that cannot be, when nobody came again, and when the
    /// likelihood has no maximum inside (few counts, nobody who stops).
    pub fn fit(repeats: &Repeats<'_>) -> Result<BgNbd, FitError> {
        repeats.check()?;
        Self::fit_checked(repeats)
    }

    /// Of many, a part tells first where to begin, and all are looked at once.
    fn fit_checked(repeats: &Repeats<'_>) -> Result<BgNbd, FitError> {
        let start = [0.5, 0.5 / repeats.rate(), 1.0, 2.0];
        let all = members(repeats);
        if repeats.counts.len() >= MANY {
            let (counts, lasts, watched) = repeats.each_nth(PART);
            let part = Repeats { counts: &counts, lasts: &lasts, watched: &watched };
            if let Ok(fit) = Self::fit_checked(&part) {
                let start = [fit.r, fit.alpha, fit.a, fit.b].map(|estimate| estimate.value);
                return all.fit_by_part(&members(&part), start).map(Self::of);
            }
        }
        all.fit(start).map(Self::of)
    }

    fn of(([r, alpha, a, b], ln_likelihood): Fit) -> Self {
        Self { r, alpha, a, b, ln_likelihood }
    }

    /// The probability that one has not stopped.
    pub fn probability_alive(&self, one: &Repeat) -> f64 {
        if one.count == 0 {
            return 1.0;
        }
        let x = f64::from(one.count);
        let (r, alpha) = (self.r.value, self.alpha.value);
        let silence = (r + x) * ((alpha + one.watched) / (alpha + one.last)).ln();
        let odds = self.a.value / (self.b.value + x - 1.0) * silence.exp();
        1.0 / (1.0 + odds)
    }

    /// How often one is expected in the `ahead` of time that follows; NaN on a time below 0, and
    /// perhaps on one that is more than a thousand times `α` plus what was watched.
    pub fn expected(&self, one: &Repeat, ahead: f64) -> f64 {
        let (count, alpha) = (f64::from(one.count), self.alpha.value);
        let (shape, going) = (self.r.value + count, self.b.value + count);
        let a = self.a.value;
        let a = if (a - 1.0).abs() < POLE { 1.0 + POLE } else { a };
        let z = ahead / (alpha + one.watched + ahead);
        let ln_series = ln_hypergeometric(shape, going, a + going - 1.0, z);
        let rest = (shape * (-z).ln_1p() + ln_series).exp();
        (a + going - 1.0) / (a - 1.0) * (1.0 - rest) * self.probability_alive(one)
    }
}

/// The likelihood of all.
fn members(repeats: &Repeats<'_>) -> Members<impl Fn([f64; 4]) -> Terms> {
    let tally = repeats.tally();
    let terms = move |at| {
        let mut sum = of_times(repeats, at);
        for (x, times) in &tally {
            sum.add(*times, &of_count(*x, at));
        }
        sum
    };
    Members { count: repeats.counts.len(), terms }
}

/// What depends on the count only.
fn of_count(x: f64, [r, alpha, a, b]: [f64; 4]) -> Terms {
    let value = ln_gamma(r + x) - ln_gamma(r) + r * alpha.ln() + ln_gamma(a + b) + ln_gamma(b + x)
        - ln_gamma(b)
        - ln_gamma(a + b + x);
    let both = digamma(a + b) - digamma(a + b + x);
    let both_twice = trigamma(a + b) - trigamma(a + b + x);
    let mut terms = Terms { value, ..Terms::default() };
    terms.slope = [
        digamma(r + x) - digamma(r) + alpha.ln(),
        r / alpha,
        both,
        both + digamma(b + x) - digamma(b),
    ];
    terms.curve[0][0] = trigamma(r + x) - trigamma(r);
    terms.curve[1][0] = 1.0 / alpha;
    terms.curve[1][1] = -r / (alpha * alpha);
    terms.curve[2][2] = both_twice;
    terms.curve[3][2] = both_twice;
    terms.curve[3][3] = both_twice + trigamma(b + x) - trigamma(b);
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    /// Members whose rates are exponential around 0.1 and whose chances of stopping are those of a
    /// beta with 1 and 3: `r` 1, `α` 10, `a` 1, `b` 3.
    fn simulated(members: usize) -> (Vec<u32>, Vec<f64>, Vec<f64>) {
        let mut random = Random::new(5);
        let mut table = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..members {
            let mut wait = || -(1.0 - random.unit()).ln();
            let rate = 0.1 * wait();
            let stop = 1.0 - (-wait() / 3.0).exp();
            let watched = 30.0 + 20.0 * wait();
            let (mut count, mut last, mut now) = (0, 0.0, wait() / rate);
            while now < watched {
                (count, last) = (count + 1, now);
                // The chance of going on, as a wait.
                now += if wait() < -(1.0 - stop).ln() { f64::INFINITY } else { wait() / rate };
            }
            table.0.push(count);
            table.1.push(last);
            table.2.push(watched);
        }
        table
    }

    #[test]
    fn one_look_at_many_finds_the_maximum() {
        for members in [MANY, 400_000] {
            let (counts, lasts, watched) = simulated(members);
            let repeats = Repeats { counts: &counts, lasts: &lasts, watched: &watched };
            let fit = BgNbd::fit(&repeats).unwrap();
            let all = BgNbd::of(super::members(&repeats).fit([0.5, 5.0, 1.0, 2.0]).unwrap());
            for (one, of_all) in
                [(fit.r, all.r), (fit.alpha, all.alpha), (fit.a, all.a), (fit.b, all.b)]
            {
                let off = (one.value - of_all.value) / of_all.error;
                assert!(off.abs() < 2e-3, "{members}: {off} of {of_all:?}");
                assert!((one.error / of_all.error - 1.0).abs() < 1e-2, "{one:?} {of_all:?}");
            }
            assert!((fit.ln_likelihood - all.ln_likelihood).abs() < 1e-4, "{fit:?} {all:?}");
        }
    }
}
