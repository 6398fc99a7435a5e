//! Communities: groups with more ties within than chance would have it.
//!
//! Computes: a division that maximises Newman's modularity,
//! `Q = Σ_c (w_c / w − γ (s_c / 2w)²)`, with `w_c` the ties within, `s_c` the strength of the members,
//! and γ the resolution. Range: from −1/2 to 1. Directions do not matter (both are added up), weights
//! must not be below 0; for foes see [`crate::signed_communities`].
//!
//! Misleads: at γ = 1 small groups in a large graph are put together (the resolution limit), and
//! divisions of nearly the same modularity can differ much: compare several seeds.
//!
//! Method: the crate `leiden-rs`, from several seeds. Source: Newman (2004); Traag, Waltman and van
//! Eck (2019), From Louvain to Leiden. Checked against: `igraph.Graph.modularity` and `leidenalg`
//! 0.12.0 (tests/oracles/camps.py: the same modularity of the same division to 1e-9, the best one not
//! worse than 0.002).

use leiden_rs::{GraphDataBuilder, Leiden, LeidenConfig};

use crate::camps::numbered;
use crate::error;
use crate::signed_modularity::Communities;
use crate::{Graph, GraphError};

/// How communities are sought.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommunitySearch {
    /// Above 1: smaller communities; below: larger ones.
    pub resolution: f64,
    /// How many seeds are tried; at least 1.
    pub restarts: u32,
    /// The first seed.
    pub seed: u64,
}

impl Default for CommunitySearch {
    fn default() -> Self {
        CommunitySearch { resolution: 1.0, restarts: 10, seed: 1 }
    }
}

/// The modularity of a division at a resolution.
///
/// Errors: [`GraphError`] on a division that does not fit the nodes, a weight below 0, no ties, and a
/// resolution below 0.
pub fn modularity(graph: &Graph, division: &[usize], resolution: f64) -> Result<f64, GraphError> {
    error::length("communities", division.len(), graph.node_count())?;
    let whole = check(graph, resolution)?;
    let division = numbered(division);
    let mut of = vec![0.0; division.iter().max().map_or(0, |last| last + 1)];
    for node in graph.nodes() {
        let strength = graph.outgoing(node).strength() + graph.incoming(node).strength();
        of[division[node as usize]] += strength;
    }
    let within = graph.edges().filter(|e| division[e.from as usize] == division[e.to as usize]);
    let within: f64 = within.map(|edge| edge.weight).sum();
    let chance: f64 = of.iter().map(|strength| (strength / (2.0 * whole)).powi(2)).sum();
    Ok(within / whole - resolution * chance)
}

/// Checks what came in; gives the sum of all weights.
fn check(graph: &Graph, resolution: f64) -> Result<f64, GraphError> {
    error::not_negative("resolution", &[resolution])?;
    graph.check_not_negative()?;
    let whole: f64 = graph.weights().iter().sum();
    if whole > 0.0 { Ok(whole) } else { Err(GraphError::Empty { what: "ties" }) }
}

/// The best division of some seeds.
///
/// Errors: as [`modularity`], and on no seed.
///
/// ```
/// use inroad_graph::{CommunitySearch, Edge, Graph, communities};
/// let pairs = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];
/// let edges = pairs.map(|(from, to)| Edge::plain(from, to));
/// let found = communities(&Graph::new(6, &edges)?, CommunitySearch::default())?;
/// assert_eq!(found.division, [0, 0, 0, 1, 1, 1]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn communities(graph: &Graph, search: CommunitySearch) -> Result<Communities, GraphError> {
    check(graph, search.resolution)?;
    let mut ties = GraphDataBuilder::new(graph.node_count());
    let unfit = GraphError::Undetermined { what: "communities" };
    for edge in graph.edges().filter(|edge| edge.weight > 0.0) {
        // The tie back, if there is one, is added to the tie there by the builder.
        if ties.add_edge(edge.from as usize, edge.to as usize, edge.weight).is_err() {
            return Err(unfit);
        }
    }
    let Ok(ties) = ties.build() else { return Err(unfit) };
    let mut best: Option<Communities> = None;
    for restart in 0..search.restarts {
        let seed = search.seed.wrapping_add(u64::from(restart));
        let settings = LeidenConfig {
            resolution: search.resolution,
            seed: Some(seed),
            ..LeidenConfig::default()
        };
        let Ok(found) = Leiden::new(settings).run(&ties) else { return Err(unfit) };
        let division = numbered(found.partition.as_slice());
        let modularity = modularity(graph, &division, search.resolution)?;
        if best.as_ref().is_none_or(|best| modularity > best.modularity) {
            best = Some(Communities { division, modularity });
        }
    }
    best.ok_or(GraphError::Empty { what: "seeds" })
}
