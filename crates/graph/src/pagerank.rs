//! `PageRank`: whose word counts, if words of those count more who are listened to themselves.
//!
//! Computes: the share of time that a walker spends at each node who follows an edge out of where he
//! is (in proportion to the weights) with probability `damping`, and starts anew otherwise. Where no
//! edge leads out, he starts anew.
//!
//! Shape: a share for each node; together 1. Assumes: an edge is a vote for the node it points to.
//! Misleads: on a handful of edges, where it is little else than counting them; and it says nothing
//! about how sure the order is.
//!
//! Method: Gauss and Seidel's rounds over the backward rows for the system without starts anew from
//! dead ends, which changes only the scale. Source: Page, Brin, Motwani and Winograd (1999); Gleich,
//! Gray, Greif and Lau (2010), An inner-outer iteration, section 2. Checked against:
//! `networkx.pagerank` 3.6.1 and `igraph.Graph.pagerank` 1.0.0 (tests/oracles/centrality.py, 1e-9).

use crate::error;
use crate::{Graph, GraphError};

/// How the walker walks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk<'a> {
    /// The probability to walk on; from 0 to below 1. Usually 0.85.
    pub damping: f64,
    /// Where he starts, in proportion to these numbers; everywhere alike without.
    pub restart: Option<&'a [f64]>,
}

impl Default for Walk<'_> {
    fn default() -> Self {
        Walk { damping: 0.85, restart: None }
    }
}

/// How far the shares together may be from the answer. What is left after a round is at most
/// `damping / (1 − damping)` times what it changed.
const ERROR_MAX: f64 = 1e-9;
const ROUNDS_MAX: usize = 100_000;

/// The share of time at each node.
///
/// Errors: [`GraphError`] on no nodes, a weight below 0, a damping outside of 0 to below 1, and
/// starting places that do not fit the nodes, are below 0 or all 0.
///
/// ```
/// use inroad_graph::{Edge, Graph, Walk, pagerank};
/// let graph = Graph::new(3, &[Edge::plain(0, 2), Edge::plain(1, 2)])?;
/// let ranks = pagerank(&graph, &Walk::default())?;
/// assert!(ranks[2] > 2.0 * ranks[0]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn pagerank(graph: &Graph, walk: &Walk<'_>) -> Result<Vec<f64>, GraphError> {
    graph.check_not_empty()?;
    graph.check_not_negative()?;
    let damping = walk.damping;
    error::all("damping", &[damping], "from 0 to below 1", |d| (0.0..1.0).contains(&d))?;
    let count = graph.node_count();
    let restart = restart(walk.restart, count)?;
    // What a node passes on for each unit of weight is its rank over its strength.
    let passing: Vec<f64> = graph
        .nodes()
        .map(|node| graph.outgoing(node).strength())
        .map(|strength| if strength > 0.0 { damping / strength } else { 0.0 })
        .collect();
    let plain = graph.is_plain();
    // As much in all as it will be at last.
    let mut ranks: Vec<f64> = restart.iter().map(|start| start / (1.0 - damping)).collect();
    let mut passed: Vec<f64> = ranks.iter().zip(&passing).map(|(rank, pass)| rank * pass).collect();
    for _ in 0..ROUNDS_MAX {
        let (mut change, mut whole) = (0.0, 0.0);
        for node in graph.nodes() {
            let row = graph.incoming(node);
            let arrived: f64 = if plain {
                row.nodes.iter().map(|from| passed[*from as usize]).sum()
            } else {
                row.iter().map(|(from, weight)| passed[from as usize] * weight).sum()
            };
            let at = node as usize;
            let rank = restart[at] + arrived;
            change += (rank - ranks[at]).abs();
            whole += rank;
            ranks[at] = rank;
            passed[at] = rank * passing[at];
        }
        if change <= ERROR_MAX * (1.0 - damping) * whole {
            for rank in &mut ranks {
                *rank /= whole;
            }
            return Ok(ranks);
        }
    }
    Err(GraphError::NotConverged { rounds: ROUNDS_MAX })
}

/// Where the walker starts, as shares.
fn restart(wanted: Option<&[f64]>, count: usize) -> Result<Vec<f64>, GraphError> {
    let Some(wanted) = wanted else { return Ok(vec![1.0 / count as f64; count]) };
    error::length("starting places", wanted.len(), count)?;
    error::not_negative("starting place", wanted)?;
    let sum: f64 = wanted.iter().sum();
    error::all("sum of starting places", &[sum], "finite and above 0", |sum| {
        sum.is_finite() && sum > 0.0
    })?;
    Ok(wanted.iter().map(|place| place / sum).collect())
}
