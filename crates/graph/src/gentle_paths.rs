//! Paths that are likely and pass nobody over: the best of each between two ends.
//!
//! Each node may have somebody who minds if a path leads through it without touching him ("toes").
//! Computes: the paths of which no other is at least as likely and steps on fewer toes (the Pareto
//! front), from the likeliest to the gentlest. The last node's own is not counted: the path ends with
//! him, and does not go past anybody.
//!
//! Exact if [`GentlePaths::complete`]: paths come in the order of their probability, so the search
//! ends with the first that steps on nobody's toes; it gives up after a number of paths.
//!
//! Source: Yen's paths ([`crate::likeliest_paths`]); Clímaco and Martins (1982), A bicriterion
//! shortest path algorithm, for ranking paths by one aim until the other is settled. Checked against:
//! all simple paths by `networkx.all_simple_paths` 3.6.1 (tests/oracles/paths.py).

use std::collections::BTreeSet;

use crate::distances::Lengths;
use crate::error;
use crate::paths::{Paths, Wanted, unlikeliness};
use crate::{Graph, GraphError};

/// A path, how likely it is, and whom it passes over.
#[derive(Debug, Clone, PartialEq)]
pub struct GentlePath {
    /// From the first to the last.
    pub nodes: Vec<u32>,
    /// The product of the probabilities of its steps.
    pub probability: f64,
    /// Who is passed over, each once, in the order of their numbers.
    pub toes: Vec<u32>,
}

/// The best paths.
#[derive(Debug, Clone, PartialEq)]
pub struct GentlePaths {
    /// From the likeliest to the one that steps on the fewest toes.
    pub front: Vec<GentlePath>,
    /// Whether no better path can have been missed.
    pub complete: bool,
}

/// Whom a path passes over, each once: those who mind for a node on it but the last, and are not on
/// it. `minds` has one entry a node.
pub fn toes(path: &[u32], minds: &[Option<u32>]) -> Vec<u32> {
    let passed = path.iter().take(path.len().saturating_sub(1));
    let toes = passed.filter_map(|node| minds.get(*node as usize).copied().flatten());
    let toes: BTreeSet<u32> = toes.filter(|who| !path.contains(who)).collect();
    toes.into_iter().collect()
}

/// The best paths among the [`Wanted::most`] likeliest.
///
/// Errors: as [`crate::likeliest_paths`], and on a list of who minds that does not fit the nodes.
///
/// ```
/// use inroad_graph::{Edge, Graph, Wanted, gentle_paths};
/// // 0 to 2 straight passes over 1, who minds for 0.
/// let graph =
///     Graph::new(3, &[Edge::new(0, 2, 0.8), Edge::new(0, 1, 0.7), Edge::new(1, 2, 0.7)])?;
/// let wanted = Wanted { from: 0, to: 2, avoid: &[], most: 100 };
/// let found = gentle_paths(&graph, &wanted, &[Some(1), None, None])?;
/// assert_eq!(found.front.len(), 2);
/// assert!(found.complete && found.front[1].toes.is_empty());
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn gentle_paths(
    graph: &Graph,
    wanted: &Wanted<'_>,
    minds: &[Option<u32>],
) -> Result<GentlePaths, GraphError> {
    wanted.check(graph)?;
    error::length("those who mind", minds.len(), graph.node_count())?;
    let lengths = unlikeliness(graph)?;
    let mut paths = Paths::new(&lengths, wanted, Lengths::Weights);
    let mut front: Vec<GentlePath> = Vec::new();
    for _ in 0..wanted.most {
        let Some(path) = paths.next() else { return Ok(GentlePaths { front, complete: true }) };
        let toes = toes(&path.nodes, minds);
        if front.last().is_some_and(|best| best.toes.len() <= toes.len()) {
            continue;
        }
        let steps = path.nodes.windows(2).filter_map(|step| graph.weight(step[0], step[1]));
        let probability = steps.product();
        // Equally likely and gentler: the other need not be told.
        if front.last().is_some_and(|best| best.probability <= probability) {
            front.pop();
        }
        let settled = toes.is_empty();
        front.push(GentlePath { nodes: path.nodes, probability, toes });
        if settled {
            return Ok(GentlePaths { front, complete: true });
        }
    }
    Ok(GentlePaths { front, complete: false })
}
