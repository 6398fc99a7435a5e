//! Reliability: the probability that some way between two nodes holds.
//!
//! Computes: the probability that the edges that hold connect `from` to `to`, each edge holding
//! independently with its weight as probability. Exactly by factoring for small graphs; otherwise
//! estimated by drawing worlds from a seed, with the standard error.
//!
//! Assumes: independence. Two ties of one person fail together in truth, so the figure is too good
//! where many ways lead through one person.
//!
//! Method: from the set of nodes that are reached, one edge out of it at a time is looked at: it
//! holds and the set grows, or it does not and is gone; nodes from which nothing new can be reached
//! are left out. Source: Moskowitz (1958); Satyanarayana and Chang (1983) for factoring; Fishman
//! (1986) for sampling. Checked against: all worlds of small graphs in Python 3.11
//! (tests/oracles/paths.py, 1e-12).

use inroad_stats::Random;

use crate::distances::reached;
use crate::error;
use crate::paths::Wanted;
use crate::{Graph, GraphError};

/// A probability, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The probability that some way holds.
    pub probability: f64,
    /// The standard error of an estimate; nothing if the probability is exact.
    pub standard_error: Option<f64>,
}

/// With more nodes on ways no exact answer is sought: it would not be found in any time.
const EXACT_NODES_MAX: usize = 64;

/// How much work may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// How many cases may be looked at for an exact answer.
    pub cases_max: usize,
    /// How many worlds to draw if that is not enough.
    pub worlds: u32,
    /// What the worlds are drawn from.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { cases_max: 1_000_000, worlds: 20_000, seed: 1 }
    }
}

/// The probability that some way holds. [`Wanted::most`] does not matter.
///
/// Errors: [`GraphError`] on nodes that are not there, a way from a node to itself, weights outside of
/// 0 to 1, and no worlds to draw where no exact answer is found.
///
/// ```
/// use inroad_graph::{Edge, Effort, Graph, Wanted, reliability};
/// let graph =
///     Graph::new(3, &[Edge::new(0, 1, 0.5), Edge::new(1, 2, 0.5), Edge::new(0, 2, 0.5)])?;
/// let wanted = Wanted { from: 0, to: 2, avoid: &[], most: 1 };
/// assert_eq!(reliability(&graph, &wanted, Effort::default())?.probability, 0.625);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn reliability(
    graph: &Graph,
    wanted: &Wanted<'_>,
    effort: Effort,
) -> Result<Reliability, GraphError> {
    wanted.check(graph)?;
    error::share("weight of the edge", graph.weights())?;
    let useful = useful(graph, wanted);
    if !useful[wanted.from as usize] {
        return Ok(Reliability { probability: 0.0, standard_error: None });
    }
    if useful.iter().filter(|useful| **useful).count() <= EXACT_NODES_MAX {
        let mut factoring = Factoring {
            graph,
            to: wanted.to,
            reached: useful.iter().map(|useful| !useful).collect(),
            pending: vec![0.0; graph.node_count()],
            cases_left: effort.cases_max,
        };
        factoring.reach(wanted.from);
        if let Some(probability) = factoring.probability() {
            return Ok(Reliability { probability, standard_error: None });
        }
    }
    if effort.worlds == 0 {
        return Err(GraphError::Empty { what: "worlds to draw" });
    }
    Ok(estimate(graph, wanted, &useful, effort))
}

/// Nodes that lie on some way that avoids what is to be avoided.
fn useful(graph: &Graph, wanted: &Wanted<'_>) -> Vec<bool> {
    let avoided = |node: u32| wanted.avoid.contains(&node);
    let open = graph.mapped(|edge| {
        let open = edge.weight > 0.0 && !avoided(edge.from) && !avoided(edge.to);
        open.then_some(edge.weight)
    });
    if avoided(wanted.from) || avoided(wanted.to) {
        return vec![false; graph.node_count()];
    }
    let there = reached(&open, &[wanted.from]);
    let back = reached(&open.reversed(), &[wanted.to]);
    there.iter().zip(back).map(|(there, back)| *there && back).collect()
}

struct Factoring<'a> {
    graph: &'a Graph,
    to: u32,
    /// Nodes that are reached, and those that are of no use.
    reached: Vec<bool>,
    /// For each node that is not, the probability that an edge to it holds that was not looked at yet.
    pending: Vec<f64>,
    cases_left: usize,
}

impl Factoring<'_> {
    /// Takes a node among those reached; gives back what was pending before.
    fn reach(&mut self, node: u32) -> Vec<(u32, f64)> {
        self.reached[node as usize] = true;
        let mut before = vec![(node, self.pending[node as usize])];
        self.pending[node as usize] = 0.0;
        for (to, weight) in self.graph.outgoing(node).iter() {
            if !self.reached[to as usize] {
                let pending = &mut self.pending[to as usize];
                before.push((to, *pending));
                *pending = 1.0 - (1.0 - *pending) * (1.0 - weight);
            }
        }
        before
    }

    /// The probability that the goal is reached from here on; nothing if there are too many cases.
    fn probability(&mut self) -> Option<f64> {
        // Edges that did not hold; restored at the end.
        let mut failed = Vec::new();
        let (mut sum, mut here) = (0.0, 1.0);
        let whole = loop {
            if self.cases_left == 0 {
                break None;
            }
            self.cases_left -= 1;
            let Some(next) = self.next() else { break Some(sum) };
            let holds = self.pending[next as usize];
            if next == self.to {
                sum += here * holds;
            } else {
                let before = self.reach(next);
                let found = self.probability();
                self.reached[next as usize] = false;
                for (node, pending) in before.into_iter().rev() {
                    self.pending[node as usize] = pending;
                }
                let Some(found) = found else { break None };
                sum += here * holds * found;
            }
            here *= 1.0 - holds;
            failed.push((next, holds));
            self.pending[next as usize] = 0.0;
            if here <= 0.0 {
                break Some(sum);
            }
        };
        for (node, pending) in failed {
            self.pending[node as usize] = pending;
        }
        whole
    }

    /// The node to look at next: the goal if it can be had, otherwise the likeliest that leads on.
    fn next(&self) -> Option<u32> {
        if self.pending[self.to as usize] > 0.0 {
            return Some(self.to);
        }
        let leads_on = |node: u32| {
            self.graph.outgoing(node).iter().any(|(to, p)| p > 0.0 && !self.reached[to as usize])
        };
        let open = self.graph.nodes().filter(|node| self.pending[*node as usize] > 0.0);
        let open = open.filter(|node| leads_on(*node));
        open.max_by(|a, b| self.pending[*a as usize].total_cmp(&self.pending[*b as usize]))
    }
}

/// Draws worlds and counts those in which a way holds.
fn estimate(graph: &Graph, wanted: &Wanted<'_>, useful: &[bool], effort: Effort) -> Reliability {
    let mut random = Random::new(effort.seed);
    let mut seen = vec![0_u32; graph.node_count()];
    let mut open = Vec::new();
    let mut holds = 0_u32;
    for world in 1..=effort.worlds {
        open.clear();
        open.push(wanted.from);
        seen[wanted.from as usize] = world;
        // Only edges that are come upon need to be drawn.
        'world: while let Some(node) = open.pop() {
            for (to, weight) in graph.outgoing(node).iter() {
                let at = to as usize;
                if useful[at] && seen[at] != world && random.unit() < weight {
                    if to == wanted.to {
                        holds += 1;
                        break 'world;
                    }
                    seen[at] = world;
                    open.push(to);
                }
            }
        }
    }
    let worlds = f64::from(effort.worlds);
    let probability = f64::from(holds) / worlds;
    // Where all or none held, as if one more had not: an error of 0 would be a lie.
    let cautious = (f64::from(holds) + 0.5) / (worlds + 1.0);
    let standard_error = Some((cautious * (1.0 - cautious) / worlds).sqrt());
    Reliability { probability, standard_error }
}
