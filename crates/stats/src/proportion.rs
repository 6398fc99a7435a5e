//! Where a share lies, from how often something happened.
//!
//! Estimates: intervals of `p` when `k` of `n` happened. Wilson's inverts the score test and covers
//! about as often as it says, on the mean; Clopper and Pearson's is exact and covers at least so
//! often, so it is wider; Jeffreys' is the middle of the posterior `Beta(k + ½, n − k + ½)`.
//!
//! Assumes: cases are independent and have one `p`. Misleads: when cases come in clusters (too
//! narrow).
//!
//! Source: Wilson (1927), Probable inference, the law of succession, and statistical inference;
//! Clopper and Pearson (1934), The use of confidence or fiducial limits; Brown, Cai and `DasGupta`
//! (2001), Interval estimation for a binomial proportion, sections 3.1 and 4.2. Checked
//! against: `scipy.stats` 1.17.1 (tests/oracles/exact.py, 1e-9).

use statrs::function::beta::beta_reg;

use crate::FitError;
use crate::error::all;
use crate::normal::quantile;

/// So many events of so many cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many happened: at most `of`.
    pub events: u64,
    /// How many could have.
    pub of: u64,
}

impl Counted {
    pub(crate) fn check(self) -> Result<(), FitError> {
        if self.events <= self.of {
            return Ok(());
        }
        Err(FitError::OutOfRange { what: "count of events", at: 0, must: "at most the cases" })
    }
}

/// Wilson's interval at a level such as 0.95; all from 0 to 1 without cases.
///
/// Errors: [`FitError`] on more events than cases, and on a level outside of 0 to 1.
///
/// ```
/// use inroad_stats::{Counted, wilson};
/// let (low, high) = wilson(Counted { events: 0, of: 10 }, 0.95)?;
/// assert!(low == 0.0 && (0.27..0.28).contains(&high));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn wilson(counted: Counted, level: f64) -> Result<(f64, f64), FitError> {
    check(counted, level)?;
    if counted.of == 0 || level >= 1.0 {
        return Ok((0.0, 1.0));
    }
    let n = counted.of as f64;
    let p = counted.events as f64 / n;
    let z = quantile(0.5 + level / 2.0);
    let scale = 1.0 + z * z / n;
    let middle = (p + z * z / (2.0 * n)) / scale;
    let width = z / scale * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let low = if counted.events == 0 { 0.0 } else { (middle - width).max(0.0) };
    let high = if counted.events == counted.of { 1.0 } else { (middle + width).min(1.0) };
    Ok((low, high))
}

/// Clopper and Pearson's interval; all from 0 to 1 without cases. Errors as [`wilson`].
///
/// ```
/// use inroad_stats::{Counted, clopper_pearson};
/// let (low, high) = clopper_pearson(Counted { events: 0, of: 10 }, 0.95)?;
/// assert!(low == 0.0 && (high - (1.0 - 0.025_f64.powf(0.1))).abs() < 1e-9);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn clopper_pearson(counted: Counted, level: f64) -> Result<(f64, f64), FitError> {
    check(counted, level)?;
    let outside = (1.0 - level) / 2.0;
    let (k, rest) = (counted.events as f64, (counted.of - counted.events) as f64);
    let low = if k > 0.0 { beta_quantile(k, rest + 1.0, outside) } else { 0.0 };
    let high = if rest > 0.0 { beta_quantile(k + 1.0, rest, 1.0 - outside) } else { 1.0 };
    Ok((low, high.max(low)))
}

/// Jeffreys' interval; its ends are 0 without any event, 1 when all happened. Errors as [`wilson`].
///
/// ```
/// use inroad_stats::{Counted, jeffreys};
/// let (low, high) = jeffreys(Counted { events: 3, of: 10 }, 0.95)?;
/// assert!((0.09..0.10).contains(&low) && (0.60..0.61).contains(&high));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn jeffreys(counted: Counted, level: f64) -> Result<(f64, f64), FitError> {
    check(counted, level)?;
    let outside = (1.0 - level) / 2.0;
    let (k, rest) = (counted.events as f64, (counted.of - counted.events) as f64);
    let low = if k > 0.0 { beta_quantile(k + 0.5, rest + 0.5, outside) } else { 0.0 };
    let high = if rest > 0.0 { beta_quantile(k + 0.5, rest + 0.5, 1.0 - outside) } else { 1.0 };
    // Rounding must not turn an interval of no width around.
    Ok((low, high.max(low)))
}

fn check(counted: Counted, level: f64) -> Result<(), FitError> {
    counted.check()?;
    all("level", &[level], "from 0 to 1", |level| (0.0..=1.0).contains(&level))
}

/// The place below which a beta distribution has this probability, by halving: the incomplete beta
/// function is exact to many digits, its inverse in the library is not.
fn beta_quantile(a: f64, b: f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if beta_reg(a, b, middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
