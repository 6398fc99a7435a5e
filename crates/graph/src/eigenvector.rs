//! Eigenvector centrality: one counts as much as those do who point to one.
//!
//! Computes: the leading eigenvector of the weights, `x(v) = Σ w(u, v) x(u) / λ`, the greatest being 1.
//! Range: from 0 to 1. On a graph without a cycle all are 0 in truth; that is an error here.
//!
//! Misleads: where parts do not hang together, only the strongest counts.
//!
//! Source: Bonacich (1972), Factoring and weighting approaches to status scores. Checked against:
//! `networkx.eigenvector_centrality_numpy` 3.6.1 (tests/oracles/centrality.py, 1e-8).

use crate::{Graph, GraphError};

const CHANGE_MIN: f64 = 1e-13;
const ROUNDS_MAX: usize = 100_000;

/// How much each counts; the greatest is 1.
///
/// Errors: [`GraphError`] on no nodes, a weight below 0, and if the edges close no cycle
/// ([`GraphError::Undetermined`]).
///
/// ```
/// use inroad_graph::{Edge, Graph, eigenvector};
/// let path = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2)])?.both_ways();
/// let scores = eigenvector(&path)?;
/// assert!((scores[0] - 0.5_f64.sqrt()).abs() < 1e-9);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn eigenvector(graph: &Graph) -> Result<Vec<f64>, GraphError> {
    graph.check_not_empty()?;
    graph.check_not_negative()?;
    let undetermined = GraphError::Undetermined { what: "eigenvector: no cycle is closed" };
    let cyclic = petgraph::algo::kosaraju_scc(graph)
        .iter()
        .any(|part| part.len() > 1 || part.iter().any(|node| graph.weight(*node, *node).is_some()));
    let greatest = graph.weights().iter().copied().fold(0.0, f64::max);
    if !cyclic || greatest <= 0.0 {
        return Err(undetermined);
    }
    let count = graph.node_count();
    let mut scores = vec![1.0; count];
    for _ in 0..ROUNDS_MAX {
        // A part of the old score is kept, so that graphs of two sides do not swing to and fro.
        let mut next: Vec<f64> = graph
            .nodes()
            .map(|node| {
                let arrived: f64 = graph
                    .incoming(node)
                    .iter()
                    .map(|(from, w)| w / greatest * scores[from as usize])
                    .sum();
                arrived + scores[node as usize]
            })
            .collect();
        let top = next.iter().copied().fold(0.0, f64::max);
        for score in &mut next {
            *score /= top;
        }
        let change: f64 = next.iter().zip(&scores).map(|(new, old)| (new - old).abs()).sum();
        scores = next;
        if change <= CHANGE_MIN * count as f64 {
            return Ok(scores);
        }
    }
    Err(GraphError::NotConverged { rounds: ROUNDS_MAX })
}
