//! A committee: who must agree so that something is decided.
//!
//! Members have a weight in each of one or more rules, each rule has a quota, and some members may
//! have a veto. A group of members wins if it holds everybody with a veto and reaches the quota of
//! every rule. Counting who matters is for [`crate::power`]; what it is worth to ask somebody, for
//! [`crate::Ballot`].

use crate::GraphError;

/// A rule: weights of the members and what must be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The weight of each member.
    pub weights: Vec<u64>,
    /// The sum that those who agree must reach.
    pub quota: u64,
}

/// Who decides, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committee {
    rules: Vec<Rule>,
    veto: Vec<bool>,
}

/// The most members of any committee, so that counts of groups fit into 128 bits.
pub const MEMBERS_MAX: usize = 120;
/// The most members if all groups are gone through one by one.
pub const ENUMERATED_MAX: usize = 26;

impl Committee {
    /// A committee of one rule without a veto.
    ///
    /// Errors: as [`Committee::new`].
    pub fn weighted(weights: &[u64], quota: u64) -> Result<Committee, GraphError> {
        let rule = Rule { weights: weights.to_vec(), quota };
        Committee::new(vec![rule], vec![false; weights.len()])
    }

    /// A committee of several rules, all of which must be met, and members with a veto.
    ///
    /// Errors: [`GraphError`] on no rules or members, on rules that do not fit the members, on a quota
    /// that all together do not reach or that is reached by nobody, on weights that add up to more
    /// than fits, and on more than [`MEMBERS_MAX`] members.
    ///
    /// ```
    /// use inroad_graph::{Committee, Rule};
    /// let rule = Rule { weights: vec![2, 1, 1], quota: 3 };
    /// let committee = Committee::new(vec![rule], vec![false, true, false])?;
    /// assert!(committee.wins(0b011) && !committee.wins(0b101));
    /// # Ok::<(), inroad_graph::GraphError>(())
    /// ```
    pub fn new(rules: Vec<Rule>, veto: Vec<bool>) -> Result<Committee, GraphError> {
        if rules.is_empty() {
            return Err(GraphError::Empty { what: "rules" });
        }
        if veto.is_empty() {
            return Err(GraphError::Empty { what: "members" });
        }
        if veto.len() > MEMBERS_MAX {
            return Err(GraphError::TooMany { what: "members", most: MEMBERS_MAX });
        }
        let with_veto = veto.iter().any(|veto| *veto);
        for (at, rule) in rules.iter().enumerate() {
            if rule.weights.len() != veto.len() {
                return Err(GraphError::Shape { what: "weights of a rule" });
            }
            let sum = rule.weights.iter().try_fold(0_u64, |sum, weight| sum.checked_add(*weight));
            let must = "at most the sum of weights, and above 0 unless somebody has a veto";
            let quota = GraphError::OutOfRange { what: "quota", at, must };
            if sum.is_none_or(|sum| rule.quota > sum) || rule.quota == 0 && !with_veto {
                return Err(quota);
            }
        }
        Ok(Committee { rules, veto })
    }

    /// How many members there are.
    pub fn members(&self) -> usize {
        self.veto.len()
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Who has a veto.
    pub fn veto(&self) -> &[bool] {
        &self.veto
    }

    /// Whether a group wins: bit `i` stands for member `i`.
    pub fn wins(&self, group: u128) -> bool {
        let has = |member: usize| group >> member & 1 == 1;
        let agreed = self.veto.iter().enumerate().all(|(member, veto)| !veto || has(member));
        agreed
            && self.rules.iter().all(|rule| {
                let weights = rule.weights.iter().enumerate();
                let sum: u64 = weights.filter(|(member, _)| has(*member)).map(|(_, w)| w).sum();
                sum >= rule.quota
            })
    }

    /// For each group, from nobody to all, whether it wins.
    ///
    /// Errors: [`GraphError::TooMany`] on more than [`ENUMERATED_MAX`] members.
    pub(crate) fn outcomes(&self) -> Result<Vec<bool>, GraphError> {
        if self.members() > ENUMERATED_MAX {
            return Err(GraphError::TooMany { what: "members", most: ENUMERATED_MAX });
        }
        let count = 1_usize << self.members();
        let vetoes = self.veto.iter().enumerate().filter(|(_, veto)| **veto);
        let vetoes = vetoes.fold(0_usize, |all, (member, _)| all | 1 << member);
        let mut wins: Vec<bool> = (0..count).map(|group| group & vetoes == vetoes).collect();
        let mut sums = vec![0_u64; count];
        for rule in &self.rules {
            for group in 1..count {
                // The sum without the last member is known already.
                let last = group.trailing_zeros() as usize;
                sums[group] = sums[group & (group - 1)] + rule.weights[last];
                wins[group] &= sums[group] >= rule.quota;
            }
            wins[0] &= rule.quota == 0;
        }
        Ok(wins)
    }
}
