//! The minimum cut: the least that has to be taken away so that no way leads from one to another.
//!
//! Computes: the edges of the cut that lies nearest to the start, and the sum of their weights, which
//! is also the most that can flow. Weights are how much an edge carries, from 0.
//!
//! Misleads: several cuts may be equally small.
//!
//! Method: petgraph's `dinics` on a copy. Source: Ford and Fulkerson (1956); Dinitz (1970). Checked
//! against: `networkx.minimum_cut_value` 3.6.1 (tests/oracles/paths.py, 1e-9).

use petgraph::visit::EdgeRef;

use crate::paths::Wanted;
use crate::{Edge, Graph, GraphError};

/// A cut between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// The sum of the weights of its edges.
    pub weight: f64,
    /// Its edges.
    pub edges: Vec<Edge>,
    /// The nodes on the side of the start, in the order of their numbers.
    pub side: Vec<u32>,
}

/// Less than this share of an edge is nothing.
const NOTHING: f64 = 1e-12;

/// The minimum cut. [`Wanted::most`] does not matter, and nodes to be avoided are taken away first.
///
/// Errors: [`GraphError`] on nodes that are not there, a cut between a node and itself, and weights
/// below 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Wanted, minimum_cut};
/// let graph = Graph::new(3, &[Edge::new(0, 1, 3.0), Edge::new(1, 2, 2.0)])?;
/// let cut = minimum_cut(&graph, &Wanted { from: 0, to: 2, avoid: &[], most: 1 })?;
/// assert_eq!((cut.weight, cut.side.as_slice()), (2.0, [0, 1].as_slice()));
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn minimum_cut(graph: &Graph, wanted: &Wanted<'_>) -> Result<Cut, GraphError> {
    wanted.check(graph)?;
    graph.check_not_negative()?;
    let open = graph.mapped(|edge| {
        let avoided = wanted.avoid.contains(&edge.from) || wanted.avoid.contains(&edge.to);
        (!avoided && edge.from != edge.to).then_some(edge.weight)
    });
    let copy = open.to_petgraph();
    let (_, flows) = petgraph::algo::dinics(&copy, wanted.from.into(), wanted.to.into());
    // What still leads on: edges with room, and back along edges that carry something.
    let mut left = Vec::new();
    for (edge, flow) in copy.edge_references().zip(flows) {
        let (from, to) = (edge.source().index(), edge.target().index());
        let (from, to) = (crate::graph::id(from), crate::graph::id(to));
        if edge.weight() - flow > NOTHING * edge.weight() {
            left.push(Edge::plain(from, to));
        }
        if flow > NOTHING * edge.weight() {
            left.push(Edge::plain(to, from));
        }
    }
    let near = crate::distances::reached(&Graph::new(graph.node_count(), &left)?, &[wanted.from]);
    let crosses = |edge: &Edge| near[edge.from as usize] && !near[edge.to as usize];
    let edges: Vec<Edge> = open.edges().filter(|edge| crosses(edge) && edge.weight > 0.0).collect();
    let side = graph.nodes().filter(|node| near[*node as usize]).collect();
    Ok(Cut { weight: edges.iter().map(|edge| edge.weight).sum(), edges, side })
}
