//! Structural holes: how much of one's contacts' ties to each other takes away from one's room.
//!
//! Computes, over ties without direction (both directions added up, loops left out), with
//! `p(i, j)` the share of `i`'s ties that goes to `j`:
//! - the constraint, `Σ_j (p(i, j) + Σ_q p(i, q) p(q, j))²` over `i`'s contacts `j`: low for who
//!   stands between people that do not know each other, high for who is held by one clique;
//! - the effective size, `Σ_j (1 − Σ_q p(i, q) m(j, q))`, with `m(j, q)` the tie of `j` to `q` over
//!   `j`'s strongest: how many contacts that do not repeat each other.
//!
//! Range: constraint above 0, seldom above 1.125; effective size up to the number of contacts.
//! Nothing for a node without contacts.
//!
//! Misleads: a node with one contact has constraint 1, which looks like being held tight and may
//! only mean that little is known.
//!
//! Source: Burt (1992), Structural holes, chapter 2. Checked against: `networkx.constraint` and
//! `networkx.effective_size` 3.6.1, `igraph.Graph.constraint` 1.0.0
//! (tests/oracles/centrality.py, 1e-9).

use crate::{Edge, Graph, GraphError};

/// Burt's constraint for each node; nothing where there are no contacts.
///
/// Errors: [`GraphError`] on a weight below 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, constraint};
/// // Between two who do not know each other.
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(0, 2)])?;
/// assert_eq!(constraint(&graph)?, [Some(0.5), Some(1.0), Some(1.0)]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn constraint(graph: &Graph) -> Result<Vec<Option<f64>>, GraphError> {
    graph.check_not_negative()?;
    let ties = ties(graph);
    let strength: Vec<f64> = ties.nodes().map(|node| ties.outgoing(node).strength()).collect();
    // What is held of each contact; below 0 for who is none.
    let mut held = vec![NONE; ties.node_count()];
    let each = ties.nodes().map(|node| {
        let row = ties.outgoing(node);
        let own = strength[node as usize];
        for (to, weight) in row.iter() {
            held[to as usize] = weight / own;
        }
        for (through, weight) in row.iter() {
            let share = weight / own / strength[through as usize];
            let onward = ties.outgoing(through);
            // Most of those two steps away are no contacts: their weights are not even read.
            for (at, to) in onward.nodes.iter().enumerate() {
                let known = &mut held[*to as usize];
                if *known >= 0.0 {
                    *known += share * onward.weights[at];
                }
            }
        }
        let sum =
            row.nodes.iter().map(|to| std::mem::replace(&mut held[*to as usize], NONE).powi(2));
        let sum: f64 = sum.sum();
        (!row.nodes.is_empty()).then_some(sum)
    });
    Ok(each.collect())
}

/// Burt's effective size for each node; nothing where there are no contacts.
///
/// Errors: [`GraphError`] on a weight below 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, effective_size};
/// let triangle = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(0, 2), Edge::plain(1, 2)])?;
/// assert_eq!(effective_size(&triangle)?[0], Some(1.0));
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn effective_size(graph: &Graph) -> Result<Vec<Option<f64>>, GraphError> {
    graph.check_not_negative()?;
    let ties = ties(graph);
    let strongest = |node| ties.outgoing(node).weights.iter().copied().fold(0.0, f64::max);
    let strongest: Vec<f64> = ties.nodes().map(strongest).collect();
    let mut contact = vec![NONE; ties.node_count()];
    let each = ties.nodes().map(|node| {
        let row = ties.outgoing(node);
        let own = row.strength();
        for (to, weight) in row.iter() {
            contact[to as usize] = weight / own;
        }
        let mut size = row.nodes.len() as f64;
        for &to in row.nodes {
            let others =
                ties.outgoing(to).iter().filter(|(other, _)| contact[*other as usize] >= 0.0);
            let repeated: f64 = others.map(|(other, tie)| contact[other as usize] * tie).sum();
            size -= repeated / strongest[to as usize];
        }
        for &to in row.nodes {
            contact[to as usize] = NONE;
        }
        (!row.nodes.is_empty()).then_some(size)
    });
    Ok(each.collect())
}

/// The mark of who is no contact.
const NONE: f64 = -1.0;

/// Ties without direction, loops and weights of 0.
fn ties(graph: &Graph) -> Graph {
    let counts = |edge: &Edge| edge.from != edge.to && edge.weight > 0.0;
    if graph.edges().all(|edge| counts(&edge)) {
        return graph.both_ways();
    }
    graph.mapped(|edge| counts(&edge).then_some(edge.weight)).both_ways()
}
