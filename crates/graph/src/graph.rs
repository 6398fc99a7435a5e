//! A compact directed weighted graph: who points to whom, and how much, forward and backward.
//!
//! Rows are kept one behind the other (compressed sparse rows), sorted by neighbour, so that an
//! algorithm walks memory in order and gives the same figures whatever the order of the edges was.
//! A million edges take 24 MB.
//!
//! What a weight means is for each algorithm to say: how strong a tie is, how long a way, how likely
//! a step. Edges between the same two nodes are added up. A tie without direction is two edges
//! ([`Graph::both_ways`]).

use crate::GraphError;
use crate::error;

/// An edge with its direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The node it starts from, counted from 0.
    pub from: u32,
    /// The node it points to.
    pub to: u32,
    /// Finite; what it means depends on the algorithm.
    pub weight: f64,
}

impl Edge {
    /// An edge of some weight.
    pub fn new(from: u32, to: u32, weight: f64) -> Edge {
        Edge { from, to, weight }
    }

    /// An edge of weight 1.
    pub fn plain(from: u32, to: u32) -> Edge {
        Edge { from, to, weight: 1.0 }
    }
}

/// A directed weighted graph that does not change.
///
/// ```
/// use inroad_graph::{Edge, Graph};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(2, 1), Edge::plain(0, 1)])?;
/// assert_eq!(graph.edge_count(), 2);
/// assert_eq!(graph.weight(0, 1), Some(2.0));
/// assert_eq!(graph.incoming(1).nodes, [0, 2]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    forward: Rows,
    backward: Rows,
}

/// The neighbours of a node with the weights of the edges to them, in the order of their numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbours<'a> {
    /// Who they are.
    pub nodes: &'a [u32],
    /// The weights, place by place.
    pub weights: &'a [f64],
}

impl<'a> Neighbours<'a> {
    /// Each neighbour with its weight.
    pub fn iter(
        self,
    ) -> impl DoubleEndedIterator<Item = (u32, f64)> + ExactSizeIterator + Clone + 'a {
        self.nodes.iter().copied().zip(self.weights.iter().copied())
    }

    /// The sum of the weights.
    pub fn strength(self) -> f64 {
        self.weights.iter().sum()
    }
}

/// Rows of neighbours, one behind the other.
#[derive(Debug, Clone, PartialEq)]
struct Rows {
    /// Where each row starts, and after the last row where it ends.
    starts: Vec<usize>,
    nodes: Vec<u32>,
    weights: Vec<f64>,
}

impl Graph {
    /// Builds a graph of `nodes` nodes, numbered from 0. Linear in nodes and edges.
    ///
    /// Errors: [`GraphError`] on an edge to a node that is not there, on a weight that is not
    /// finite, and on more than 2³² − 1 nodes.
    pub fn new(nodes: usize, edges: &[Edge]) -> Result<Graph, GraphError> {
        if u32::try_from(nodes).is_err() {
            return Err(GraphError::TooMany { what: "nodes", most: u32::MAX as usize });
        }
        for (at, edge) in edges.iter().enumerate() {
            let highest = edge.from.max(edge.to);
            if highest as usize >= nodes {
                return Err(GraphError::NoSuchNode { node: highest, nodes });
            }
            if !edge.weight.is_finite() {
                return Err(GraphError::OutOfRange {
                    what: "weight of the edge",
                    at,
                    must: "a finite number",
                });
            }
        }
        // Sorted by the second end, then stably by the first: rows come out sorted without a sort.
        let arcs = edges.iter().map(|edge| (edge.to, edge.from, edge.weight));
        let forward = Rows::gathered(nodes, arcs).turned(nodes).merged();
        let backward = forward.turned(nodes);
        Ok(Graph { forward, backward })
    }

    /// How many nodes there are.
    pub fn node_count(&self) -> usize {
        self.forward.starts.len() - 1
    }

    /// How many edges there are, after those between the same nodes were added up.
    pub fn edge_count(&self) -> usize {
        self.forward.nodes.len()
    }

    /// All nodes.
    pub fn nodes(&self) -> std::ops::Range<u32> {
        0..id(self.node_count())
    }

    /// Those to whom a node points; nobody for a node that is not there.
    pub fn outgoing(&self, node: u32) -> Neighbours<'_> {
        self.forward.row(node)
    }

    /// Those who point to a node; nobody for a node that is not there.
    pub fn incoming(&self, node: u32) -> Neighbours<'_> {
        self.backward.row(node)
    }

    /// All edges in the order of their first and then their second end.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + Clone + '_ {
        self.nodes().flat_map(move |from| {
            self.outgoing(from).iter().map(move |(to, weight)| Edge { from, to, weight })
        })
    }

    /// The weight of an edge, if it is there.
    pub fn weight(&self, from: u32, to: u32) -> Option<f64> {
        let row = self.outgoing(from);
        row.nodes.binary_search(&to).ok().map(|at| row.weights[at])
    }

    /// All weights, edge by edge.
    pub fn weights(&self) -> &[f64] {
        &self.forward.weights
    }

    /// Whether all weights are 1, so that they need not be looked at.
    pub fn is_plain(&self) -> bool {
        self.forward.weights.iter().all(|weight| weight.total_cmp(&1.0).is_eq())
    }

    /// Checks that nodes are there.
    ///
    /// Errors: [`GraphError::NoSuchNode`] with the first that is not.
    pub fn check_nodes(&self, nodes: &[u32]) -> Result<(), GraphError> {
        match nodes.iter().find(|node| **node as usize >= self.node_count()) {
            Some(&node) => Err(GraphError::NoSuchNode { node, nodes: self.node_count() }),
            None => Ok(()),
        }
    }

    /// The same with every edge the other way round.
    #[must_use]
    pub fn reversed(&self) -> Graph {
        Graph { forward: self.backward.clone(), backward: self.forward.clone() }
    }

    /// The ties without their direction: between each two nodes the sum of both weights, in both
    /// directions. A loop keeps its weight.
    #[must_use]
    pub fn both_ways(&self) -> Graph {
        let mut rows = Rows::with_capacity(self.node_count(), 2 * self.edge_count());
        for node in self.nodes() {
            // Both rows are sorted, so that they are merged as they are read.
            let mut there = self.outgoing(node).iter().peekable();
            let back = self.incoming(node).iter().filter(|(from, _)| *from != node);
            for (from, weight) in back {
                while let Some(before) = there.next_if(|(to, _)| *to < from) {
                    rows.push(before);
                }
                let same = there.next_if(|(to, _)| *to == from).map_or(0.0, |(_, weight)| weight);
                rows.push((from, weight + same));
            }
            there.for_each(|rest| rows.push(rest));
            rows.end_row();
        }
        // Symmetric: its own transpose.
        Graph { backward: rows.clone(), forward: rows }
    }

    /// The same edges with other weights, as a rule says; edges for which it gives nothing fall
    /// away. Weights that are not finite fall away too.
    #[must_use]
    pub fn mapped(&self, weight: impl Fn(Edge) -> Option<f64>) -> Graph {
        let mut forward = Rows::with_capacity(self.node_count(), self.edge_count());
        for from in self.nodes() {
            for (to, old) in self.outgoing(from).iter() {
                let new = weight(Edge { from, to, weight: old });
                if let Some(new) = new.filter(|weight| weight.is_finite()) {
                    forward.push((to, new));
                }
            }
            forward.end_row();
        }
        let backward = forward.turned(self.node_count());
        Graph { forward, backward }
    }

    /// The same edges, each of weight 1.
    #[must_use]
    pub fn plain(&self) -> Graph {
        self.mapped(|_| Some(1.0))
    }

    /// The same without edges from a node to itself.
    #[must_use]
    pub fn without_loops(&self) -> Graph {
        self.mapped(|edge| (edge.from != edge.to).then_some(edge.weight))
    }

    /// Checks that no weight is below 0.
    pub(crate) fn check_not_negative(&self) -> Result<(), GraphError> {
        error::not_negative("weight of the edge", &self.forward.weights)
    }

    /// Checks that all weights are above 0.
    pub(crate) fn check_positive(&self) -> Result<(), GraphError> {
        error::positive("weight of the edge", &self.forward.weights)
    }

    /// Checks that there is a node.
    pub(crate) fn check_not_empty(&self) -> Result<(), GraphError> {
        if self.node_count() == 0 { Err(GraphError::Empty { what: "nodes" }) } else { Ok(()) }
    }
}

impl Rows {
    /// No rows yet, and room for some.
    fn with_capacity(nodes: usize, edges: usize) -> Rows {
        let mut starts = Vec::with_capacity(nodes + 1);
        starts.push(0);
        Rows { starts, nodes: Vec::with_capacity(edges), weights: Vec::with_capacity(edges) }
    }

    /// Another neighbour in the row that is being written.
    fn push(&mut self, (node, weight): (u32, f64)) {
        self.nodes.push(node);
        self.weights.push(weight);
    }

    /// Ends the row that is being written.
    fn end_row(&mut self) {
        self.starts.push(self.nodes.len());
    }

    /// Gathers edges by their first end and keeps their order otherwise.
    fn gathered(nodes: usize, edges: impl Iterator<Item = (u32, u32, f64)> + Clone) -> Rows {
        let mut starts = vec![0_usize; nodes + 1];
        for (from, ..) in edges.clone() {
            starts[from as usize + 1] += 1;
        }
        for at in 0..nodes {
            starts[at + 1] += starts[at];
        }
        let count = starts[nodes];
        let mut rows = Rows { starts, nodes: vec![0; count], weights: vec![0.0; count] };
        let mut next = rows.starts.clone();
        for (from, to, weight) in edges {
            let place = &mut next[from as usize];
            rows.nodes[*place] = to;
            rows.weights[*place] = weight;
            *place += 1;
        }
        rows
    }

    /// Every edge the other way round; the rows come out sorted.
    fn turned(&self, nodes: usize) -> Rows {
        let edges = (0..nodes).flat_map(|from| {
            let range = self.starts[from]..self.starts[from + 1];
            range.map(move |at| (self.nodes[at], id(from), self.weights[at]))
        });
        Rows::gathered(nodes, edges)
    }

    /// Edges between the same two nodes become one; the rows must be sorted.
    fn merged(mut self) -> Rows {
        let (mut kept, mut from) = (0, 0);
        for row in 1..self.starts.len() {
            let (start, end) = (kept, self.starts[row]);
            for at in from..end {
                if kept > start && self.nodes[kept - 1] == self.nodes[at] {
                    self.weights[kept - 1] += self.weights[at];
                } else {
                    self.nodes[kept] = self.nodes[at];
                    self.weights[kept] = self.weights[at];
                    kept += 1;
                }
            }
            from = end;
            self.starts[row] = kept;
        }
        self.nodes.truncate(kept);
        self.weights.truncate(kept);
        self
    }

    fn row(&self, node: u32) -> Neighbours<'_> {
        let at = node as usize;
        let range = match (self.starts.get(at), self.starts.get(at.saturating_add(1))) {
            (Some(&start), Some(&end)) => start..end,
            _ => 0..0,
        };
        Neighbours { nodes: &self.nodes[range.clone()], weights: &self.weights[range] }
    }
}

/// The number of a node from its place. A graph never has more nodes than fit.
pub(crate) fn id(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
