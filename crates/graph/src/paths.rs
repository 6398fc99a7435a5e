//! The shortest paths between two nodes, the first few of them, around nodes that are to be avoided.
//!
//! Computes: paths without a node twice, the shortest first; of those of the same length in the last
//! digit the order is by chance. Weights are lengths, or every step is 1.
//!
//! Misleads: the first few are often variants of one; see how much they share before calling them
//! alternatives.
//!
//! Method: Yen's, as Lawler divides it: the paths that are left after one was taken fall into parts
//! that share a beginning and shun one next step, and each part is known by a bound before it is
//! searched. Distances to the goal, measured once, give the bound and lead each search (A*), so that
//! most parts are never searched. Source: Yen (1971), Finding the k shortest loopless paths; Lawler
//! (1972); Hart, Nilsson and Raphael (1968). Checked against: `networkx.shortest_simple_paths` 3.6.1
//! (tests/oracles/paths.py, 1e-9).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::distances::{Lengths, Near};
use crate::error;
use crate::{Graph, GraphError};

/// A path and how long it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// From the first to the last.
    pub nodes: Vec<u32>,
    /// The sum of the lengths of its steps.
    pub length: f64,
}

/// Which paths are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted<'a> {
    /// Where they start.
    pub from: u32,
    /// Where they end; not where they start.
    pub to: u32,
    /// Nodes that no path may touch.
    pub avoid: &'a [u32],
    /// How many at the most.
    pub most: usize,
}

impl Wanted<'_> {
    /// Checks that all that is named is there and that there is a way to go.
    pub(crate) fn check(&self, graph: &Graph) -> Result<(), GraphError> {
        graph.check_nodes(&[self.from, self.to])?;
        graph.check_nodes(self.avoid)?;
        if self.from == self.to {
            return Err(GraphError::OutOfRange {
                what: "end of the path",
                at: 0,
                must: "another node than its start",
            });
        }
        Ok(())
    }
}

/// The shortest paths, the shortest first; fewer than asked for if there are no more.
///
/// Errors: [`GraphError`] on nodes that are not there, on a path from a node to itself, and on
/// lengths that are not above 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Lengths, Wanted, shortest_paths};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2), Edge::new(0, 2, 5.0)])?;
/// let wanted = Wanted { from: 0, to: 2, avoid: &[], most: 9 };
/// let lengths: Vec<f64> =
///     shortest_paths(&graph, &wanted, Lengths::Weights)?.iter().map(|path| path.length).collect();
/// assert_eq!(lengths, [2.0, 5.0]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn shortest_paths(
    graph: &Graph,
    wanted: &Wanted<'_>,
    lengths: Lengths,
) -> Result<Vec<Path>, GraphError> {
    wanted.check(graph)?;
    lengths.check(graph)?;
    Ok(Paths::new(graph, wanted, lengths).take(wanted.most).collect())
}

/// The likeliest paths: weights are the probabilities of steps that hold independently, and the
/// probability of a path is their product. [`Path::length`] is minus its logarithm.
///
/// Errors: as [`shortest_paths`], and on weights that are not above 0 and at most 1.
///
/// ```
/// use inroad_graph::{Edge, Graph, Wanted, likeliest_paths};
/// let graph =
///     Graph::new(3, &[Edge::new(0, 1, 0.9), Edge::new(1, 2, 0.9), Edge::new(0, 2, 0.5)])?;
/// let wanted = Wanted { from: 0, to: 2, avoid: &[], most: 1 };
/// assert_eq!(likeliest_paths(&graph, &wanted)?[0].nodes, [0, 1, 2]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn likeliest_paths(graph: &Graph, wanted: &Wanted<'_>) -> Result<Vec<Path>, GraphError> {
    wanted.check(graph)?;
    let lengths = unlikeliness(graph)?;
    Ok(Paths::new(&lengths, wanted, Lengths::Weights).take(wanted.most).collect())
}

/// Minus the logarithms of probabilities: lengths that add up as probabilities multiply.
pub(crate) fn unlikeliness(graph: &Graph) -> Result<Graph, GraphError> {
    let must = "above 0 and at most 1";
    error::all("weight of the edge", graph.weights(), must, |p| p > 0.0 && p <= 1.0)?;
    // Not minus 0.
    Ok(graph.mapped(|edge| Some((-edge.weight.ln()).max(0.0))))
}

/// All paths, one after the other.
pub(crate) struct Paths<'a> {
    graph: &'a Graph,
    lengths: Lengths,
    to: u32,
    /// The distance from each node to the goal around what is avoided: no path is shorter.
    ahead: Vec<f64>,
    parts: BinaryHeap<Part>,
    room: Room,
}

/// Paths with the same beginning that shun some next steps; or, once it was searched, the shortest of
/// them.
#[derive(Debug, Clone)]
struct Part {
    /// No path of the part is shorter.
    bound: f64,
    /// The shortest path if it is known, otherwise the beginning.
    nodes: Vec<u32>,
    /// How many of the nodes are the beginning.
    fixed: usize,
    /// The next steps after the beginning that are shunned.
    shunned: Vec<u32>,
    /// Whether the shortest path is known; then `bound` is its length.
    known: bool,
}

impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Part {}

impl Ord for Part {
    /// The shortest is the greatest, as the heap wants it; then fewer steps, then smaller numbers.
    fn cmp(&self, other: &Part) -> Ordering {
        let by_length = other.bound.total_cmp(&self.bound).then(self.known.cmp(&other.known));
        let by_steps = by_length.then(other.nodes.len().cmp(&self.nodes.len()));
        by_steps.then_with(|| other.nodes.cmp(&self.nodes))
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Part) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Room for searches: marks carry the number of the search, so that nothing is cleared.
#[derive(Debug)]
struct Room {
    search: u32,
    seen: Vec<u32>,
    distance: Vec<f64>,
    before: Vec<u32>,
    blocked: Vec<u32>,
    queue: BinaryHeap<Near>,
}

impl<'a> Paths<'a> {
    pub(crate) fn new(graph: &'a Graph, wanted: &Wanted<'_>, lengths: Lengths) -> Paths<'a> {
        let count = graph.node_count();
        let mut avoided = vec![false; count];
        for node in wanted.avoid {
            avoided[*node as usize] = true;
        }
        let ahead = distances_to(graph, wanted.to, lengths, &avoided);
        let mut parts = BinaryHeap::new();
        let bound = ahead[wanted.from as usize];
        if bound.is_finite() {
            let nodes = vec![wanted.from];
            parts.push(Part { bound, nodes, fixed: 1, shunned: Vec::new(), known: false });
        }
        let room = Room {
            search: 0,
            seen: vec![0; count],
            distance: vec![0.0; count],
            before: vec![0; count],
            blocked: vec![0; count],
            queue: BinaryHeap::new(),
        };
        Paths { graph, lengths, to: wanted.to, ahead, parts, room }
    }

    fn length(&self, weight: f64) -> f64 {
        match self.lengths {
            Lengths::Steps => 1.0,
            Lengths::Weights => weight,
        }
    }

    /// The length of a beginning.
    fn walked(&self, nodes: &[u32]) -> f64 {
        let steps = nodes.windows(2).filter_map(|step| self.graph.weight(step[0], step[1]));
        steps.map(|weight| self.length(weight)).sum()
    }

    /// Divides what is left of a part when its shortest path was taken.
    fn divide(&mut self, taken: &Part) {
        let mut walked = self.walked(&taken.nodes[..taken.fixed]);
        for fixed in taken.fixed..taken.nodes.len() {
            let (last, next) = (taken.nodes[fixed - 1], taken.nodes[fixed]);
            let mut shunned = if fixed == taken.fixed { taken.shunned.clone() } else { Vec::new() };
            shunned.push(next);
            let beginning = &taken.nodes[..fixed];
            let steps = self.graph.outgoing(last).iter();
            let open = steps.filter(|(to, _)| !shunned.contains(to) && !beginning.contains(to));
            let bound = open
                .map(|(to, weight)| self.length(weight) + self.ahead[to as usize])
                .fold(f64::INFINITY, f64::min);
            if bound.is_finite() {
                let nodes = beginning.to_vec();
                self.parts.push(Part {
                    bound: walked + bound,
                    nodes,
                    fixed,
                    shunned,
                    known: false,
                });
            }
            let weight = self.graph.weight(last, next).unwrap_or(f64::INFINITY);
            walked += self.length(weight);
        }
    }

    /// Finds the shortest path of a part: A* from the end of its beginning.
    fn search(&mut self, mut part: Part) -> Option<Part> {
        let walked = self.walked(&part.nodes);
        let start = *part.nodes.last()?;
        let room = &mut self.room;
        room.search += 1;
        let search = room.search;
        for node in &part.nodes {
            room.blocked[*node as usize] = search;
        }
        room.queue.clear();
        room.queue.push(Near { distance: 0.0, node: start });
        room.seen[start as usize] = search;
        room.distance[start as usize] = 0.0;
        while let Some(Near { distance: bound, node }) = room.queue.pop() {
            if node == self.to {
                break;
            }
            let far = room.distance[node as usize];
            // It was put in again with less.
            if node != start && bound > far + self.ahead[node as usize] {
                continue;
            }
            for (to, weight) in self.graph.outgoing(node).iter() {
                let at = to as usize;
                let shunned = node == start && part.shunned.contains(&to);
                if room.blocked[at] == search || shunned || self.ahead[at].is_infinite() {
                    continue;
                }
                let length = match self.lengths {
                    Lengths::Steps => 1.0,
                    Lengths::Weights => weight,
                };
                if room.seen[at] != search || far + length < room.distance[at] {
                    room.seen[at] = search;
                    room.distance[at] = far + length;
                    room.before[at] = node;
                    room.queue.push(Near { distance: far + length + self.ahead[at], node: to });
                }
            }
        }
        if room.seen[self.to as usize] != search {
            return None;
        }
        let mut node = self.to;
        let mut rest = Vec::new();
        while node != start {
            rest.push(node);
            node = room.before[node as usize];
        }
        part.bound = walked + room.distance[self.to as usize];
        part.nodes.extend(rest.into_iter().rev());
        part.known = true;
        Some(part)
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        loop {
            let part = self.parts.pop()?;
            if part.known {
                self.divide(&part);
                return Some(Path { nodes: part.nodes, length: part.bound });
            }
            if let Some(found) = self.search(part) {
                self.parts.push(found);
            }
        }
    }
}

/// How far the goal is from each node.
fn distances_to(graph: &Graph, to: u32, lengths: Lengths, avoided: &[bool]) -> Vec<f64> {
    let mut distance = vec![f64::INFINITY; graph.node_count()];
    let mut queue = BinaryHeap::new();
    if !avoided[to as usize] {
        distance[to as usize] = 0.0;
        queue.push(Near { distance: 0.0, node: to });
    }
    while let Some(Near { distance: far, node }) = queue.pop() {
        if far > distance[node as usize] {
            continue;
        }
        for (from, weight) in graph.incoming(node).iter() {
            let length = match lengths {
                Lengths::Steps => 1.0,
                Lengths::Weights => weight,
            };
            let known = &mut distance[from as usize];
            if !avoided[from as usize] && far + length < *known {
                *known = far + length;
                queue.push(Near { distance: *known, node: from });
            }
        }
    }
    distance
}
