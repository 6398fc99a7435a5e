//! `DeGroot`'s model: everybody takes on the mean of those whom they listen to, again and again.
//!
//! Computes: opinions after some rounds, and how much the first opinion of each weighs in what all
//! agree on in the end. An edge goes from who listens to who is listened to; its weight is how much.
//! Who listens to nobody stays with the own opinion.
//!
//! Assumes: nobody is stubborn. Misleads: where people hold on to what they believed first; see
//! [`crate::FriedkinJohnsen`].
//!
//! Source: `DeGroot` (1974), Reaching a consensus. Checked against: the eigenvector by numpy 2.4.6
//! (tests/oracles/dynamics.py, 1e-9).

use crate::error;
use crate::{Graph, GraphError};

const CHANGE_MIN: f64 = 1e-14;
const ROUNDS_MAX: usize = 1_000_000;

/// The opinions after some rounds of listening.
///
/// Errors: [`GraphError`] on a weight below 0, and on opinions that do not fit the nodes or are not
/// finite.
///
/// ```
/// use inroad_graph::{Edge, Graph, opinions_after};
/// let graph = Graph::new(2, &[Edge::plain(0, 1)])?;
/// assert_eq!(opinions_after(&graph, &[0.0, 1.0], 1)?, [1.0, 1.0]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn opinions_after(
    graph: &Graph,
    opinions: &[f64],
    rounds: usize,
) -> Result<Vec<f64>, GraphError> {
    graph.check_not_negative()?;
    error::length("opinions", opinions.len(), graph.node_count())?;
    error::finite("opinion", opinions)?;
    let mut now = opinions.to_vec();
    for _ in 0..rounds {
        now = graph
            .nodes()
            .map(|node| heard(graph, node, &now).unwrap_or(now[node as usize]))
            .collect();
    }
    Ok(now)
}

/// What somebody hears on the whole; nothing if he listens to nobody.
pub(crate) fn heard(graph: &Graph, node: u32, opinions: &[f64]) -> Option<f64> {
    let row = graph.outgoing(node);
    let strength = row.strength();
    let sum: f64 = row.iter().map(|(to, weight)| weight * opinions[to as usize]).sum();
    (strength > 0.0).then(|| sum / strength)
}

/// How much the first opinion of each weighs in what all agree on; together 1.
///
/// If opinions swing for ever, as between two who listen only to each other, these are the weights
/// of the mean over time.
///
/// Errors: [`GraphError`] on no nodes, a weight below 0, and if several groups listen to none but
/// themselves, so that there is no agreement ([`GraphError::Undetermined`]).
///
/// ```
/// use inroad_graph::{Edge, Graph, consensus_weights};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2), Edge::new(2, 1, 1.0)])?;
/// let weights = consensus_weights(&graph)?;
/// assert!(weights[0] == 0.0 && (weights[1] - 0.5).abs() < 1e-9);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn consensus_weights(graph: &Graph) -> Result<Vec<f64>, GraphError> {
    graph.check_not_empty()?;
    graph.check_not_negative()?;
    let graph = &graph.mapped(|edge| (edge.weight > 0.0).then_some(edge.weight));
    let group = closed_group(graph)?;
    let strength: Vec<f64> = graph.nodes().map(|node| graph.outgoing(node).strength()).collect();
    let mut weights = vec![0.0; graph.node_count()];
    for node in &group {
        weights[*node as usize] = 1.0 / group.len() as f64;
    }
    if group.len() == 1 {
        return Ok(weights);
    }
    for _ in 0..ROUNDS_MAX {
        let next: Vec<f64> = group
            .iter()
            .map(|node| {
                let row = graph.incoming(*node).iter();
                let given =
                    row.map(|(from, w)| weights[from as usize] * w / strength[from as usize]);
                // Half stays, so that weights do not swing.
                0.5 * (weights[*node as usize] + given.sum::<f64>())
            })
            .collect();
        let sum: f64 = next.iter().sum();
        let mut change = 0.0;
        for (node, next) in group.iter().zip(next) {
            let known = &mut weights[*node as usize];
            change += (next / sum - *known).abs();
            *known = next / sum;
        }
        if change <= CHANGE_MIN {
            return Ok(weights);
        }
    }
    Err(GraphError::NotConverged { rounds: ROUNDS_MAX })
}

/// The one group whose members listen to none but each other.
fn closed_group(graph: &Graph) -> Result<Vec<u32>, GraphError> {
    let groups = petgraph::algo::kosaraju_scc(graph);
    let mut group_of = vec![0; graph.node_count()];
    for (at, group) in groups.iter().enumerate() {
        for node in group {
            group_of[*node as usize] = at;
        }
    }
    let closed = |at: usize, group: &[u32]| {
        let listened = group.iter().flat_map(|node| graph.outgoing(*node).nodes);
        listened.into_iter().all(|to| group_of[*to as usize] == at)
    };
    let mut found = groups.iter().enumerate().filter(|(at, group)| closed(*at, group));
    match (found.next(), found.next()) {
        (Some((_, group)), None) => {
            let mut group = group.clone();
            group.sort_unstable();
            Ok(group)
        }
        _ => Err(GraphError::Undetermined {
            what: "agreement: several groups listen to nobody else",
        }),
    }
}
