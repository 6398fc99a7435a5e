//! `SpringRank`: how high each stands, as if every edge were a spring of length 1 that pulls its end
//! one step above its start.
//!
//! Computes: the heights that minimise `Σ w (height(to) − height(from) − 1)² / 2 + α Σ height² / 2`.
//! An edge goes up: from who looks up to whom he looks up to; turn the graph if edges mean "beats".
//! Unit: steps. With α = 0 only differences count; each component then has mean 0. With α > 0 heights
//! shrink towards 0, which keeps who has few edges near the middle.
//!
//! Misleads: ties in both directions say that two stand level, even where the office does not.
//!
//! Method: conjugate gradients with the diagonal as preconditioner. Source: De Bacco, Larremore and
//! Moore (2018), A physical model for efficient ranking in networks, equations 3 to 5. Checked
//! against: a dense solution in numpy 2.4.6 (tests/oracles/standing.py, 1e-8).

use crate::components;
use crate::conjugate::{Solved, conjugate_gradients};
use crate::error;
use crate::{Graph, GraphError, Neighbours};

/// How small the rest may be, as a share of the right side.
const REST_MAX: f64 = 1e-10;

/// The height of each node.
///
/// Errors: [`GraphError`] on no nodes, a weight below 0, and an α that is below 0 or not finite.
///
/// ```
/// use inroad_graph::{Edge, Graph, springrank};
/// let graph = Graph::new(3, &[Edge::plain(0, 1), Edge::plain(1, 2)])?;
/// let heights = springrank(&graph, 0.0)?;
/// assert!((heights[2] - heights[0] - 2.0).abs() < 1e-9);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn springrank(graph: &Graph, alpha: f64) -> Result<Vec<f64>, GraphError> {
    graph.check_not_empty()?;
    graph.check_not_negative()?;
    error::not_negative("alpha", &[alpha])?;
    let (mut diagonal, mut pull) = (Vec::new(), Vec::new());
    for node in graph.nodes() {
        let (up, down) = (graph.outgoing(node).strength(), graph.incoming(node).strength());
        diagonal.push(up + down + alpha);
        pull.push(down - up);
    }
    // A spring from a node to itself stands in both rows and twice in the diagonal: it pulls nowhere.
    let apply = |heights: &[f64], out: &mut [f64]| {
        for node in graph.nodes() {
            let at = node as usize;
            let pulled = |row: Neighbours<'_>| -> f64 {
                row.iter().map(|(to, weight)| weight * heights[to as usize]).sum()
            };
            let both = pulled(graph.outgoing(node)) + pulled(graph.incoming(node));
            out[at] = diagonal[at] * heights[at] - both;
        }
    };
    let Solved { mut values, rounds, rest } =
        conjugate_gradients(&apply, &diagonal, &pull, REST_MAX);
    if rest > REST_MAX {
        return Err(GraphError::NotConverged { rounds });
    }
    if alpha <= 0.0 {
        level(graph, &mut values);
    }
    Ok(values)
}

/// Takes the mean of each component out of its heights.
fn level(graph: &Graph, heights: &mut [f64]) {
    let parts = components(graph);
    let mut means = vec![(0.0, 0_u32); parts.iter().max().map_or(0, |last| last + 1)];
    for (part, height) in parts.iter().zip(heights.iter()) {
        means[*part].0 += height;
        means[*part].1 += 1;
    }
    for (part, height) in parts.iter().zip(heights.iter_mut()) {
        let (sum, count) = means[*part];
        *height -= sum / f64::from(count);
    }
}
