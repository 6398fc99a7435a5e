//! Whether what is called 70 % happens in 70 % of cases.
//!
//! Estimates: by bins of equal count, the mean probability and the share of events, with an
//! interval of that share; and the expected calibration error, the mean distance between the two,
//! by count.
//!
//! How bins are made: probabilities are sorted (equal ones in the order they came), and cut into so
//! many bins; where the count does not divide, the first ones hold one more.
//!
//! Misleads: the error is above 0 by chance alone, more so with few probabilities and many bins
//! (about `√(bins / n) / 3`); a small one may hide bins that are off in both directions. It is no
//! proper score: who always says the share of events has none.
//!
//! Source: Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using
//! Bayesian binning; Nguyen and O'Connor (2015), Posterior calibration (bins of equal count).
//! Checked against: numpy 2.4.6 (tests/oracles/scores.py, 1e-12).

use crate::FitError;
use crate::proportion::{Counted, wilson};
use crate::scores::check;

/// Probabilities of about the same height, and what came of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliabilityBin {
    /// The mean probability.
    pub said: f64,
    /// The share of events.
    pub came: f64,
    /// How many probabilities.
    pub count: u64,
    /// Wilson's interval of the share.
    pub interval: (f64, f64),
}

/// The table, lowest probabilities first; bins that would be empty are left out.
///
/// Errors: [`FitError`] on no probabilities, on ones outside of 0 to 1, on lengths that do not fit,
/// and on no bins.
///
/// ```
/// use inroad_stats::reliability;
/// let table = reliability(&[false, true, true, true], &[0.1, 0.9, 0.3, 0.8], 2, 0.95)?;
/// assert_eq!((table[0].count, table[0].came), (2, 0.5));
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn reliability(
    outcomes: &[bool],
    probabilities: &[f64],
    bins: usize,
    level: f64,
) -> Result<Vec<ReliabilityBin>, FitError> {
    check(outcomes, probabilities)?;
    if bins == 0 {
        return Err(FitError::Empty { what: "bins" });
    }
    let mut order: Vec<(f64, bool)> =
        probabilities.iter().copied().zip(outcomes.iter().copied()).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (each, more) = (order.len() / bins, order.len() % bins);
    let mut rest = order.as_slice();
    let mut table = Vec::new();
    for bin in 0..bins.min(order.len()) {
        let (these, others) = rest.split_at(each + usize::from(bin < more));
        rest = others;
        let count = these.len() as f64;
        let events = these.iter().filter(|(_, came)| *came).count() as u64;
        let counted = Counted { events, of: these.len() as u64 };
        table.push(ReliabilityBin {
            said: these.iter().map(|(p, _)| p).sum::<f64>() / count,
            came: events as f64 / count,
            count: counted.of,
            interval: wilson(counted, level)?,
        });
    }
    Ok(table)
}

/// The expected calibration error: 0 when each bin came true, 1 when all were wrong for certain.
///
/// Errors: as [`reliability`].
pub fn calibration_error(
    outcomes: &[bool],
    probabilities: &[f64],
    bins: usize,
) -> Result<f64, FitError> {
    let table = reliability(outcomes, probabilities, bins, 0.95)?;
    let sum: f64 = table.iter().map(|bin| bin.count as f64 * (bin.came - bin.said).abs()).sum();
    Ok(sum / outcomes.len() as f64)
}
