//! Agony: how far a graph is from a hierarchy, and the hierarchy that it is nearest to.
//!
//! Computes: whole ranks that minimise `Σ w max(0, rank(from) − rank(to) + 1)`: an edge that goes up
//! costs nothing, one between equals its weight, one that goes down more for each step. Range of the
//! agony: from 0 (no cycles) to the sum of weights. Exact.
//!
//! Misleads: many rankings are often equally good; one of them is given. Cost: a search over the
//! edges for each way that is found; thousands of edges take seconds, not more.
//!
//! Method: the dual, whose solution is the heaviest part of the weights that flows in circles. What
//! must be taken away from the weights to leave such a circulation is a flow of least cost, found
//! along shortest ways; the potentials are the ranks. Source: Gupte, Shankar, Li, Muthukrishnan and
//! Iftode (2011), Finding hierarchy in directed online social networks; Tatti (2017), Tiers for
//! peers, section 4. Checked against: linear programs by `scipy.optimize.linprog` 1.17.1
//! (tests/oracles/standing.py, exact).

use std::collections::BinaryHeap;

use crate::distances::Near;
use crate::{Graph, GraphError};

/// A hierarchy and what speaks against it.
#[derive(Debug, Clone, PartialEq)]
pub struct Agony {
    /// The least agony there is.
    pub agony: f64,
    /// A rank for each node, from 0; whoever is looked up to stands higher.
    pub ranks: Vec<u32>,
    /// 1 − agony over the sum of weights: 1 for a graph without cycles, 0 if nobody stands above.
    pub hierarchy: f64,
}

/// The most edges; more take too long.
const EDGES_MAX: usize = 200_000;
/// Less than this share of all weights is nothing.
const NOTHING: f64 = 1e-12;
/// An agony that is a whole number but for this share of all weights is that number.
const ROUNDED: f64 = 1e-10;

/// The least agony and ranks that have it.
///
/// Errors: [`GraphError`] on no edges, a weight below 0, and more than 200,000 edges.
///
/// ```
/// use inroad_graph::{Edge, Graph, agony};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2), Edge::plain(2, 1)])?;
/// let found = agony(&graph)?;
/// assert_eq!((found.agony, found.ranks[0]), (2.0, 0));
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn agony(graph: &Graph) -> Result<Agony, GraphError> {
    graph.check_not_negative()?;
    if graph.edge_count() > EDGES_MAX {
        return Err(GraphError::TooMany { what: "edges", most: EDGES_MAX });
    }
    let whole: f64 = graph.weights().iter().sum();
    if whole <= 0.0 {
        return Err(GraphError::Empty { what: "edges" });
    }
    let mut flow = Flow::new(graph, NOTHING * whole);
    while flow.augment() {}
    let taken: f64 = flow.arcs.iter().skip(1).step_by(2).map(|back| back.room).sum();
    // Rounded where weights are whole numbers and only the last digits of sums stand in the way.
    let agony = whole - taken;
    let agony = if (agony - agony.round()).abs() < ROUNDED * whole { agony.round() } else { agony };
    let ranks = flow.ranks();
    Ok(Agony { agony, ranks, hierarchy: 1.0 - agony / whole })
}

/// An arc of the residual network. Arcs lie in pairs: an edge, then its way back.
#[derive(Debug, Clone, Copy)]
struct Arc {
    to: u32,
    room: f64,
    /// 1 along an edge, −1 back.
    cost: f64,
}

#[derive(Debug)]
struct Flow {
    arcs: Vec<Arc>,
    /// The arcs that leave each node.
    leaving: Vec<Vec<usize>>,
    /// What each node has still to send (above 0) or to get.
    excess: Vec<f64>,
    potential: Vec<f64>,
    /// What is too little to be sent.
    nothing: f64,
}

impl Flow {
    fn new(graph: &Graph, nothing: f64) -> Flow {
        let count = graph.node_count();
        let mut flow = Flow {
            arcs: Vec::with_capacity(2 * graph.edge_count()),
            leaving: vec![Vec::new(); count],
            excess: vec![0.0; count],
            potential: vec![0.0; count],
            nothing,
        };
        // An edge from a node to itself is a circle that nothing can break.
        for edge in graph.edges().filter(|edge| edge.from != edge.to && edge.weight > 0.0) {
            let (from, to) = (edge.from as usize, edge.to as usize);
            flow.leaving[from].push(flow.arcs.len());
            flow.arcs.push(Arc { to: edge.to, room: edge.weight, cost: 1.0 });
            flow.leaving[to].push(flow.arcs.len());
            flow.arcs.push(Arc { to: edge.from, room: 0.0, cost: -1.0 });
            flow.excess[from] += edge.weight;
            flow.excess[to] -= edge.weight;
        }
        flow
    }

    /// Sends what can be sent along shortest ways from all who have to send; `false` when all is sent.
    fn augment(&mut self) -> bool {
        let count = self.excess.len();
        let mut distance = vec![f64::INFINITY; count];
        let mut queue = BinaryHeap::new();
        for node in (0..count).filter(|node| self.excess[*node] > self.nothing) {
            distance[node] = 0.0;
            queue.push(Near { distance: 0.0, node: crate::graph::id(node) });
        }
        let mut farthest = 0.0;
        while let Some(Near { distance: far, node }) = queue.pop() {
            let node = node as usize;
            if far > distance[node] {
                continue;
            }
            farthest = far;
            for &at in &self.leaving[node] {
                let arc = self.arcs[at];
                if arc.room <= self.nothing {
                    continue;
                }
                let to = arc.to as usize;
                // Costs are whole numbers, so rounding loses nothing.
                let length = (arc.cost + self.potential[node] - self.potential[to]).round();
                if far + length < distance[to] {
                    distance[to] = far + length;
                    queue.push(Near { distance: distance[to], node: arc.to });
                }
            }
        }
        let reachable =
            |node: &usize| self.excess[*node] < -self.nothing && distance[*node].is_finite();
        let Some(nearest) =
            (0..count).filter(reachable).map(|node| distance[node]).min_by(f64::total_cmp)
        else {
            return false;
        };
        debug_assert!(nearest <= farthest);
        for (potential, distance) in self.potential.iter_mut().zip(&distance) {
            *potential += distance.min(nearest);
        }
        self.send_level();
        true
    }

    /// Sends along arcs whose reduced cost is 0, from each who has to send, until no way is left.
    fn send_level(&mut self) {
        let count = self.excess.len();
        // Where to go on in the arcs of each node: an arc that led nowhere is not tried again.
        let mut next = vec![0; count];
        let mut on_way = vec![false; count];
        for start in 0..count {
            while self.excess[start] > self.nothing {
                let Some(way) = self.level_way(start, &mut next, &mut on_way) else { break };
                let end = self.arcs[way[way.len() - 1]].to as usize;
                let room = way.iter().map(|at| self.arcs[*at].room).fold(f64::INFINITY, f64::min);
                let sent = room.min(self.excess[start]).min(-self.excess[end]);
                for at in way {
                    self.arcs[at].room -= sent;
                    self.arcs[at ^ 1].room += sent;
                }
                self.excess[start] -= sent;
                self.excess[end] += sent;
            }
        }
    }

    /// A way of reduced cost 0 from a node to one that has to get something.
    fn level_way(
        &self,
        start: usize,
        next: &mut [usize],
        on_way: &mut [bool],
    ) -> Option<Vec<usize>> {
        let (mut way, mut node): (Vec<usize>, usize) = (Vec::new(), start);
        on_way[start] = true;
        let found = loop {
            if self.excess[node] < -self.nothing {
                break true;
            }
            let Some(&at) = self.leaving[node].get(next[node]) else {
                // A dead end: back by one arc, which is not tried again.
                let Some(last) = way.pop() else { break false };
                on_way[node] = false;
                node = self.arcs[last ^ 1].to as usize;
                next[node] += 1;
                continue;
            };
            let arc = self.arcs[at];
            let to = arc.to as usize;
            let level = (arc.cost + self.potential[node] - self.potential[to]).abs() < 0.5;
            if arc.room > self.nothing && level && !on_way[to] {
                on_way[to] = true;
                way.push(at);
                node = to;
            } else {
                next[node] += 1;
            }
        };
        on_way[start] = false;
        for at in &way {
            on_way[self.arcs[*at].to as usize] = false;
        }
        found.then_some(way)
    }

    /// The potentials as ranks, the lowest being 0.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers from 0 to below the number of nodes, by the line before"
    )]
    fn ranks(&self) -> Vec<u32> {
        let least = self.potential.iter().copied().fold(f64::INFINITY, f64::min);
        self.potential.iter().map(|potential| (potential - least).round() as u32).collect()
    }
}
