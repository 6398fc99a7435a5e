//! Power in a committee: how often it turns on each member. Exact.
//!
//! Computes, for each member, the groups of others that lose without and win with him (swings), by
//! how many they are. From these come:
//! - Penrose's index: swings over all groups of others, the probability that a member decides if all
//!   others toss coins;
//! - Banzhaf's index: his share of all swings, which is Penrose's scaled to add up to 1;
//! - the index of Shapley and Shubik: the share of orders of joining in which he is the one who
//!   makes the group win; adds up to 1.
//!
//! Assumes: nobody is nearer to anybody. Misleads: as a forecast; who always votes with whom is not
//! in it.
//!
//! Method: for one rule, counts of groups by size and sum of weights (a generating function), from
//! which one member is divided out; for several rules all groups are gone through. Source: Penrose
//! (1946); Banzhaf (1965); Shapley and Shubik (1954); Mann and Shapley (1962) for the generating
//! functions. Checked against: exact fractions by enumeration in Python 3.11 (tests/oracles/power.py,
//! exact).

use crate::committee::Committee;
use crate::{GraphError, Rule};

/// How often it turns on each member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Power {
    /// For each member the number of swings by the number of others in the group.
    swings_by_size: Vec<Vec<u128>>,
}

/// The most counts that are kept at once for one rule.
const COUNTS_MAX: usize = 1 << 25;

/// The power of each member.
///
/// Errors: [`GraphError::TooMany`] if there are several rules and more than
/// [`crate::ENUMERATED_MAX`] members, or one rule whose quota times members is above 33 million.
///
/// ```
/// use inroad_graph::{Committee, power};
/// let found = power(&Committee::weighted(&[50, 49, 1], 51)?)?;
/// assert_eq!(found.swings(), [3, 1, 1]);
/// assert!((found.shapley_shubik()[0] - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), inroad_graph::GraphError>(())
/// ```
pub fn power(committee: &Committee) -> Result<Power, GraphError> {
    match committee.rules() {
        [rule] => by_sums(rule, committee.veto()),
        _ => by_enumeration(committee),
    }
}

impl Power {
    /// How many groups of others each turns.
    pub fn swings(&self) -> Vec<u128> {
        self.swings_by_size.iter().map(|sizes| sizes.iter().sum()).collect()
    }

    /// How many groups of others each turns, by the number of others in them.
    pub fn swings_by_size(&self) -> &[Vec<u128>] {
        &self.swings_by_size
    }

    /// Banzhaf's index: the share of all swings; all 0 if there are none.
    pub fn banzhaf(&self) -> Vec<f64> {
        let swings = self.swings();
        let all: f64 = swings.iter().map(|count| *count as f64).sum();
        swings.iter().map(|count| if all > 0.0 { *count as f64 / all } else { 0.0 }).collect()
    }

    /// Penrose's index: the probability to decide if all others toss coins.
    pub fn penrose(&self) -> Vec<f64> {
        let others = self.swings_by_size.len() - 1;
        let groups = (0..others).fold(1.0, |groups, _| groups * 2.0);
        self.swings().iter().map(|count| *count as f64 / groups).collect()
    }

    /// The index of Shapley and Shubik.
    pub fn shapley_shubik(&self) -> Vec<f64> {
        let members = self.swings_by_size.len();
        // Groups of each size that could be formed of the others.
        let mut groups = vec![1.0; members];
        for size in 1..members {
            groups[size] = groups[size - 1] * (members - size) as f64 / size as f64;
        }
        let share = |sizes: &Vec<u128>| {
            let each = sizes.iter().zip(&groups).map(|(count, groups)| *count as f64 / groups);
            each.sum::<f64>() / members as f64
        };
        self.swings_by_size.iter().map(share).collect()
    }
}

/// Counts of groups by size and by sum of weights below a quota.
#[derive(Debug, Clone)]
struct Sums {
    counts: Vec<u128>,
    quota: usize,
    sizes: usize,
}

impl Sums {
    /// Of nobody: one group without members.
    fn new(members: usize, quota: usize) -> Sums {
        let mut counts = vec![0; (members + 1) * quota];
        if let Some(nobody) = counts.first_mut() {
            *nobody = 1;
        }
        Sums { counts, quota, sizes: members + 1 }
    }

    /// Each group once without and once with another member.
    fn join(&mut self, weight: usize) {
        for size in (1..self.sizes).rev() {
            for sum in (weight..self.quota).rev() {
                let without = self.counts[(size - 1) * self.quota + sum - weight];
                self.counts[size * self.quota + sum] += without;
            }
        }
    }

    /// Takes a member out who had joined.
    fn leave(&mut self, weight: usize) {
        for size in 1..self.sizes {
            for sum in weight..self.quota {
                let without = self.counts[(size - 1) * self.quota + sum - weight];
                self.counts[size * self.quota + sum] -= without;
            }
        }
    }

    /// Groups of a size whose sum is from a number to below another.
    fn between(&self, size: usize, from: usize, to: usize) -> u128 {
        let row = &self.counts[size * self.quota..(size + 1) * self.quota];
        row.get(from.min(to)..to.min(self.quota)).unwrap_or_default().iter().sum()
    }
}

fn by_sums(rule: &Rule, veto: &[bool]) -> Result<Power, GraphError> {
    let members = veto.len();
    let too_many = GraphError::TooMany { what: "members times quota", most: COUNTS_MAX };
    // Those with a veto are in every group that wins; the others have to bring the rest.
    let pairs = || rule.weights.iter().zip(veto);
    let held: u64 = pairs().filter(|(_, veto)| **veto).map(|(weight, _)| *weight).sum();
    let vetoes = veto.iter().filter(|veto| **veto).count();
    let Ok(quota) = usize::try_from(rule.quota.saturating_sub(held)) else { return Err(too_many) };
    let free = members - vetoes;
    if quota.checked_mul(free + 1).is_none_or(|counts| counts > COUNTS_MAX) {
        return Err(too_many);
    }
    // A weight above the quota does what the quota does.
    let weight_of = |weight: u64| usize::try_from(weight).unwrap_or(quota).min(quota);
    let mut sums = Sums::new(free, quota);
    for (weight, _) in pairs().filter(|(_, veto)| !**veto) {
        sums.join(weight_of(*weight));
    }
    let swings = pairs().map(|(weight, veto)| {
        let mut sizes = vec![0; members];
        if *veto {
            // Every group that wins loses without him.
            let mut groups = 1_u128;
            for size in 0..=free {
                let losing = sums.between(size, 0, quota);
                sizes[vetoes - 1 + size] = groups - losing;
                groups = groups * (free - size) as u128 / (size + 1) as u128;
            }
        } else {
            let weight = weight_of(*weight);
            let mut others = sums.clone();
            others.leave(weight);
            for size in 0..free {
                sizes[vetoes + size] = others.between(size, quota - weight, quota);
            }
        }
        sizes
    });
    Ok(Power { swings_by_size: swings.collect() })
}

fn by_enumeration(committee: &Committee) -> Result<Power, GraphError> {
    let wins = committee.outcomes()?;
    let members = committee.members();
    let mut swings_by_size = vec![vec![0; members]; members];
    for (group, _) in wins.iter().enumerate().filter(|(_, wins)| **wins) {
        for (member, sizes) in swings_by_size.iter_mut().enumerate() {
            let bit = 1 << member;
            if group & bit != 0 && !wins[group ^ bit] {
                sizes[group.count_ones() as usize - 1] += 1;
            }
        }
    }
    Ok(Power { swings_by_size })
}
