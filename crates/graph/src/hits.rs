//! HITS: who points well (hubs), and who is pointed to by those who point well (authorities).
//!
//! Computes: the leading left and right singular vectors of the weights. Shape: a share for each node
//! in each list; each list adds up to 1, all 0 where there are no edges.
//!
//! Misleads: where parts do not hang together, since only the part with the strongest ties counts;
//! two parts of the same strength have no single answer, and the one from equal beginnings is given.
//!
//! Source: Kleinberg (1999), Authoritative sources in a hyperlinked environment, section 3. Checked
//! against: `networkx.hits` 3.6.1 (tests/oracles/centrality.py, 1e-8).

use crate::{Graph, GraphError};

/// Hubs and authorities, each a share a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// How well each points.
    pub hubs: Vec<f64>,
    /// How well each is pointed to.
    pub authorities: Vec<f64>,
}

const CHANGE_MIN: f64 = 1e-13;
const ROUNDS_MAX: usize = 100_000;

/// Hubs and authorities.
///
/// Errors: [`GraphError`] on no nodes, a weight below 0, or if the two strongest parts are so nearly
/// alike that the rounds do not end.
pub fn hits(graph: &Graph) -> Result<Hits, GraphError> {
    graph.check_not_empty()?;
    graph.check_not_negative()?;
    let count = graph.node_count();
    let mut authorities = vec![1.0 / count as f64; count];
    let mut hubs = vec![0.0; count];
    for _ in 0..ROUNDS_MAX {
        for node in graph.nodes() {
            hubs[node as usize] = weighed(graph.outgoing(node).iter(), &authorities);
        }
        share(&mut hubs);
        let mut change = 0.0;
        let mut next: Vec<f64> =
            graph.nodes().map(|node| weighed(graph.incoming(node).iter(), &hubs)).collect();
        share(&mut next);
        for (new, old) in next.iter().zip(&authorities) {
            change += (new - old).abs();
        }
        authorities = next;
        if change <= CHANGE_MIN {
            return Ok(Hits { hubs, authorities });
        }
    }
    Err(GraphError::NotConverged { rounds: ROUNDS_MAX })
}

fn weighed(row: impl Iterator<Item = (u32, f64)>, values: &[f64]) -> f64 {
    row.map(|(node, weight)| weight * values[node as usize]).sum()
}

/// Makes numbers add up to 1, if they can.
fn share(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    if sum > 0.0 {
        for value in values {
            *value /= sum;
        }
    }
}
