//! Which of what was found is proposed: nothing twice, and the most telling where there is too much.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::Topic;

use super::{STATEMENTS_MAX, Statement};
use crate::folding::fold;

/// Something that a rule found.
#[derive(Debug)]
pub(super) struct Found {
    /// How much it tells.
    pub(super) tells: u8,
    pub(super) statement: Statement,
}

/// The most telling in order of their places, and how many more there were.
pub(super) fn most_telling(mut found: Vec<Found>) -> (Vec<Statement>, usize) {
    // Of what overlaps, the more telling is kept, then the shorter.
    let order = |found: &Found| {
        let range = &found.statement.range;
        (std::cmp::Reverse(found.tells), range.start, range.len(), found.statement.topic)
    };
    found.sort_by_key(order);
    let mut kept: Vec<Statement> = Vec::new();
    let mut taken: BTreeMap<Topic, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut said: BTreeSet<(Topic, String)> = BTreeSet::new();
    for Found { statement, .. } in found {
        let places = taken.entry(statement.topic).or_default();
        let before = places.range(..statement.range.end).next_back();
        let overlaps = before.is_some_and(|(_, end)| *end > statement.range.start);
        if !overlaps && said.insert((statement.topic, fold(&statement.text))) {
            places.insert(statement.range.start, statement.range.end);
            kept.push(statement);
        }
    }
    let left_out = kept.len().saturating_sub(STATEMENTS_MAX);
    kept.truncate(STATEMENTS_MAX);
    kept.sort_by(|a, b| {
        (a.range.start, a.range.end, a.topic).cmp(&(b.range.start, b.range.end, b.topic))
    });
    (kept, left_out)
}
