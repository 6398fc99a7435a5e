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
use crate::repeats::{Terms, fit_positive};
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
const PART: usize = 16;

impl BgNbd {
    /// Maximises the likelihood.
    ///
    /// Errors: [`FitError`] on numbers that cannot be, when nobody came again, and when the
    /// likelihood has no maximum inside (few counts, nobody who stops).
    pub fn fit(repeats: &Repeats<'_>) -> Result<BgNbd, FitError> {
        repeats.check()?;
        Self::fit_checked(repeats)
    }

    /// Of many, a part tells first where to begin, so that few looks at all are enough.
    fn fit_checked(repeats: &Repeats<'_>) -> Result<BgNbd, FitError> {
        let tally = repeats.tally();
        let mut start = [0.5, 0.5 / repeats.rate(), 1.0, 2.0];
        if repeats.counts.len() >= MANY {
            let (counts, lasts, watched) = repeats.each_nth(PART);
            let part = Repeats { counts: &counts, lasts: &lasts, watched: &watched };
            if let Ok(fit) = Self::fit_checked(&part) {
                start = [fit.r, fit.alpha, fit.a, fit.b].map(|estimate| estimate.value);
            }
        }
        let ([r, alpha, a, b], ln_likelihood) = fit_positive(repeats.counts.len(), start, |at| {
            let mut sum = of_times(repeats, at);
            for (x, times) in &tally {
                sum.add(*times, &of_count(*x, at));
            }
            sum
        })?;
        Ok(BgNbd { r, alpha, a, b, ln_likelihood })
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
