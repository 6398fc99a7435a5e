//! Graphs, committees and negotiations as numbers. One algorithm a file.
//!
//! Must not: know what a node is, read a clock, or draw random numbers without a seed.

mod agony;
mod ballot;
mod betweenness;
mod brokerage;
mod closeness;
mod committee;
mod components;
mod conjugate;
mod coreness;
mod davids_score;
mod degroot;
mod distances;
mod eigenvector;
mod error;
mod friedkin_johnsen;
mod graph;
mod hits;
mod pagerank;
mod petgraph_view;
mod power;
mod springrank;
mod structural_holes;

pub use agony::{Agony, agony};
pub use ballot::{Ballot, Member, Stake};
pub use betweenness::betweenness;
pub use brokerage::{Brokerage, brokerage};
pub use closeness::{Closeness, closeness};
pub use committee::{Committee, ENUMERATED_MAX, MEMBERS_MAX, Rule};
pub use components::components;
pub use coreness::coreness;
pub use davids_score::davids_score;
pub use degroot::{consensus_weights, opinions_after};
pub use distances::{Lengths, distances};
pub use eigenvector::eigenvector;
pub use error::GraphError;
pub use friedkin_johnsen::FriedkinJohnsen;
pub use graph::{Edge, Graph, Neighbours};
pub use hits::{Hits, hits};
pub use pagerank::{Walk, pagerank};
pub use petgraph_view::{EdgeView, EdgeViews, Visited};
pub use power::{Power, power};
pub use springrank::springrank;
pub use structural_holes::{constraint, effective_size};
