//! How alike two divisions are: the adjusted Rand index.
//!
//! Computes: the share of pairs that both put together or both part, beyond what chance gives. Range:
//! 1 for the same division whatever the names, 0 on average for divisions by chance, below 0 for less
//! than chance; never above 1.
//!
//! Source: Hubert and Arabie (1985), Comparing partitions, equation 5. Checked against:
//! `igraph.compare_communities` 1.0.0 (tests/oracles/camps.py, 1e-12).

use std::collections::BTreeMap;

use crate::GraphError;
use crate::error;

/// The adjusted Rand index of two divisions of the same things; 1 where both say all or none are
/// together.
///
/// Errors: [`GraphError::Shape`] if they differ in length.
///
/// ```
/// use inroad_graph::adjusted_rand;
/// assert_eq!(adjusted_rand(&[0, 0, 1, 1], &[5, 5, 3, 3])?, 1.0);
/// assert!((adjusted_rand(&[0, 0, 1, 2], &[0, 0, 1, 1])? - 4.0 / 7.0).abs() < 1e-12);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn adjusted_rand(one: &[usize], other: &[usize]) -> Result<f64, GraphError> {
    error::length("groups", other.len(), one.len())?;
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let together = |pairs_of: BTreeMap<(usize, usize), usize>| -> f64 {
        pairs_of.into_values().map(pairs).sum()
    };
    let counted = |keys: &mut dyn Iterator<Item = (usize, usize)>| {
        let mut counts = BTreeMap::new();
        for key in keys {
            *counts.entry(key).or_insert(0_usize) += 1;
        }
        together(counts)
    };
    let both = counted(&mut one.iter().copied().zip(other.iter().copied()));
    let first = counted(&mut one.iter().map(|group| (*group, 0)));
    let second = counted(&mut other.iter().map(|group| (*group, 0)));
    let all = pairs(one.len());
    if all <= 0.0 {
        return Ok(1.0);
    }
    let chance = first * second / all;
    let most = f64::midpoint(first, second);
    Ok(if (most - chance).abs() <= f64::EPSILON * all {
        1.0
    } else {
        (both - chance) / (most - chance)
    })
}
