//! Where both sides see leads differently: by source, by campaign and by person.
//!
//! These are counts of what happened, each with its interval and its "too few"; nobody gets a mark.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::case::{Came, Case};
use crate::definition::Definition;
use crate::event::Outcome;
use crate::gap::CriterionGap;
use crate::rate::Rate;
use crate::who::Who;

/// Some leads that have something in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// What they have in common.
    pub name: String,
    /// How many were handed over.
    pub handed: usize,
    /// How many of those that sales took on or gave back were taken on.
    pub taken: Rate,
    /// How many of those on which sales said something were told so in time.
    pub in_time: Rate,
    /// Working hours that half of them took at most; `None` where there are too few.
    pub hours_median: Option<f64>,
    /// How many of those taken on came to a meeting or farther.
    pub met: Rate,
    /// How many of those taken on were won.
    pub won: Rate,
    /// Why they were given back, the most frequent first.
    pub reasons: Vec<(String, usize)>,
}

impl Group {
    fn of(name: String, cases: &[&Case]) -> Self {
        let decided = cases.iter().filter(|case| case.came != Came::Open);
        let taken: Vec<&&Case> = cases.iter().filter(|case| case.came == Came::Taken).collect();
        let in_time = Rate::among(cases.iter().filter_map(|case| case.in_time(case.agreed_hours)));
        let mut hours: Vec<f64> = cases.iter().filter_map(|case| case.decided_hours).collect();
        hours.sort_by(f64::total_cmp);
        let median = in_time.interval.and_then(|_| hours.get((hours.len() - 1) / 2).copied());
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for reason in cases.iter().flat_map(|case| &case.reasons) {
            *reasons.entry(reason).or_default() += 1;
        }
        let mut reasons: Vec<(String, usize)> =
            reasons.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let reached = |case: &&&Case| {
            matches!(case.reached, Some(Outcome::Meeting | Outcome::Proposal | Outcome::Won))
        };
        Self {
            name,
            handed: cases.len(),
            taken: Rate::among(decided.map(|case| case.came == Came::Taken)),
            in_time,
            hours_median: median,
            met: Rate::among(taken.iter().map(|case| reached(case) || case.won)),
            won: Rate::among(taken.iter().map(|case| case.won)),
            reasons,
        }
    }
}

/// Where both sides see leads differently.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreements {
    /// All of them.
    pub all: Group,
    /// By where they came from, the most frequent first.
    pub sources: Vec<Group>,
    /// By campaign; without those of none.
    pub campaigns: Vec<Group>,
    /// By who handed them over.
    pub handed_by: Vec<Group>,
    /// By who took them on.
    pub taken_by: Vec<Group>,
    /// By criterion: where it fails on either side.
    pub criteria: Vec<CriterionGap>,
}

impl Disagreements {
    /// Of some leads, by the criteria of a definition. `called` names a person; of whom it names nobody
    /// no group is made.
    pub fn of(
        cases: &[Case],
        definition: &Definition,
        called: impl Fn(&Who) -> Option<String>,
    ) -> Self {
        let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        Self {
            all: Group::of("All".to_owned(), &cases.iter().collect::<Vec<_>>()),
            sources: groups(cases, |case| named(&case.source)),
            campaigns: groups(cases, |case| named(&case.campaign)),
            handed_by: groups(cases, |case| called(&case.by)),
            taken_by: groups(cases, |case| called(case.owner.as_ref()?)),
            criteria: definition
                .criteria
                .iter()
                .map(|criterion| CriterionGap::of(criterion, cases))
                .collect(),
        }
    }
}

fn groups(cases: &[Case], name: impl Fn(&Case) -> Option<String>) -> Vec<Group> {
    let mut found: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        if let Some(name) = name(case) {
            found.entry(name).or_default().push(case);
        }
    }
    let mut groups: Vec<Group> =
        found.into_iter().map(|(name, cases)| Group::of(name, &cases)).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.handed));
    groups
}
