//! David's score: who is looked up to, weighed by the standing of those who look up.
//!
//! Computes: with `P(i, j)` the share of `j`'s edges to `i` among all between the two (0 where there
//! are none), `w = Σ_j P(i, j)`, `l = Σ_j P(j, i)`: the score `w + Σ_j P(i, j) w(j) − l − Σ_j P(j, i) l(j)`.
//! An edge goes up: from who looks up to whom he looks up to. Scores add up to 0. Unit: none; between
//! −n(n − 1)/2 and n(n − 1)/2.
//!
//! Misleads: one edge between two counts as much as a hundred of one direction.
//!
//! Source: David (1987), Ranking from unbalanced paired-comparison data; Gammell et al. (2003).
//! Checked against: the formula in numpy 2.4.6 (tests/oracles/standing.py, 1e-9).

use crate::{Graph, GraphError};

/// David's score of each node.
///
/// Errors: [`GraphError`] on a weight below 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, davids_score};
/// let graph = Graph::new(2, &[Edge::new(0, 1, 5.0)])?;
/// assert_eq!(davids_score(&graph)?, [-1.0, 1.0]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn davids_score(graph: &Graph) -> Result<Vec<f64>, GraphError> {
    graph.check_not_negative()?;
    let graph =
        &graph.mapped(|edge| (edge.from != edge.to && edge.weight > 0.0).then_some(edge.weight));
    // The share of all between two that goes up from the first to the second.
    let up = |from: u32, to: u32| {
        let (there, back) = (graph.weight(from, to), graph.weight(to, from));
        let there = there.unwrap_or(0.0);
        there / (there + back.unwrap_or(0.0))
    };
    let won =
        |node: u32| graph.incoming(node).nodes.iter().map(move |from| (*from, up(*from, node)));
    let lost = |node: u32| graph.outgoing(node).nodes.iter().map(move |to| (*to, up(node, *to)));
    let wins: Vec<f64> = graph.nodes().map(|node| won(node).map(|(_, p)| p).sum()).collect();
    let losses: Vec<f64> = graph.nodes().map(|node| lost(node).map(|(_, p)| p).sum()).collect();
    let score = |node: u32| {
        let by_wins: f64 = won(node).map(|(other, p)| p * wins[other as usize]).sum();
        let by_losses: f64 = lost(node).map(|(other, p)| p * losses[other as usize]).sum();
        wins[node as usize] + by_wins - losses[node as usize] - by_losses
    };
    Ok(graph.nodes().map(score).collect())
}
