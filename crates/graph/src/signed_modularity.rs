//! Communities among friends and foes: more friendship within and more enmity between than chance
//! would have it.
//!
//! Computes: a division that maximises the modularity of Gómez, Jensen and Arenas,
//! `Q = (w⁺ Q⁺ − w⁻ Q⁻) / (w⁺ + w⁻)`, where `Q⁺` and `Q⁻` are the modularities of the positive and
//! the negative ties and `w` their sums. Range: from −1 to 1. Unlike [`crate::camps`] it does not need
//! to be told how many.
//!
//! Weights: above 0 for friends, below 0 for foes; directions do not matter.
//!
//! Method: local moves from many beginnings, merging what gains, so the best that was found and not
//! surely the best there is; nodes squared for each beginning. Source: Gómez, Jensen and Arenas (2009), Analysis of community structure
//! in networks of correlated data, equation 17. Checked against: the formula over all divisions of
//! small graphs in Python 3.11 (tests/oracles/camps.py, 1e-9).

use std::collections::BTreeMap;

use inroad_stats::Random;

use crate::camps::numbered;
use crate::error;
use crate::{Graph, GraphError};

/// A division and how good it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// For each node its community, numbered in the order of their first node.
    pub division: Vec<usize>,
    /// The modularity.
    pub modularity: f64,
}

/// The signed modularity of a division.
///
/// Errors: [`GraphError`] on a division that does not fit the nodes, and on no ties.
pub fn signed_modularity(graph: &Graph, division: &[usize]) -> Result<f64, GraphError> {
    error::length("communities", division.len(), graph.node_count())?;
    Ok(Ties::new(graph)?.modularity(&numbered(division)))
}

/// The best division of some beginnings.
///
/// Errors: [`GraphError`] on no ties and on no beginning.
///
/// ```
/// use inroad_graph::{Edge, Graph, signed_communities};
/// let edges = [Edge::new(0, 1, 1.0), Edge::new(2, 3, 1.0), Edge::new(1, 2, -1.0)];
/// let found = signed_communities(&Graph::new(4, &edges)?, 20, 1)?;
/// assert_eq!(found.division, [0, 0, 1, 1]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn signed_communities(
    graph: &Graph,
    restarts: u32,
    seed: u64,
) -> Result<Communities, GraphError> {
    let ties = Ties::new(graph)?;
    let mut random = Random::new(seed);
    let mut best: Option<Communities> = None;
    for _ in 0..restarts {
        let division = numbered(&ties.moved(&mut random));
        let modularity = ties.modularity(&division);
        if best.as_ref().is_none_or(|best| modularity > best.modularity) {
            best = Some(Communities { division, modularity });
        }
    }
    best.ok_or(GraphError::Empty { what: "beginnings" })
}

/// Ties without direction, and how much of each kind every node has.
struct Ties {
    both_ways: Graph,
    /// Positive and negative strength of each node.
    strength: Vec<[f64; 2]>,
    /// The sums of both kinds over all nodes: twice the weight of the ties.
    whole: [f64; 2],
}

impl Ties {
    fn new(graph: &Graph) -> Result<Ties, GraphError> {
        let ties = graph.without_loops().both_ways();
        let strength = ties.nodes().map(|node| {
            let weights = ties.outgoing(node).weights.iter();
            weights.fold([0.0, 0.0], |[friends, foes], weight| {
                [friends + weight.max(0.0), foes - weight.min(0.0)]
            })
        });
        let strength: Vec<[f64; 2]> = strength.collect();
        let whole = strength.iter().fold([0.0, 0.0], |[a, b], [c, d]| [a + c, b + d]);
        if whole[0] + whole[1] <= 0.0 {
            return Err(GraphError::Empty { what: "ties" });
        }
        Ok(Ties { both_ways: ties, strength, whole })
    }

    /// What chance would put between a node and a community of some strength.
    fn chance(&self, node: usize, of: [f64; 2]) -> f64 {
        let part = |kind: usize| {
            let whole = self.whole[kind];
            if whole > 0.0 { self.strength[node][kind] * of[kind] / whole } else { 0.0 }
        };
        part(0) - part(1)
    }

    fn modularity(&self, division: &[usize]) -> f64 {
        let count = division.iter().max().map_or(0, |last| last + 1);
        let mut of = vec![[0.0, 0.0]; count];
        for (community, strength) in division.iter().zip(&self.strength) {
            of[*community][0] += strength[0];
            of[*community][1] += strength[1];
        }
        let within = self.both_ways.edges();
        let within: f64 = within
            .filter(|edge| division[edge.from as usize] == division[edge.to as usize])
            .map(|edge| edge.weight)
            .sum();
        let chance: f64 =
            division.iter().enumerate().map(|(node, own)| self.chance(node, of[*own])).sum();
        (within - chance) / (self.whole[0] + self.whole[1])
    }

    /// Moves nodes from a division by chance until nothing gains.
    fn moved(&self, random: &mut Random) -> Vec<usize> {
        let count = self.strength.len();
        let mut order: Vec<usize> = (0..count).collect();
        let mut draw = |bound: usize| usize::try_from(random.below(bound as u64)).unwrap_or(0);
        // Some beginnings have everybody alone, others a few communities.
        let first = 1 + draw(count);
        let mut own: Vec<usize> =
            (0..count).map(|node| if first == count { node } else { draw(first) }).collect();
        // One community more than nodes, so that an empty one is always open.
        let mut of = vec![[0.0, 0.0]; count + 1];
        let mut members = vec![0_usize; count + 1];
        for (node, community) in own.iter().enumerate() {
            of[*community][0] += self.strength[node][0];
            of[*community][1] += self.strength[node][1];
            members[*community] += 1;
        }
        loop {
            for at in (1..count).rev() {
                order.swap(at, draw(at + 1));
            }
            let mut gained = false;
            for &node in &order {
                let old = own[node];
                of[old][0] -= self.strength[node][0];
                of[old][1] -= self.strength[node][1];
                members[old] -= 1;
                let mut tie: BTreeMap<usize, f64> = BTreeMap::from([(old, 0.0)]);
                for (to, weight) in self.both_ways.outgoing(crate::graph::id(node)).iter() {
                    *tie.entry(own[to as usize]).or_insert(0.0) += weight;
                }
                let empty = members.iter().position(|members| *members == 0).unwrap_or(old);
                tie.entry(empty).or_insert(0.0);
                let gain = |community: usize, tie: f64| tie - self.chance(node, of[community]);
                let stay = gain(old, tie[&old]);
                let (best, most) = tie.iter().fold((old, stay), |(best, most), (place, tie)| {
                    let gain = gain(*place, *tie);
                    // Rounding must not move a node to and fro for ever.
                    if gain > most + 1e-12 * self.whole[0].max(self.whole[1]) {
                        (*place, gain)
                    } else {
                        (best, most)
                    }
                });
                gained |= most > stay;
                own[node] = best;
                of[best][0] += self.strength[node][0];
                of[best][1] += self.strength[node][1];
                members[best] += 1;
            }
            if !gained {
                return own;
            }
        }
    }
}
