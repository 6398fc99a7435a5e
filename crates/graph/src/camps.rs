//! Camps in a network of friends and foes: the division that the fewest ties speak against.
//!
//! Computes, for at most `k` camps: the frustration, which is the least sum of weights of positive
//! ties between camps and of negative ties within them, and the divisions that have it. How many
//! there are says how sure one can be: where several are equally good, who stands where is open.
//!
//! Weights: above 0 for friends, below 0 for foes; directions do not matter (both are added up).
//!
//! Exact for small graphs: all divisions are gone through, without those that are already worse than
//! the best known. Otherwise local moves from many beginnings: then the frustration is an upper
//! bound, and the divisions are those that were met.
//!
//! Misleads: with `k` above 2 a camp is kept apart for the sake of a single tie; look at 2 first.
//!
//! Source: Cartwright and Harary (1956); Harary (1959), On the measurement of structural balance;
//! Davis (1967) for more than two; Doreian and Mrvar (1996), A partitioning approach to structural
//! balance. Checked against: all divisions of small graphs in Python 3.11 (tests/oracles/camps.py,
//! exact).

use std::collections::{BTreeMap, BTreeSet};

use inroad_stats::Random;

use crate::{Graph, GraphError};

/// Divisions into camps and what speaks against them.
#[derive(Debug, Clone, PartialEq)]
pub struct Camps {
    /// The sum of weights that speak against each of the divisions.
    pub frustration: f64,
    /// The best divisions: for each node its camp, numbered in the order of their first node.
    pub divisions: Vec<Vec<usize>>,
    /// Whether nothing is better and no other division is as good.
    pub exact: bool,
}

/// How camps are sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampSearch {
    /// The most camps; at least 1.
    pub camps_max: usize,
    /// How many divisions may be looked at for an exact answer.
    pub cases_max: usize,
    /// How many beginnings the local moves take.
    pub restarts: u32,
    /// What the beginnings are drawn from.
    pub seed: u64,
}

impl Default for CampSearch {
    fn default() -> Self {
        CampSearch { camps_max: 2, cases_max: 5_000_000, restarts: 200, seed: 1 }
    }
}

/// With more nodes no exact answer is sought: it would not be found in any time.
const EXACT_NODES_MAX: usize = 64;
/// No more divisions are told.
const DIVISIONS_MAX: usize = 10_000;
/// Sums that differ by less are the same, as a share of all weights.
const SAME: f64 = 1e-12;
/// Rounds of moves without a better division before they end.
const PATIENCE: usize = 4;

/// The best divisions into camps.
///
/// Errors: [`GraphError`] on no nodes, and on no camp or no beginning.
///
/// ```
/// use inroad_graph::{CampSearch, Edge, Graph, camps};
/// let edges = [Edge::new(0, 1, 1.0), Edge::new(0, 2, -1.0), Edge::new(1, 2, -1.0)];
/// let found = camps(&Graph::new(3, &edges)?, CampSearch::default())?;
/// assert!(found.exact && found.frustration == 0.0);
/// assert_eq!(found.divisions, [[0, 0, 1]]);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn camps(graph: &Graph, search: CampSearch) -> Result<Camps, GraphError> {
    graph.check_not_empty()?;
    if search.camps_max == 0 || search.restarts == 0 {
        return Err(GraphError::Empty { what: "camps or beginnings" });
    }
    let ties = graph.without_loops().both_ways();
    let whole: f64 = ties.weights().iter().map(|weight| weight.abs()).sum();
    let loops: f64 =
        graph.nodes().filter_map(|node| graph.weight(node, node)).map(|w| -w.min(0.0)).sum();
    let mut found = Found { best: f64::INFINITY, same: SAME * whole, divisions: BTreeSet::new() };
    let mut random = Random::new(search.seed);
    for _ in 0..search.restarts {
        let (division, frustration) = moved(&ties, search.camps_max, &mut random);
        found.offer(frustration, &division);
    }
    if ties.node_count() > EXACT_NODES_MAX {
        let divisions = found.divisions.into_iter().collect();
        return Ok(Camps { frustration: found.best + loops, divisions, exact: false });
    }
    let mut enumeration = Enumeration {
        order: by_ties(&ties),
        camp: vec![usize::MAX; ties.node_count()],
        ties: &ties,
        camps_max: search.camps_max,
        cases_left: search.cases_max,
        found,
    };
    let exact = enumeration.go_on(0, 0, 0.0) && enumeration.found.divisions.len() < DIVISIONS_MAX;
    let found = enumeration.found;
    let divisions = found.divisions.into_iter().collect();
    Ok(Camps { frustration: found.best + loops, divisions, exact })
}

/// The best so far.
struct Found {
    best: f64,
    same: f64,
    divisions: BTreeSet<Vec<usize>>,
}

impl Found {
    fn offer(&mut self, frustration: f64, division: &[usize]) {
        if frustration < self.best - self.same {
            self.best = frustration;
            self.divisions.clear();
        }
        if frustration <= self.best + self.same && self.divisions.len() < DIVISIONS_MAX {
            self.divisions.insert(numbered(division));
        }
    }
}

/// Camps numbered in the order of their first node, so that the same division looks the same.
pub(crate) fn numbered(division: &[usize]) -> Vec<usize> {
    let mut known = BTreeMap::new();
    let number = |camp: &usize| {
        let next = known.len();
        *known.entry(*camp).or_insert(next)
    };
    division.iter().map(number).collect()
}

/// Nodes with many ties to those before first: what is wrong shows early.
fn by_ties(ties: &Graph) -> Vec<u32> {
    let mut order: Vec<u32> = Vec::new();
    let mut bound = vec![0.0_f64; ties.node_count()];
    let mut placed = vec![false; ties.node_count()];
    let strength = |node: u32| ties.outgoing(node).weights.iter().map(|w| w.abs()).sum::<f64>();
    let strengths: Vec<f64> = ties.nodes().map(strength).collect();
    while order.len() < ties.node_count() {
        let open = ties.nodes().filter(|node| !placed[*node as usize]);
        let key = |node: &u32| (bound[*node as usize], strengths[*node as usize]);
        let next = open.max_by(|a, b| {
            let (a, b) = (key(a), key(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let Some(next) = next else { break };
        placed[next as usize] = true;
        for (to, weight) in ties.outgoing(next).iter() {
            bound[to as usize] += f64::abs(weight);
        }
        order.push(next);
    }
    order
}

/// What speaks against a node in each of some camps, among nodes that have one.
fn against(ties: &Graph, node: u32, camp: &[usize], costs: &mut [f64]) {
    costs.fill(0.0);
    let mut friends = 0.0;
    for (to, weight) in ties.outgoing(node).iter() {
        let Some(cost) = costs.get_mut(camp[to as usize]) else { continue };
        // A friend costs everywhere but in his camp, a foe in his camp alone.
        *cost -= weight;
        friends += weight.max(0.0);
    }
    for cost in costs {
        *cost += friends;
    }
}

/// Local moves from a division by chance until none makes it better; also swaps of a node's camp for
/// one that is as good, so that level ground is crossed.
fn moved(ties: &Graph, camps_max: usize, random: &mut Random) -> (Vec<usize>, f64) {
    let count = ties.node_count();
    let mut draw = |bound: usize| usize::try_from(random.below(bound as u64)).unwrap_or(0);
    let mut camp: Vec<usize> = (0..count).map(|_| draw(camps_max)).collect();
    let mut costs = vec![0.0; camps_max];
    let mut idle = 0;
    while idle < PATIENCE {
        idle += 1;
        for _ in 0..count {
            let node = draw(count);
            against(ties, crate::graph::id(node), &camp, &mut costs);
            let own = costs[camp[node]];
            let start = draw(camps_max);
            let places = (0..camps_max).map(|at| (start + at) % camps_max);
            let best = places.min_by(|a, b| costs[*a].total_cmp(&costs[*b])).unwrap_or(camp[node]);
            if costs[best] < own {
                idle = 0;
            }
            camp[node] = best;
        }
    }
    let frustration = total(ties, &camp);
    (camp, frustration)
}

/// All that speaks against a division.
fn total(ties: &Graph, camp: &[usize]) -> f64 {
    let pairs = ties.edges().filter(|edge| edge.from < edge.to);
    let against = pairs.map(|edge| {
        let together = camp[edge.from as usize] == camp[edge.to as usize];
        if together { (-edge.weight).max(0.0) } else { edge.weight.max(0.0) }
    });
    against.sum()
}

/// All divisions, each once, node by node.
struct Enumeration<'a> {
    ties: &'a Graph,
    order: Vec<u32>,
    camp: Vec<usize>,
    camps_max: usize,
    cases_left: usize,
    found: Found,
}

impl Enumeration<'_> {
    /// Places the node at `at` in each of the camps that are open and in a new one; `false` if there
    /// are too many cases.
    fn go_on(&mut self, at: usize, open: usize, frustration: f64) -> bool {
        let Some(&node) = self.order.get(at) else {
            self.found.offer(frustration, &self.camp);
            return true;
        };
        if self.cases_left == 0 {
            return false;
        }
        self.cases_left -= 1;
        let places = (open + 1).min(self.camps_max);
        let mut costs = vec![0.0; places];
        against(self.ties, node, &self.camp, &mut costs);
        let mut all = true;
        for (place, cost) in costs.into_iter().enumerate() {
            if frustration + cost <= self.found.best + self.found.same {
                self.camp[node as usize] = place;
                all &= self.go_on(at + 1, open.max(place + 1), frustration + cost);
            }
        }
        self.camp[node as usize] = usize::MAX;
        all
    }
}
