//! Graphs, committees and negotiations as numbers. One algorithm a file.
//!
//! This crate knows no person, no account and no vote: it takes numbers and gives numbers, so that
//! each algorithm can be read beside its source and checked against another tool. [`Graph`] is who
//! points to whom and how much; what a weight means, each algorithm says.
//!
//! | to learn | take |
//! | --- | --- |
//! | who has weight | [`pagerank()`], [`hits()`], [`eigenvector()`], [`coreness()`] |
//! | who is near | [`closeness()`], [`distances()`] |
//! | who stands between | [`betweenness()`], [`constraint()`], [`effective_size()`], [`brokerage()`] |
//! | who stands above whom | [`springrank()`], [`davids_score()`], [`agony()`] |
//! | what people will believe, and who moves them | [`consensus_weights()`], [`opinions_after()`], [`FriedkinJohnsen`], [`influence()`] |
//! | which camps there are | [`camps()`], [`signed_communities()`], [`communities()`], [`adjusted_rand()`] |
//! | which way to take | [`shortest_paths()`], [`likeliest_paths()`], [`gentle_paths()`] |
//! | whether any way holds, and where it breaks | [`reliability()`], [`minimum_cut()`], [`components()`] |
//! | on whom a vote turns | [`power()`] of a [`Committee`] |
//! | whom it is worth to ask before | [`Ballot`] |
//! | where pressure leads | [`negotiate()`] |
//!
//! For what petgraph does well (strong components, articulation points, dominators), give it a
//! `&Graph`: it sees one of its own kind.
//!
//! Must not: know what a node is, read a clock, or draw random numbers without a seed.

mod agony;
mod agreement;
mod ballot;
mod betweenness;
mod brokerage;
mod camps;
mod closeness;
mod committee;
mod communities;
mod components;
mod conjugate;
mod coreness;
mod davids_score;
mod degroot;
mod distances;
mod eigenvector;
mod error;
mod friedkin_johnsen;
mod gentle_paths;
mod graph;
mod hits;
mod influence;
mod minimum_cut;
mod negotiation;
mod pagerank;
mod paths;
mod petgraph_view;
mod power;
mod reliability;
mod signed_modularity;
mod springrank;
mod structural_holes;

pub use agony::{Agony, agony};
pub use agreement::adjusted_rand;
pub use ballot::{Ballot, Member, Stake};
pub use betweenness::betweenness;
pub use brokerage::{Brokerage, brokerage};
pub use camps::{CampSearch, Camps, camps};
pub use closeness::{Closeness, closeness};
pub use committee::{Committee, ENUMERATED_MAX, MEMBERS_MAX, Rule};
pub use communities::{CommunitySearch, communities, modularity};
pub use components::components;
pub use coreness::coreness;
pub use davids_score::davids_score;
pub use degroot::{consensus_weights, opinions_after};
pub use distances::{Lengths, distances};
pub use eigenvector::eigenvector;
pub use error::GraphError;
pub use friedkin_johnsen::FriedkinJohnsen;
pub use gentle_paths::{GentlePath, GentlePaths, gentle_paths, toes};
pub use graph::{Edge, Graph, Neighbours};
pub use hits::{Hits, hits};
pub use influence::{InfluenceSearch, Spread, influence};
pub use minimum_cut::{Cut, minimum_cut};
pub use negotiation::{
    Actor, Compromise, Move, NegotiationRules, Odds, Pressed, Round, Voters, negotiate,
};
pub use pagerank::{Walk, pagerank};
pub use paths::{Path, Wanted, likeliest_paths, shortest_paths};
pub use petgraph_view::{EdgeView, EdgeViews, Visited};
pub use power::{Power, power};
pub use reliability::{Effort, Reliability, reliability};
pub use signed_modularity::{Communities, signed_communities, signed_modularity};
pub use springrank::springrank;
pub use structural_holes::{constraint, effective_size};
