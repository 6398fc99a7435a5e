//! Who stands above whom by who reports to whom.
//!
//! Computes: the heights of `SpringRank`, with springs three times as strong as what is said is sure
//! (a report is said once, not often). A step is worth log-odds of 4, so that a report that needs no
//! doubt comes to 0.97. What is unsure pulls less than a step, since all heights are held to the
//! middle by a spring of strength 1. People whom no reports join, be it through others, are not
//! compared.
//!
//! Source: De Bacco, Larremore and Moore (2018), equation 5, with α = 1.

use std::collections::BTreeMap;

use inroad_graph::{components, springrank};
use inroad_model::Probability;
use inroad_model::TieKind;

use super::Seen;
use super::said::{self, Sayings};

/// The log-odds of standing above somebody who is one step lower.
const STEP: f64 = 4.0;
/// How strong the spring of a sure report is.
const SPRING: f64 = 3.0;
/// How strongly all are held to the middle.
const HELD: f64 = 1.0;

/// How high each stands, and who is said to report to whom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reported<P> {
    /// The number of those who are joined, and the height among them.
    heights: BTreeMap<P, (usize, f64)>,
    /// The boss, then who reports.
    bosses: BTreeMap<(P, P), Probability>,
}

impl<P: Ord + Clone> Reported<P> {
    pub(super) fn of(seen: &Seen<'_, P>) -> Self {
        let mut bosses = BTreeMap::new();
        for said in seen.said.iter().filter(|said| said.kind == TieKind::ReportsTo) {
            let surest = bosses.entry((said.to.clone(), said.from.clone()));
            let surest = surest.or_insert(said.confidence);
            if said.confidence.get() > surest.get() {
                *surest = said.confidence;
            }
        }
        let said = said::of_kind(seen, TieKind::ReportsTo);
        Self { heights: said.and_then(|said| heights(&said)).unwrap_or_default(), bosses }
    }

    /// The log-odds that the first stands above the second, if reports join them.
    pub(super) fn log_odds(&self, first: &P, second: &P) -> Option<f64> {
        let (first, second) = (self.heights.get(first)?, self.heights.get(second)?);
        (first.0 == second.0).then_some(STEP * (first.1 - second.1))
    }

    /// How surely it is said that the second reports to the first.
    pub(super) fn boss(&self, first: &P, second: &P) -> Option<Probability> {
        self.bosses.get(&(first.clone(), second.clone())).copied()
    }
}

fn heights<P: Ord + Clone>(said: &Sayings<'_, P>) -> Option<BTreeMap<P, (usize, f64)>> {
    let springs = said.graph.mapped(|edge| Some(SPRING * edge.weight));
    let heights = springrank(&springs, HELD).ok()?;
    let joined = components(&springs).into_iter().zip(heights);
    Some(said.people.iter().copied().cloned().zip(joined).collect())
}
