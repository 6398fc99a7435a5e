//! Parts for cross-validation that keep like cases together.
//!
//! Deals out cases to parts of about the same size and the same share of events, so that all cases
//! of a group (one customer, one profile of attributes) stand in one part: what is learnt from the
//! others never meets the same case again.
//!
//! How: groups go one after the other, those first whose events and others differ most in number, to
//! the part that keeps the shares most even; the smaller part where two serve as well. Groups that
//! are alike go in an order that the seed and their names decide, so the order of the cases does not
//! matter.
//!
//! Misleads: with few large groups the parts differ in size. Source: scikit-learn's user guide,
//! cross-validation of grouped data. Checked against: `sklearn.model_selection.StratifiedGroupKFold`
//! 1.9.1 with groups in the same order (tests/oracles/winning.py, exactly).

use std::collections::BTreeMap;

use crate::FitError;
use crate::error::length;
use crate::random::mix;

/// Two evaluations this near are the same.
const SAME: f64 = 1e-9;

/// The part of each case, from 0 to below `parts`.
///
/// Errors: [`FitError`] on no cases, on fewer than two parts, and on lengths that do not fit.
///
/// ```
/// use inroad_stats::grouped_folds;
/// let folds = grouped_folds(&[true, true, false, false], &[7, 7, 3, 4], 2, 1)?;
/// assert_eq!(folds[0], folds[1]);
/// assert_ne!(folds[0], folds[2]);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn grouped_folds(
    outcomes: &[bool],
    groups: &[u64],
    parts: usize,
    seed: u64,
) -> Result<Vec<usize>, FitError> {
    if outcomes.is_empty() {
        return Err(FitError::Empty { what: "outcomes" });
    }
    if parts < 2 {
        return Err(FitError::OutOfRange { what: "parts", at: 0, must: "two at least" });
    }
    length("groups", groups.len(), outcomes.len())?;
    let mut counts: BTreeMap<u64, [f64; 2]> = BTreeMap::new();
    let mut all = [0.0; 2];
    for (group, came) in groups.iter().zip(outcomes) {
        let class = usize::from(*came);
        counts.entry(*group).or_default()[class] += 1.0;
        all[class] += 1.0;
    }
    let mut order: Vec<(u64, [f64; 2])> = counts.into_iter().collect();
    order.sort_by_key(|(group, _)| (mix(group ^ mix(seed)), *group));
    order.sort_by(|(_, a), (_, b)| (b[0] - b[1]).abs().total_cmp(&(a[0] - a[1]).abs()));
    let mut filled = vec![[0.0; 2]; parts];
    let mut part_of = BTreeMap::new();
    for (group, count) in order {
        let best = evenest(&mut filled, count, all);
        if let Some(part) = filled.get_mut(best) {
            add(part, count, 1.0);
        }
        part_of.insert(group, best);
    }
    Ok(groups.iter().filter_map(|group| part_of.get(group).copied()).collect())
}

/// The part to which a group goes best.
fn evenest(filled: &mut [[f64; 2]], count: [f64; 2], all: [f64; 2]) -> usize {
    let (mut best, mut unevenness_min, mut cases_min) = (0, f64::INFINITY, f64::INFINITY);
    for at in 0..filled.len() {
        let Some(part) = filled.get_mut(at) else { continue };
        add(part, count, 1.0);
        let cases = part[0] + part[1];
        let unevenness = unevenness(filled, all);
        if let Some(part) = filled.get_mut(at) {
            add(part, count, -1.0);
        }
        let is_same = (unevenness - unevenness_min).abs() <= SAME;
        if is_same && cases < cases_min || !is_same && unevenness < unevenness_min {
            (best, unevenness_min, cases_min) = (at, unevenness, cases);
        }
    }
    best
}

fn add(part: &mut [f64; 2], count: [f64; 2], sign: f64) {
    part[0] += sign * count[0];
    part[1] += sign * count[1];
}

/// The mean over both classes of the deviation of the parts' shares of it.
fn unevenness(filled: &[[f64; 2]], all: [f64; 2]) -> f64 {
    let parts = filled.len() as f64;
    let deviation = |class: usize| {
        let share = |part: &[f64; 2]| if all[class] > 0.0 { part[class] / all[class] } else { 0.0 };
        let mean = filled.iter().map(share).sum::<f64>() / parts;
        (filled.iter().map(|part| (share(part) - mean).powi(2)).sum::<f64>() / parts).sqrt()
    };
    f64::midpoint(deviation(0), deviation(1))
}
