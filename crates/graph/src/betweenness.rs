//! Betweenness: on how many shortest ways between others one stands.
//!
//! Computes: for each node the sum, over all ordered pairs of others, of the share of shortest ways
//! that lead through it. Range: from 0 to (n − 1)(n − 2). In a graph of ties without direction
//! ([`Graph::both_ways`]) each pair counts twice: halve the figures to compare them with tools that
//! count pairs once.
//!
//! Misleads: it supposes that news take shortest ways. Cost: nodes times edges.
//!
//! Method: Brandes' accumulation. What a node passes back is computed once for each node and not for
//! each edge, and neighbours one step further are told by their level, so that no list of
//! predecessors is kept. Source: Freeman (1977); Brandes (2001), A faster algorithm for betweenness
//! centrality. Checked against: `networkx.betweenness_centrality` 3.6.1 and
//! `igraph.Graph.betweenness` 1.0.0 (tests/oracles/centrality.py, 1e-9).

use crate::distances::{Search, same};
use crate::{Graph, GraphError, Lengths};

/// How much each node stands between others.
///
/// Errors: [`GraphError`] on lengths that are not above 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Lengths, betweenness};
/// let path = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2)])?.both_ways();
/// assert_eq!(betweenness(&path, Lengths::Steps)?, [0.0, 2.0, 0.0]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn betweenness(graph: &Graph, lengths: Lengths) -> Result<Vec<f64>, GraphError> {
    lengths.check(graph)?;
    match lengths {
        Lengths::Steps => Ok(by_steps(graph)),
        Lengths::Weights => Ok(by_weights(graph)),
    }
}

/// What a search knows of a node: kept together, since it is needed together.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// How many steps it is away.
    level: u32,
    /// How many shortest ways lead here; on the way back, what the node passes back for each way.
    ways: f64,
}

const UNSEEN: Seen = Seen { level: u32::MAX, ways: 0.0 };

fn by_steps(graph: &Graph) -> Vec<f64> {
    let mut between = vec![0.0; graph.node_count()];
    let mut seen = vec![UNSEEN; graph.node_count()];
    let mut order: Vec<u32> = Vec::with_capacity(graph.node_count());
    for from in graph.nodes() {
        for node in order.drain(..) {
            seen[node as usize] = UNSEEN;
        }
        seen[from as usize] = Seen { level: 0, ways: 1.0 };
        order.push(from);
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            at += 1;
            let Seen { level, ways } = seen[node as usize];
            for &to in graph.outgoing(node).nodes {
                let next = &mut seen[to as usize];
                if next.level == u32::MAX {
                    *next = Seen { level: level + 1, ways };
                    order.push(to);
                } else if next.level == level + 1 {
                    next.ways += ways;
                }
            }
        }
        // Farthest first. Every node beyond has become what it passes back: (1 + δ) / ways.
        for &node in order.iter().skip(1).rev() {
            let Seen { level, ways } = seen[node as usize];
            let beyond = graph.outgoing(node).nodes.iter().map(|to| seen[*to as usize]);
            let back: f64 =
                beyond.map(|to| if to.level == level + 1 { to.ways } else { 0.0 }).sum();
            let own = back * ways;
            between[node as usize] += own;
            seen[node as usize].ways = (1.0 + own) / ways;
        }
    }
    between
}

fn by_weights(graph: &Graph) -> Vec<f64> {
    let count = graph.node_count();
    let mut between = vec![0.0; count];
    let mut ways = vec![0.0; count];
    let mut back = vec![0.0; count];
    let mut search = Search::new(graph);
    for from in graph.nodes() {
        search.run(graph, from, Lengths::Weights);
        let distance = &search.distance;
        for &node in &search.order {
            let at = node as usize;
            back[at] = 0.0;
            // A node on a shortest way here lies nearer, so its ways are counted already.
            ways[at] = graph
                .incoming(node)
                .iter()
                .filter(|(before, length)| {
                    let before = distance[*before as usize];
                    before < distance[at] && same(before + length, distance[at])
                })
                .map(|(before, _)| ways[before as usize])
                .sum();
            if node == from {
                ways[at] = 1.0;
            }
        }
        for &node in search.order.iter().skip(1).rev() {
            let at = node as usize;
            let beyond = graph.outgoing(node).iter().filter(|(to, length)| {
                let to = distance[*to as usize];
                to > distance[at] && same(distance[at] + length, to)
            });
            let own = ways[at] * beyond.map(|(to, _)| back[to as usize]).sum::<f64>();
            between[at] += own;
            back[at] = if ways[at] > 0.0 { (1.0 + own) / ways[at] } else { 0.0 };
        }
    }
    between
}
