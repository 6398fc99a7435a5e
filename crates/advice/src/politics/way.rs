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

pub(super) use self::approach::Plan;
pub(super) use self::doors::pulls;
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

/// Everything that is weighed on a map before the best is told.
struct Weighed<'m> {
    doors: doors::Doors<'m>,
    closed_because: Option<String>,
    routes: Vec<Route>,
}

fn weigh(map: &Map) -> Weighed<'_> {
    let doors = doors::Doors::of(map);
    let around = routes::around(map, &doors);
    let name = |at: usize| &map.people()[at].name;
    let veto = map.in_the_way.filter(|at| map.people()[*at].veto >= VETO_FROM);
    let closed_because = match (veto, map.in_the_way.filter(|_| around.is_empty())) {
        (Some(at), _) => Some(format!("Nobody can overrule {}, as far as known", name(at))),
        (_, Some(at)) => Some(format!("Nobody is known who could move it past {}", name(at))),
        _ => None,
    };
    let routes = match map.in_the_way {
        Some(at) if closed_because.is_some() => routes::toward(map, &doors, at),
        _ => around,
    };
    Weighed { doors, closed_because, routes }
}

/// All that could be done on a map, with what it is worth.
pub(super) fn plans(map: &Map) -> Vec<(Plan, f64)> {
    let weighed = weigh(map);
    approach::plans(map, &weighed.routes, weighed.closed_because.is_none())
}

/// Finds what can be done on this map.
pub fn find(map: &Map) -> Way {
    let weighed = weigh(map);
    let is_open = weighed.closed_because.is_none();
    let routes = routes::keep_best(weighed.routes);
    let chosen = approach::choose(map, is_open, &routes);
    Way {
        in_the_way: map.in_the_way,
        is_open,
        closed_because: weighed.closed_because,
        listens_to: listens_to(map, &weighed.doors),
        routes,
        approach: chosen.approach,
        why: chosen.why,
        chance: Probability::clamped(chosen.chance),
    }
}

fn listens_to(map: &Map, doors: &doors::Doors<'_>) -> Vec<usize> {
    let to = map.in_the_way.map(|at| doors.listens_to(at)).unwrap_or_default();
    to.into_iter().map(|(who, _)| who).collect()
}
