//! How common each cause is, by what the user said was behind finished deals.
//!
//! Estimates: the share of each cause among deals in which something was wrong, as the mean of a
//! Dirichlet posterior whose prior is the files' shares. Assumes that deals are independent and
//! that the user's words are right. Misleads when only deals of one kind are reviewed.
//!
//! Source: Gelman and others (2013), Bayesian Data Analysis, section 3.4.

use std::collections::BTreeMap;

use inroad_model::Cause;

use super::super::scenario::Scenario;
use super::{Change, Changed, Taught, bounded, naming};

/// The shares of the files count as much as so many finished deals: two or three for each cause, so
/// that one deal alone makes no cause half as common again. Set by hand, as the shares were.
const PRIOR_DEALS: f64 = 60.0;

pub(super) fn reweigh(
    scenarios: &mut BTreeMap<String, Scenario>,
    taught: &[Taught<'_>],
) -> Vec<Change> {
    if taught.is_empty() {
        return Vec::new();
    }
    let mut shares: BTreeMap<Cause, f64> = BTreeMap::new();
    for scenario in scenarios.values() {
        if let Some(cause) = scenario.cause {
            *shares.entry(cause).or_default() += scenario.share;
        }
    }
    let trouble: f64 = shares.values().sum();
    let mut changes = Vec::new();
    for (file, scenario) in scenarios {
        let Some(cause) = scenario.cause else { continue };
        let Some(share) = shares.get(&cause).map(|share| share / trouble) else { continue };
        let named: f64 = taught.iter().map(|lesson| lesson.part(cause)).sum();
        let posterior = (PRIOR_DEALS * share + named) / (PRIOR_DEALS + taught.len() as f64);
        let from = scenario.share;
        scenario.share = from * bounded(posterior / share);
        changes.push(Change {
            scenario: file.clone(),
            what: Changed::Share,
            from,
            to: scenario.share,
            lessons: naming(taught, cause),
        });
    }
    changes
}
