//! Closeness: how near one is to those whom one reaches.
//!
//! Computes: the number of other nodes that are reached, over the sum of the distances to them.
//! Range: above 0, at most 1 by steps; nothing for a node that reaches nobody.
//!
//! Misleads: where parts do not hang together, a node of a small part looks closer than it is; the
//! number of those reached is therefore given too. To ask how near others are to one, give
//! [`Graph::reversed`].
//!
//! Source: Bavelas (1950); Freeman (1979), Centrality in social networks. Checked against:
//! `igraph.Graph.closeness` 1.0.0 (tests/oracles/centrality.py, 1e-9).

use crate::distances::Search;
use crate::{Graph, GraphError, Lengths};

/// How near a node is to others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closeness {
    /// Those reached over the sum of distances to them.
    pub closeness: f64,
    /// How many others are reached; at least 1.
    pub reached: usize,
}

/// How near each node is to those whom it reaches; nothing where it reaches nobody.
///
/// Errors: [`GraphError`] on lengths that are not above 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Lengths, closeness};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2)])?;
/// let near = closeness(&graph, Lengths::Steps)?;
/// assert_eq!(near[0].map(|near| near.closeness), Some(2.0 / 3.0));
/// assert!(near[2].is_none());
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn closeness(graph: &Graph, lengths: Lengths) -> Result<Vec<Option<Closeness>>, GraphError> {
    lengths.check(graph)?;
    let mut search = Search::new(graph);
    let near = graph.nodes().map(|node| {
        search.run(graph, node, lengths);
        let sum: f64 = search.order.iter().map(|to| search.distance[*to as usize]).sum();
        let reached = search.order.len() - 1;
        (reached > 0).then(|| Closeness { closeness: reached as f64 / sum, reached })
    });
    Ok(near.collect())
}
