//! Who stands above whom by who goes to whom for advice.
//!
//! Computes: `PageRank` of the asked, then the curve of `curve.rs` on the places in it, with a worth
//! of 3/4: to be asked, by those who are asked themselves, is near to standing itself. A single
//! saying of it, if sure, comes to about 0.7.
//!
//! Why not `SpringRank`: it takes from who asks others as much as it gives for being asked, and
//! those at the top ask too. On the managers of docs/benchmarks/politics.md it is worse, but those
//! are twenty pairs, and were in sight when this was chosen.

use std::collections::BTreeMap;

use inroad_graph::{Walk, components, pagerank};
use inroad_model::TieKind;

use super::said::{self, Sayings};
use super::{Seen, curve};

/// How much of standing being asked shows.
const WORTH: f64 = 0.75;
/// With so many sayings of the two together, half of that is left to chance.
const SAYINGS_HALF: f64 = 2.0;

/// What being asked shows of each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked<P>(BTreeMap<P, Place>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    /// The number of those who are joined.
    joined: usize,
    /// Log-odds of the share that is asked less.
    log_odds: f64,
    /// How many sayings there are of somebody, each as far as it is sure.
    sayings: f64,
}

impl<P: Ord + Clone> Asked<P> {
    pub(super) fn of(seen: &Seen<'_, P>) -> Self {
        let said = said::of_kind(seen, TieKind::GoesToForAdvice);
        Self(said.and_then(|said| places(&said)).unwrap_or_default())
    }

    /// The log-odds that the first stands above the second, if sayings join them; `part` of the
    /// worth counts.
    pub(super) fn log_odds(&self, first: &P, second: &P, part: f64) -> Option<f64> {
        let (first, second) = (self.0.get(first)?, self.0.get(second)?);
        let sayings = first.sayings + second.sayings;
        let worth = part * WORTH * sayings / (sayings + SAYINGS_HALF);
        (first.joined == second.joined)
            .then(|| curve::log_odds(first.log_odds - second.log_odds, worth))
    }
}

fn places<P: Ord + Clone>(said: &Sayings<'_, P>) -> Option<BTreeMap<P, Place>> {
    let ranks = pagerank(&said.graph, &Walk::default()).ok()?;
    let places = curve::places(&ranks).into_iter().zip(components(&said.graph));
    let sayings =
        |node| said.graph.outgoing(node).strength() + said.graph.incoming(node).strength();
    let each = said.graph.nodes().zip(places).map(|(node, (log_odds, joined))| Place {
        joined,
        log_odds,
        sayings: sayings(node),
    });
    Some(said.people.iter().copied().cloned().zip(each).collect())
}
