//! What finished deals tell of the qualifiers: beside what the user states, never in its place.

use std::collections::BTreeMap;

use inroad_model::{IdealClient, Qualifier};
use inroad_stats::{Side, fisher_test};

use crate::{Held, Verdict, fit};

/// So many finished deals have to say something of a qualifier before anything is told of it.
pub const DEALS_MIN: u64 = 10;

/// A deal that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedDeal {
    /// Whether it was won.
    pub is_won: bool,
    /// What is held to be so about its firm.
    pub held: Vec<Held>,
}

/// The last deal of each firm, of deals told oldest first with any name by which firms are told
/// apart, in the order of these names.
///
/// Several deals of one firm tell the same of it; counted one by one they would teach with too much
/// certainty.
pub fn once_each(closed: Vec<(String, ClosedDeal)>) -> Vec<ClosedDeal> {
    closed.into_iter().collect::<BTreeMap<_, _>>().into_values().collect()
}

/// What finished deals tell of one qualifier.
#[derive(Debug, Clone, PartialEq)]
pub struct Taught<'a> {
    /// The qualifier.
    pub qualifier: &'a Qualifier,
    /// Deals won with it and without it.
    pub won: (u64, u64),
    /// Deals lost with it and without it.
    pub lost: (u64, u64),
    /// How often chance alone would part won and lost so far or further (Fisher's exact test, both
    /// sides), 0 to 1; `None` for counts beyond what it takes.
    pub by_chance: Option<f64>,
}

impl Taught<'_> {
    /// Deals that say something of it.
    pub fn deals(&self) -> u64 {
        self.won.0 + self.won.1 + self.lost.0 + self.lost.1
    }
}

/// What finished deals tell, for each qualifier of which enough deals say something, both won and
/// lost ones among them. Each firm should stand there once: see [`once_each`].
pub fn learned<'a>(ideal: &'a IdealClient, closed: &[ClosedDeal]) -> Vec<Taught<'a>> {
    let mut taught: Vec<Taught<'a>> = ideal
        .qualifiers
        .iter()
        .map(|qualifier| Taught { qualifier, won: (0, 0), lost: (0, 0), by_chance: None })
        .collect();
    for deal in closed {
        let lines = fit(ideal, &deal.held).lines;
        for (line, taught) in lines.iter().zip(&mut taught) {
            let side = if deal.is_won { &mut taught.won } else { &mut taught.lost };
            match line.verdict {
                Verdict::There => side.0 += 1,
                Verdict::NotThere => side.1 += 1,
                Verdict::Unknown => {}
            }
        }
    }
    let is_enough = |one: &Taught<'a>| {
        one.deals() >= DEALS_MIN && one.won.0 + one.won.1 > 0 && one.lost.0 + one.lost.1 > 0
    };
    taught.retain(is_enough);
    for one in &mut taught {
        let table = [[one.won.0, one.won.1], [one.lost.0, one.lost.1]];
        one.by_chance = fisher_test(table, Side::Both).ok();
    }
    taught
}
