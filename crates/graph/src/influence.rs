//! Influence: whom to win first, if each one who is won wins over others with some probability.
//!
//! Computes: seeds, one after the other, each the one that adds most to the number of nodes that are
//! won in the end (independent cascade: an edge passes the word on with its weight as probability,
//! once). Unit: nodes, seeds included. Greedy: never below 63 % of the best choice of as many.
//!
//! Misleads: the probabilities are guesses, and news that must be heard from several is not in the
//! model. Spreads are estimates from drawn worlds; those of near rivals differ by chance, and the
//! chosen ones look a little better than they are.
//!
//! Method: the worlds are drawn once, so that gains never grow as seeds are added, and a node is only
//! asked again when its last known gain is the greatest (CELF). Source: Kempe, Kleinberg and Tardos
//! (2003), Maximizing the spread of influence; Leskovec et al. (2007), Cost-effective outbreak
//! detection. Checked against: all worlds of small graphs in Python 3.11
//! (tests/oracles/paths.py, 2 %).

use std::collections::BinaryHeap;

use inroad_stats::Random;

use crate::error;
use crate::{Graph, GraphError};

/// How seeds are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InfluenceSearch {
    /// How many seeds at the most.
    pub seeds: usize,
    /// How many worlds are drawn; at least 1.
    pub worlds: usize,
    /// What they are drawn from.
    pub seed: u64,
}

/// A seed, and what is won with it and all before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The node to win.
    pub node: u32,
    /// The expected number of nodes that are won in the end, seeds included.
    pub expected: f64,
}

/// The most edges times worlds: 128 MB of bits.
const DRAWN_MAX: usize = 1 << 30;

/// The seeds in the order in which to win them.
///
/// Errors: [`GraphError`] on weights outside of 0 to 1, no worlds, and more than 2³⁰ edges times
/// worlds, or nodes times worlds.
///
/// ```
/// use inroad_graph::{Edge, Graph, InfluenceSearch, influence};
/// let graph = Graph::new(3, &[Edge::new(1, 0, 1.0), Edge::new(1, 2, 1.0)])?;
/// let first = influence(&graph, InfluenceSearch { seeds: 1, worlds: 10, seed: 1 })?;
/// assert_eq!((first[0].node, first[0].expected), (1, 3.0));
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn influence(graph: &Graph, search: InfluenceSearch) -> Result<Vec<Spread>, GraphError> {
    error::share("weight of the edge", graph.weights())?;
    if search.worlds == 0 {
        return Err(GraphError::Empty { what: "worlds to draw" });
    }
    let most = graph.edge_count().max(graph.node_count());
    if most.checked_mul(search.worlds).is_none_or(|drawn| drawn > DRAWN_MAX) {
        return Err(GraphError::TooMany { what: "edges times worlds", most: DRAWN_MAX });
    }
    let mut worlds = Worlds::draw(graph, search);
    let everyone =
        graph.nodes().map(|node| Gain { nodes_won: worlds.gain(node, false), node, seeds: 0 });
    let mut queue: BinaryHeap<Gain> = everyone.collect();
    let mut chosen: Vec<Spread> = Vec::new();
    let mut won = 0;
    while chosen.len() < search.seeds {
        let Some(mut best) = queue.pop() else { break };
        if best.seeds < chosen.len() {
            // An old gain: it can only have become smaller.
            best.nodes_won = worlds.gain(best.node, false);
            best.seeds = chosen.len();
            queue.push(best);
            continue;
        }
        won += worlds.gain(best.node, true);
        chosen.push(Spread { node: best.node, expected: won as f64 / search.worlds as f64 });
    }
    Ok(chosen)
}

/// What a node would add, in nodes of all worlds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gain {
    nodes_won: usize,
    node: u32,
    /// How many seeds there were when it was counted.
    seeds: usize,
}

impl Ord for Gain {
    fn cmp(&self, other: &Gain) -> std::cmp::Ordering {
        self.nodes_won.cmp(&other.nodes_won).then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Gain) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Bits, as many as wanted.
struct Bits(Vec<u64>);

impl Bits {
    fn new(count: usize) -> Bits {
        Bits(vec![0; count.div_ceil(64)])
    }

    fn get(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }
}

/// Worlds in which each edge passes the word on or does not.
struct Worlds<'a> {
    graph: &'a Graph,
    count: usize,
    passes: Bits,
    /// Whom the seeds win in each world.
    won: Bits,
    /// In which search a node was last seen.
    seen: Vec<usize>,
    searches: usize,
    /// Where the edges of each node start.
    starts: Vec<usize>,
}

impl<'a> Worlds<'a> {
    fn draw(graph: &'a Graph, search: InfluenceSearch) -> Worlds<'a> {
        let (edges, count) = (graph.edge_count(), search.worlds);
        let mut passes = Bits::new(edges * count);
        let mut random = Random::new(search.seed);
        for world in 0..count {
            for (edge, weight) in graph.weights().iter().enumerate() {
                if random.unit() < *weight {
                    passes.set(world * edges + edge);
                }
            }
        }
        let mut starts = Vec::with_capacity(graph.node_count());
        let mut next = 0;
        for node in graph.nodes() {
            starts.push(next);
            next += graph.outgoing(node).nodes.len();
        }
        let (nodes, won) = (graph.node_count(), Bits::new(graph.node_count() * count));
        Worlds { graph, count, passes, won, seen: vec![0; nodes], searches: 0, starts }
    }

    /// How many a node would win besides those who are won, in all worlds together; `keep` makes it a
    /// seed.
    fn gain(&mut self, node: u32, keep: bool) -> usize {
        let (edges, nodes) = (self.graph.edge_count(), self.graph.node_count());
        let mut gain = 0;
        let mut open = Vec::new();
        for world in 0..self.count {
            self.searches += 1;
            if self.won.get(world * nodes + node as usize) {
                continue;
            }
            open.push(node);
            self.seen[node as usize] = self.searches;
            while let Some(next) = open.pop() {
                gain += 1;
                if keep {
                    self.won.set(world * nodes + next as usize);
                }
                let first = world * edges + self.starts[next as usize];
                for (at, to) in self.graph.outgoing(next).nodes.iter().enumerate() {
                    let place = *to as usize;
                    let new = self.seen[place] != self.searches
                        && self.passes.get(first + at)
                        && !self.won.get(world * nodes + place);
                    if new {
                        self.seen[place] = self.searches;
                        open.push(*to);
                    }
                }
            }
        }
        gain
    }
}
