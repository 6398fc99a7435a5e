//! The graph as petgraph sees one, so that petgraph's algorithms run on it without a copy, and a
//! graph from any container of petgraph.
//!
//! What petgraph does well is not written again here: strongly connected components, articulation
//! points, dominators, order by dependence. Its `page_rank` is quadratic in the nodes, and its
//! `connected_components` counts but does not say who belongs where; those have files of their own.

use petgraph::visit::{
    Data, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable,
    NodeCount, NodeIndexable, Visitable,
};
use petgraph::{Directed, Direction};

use crate::graph::id;
use crate::{Edge, Graph, GraphError};

/// An edge as petgraph asks for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EdgeView<'a> {
    from: u32,
    to: u32,
    weight: &'a f64,
}

impl EdgeRef for EdgeView<'_> {
    type NodeId = u32;
    type EdgeId = (u32, u32);
    type Weight = f64;

    fn source(&self) -> u32 {
        self.from
    }

    fn target(&self) -> u32 {
        self.to
    }

    fn weight(&self) -> &f64 {
        self.weight
    }

    fn id(&self) -> (u32, u32) {
        (self.from, self.to)
    }
}

impl Graph {
    /// Takes nodes in the order of their index and edges with a weight as a rule says, from any
    /// container of petgraph whose edges have a direction.
    ///
    /// Errors: as [`Graph::new`].
    ///
    /// ```
    /// let mut ties = petgraph::Graph::<&str, f64>::new();
    /// let (ada, bo) = (ties.add_node("Ada"), ties.add_node("Bo"));
    /// ties.add_edge(ada, bo, 2.0);
    /// let graph = inroad_graph::Graph::from_petgraph(&ties, |weight| *weight)?;
    /// assert_eq!(graph.weight(0, 1), Some(2.0));
    /// # Ok::<(), inroad_graph::GraphError>(())
    /// ```
    pub fn from_petgraph<G>(
        from: G,
        weight: impl Fn(&G::EdgeWeight) -> f64,
    ) -> Result<Graph, GraphError>
    where
        G: IntoEdgeReferences + NodeIndexable,
    {
        let edges = from.edge_references().map(|edge| Edge {
            from: id(from.to_index(edge.source())),
            to: id(from.to_index(edge.target())),
            weight: weight(edge.weight()),
        });
        Graph::new(from.node_bound(), &edges.collect::<Vec<Edge>>())
    }

    /// The same graph in petgraph's own container.
    pub fn to_petgraph(&self) -> petgraph::Graph<(), f64> {
        let mut out = petgraph::Graph::with_capacity(self.node_count(), self.edge_count());
        for _ in self.nodes() {
            out.add_node(());
        }
        for edge in self.edges() {
            out.add_edge(edge.from.into(), edge.to.into(), edge.weight);
        }
        out
    }
}

impl GraphBase for Graph {
    type NodeId = u32;
    type EdgeId = (u32, u32);
}

impl Data for Graph {
    type NodeWeight = ();
    type EdgeWeight = f64;
}

impl GraphProp for Graph {
    type EdgeType = Directed;
}

impl NodeCount for Graph {
    fn node_count(&self) -> usize {
        Graph::node_count(self)
    }
}

impl NodeIndexable for Graph {
    fn node_bound(&self) -> usize {
        Graph::node_count(self)
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        id(index)
    }
}

impl NodeCompactIndexable for Graph {}

impl Visitable for Graph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; Graph::node_count(self)])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.resize(Graph::node_count(self), false);
    }
}

/// Which nodes a walk has seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visited(Vec<bool>);

impl petgraph::visit::VisitMap<u32> for Visited {
    fn visit(&mut self, node: u32) -> bool {
        let seen = self.0.get_mut(node as usize);
        seen.is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn is_visited(&self, node: &u32) -> bool {
        self.0.get(*node as usize).copied().unwrap_or(false)
    }

    fn unvisit(&mut self, node: u32) -> bool {
        let seen = self.0.get_mut(node as usize);
        seen.is_some_and(|seen| std::mem::replace(seen, false))
    }
}

impl IntoNodeIdentifiers for &Graph {
    type NodeIdentifiers = std::ops::Range<u32>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.nodes()
    }
}

impl IntoNodeReferences for &Graph {
    type NodeRef = (u32, ());
    type NodeReferences = std::iter::Map<std::ops::Range<u32>, fn(u32) -> (u32, ())>;

    fn node_references(self) -> Self::NodeReferences {
        self.nodes().map(|node| (node, ()))
    }
}

impl<'a> IntoNeighbors for &'a Graph {
    type Neighbors = std::iter::Copied<std::slice::Iter<'a, u32>>;

    fn neighbors(self, node: u32) -> Self::Neighbors {
        self.outgoing(node).nodes.iter().copied()
    }
}

impl<'a> IntoNeighborsDirected for &'a Graph {
    type NeighborsDirected = std::iter::Copied<std::slice::Iter<'a, u32>>;

    fn neighbors_directed(self, node: u32, direction: Direction) -> Self::NeighborsDirected {
        let row = match direction {
            Direction::Outgoing => self.outgoing(node),
            Direction::Incoming => self.incoming(node),
        };
        row.nodes.iter().copied()
    }
}

/// The edges from one node, or from all.
#[derive(Debug, Clone)]
pub struct EdgeViews<'a> {
    graph: &'a Graph,
    node: u32,
    /// The place in the row of the node.
    at: usize,
    /// The node at which to stop.
    end: u32,
}

impl<'a> Iterator for EdgeViews<'a> {
    type Item = EdgeView<'a>;

    fn next(&mut self) -> Option<EdgeView<'a>> {
        while self.node < self.end {
            let row = self.graph.outgoing(self.node);
            if let (Some(&to), Some(weight)) = (row.nodes.get(self.at), row.weights.get(self.at)) {
                self.at += 1;
                return Some(EdgeView { from: self.node, to, weight });
            }
            self.at = 0;
            self.node += 1;
        }
        None
    }
}

impl<'a> IntoEdgeReferences for &'a Graph {
    type EdgeRef = EdgeView<'a>;
    type EdgeReferences = EdgeViews<'a>;

    fn edge_references(self) -> EdgeViews<'a> {
        EdgeViews { graph: self, node: 0, at: 0, end: id(self.node_count()) }
    }
}

impl<'a> IntoEdges for &'a Graph {
    type Edges = EdgeViews<'a>;

    fn edges(self, node: u32) -> EdgeViews<'a> {
        EdgeViews { graph: self, node, at: 0, end: node.saturating_add(1) }
    }
}
