//! Brokerage roles: who passes between two that do not deal with each other, and between whose
//! groups.
//!
//! Computes: for each node the pairs `a → node → b` without an edge `a → b`, by the groups of the
//! three. Shape: five counts a node, which add up to all its brokerage.
//!
//! Assumes: groups are known and right. Misleads: counts grow with the square of contacts; compare
//! nodes of a graph, not graphs.
//!
//! Source: Gould and Fernandez (1989), Structures of mediation. Checked against: the raw counts of
//! R's `sna::brokerage` where its tables are at hand, and a count over all triples in Python
//! (tests/oracles/centrality.py, exact).

use crate::error;
use crate::{Graph, GraphError};

/// How often a node brokers in each role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brokerage {
    /// All three are of one group.
    pub coordinator: u64,
    /// Both ends are of one group, and the broker is of another (itinerant broker, consultant).
    pub itinerant: u64,
    /// From the broker's group out to another.
    pub representative: u64,
    /// From another group into the broker's.
    pub gatekeeper: u64,
    /// All three are of different groups.
    pub liaison: u64,
}

impl Brokerage {
    /// All roles together.
    pub fn total(&self) -> u64 {
        self.coordinator + self.itinerant + self.representative + self.gatekeeper + self.liaison
    }
}

/// The roles of each node, by the group of each.
///
/// Errors: [`GraphError::Shape`] if there is not one group a node.
///
/// ```
/// use inroad_graph::{Edge, Graph, brokerage};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2)])?;
/// assert_eq!(brokerage(&graph, &[7, 7, 9])?[1].representative, 1);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn brokerage(graph: &Graph, groups: &[usize]) -> Result<Vec<Brokerage>, GraphError> {
    error::length("groups", groups.len(), graph.node_count())?;
    let mut roles = vec![Brokerage::default(); graph.node_count()];
    // To whom the first of three points itself: marked with the first.
    let mut pointed = vec![u32::MAX; graph.node_count()];
    for first in graph.nodes() {
        for &to in graph.outgoing(first).nodes {
            pointed[to as usize] = first;
        }
        pointed[first as usize] = first;
        for &broker in graph.outgoing(first).nodes.iter().filter(|node| **node != first) {
            for &last in graph.outgoing(broker).nodes {
                if last != broker && pointed[last as usize] != first {
                    let of = |node: u32| groups[node as usize];
                    *role(&mut roles[broker as usize], of(first), of(broker), of(last)) += 1;
                }
            }
        }
    }
    Ok(roles)
}

/// The role in which somebody of the second group passes from the first to the third.
fn role(of: &mut Brokerage, first: usize, broker: usize, last: usize) -> &mut u64 {
    match (first == broker, broker == last, first == last) {
        (true, true, _) => &mut of.coordinator,
        (_, _, true) => &mut of.itinerant,
        (true, ..) => &mut of.representative,
        (_, true, _) => &mut of.gatekeeper,
        _ => &mut of.liaison,
    }
}
