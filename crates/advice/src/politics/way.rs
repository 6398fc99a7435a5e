//! The way around, or toward, whoever is in the way: who it is, which routes there are, whose toes
//! they step on, and what to do about it all.
//!
//! `doors` says how likely each can open the next door; `toes` who minds a route; `routes` ranks
//! the routes toward everybody who could move it; `approach` weighs the best of them against an
//! open talk, patience, and letting go.
//!
//! Must not: find a way around a true veto, or lead over somebody who must not be written to.

mod approach;
mod doors;
mod routes;
mod toes;

use inroad_model::Probability;
use serde::Serialize;

pub use self::approach::Approach;
pub use self::routes::{Route, Step};

use super::map::Map;

/// What can be done about whoever is in the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// Who is in the way, by place among the map's people; `None` where nobody is.
    pub in_the_way: Option<usize>,
    /// Whether there is a way around; also where nobody is in the way.
    pub is_open: bool,
    /// Why there is none.
    pub closed_because: Option<String>,
    /// To whom whoever is in the way listens, best first.
    pub listens_to: Vec<usize>,
    /// The routes, best first: around, or, where there is no way around, to whom they lead who can
    /// talk to the one in the way.
    pub routes: Vec<Route>,
    /// What to do, in the seller's own comfort with risk.
    pub approach: Approach,
    /// Why, in one or two sentences.
    pub why: String,
    /// How likely the approach gets through, roughly.
    pub chance: Probability,
}

/// From so much on a veto is taken for true.
pub(super) const VETO_FROM: f64 = 0.5;

/// Finds what can be done on this map.
pub fn find(map: &Map) -> Way {
    let doors = doors::Doors::of(map);
    let listens_to = map.in_the_way.map(|at| doors.listens_to(at)).unwrap_or_default();
    let around = routes::around(map, &doors);
    let veto = map.in_the_way.filter(|at| map.people()[*at].veto >= VETO_FROM);
    let closed_because =
        veto.map(|at| format!("Nobody can overrule {}, as far as known", map.people()[at].name));
    let closed_because = closed_because.or_else(|| {
        let at = map.in_the_way.filter(|_| around.is_empty())?;
        Some(format!("Nobody is known who could move it past {}", map.people()[at].name))
    });
    let is_open = closed_because.is_none();
    let routes = match map.in_the_way {
        Some(at) if !is_open => routes::toward(map, &doors, at),
        _ => around,
    };
    let chosen = approach::choose(map, is_open, &routes);
    Way {
        in_the_way: map.in_the_way,
        is_open,
        closed_because,
        listens_to,
        routes,
        approach: chosen.approach,
        why: chosen.why,
        chance: Probability::clamped(chosen.chance),
    }
}
