//! Which nodes hang together, whatever the direction of the edges.
//!
//! Computes: for each node the number of its component; components are numbered in the order of
//! their first node. Linear but for the inverse of Ackermann's function.
//!
//! Source: Tarjan (1975), Efficiency of a good but not linear set union algorithm; petgraph's
//! `UnionFind` does the work. For components by direction, and for articulation points, give
//! `&Graph` to `petgraph::algo`. Checked against: `networkx.weakly_connected_components` 3.6.1
//! (tests/oracles/centrality.py).

use petgraph::unionfind::UnionFind;

use crate::Graph;

/// The components: for each node the number of its component, from 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, components};
/// let graph = Graph::new(4, &[Edge::plain(3, 1)])?;
/// assert_eq!(components(&graph), [0, 1, 2, 1]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn components(graph: &Graph) -> Vec<usize> {
    let mut sets: UnionFind<u32> = UnionFind::new(graph.node_count());
    for edge in graph.edges() {
        sets.union(edge.from, edge.to);
    }
    let mut numbers = vec![None; graph.node_count()];
    let mut next = 0;
    let number = |root: u32| {
        *numbers[root as usize].get_or_insert_with(|| {
            next += 1;
            next - 1
        })
    };
    sets.into_labeling().into_iter().map(number).collect()
}
