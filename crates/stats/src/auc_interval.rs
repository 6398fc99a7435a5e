//! How far the area under the ROC curve may be off, when scores come in clusters.
//!
//! Estimates: an interval of [`crate::auc`] by the bootstrap: clusters (persons, say) are drawn with
//! replacement, all scores of a cluster together, and the middle share of the areas is kept.
//!
//! Assumes: clusters are independent of each other and many (fifty at least). Misleads: with few
//! clusters, where it is too narrow. The same seed gives the same interval on every machine.
//!
//! Source: Efron (1979), Bootstrap methods; Davison and Hinkley (1997), Bootstrap methods and their
//! application, sections 3.8 (clusters) and 5.3 (percentiles). Checked against: the same draws in
//! Python, areas by `sklearn.metrics.roc_auc_score` 1.9.1 (tests/oracles/scores.py, 1e-12).

use crate::error::length;
use crate::ranking::Ranked;
use crate::{FitError, Random};

/// How an interval is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// How many times clusters are drawn; 1000 for two digits.
    pub draws: u32,
    /// The share of areas that lies inside, such as 0.95.
    pub level: f64,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for Bootstrap {
    fn default() -> Bootstrap {
        Bootstrap { draws: 1_000, level: 0.95, seed: 1 }
    }
}

/// The interval; `clusters` names the cluster of each score, by any numbers. Draws in which all or
/// none are events are left out.
///
/// Errors: as [`crate::auc`], and when no draw has both.
///
/// ```
/// use inroad_stats::{Bootstrap, auc_interval};
/// let outcomes = [true, false, true, false, false, true];
/// let scores = [0.9, 0.2, 0.6, 0.5, 0.7, 0.8];
/// let (low, high) = auc_interval(&outcomes, &scores, &[1, 1, 2, 2, 3, 3], &Bootstrap::default())?;
/// assert!(low <= 8.0 / 9.0 && 8.0 / 9.0 <= high);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
pub fn auc_interval(
    outcomes: &[bool],
    scores: &[f64],
    clusters: &[u64],
    bootstrap: &Bootstrap,
) -> Result<(f64, f64), FitError> {
    let ranked = Ranked::new(outcomes, scores)?;
    length("clusters", clusters.len(), scores.len())?;
    let mut names = clusters.to_vec();
    names.sort_unstable();
    names.dedup();
    let members: Vec<usize> =
        clusters.iter().map(|name| names.partition_point(|known| known < name)).collect();
    let mut random = Random::new(bootstrap.seed);
    let mut areas = Vec::new();
    let mut times = vec![0.0; names.len()];
    for _ in 0..bootstrap.draws {
        times.fill(0.0);
        for _ in 0..names.len() {
            let drawn = usize::try_from(random.below(names.len() as u64)).unwrap_or(0);
            times[drawn] += 1.0;
        }
        areas.extend(ranked.auc(|place| times[members[place]]));
    }
    areas.sort_unstable_by(f64::total_cmp);
    let outside = (1.0 - bootstrap.level.clamp(0.0, 1.0)) / 2.0;
    match (percentile(&areas, outside), percentile(&areas, 1.0 - outside)) {
        (Some(low), Some(high)) => Ok((low, high)),
        _ => Err(FitError::Undetermined { what: "interval" }),
    }
}

/// The percentile of sorted numbers, drawn straight between neighbours.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let below = sorted.iter().skip(whole(place)).copied();
    let mut two = below.take(2);
    let low = two.next()?;
    let high = two.next().unwrap_or(low);
    Some(low + (high - low) * place.fract())
}

/// The whole part of a place in a slice.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is the whole part of a place in a slice"
)]
fn whole(place: f64) -> usize {
    place as usize
}
