//! Who stands above whom by what is said: who reports to whom, and who goes to whom for advice.
//!
//! Computes: the heights of `SpringRank`, with springs as strong as what is said is sure. A step is
//! worth log-odds of 4, so that a report that needs no doubt comes to 0.97, far more than mail. What
//! is said once, and unsurely, pulls less than a step: all heights are held to the middle by a spring
//! of strength 1. People whom no saying joins, be it through others, are not compared.
//!
//! Source: De Bacco, Larremore and Moore (2018), equation 5, with α = 1. That those who are asked
//! for advice stand above those who ask: Krackhardt's managers, see docs/benchmarks/politics.md.

use std::collections::{BTreeMap, BTreeSet};

use inroad_graph::{Edge, Graph, components, springrank};
use inroad_model::Probability;

use super::{Said, Seen};
use crate::politics::ties::TieKind;

/// The log-odds of standing above somebody who is one step lower.
const STEP: f64 = 4.0;
/// How much those who are seldom spoken of are held to the middle.
const HELD: f64 = 1.0;

/// How strong a saying is that is sure; 0 for what says nothing of standing.
fn strength(kind: TieKind) -> f64 {
    match kind {
        TieKind::ReportsTo => 3.0,
        TieKind::GoesToForAdvice => 0.3,
        TieKind::Copies | TieKind::Forwards | TieKind::AnswersFor => 0.0,
    }
}

/// How high each stands by what is said, and of whom it is said that they report to whom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tied<P> {
    /// The number of those who are joined, and the height among them.
    heights: BTreeMap<P, (usize, f64)>,
    bosses: BTreeMap<(P, P), Probability>,
}

impl<P: Ord + Clone> Tied<P> {
    pub(super) fn of(seen: &Seen<'_, P>) -> Self {
        let known = |said: &&Said<P>| {
            let strength = strength(said.kind) * said.confidence.get();
            strength > 0.0
                && said.from != said.to
                && seen.known.contains(&said.from)
                && seen.known.contains(&said.to)
        };
        let said: Vec<&Said<P>> = seen.said.iter().filter(known).collect();
        let mut bosses = BTreeMap::new();
        for said in said.iter().filter(|said| said.kind == TieKind::ReportsTo) {
            let surest = bosses.entry((said.to.clone(), said.from.clone()));
            let surest = surest.or_insert(said.confidence);
            if said.confidence.get() > surest.get() {
                *surest = said.confidence;
            }
        }
        Self { heights: heights(&said).unwrap_or_default(), bosses }
    }

    /// The log-odds that the first stands above the second, if sayings join them.
    pub(super) fn log_odds(&self, first: &P, second: &P) -> Option<f64> {
        let (first, second) = (self.heights.get(first)?, self.heights.get(second)?);
        (first.0 == second.0).then_some(STEP * (first.1 - second.1))
    }

    /// How surely it is said that the second reports to the first.
    pub(super) fn said_boss(&self, first: &P, second: &P) -> Option<Probability> {
        self.bosses.get(&(first.clone(), second.clone())).copied()
    }
}

/// `None` if nothing is said.
fn heights<P: Ord + Clone>(said: &[&Said<P>]) -> Option<BTreeMap<P, (usize, f64)>> {
    let people: BTreeSet<&P> = said.iter().flat_map(|said| [&said.from, &said.to]).collect();
    let numbers: BTreeMap<&P, u32> = people.iter().copied().zip(0..).collect();
    let edge = |said: &&Said<P>| {
        let weight = strength(said.kind) * said.confidence.get();
        Some(Edge::new(*numbers.get(&said.from)?, *numbers.get(&said.to)?, weight))
    };
    let edges: Vec<Edge> = said.iter().filter_map(edge).collect();
    let graph = Graph::new(people.len(), &edges).ok()?;
    let heights = springrank(&graph, HELD).ok()?;
    let joined = components(&graph).into_iter().zip(heights);
    Some(people.into_iter().cloned().zip(joined).collect())
}
