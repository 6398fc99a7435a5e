//! Where a middle lies, from a few numbers of any form.
//!
//! Estimates: the median, and an interval around it between two of the numbers themselves: the `k`-th
//! smallest and the `k`-th largest, for the largest `k` of which `P(Bin(n, ½) < k)` is at most what is left
//! out on each side. It covers at least so often as it says, whatever the form of the distribution.
//!
//! Assumes: cases are independent and of one distribution. Misleads: when cases come in clusters (too
//! narrow), and with many ties (wider than it must be).
//!
//! Source: Conover (1999), Practical nonparametric statistics, section 3.2. Checked against: the binomial
//! distribution counted in whole numbers (tests/it/median.rs).

use crate::FitError;
use crate::error::all;

/// A median with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Median {
    /// The middle.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The median of some numbers, with the interval of a level such as 0.95; `None` where there are too few
/// for any: at 0.95 fewer than six.
///
/// Errors: [`FitError`] on numbers that are none, and on a level outside of 0 to 1.
///
/// ```
/// use inroad_stats::median;
/// let of_ten = median(&[3.0, 1.0, 2.0, 5.0, 4.0, 9.0, 8.0, 7.0, 6.0, 10.0], 0.95)?;
/// let of_ten = of_ten.expect("ten are enough");
/// assert_eq!((of_ten.value, of_ten.low, of_ten.high), (5.5, 2.0, 9.0));
/// assert_eq!(median(&[1.0; 5], 0.95)?, None);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn median(numbers: &[f64], level: f64) -> Result<Option<Median>, FitError> {
    all("numbers", numbers, "finite", f64::is_finite)?;
    all("level", &[level], "from 0 to 1", |level| (0.0..=1.0).contains(&level))?;
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let Some(k) = rank(n, (1.0 - level) / 2.0) else { return Ok(None) };
    let at = |place: usize| sorted.get(place).copied();
    let value = at((n - 1) / 2).zip(at(n / 2)).map(|(a, b)| f64::midpoint(a, b));
    let ends = at(k - 1).zip(at(n - k));
    Ok(value.zip(ends).map(|(value, (low, high))| Median { value, low, high }))
}

/// The largest `k` of which `P(Bin(n, ½) < k)` is at most `outside`; `None` if that is none.
fn rank(n: usize, outside: f64) -> Option<usize> {
    if n == 0 {
        return None;
    }
    // In logarithms, so that a power of two for thousands of cases is no zero.
    let mut ln_term = -(n as f64) * std::f64::consts::LN_2;
    let (mut below, mut k) = (0.0, 0);
    while k <= n / 2 {
        below += ln_term.exp();
        if below > outside {
            break;
        }
        ln_term += ((n - k) as f64 / (k + 1) as f64).ln();
        k += 1;
    }
    (k > 0).then_some(k)
}
