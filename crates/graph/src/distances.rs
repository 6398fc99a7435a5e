//! How far nodes are from one: the searches under betweenness, closeness and paths.
//!
//! Searches: by steps (breadth first), or by the sum of weights taken as lengths (Dijkstra). Both
//! keep their room between searches, so that a search from every node allocates once.
//!
//! Source: Dijkstra (1959), A note on two problems in connexion with graphs.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::{Graph, GraphError};

/// How long a way along an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lengths {
    /// 1, whatever its weight is.
    Steps,
    /// Its weight, which must be above 0.
    Weights,
}

impl Lengths {
    /// Checks that the weights can be lengths, if they are.
    pub(crate) fn check(self, graph: &Graph) -> Result<(), GraphError> {
        match self {
            Lengths::Steps => Ok(()),
            Lengths::Weights => graph.check_positive(),
        }
    }
}

/// Two lengths that differ by a smaller share of them are the same.
const SAME: f64 = 1e-10;

/// Whether two lengths are the same but for the last digits.
pub(crate) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.max(b)
}

/// A node in the queue of a search. The nearest is the greatest, as the heap wants it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) distance: f64,
    pub(crate) node: u32,
}

impl Eq for Near {}

impl Ord for Near {
    fn cmp(&self, other: &Near) -> Ordering {
        other.distance.total_cmp(&self.distance).then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Near) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Room for searches over one graph.
#[derive(Debug)]
pub(crate) struct Search {
    /// How far each node is; infinite where no way leads.
    pub(crate) distance: Vec<f64>,
    /// The nodes that a way leads to, the nearest first.
    pub(crate) order: Vec<u32>,
    queue: BinaryHeap<Near>,
}

impl Search {
    pub(crate) fn new(graph: &Graph) -> Search {
        Search {
            distance: vec![f64::INFINITY; graph.node_count()],
            order: Vec::with_capacity(graph.node_count()),
            queue: BinaryHeap::new(),
        }
    }

    /// Measures how far all nodes are from one.
    pub(crate) fn run(&mut self, graph: &Graph, from: u32, lengths: Lengths) {
        for node in self.order.drain(..) {
            self.distance[node as usize] = f64::INFINITY;
        }
        self.distance[from as usize] = 0.0;
        match lengths {
            Lengths::Steps => self.breadth_first(graph, from),
            Lengths::Weights => self.nearest_first(graph, from),
        }
    }

    fn breadth_first(&mut self, graph: &Graph, from: u32) {
        self.order.push(from);
        let mut at = 0;
        while let Some(&node) = self.order.get(at) {
            at += 1;
            let next = self.distance[node as usize] + 1.0;
            for &to in graph.outgoing(node).nodes {
                let known = &mut self.distance[to as usize];
                if known.is_infinite() {
                    *known = next;
                    self.order.push(to);
                }
            }
        }
    }

    fn nearest_first(&mut self, graph: &Graph, from: u32) {
        self.queue.push(Near { distance: 0.0, node: from });
        while let Some(Near { distance, node }) = self.queue.pop() {
            // What was put in again at a shorter distance has been settled already.
            if distance > self.distance[node as usize] {
                continue;
            }
            self.order.push(node);
            for (to, length) in graph.outgoing(node).iter() {
                let known = &mut self.distance[to as usize];
                if distance + length < *known {
                    *known = distance + length;
                    self.queue.push(Near { distance: *known, node: to });
                }
            }
        }
    }
}

/// How far each node is from one; nothing where no way leads.
///
/// Errors: [`GraphError`] on a node that is not there, and on lengths that are not above 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Lengths, distances};
/// let graph = Graph::new(3, &[Edge::new(0, 1, 2.5)])?;
/// assert_eq!(distances(&graph, 0, Lengths::Weights)?, [Some(0.0), Some(2.5), None]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn distances(
    graph: &Graph,
    from: u32,
    lengths: Lengths,
) -> Result<Vec<Option<f64>>, GraphError> {
    graph.check_nodes(&[from])?;
    lengths.check(graph)?;
    let mut search = Search::new(graph);
    search.run(graph, from, lengths);
    Ok((0..graph.node_count())
        .map(|at| search.distance[at])
        .map(|distance| distance.is_finite().then_some(distance))
        .collect())
}

/// Whether a way leads to each node from any of some.
pub(crate) fn reached(graph: &Graph, from: &[u32]) -> Vec<bool> {
    let mut seen = vec![false; graph.node_count()];
    let mut open: Vec<u32> = from.to_vec();
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut seen[node as usize], true) {
            open.extend(graph.outgoing(node).nodes.iter().filter(|to| !seen[**to as usize]));
        }
    }
    seen
}
