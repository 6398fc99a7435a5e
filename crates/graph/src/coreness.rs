//! Coreness: how deep in the thick of it one is.
//!
//! Computes: for each node the greatest `k` for which it belongs to a part where everybody has at
//! least `k` contacts within the part. Directions, weights and loops do not matter. Linear.
//!
//! Source: Seidman (1983), Network structure and minimum degree; Batagelj and Zaveršnik (2003), An
//! O(m) algorithm for cores decomposition. Checked against: `networkx.core_number` 3.6.1
//! (tests/oracles/centrality.py, exact).

use crate::Graph;

/// The coreness of each node.
///
/// ```
/// use inroad_graph::{Edge, Graph, coreness};
/// let edges = [(0, 1), (1, 2), (2, 0), (2, 3)].map(|(from, to)| Edge::plain(from, to));
/// assert_eq!(coreness(&Graph::new(4, &edges)?), [2, 2, 2, 1]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn coreness(graph: &Graph) -> Vec<usize> {
    let ties = graph.without_loops().both_ways();
    let mut contacts: Vec<usize> =
        ties.nodes().map(|node| ties.outgoing(node).nodes.len()).collect();
    let most = contacts.iter().copied().max().unwrap_or(0);
    // Nodes by how many contacts they have left.
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); most + 1];
    for node in ties.nodes() {
        waiting[contacts[node as usize]].push(node);
    }
    let mut taken = vec![false; ties.node_count()];
    for level in 0..=most {
        while let Some(node) = waiting[level].pop() {
            // A node waits once for each contact that it lost; the first time counts.
            if std::mem::replace(&mut taken[node as usize], true) {
                continue;
            }
            contacts[node as usize] = level;
            for &to in ties.outgoing(node).nodes {
                let left = &mut contacts[to as usize];
                if !taken[to as usize] && *left > level {
                    *left -= 1;
                    waiting[*left].push(to);
                }
            }
        }
    }
    contacts
}
