//! Tests that hold for the smallest counts.
//!
//! Computes: the probability of a result as far out as the one seen, if nothing but chance were at
//! work: for `k` of `n` at a supposed share (binomial test), and for a table of two by two with its
//! margins (Fisher's test). On both sides means: all results that are no likelier than the one seen.
//!
//! Assumes: cases are independent. Misleads: a large value is no proof that nothing is there; with
//! many cases the smallest difference gives a small one; Fisher's test is on the cautious side.
//!
//! Source: Fisher (1934), Statistical methods for research workers, section 21.02; Clopper and
//! Pearson (1934). Checked against: `scipy.stats.fisher_exact` and `binomtest` 1.17.1
//! (tests/oracles/exact.py, 1e-9).

use crate::error::share;
use crate::{Counted, FitError};

/// Which results count as far out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// As few or fewer.
    Less,
    /// As many or more.
    Greater,
    /// No likelier than what was seen.
    Both,
}

/// Results that are equally likely may differ in their last digits.
const SAME: f64 = 1.0 + 1e-7;
/// Beyond so many possible results an approximation serves as well.
const RESULTS_MAX: u64 = 1_000_000;

/// The binomial test of a supposed share.
///
/// Errors: [`FitError`] on more events than cases, on a share outside of 0 to 1, and on more than
/// a million cases.
///
/// ```
/// use inroad_stats::{Counted, Side, binomial_test};
/// let p = binomial_test(Counted { events: 9, of: 10 }, 0.5, Side::Both)?;
/// assert!((p - 22.0 / 1024.0).abs() < 1e-12);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn binomial_test(counted: Counted, supposed: f64, side: Side) -> Result<f64, FitError> {
    counted.check()?;
    share("supposed share", &[supposed])?;
    let (k, n) = (counted.events, counted.of);
    if n > RESULTS_MAX {
        return Err(FitError::Shape { what: "cases (too many)" });
    }
    // Odds of 0 and infinity leave one result only.
    if supposed <= 0.0 || supposed >= 1.0 {
        return Ok(certain(k, if supposed <= 0.0 { 0 } else { n }, side));
    }
    let odds = supposed / (1.0 - supposed);
    let mode = at_most(((n + 1) as f64) * supposed, n);
    tail(0, n, mode, k, side, |at| (n - at) as f64 / (at + 1) as f64 * odds)
}

/// Fisher's exact test of a table: its first row, then its second. [`Side::Greater`] asks whether
/// the first of the first row is larger than chance makes it.
///
/// Errors: [`FitError`] on counts that add up to more than fits, and on more than a million
/// possible tables.
///
/// ```
/// use inroad_stats::{Side, fisher_test};
/// let p = fisher_test([[8, 2], [1, 5]], Side::Both)?;
/// assert!((p - 0.034_965).abs() < 1e-6);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn fisher_test(table: [[u64; 2]; 2], side: Side) -> Result<f64, FitError> {
    let [[a, b], [c, d]] = table;
    let sum = |x: u64, y: u64| x.checked_add(y).filter(|sum| *sum <= 1 << 53);
    let too_many = FitError::Shape { what: "counts (too many)" };
    let (Some(row), Some(column), Some(other)) = (sum(a, b), sum(a, c), sum(c, d)) else {
        return Err(too_many);
    };
    let total = sum(row, other).ok_or(too_many)?;
    let low = column.saturating_sub(other);
    let high = row.min(column);
    let mode = (row + 1) as f64 * ((column + 1) as f64 / (total + 2) as f64);
    let mode = at_most(mode, high).max(low);
    // P(at + 1) / P(at) of the hypergeometric distribution.
    let ratio = |at: u64| {
        let free = (row - at) as f64 * (column - at) as f64;
        free / ((at + 1) as f64 * (other + at + 1 - column) as f64)
    };
    tail(low, high, mode, a, side, ratio)
}

/// The probability when one result is certain.
fn certain(seen: u64, only: u64, side: Side) -> f64 {
    let holds = match side {
        Side::Less => only <= seen,
        Side::Greater => only >= seen,
        Side::Both => only == seen,
    };
    f64::from(u8::from(holds))
}

/// Adds up the results that count. Their probabilities are walked from the likeliest outwards, each
/// from its neighbour by `ratio`, so that nothing overflows and no digits are lost.
fn tail(
    low: u64,
    high: u64,
    mode: u64,
    seen: u64,
    side: Side,
    ratio: impl Fn(u64) -> f64,
) -> Result<f64, FitError> {
    if high - low > RESULTS_MAX {
        return Err(FitError::Shape { what: "cases (too many)" });
    }
    let mut upwards = 1.0;
    let above = (mode..high).map(|at| {
        upwards *= ratio(at);
        (at + 1, upwards)
    });
    let above: Vec<(u64, f64)> = above.collect();
    let mut downwards = 1.0;
    let below = (low..mode).rev().map(|at| {
        downwards /= ratio(at);
        (at, downwards)
    });
    let mut all: Vec<(u64, f64)> = below.collect();
    all.push((mode, 1.0));
    all.extend(above);
    let own = all.iter().find(|(at, _)| *at == seen).map_or(0.0, |(_, p)| *p);
    let counts = |at: u64, p: f64| match side {
        Side::Less => at <= seen,
        Side::Greater => at >= seen,
        Side::Both => p <= own * SAME,
    };
    // The smallest first, so that they are not lost beside the large ones.
    all.sort_unstable_by(|a, b| a.1.total_cmp(&b.1));
    let (mut out, mut total) = (0.0, 0.0);
    for (at, p) in all {
        total += p;
        out += if counts(at, p) { p } else { 0.0 };
    }
    Ok((out / total).min(1.0))
}

/// The whole part of a number that is not below 0, and at most `most`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative, and what is too large becomes the largest"
)]
fn at_most(number: f64, most: u64) -> u64 {
    (number as u64).min(most)
}
