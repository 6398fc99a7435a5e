//! Isotonic regression: the rising curve nearest to the outcomes, with no form assumed.
//!
//! Estimates: the `f`, never falling, that minimises `Σ w (y − f(x))²`, by pooling adjacent
//! violators: neighbours in the wrong order are averaged until none are left. Between the points
//! it was learned from, the curve is drawn straight; beyond them it stays level.
//!
//! Assumes: the truth never falls. Misleads: with fewer than some hundred outcomes, where its steps
//! follow the noise; and at its ends, where it may say 0 or 1 for certain.
//!
//! Source: Ayer et al. (1955), An empirical distribution function for sampling with incomplete
//! information; de Leeuw, Hornik and Mair (2009), Isotone optimization in R. Checked
//! against: `sklearn.isotonic.IsotonicRegression` 1.9.1 (tests/oracles/calibration.py, 1e-9).

use crate::FitError;
use crate::error::{finite, length, not_negative};

/// A curve that never falls.
///
/// ```
/// use inroad_stats::Isotonic;
/// let curve = Isotonic::fit(&[1.0, 2.0, 3.0, 4.0], &[0.0, 1.0, 0.0, 1.0], None)?;
/// assert_eq!(curve.value(2.0), 0.5, "2 and 3 were in the wrong order");
/// assert_eq!(curve.value(9.0), 1.0);
/// # Ok::<(), inroad_stats::FitError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Isotonic {
    /// Places and values, both rising; those inside of a level stretch are left out.
    knots: Vec<(f64, f64)>,
}

/// Neighbours that share a value.
#[derive(Debug, Clone, Copy)]
struct Block {
    first: f64,
    last: f64,
    value: f64,
    weight: f64,
}

impl Isotonic {
    /// Learns the curve from places and outcomes (any finite numbers; for a calibration scores and
    /// 0 or 1). `weights` count each so many times; once without them.
    ///
    /// Errors: [`FitError`] on nothing that counts, numbers that cannot be, lengths that do not fit.
    pub fn fit(
        places: &[f64],
        outcomes: &[f64],
        weights: Option<&[f64]>,
    ) -> Result<Isotonic, FitError> {
        finite("place", places)?;
        length("outcomes", outcomes.len(), places.len())?;
        finite("outcome", outcomes)?;
        if let Some(weights) = weights {
            length("weights", weights.len(), places.len())?;
            not_negative("weight", weights)?;
        }
        let weight = |at: usize| weights.and_then(|all| all.get(at)).copied().unwrap_or(1.0);
        let mut order: Vec<usize> = (0..places.len()).filter(|at| weight(*at) > 0.0).collect();
        // Adding 0 makes the negative zero the same as zero.
        let compare = |&a: &usize, &b: &usize| (places[a] + 0.0).total_cmp(&(places[b] + 0.0));
        order.sort_by(compare);
        let mut blocks: Vec<Block> = Vec::new();
        for same in order.chunk_by(|a, b| compare(a, b).is_eq()) {
            let total: f64 = same.iter().map(|&at| weight(at)).sum();
            let sum: f64 = same.iter().map(|&at| weight(at) * outcomes[at]).sum();
            let place = same.first().map_or(0.0, |&at| places[at]);
            pool(
                &mut blocks,
                Block { first: place, last: place, value: sum / total, weight: total },
            );
        }
        if blocks.is_empty() {
            return Err(FitError::Empty { what: "places" });
        }
        let ends = |block: Block| [(block.first, block.value), (block.last, block.value)];
        let mut knots: Vec<(f64, f64)> = blocks.into_iter().flat_map(ends).collect();
        knots.dedup();
        Ok(Isotonic { knots })
    }

    /// The curve at a place.
    pub fn value(&self, place: f64) -> f64 {
        let after = self.knots.partition_point(|(knot, _)| *knot <= place);
        let left = after.checked_sub(1).and_then(|at| self.knots.get(at));
        match (left, self.knots.get(after)) {
            (Some((a, low)), Some((b, high))) => low + (high - low) * ((place - a) / (b - a)),
            (Some((_, value)), None) | (None, Some((_, value))) => *value,
            (None, None) => f64::NAN,
        }
    }
}

/// Puts a block behind the others and averages backwards as long as the order is wrong.
fn pool(blocks: &mut Vec<Block>, mut new: Block) {
    while let Some(before) = blocks.pop_if(|before| before.value >= new.value) {
        let weight = before.weight + new.weight;
        let value = (before.value * before.weight + new.value * new.weight) / weight;
        new = Block { first: before.first, last: new.last, value, weight };
    }
    blocks.push(new);
}
