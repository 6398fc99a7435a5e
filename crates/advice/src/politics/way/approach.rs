//! What to do: go around, win them over in an open talk, tread lightly, let go, or just go on.
//!
//! Each is worth what it is likely to bring, less what it costs in toes. On an account that goes on
//! toes cost more, so that patience wins sooner; a careful seller pays more for them, a bold one
//! less.

use inroad_model::Probability;
use serde::Serialize;

use super::routes::Route;
use crate::politics::map::{Comfort, Map};

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Approach {
    /// Nobody is in the way: go on, by the best route.
    Straight,
    /// Move it with others, around whoever is in the way.
    GoAround,
    /// An open talk with whoever is in the way.
    WinOver,
    /// No way around for now: patience, and a success that they can call theirs.
    TreadLightly,
    /// Let it go, part as friends, and ask for a referral.
    MoveOn,
}

impl Approach {
    /// As a person says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Straight => "Nobody is in the way: go on",
            Self::GoAround => "Go around, with leave where it can be had",
            Self::WinOver => "Talk openly with whoever is in the way",
            Self::TreadLightly => "Tread lightly",
            Self::MoveOn => "Let it go, and ask for a referral",
        }
    }
}

/// What was chosen.
pub(super) struct Chosen {
    pub(super) approach: Approach,
    pub(super) why: String,
    pub(super) chance: f64,
}

/// Less worth than that is not worth a seller's days.
const WORTH_MIN: f64 = 0.03;
/// Where there is no way around, only so much is worth them.
const THROUGH_MIN: f64 = 0.06;
/// An account that goes on is worth patience at so much.
const PATIENCE: f64 = 0.06;

/// What could be done, each with what it is worth.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::politics) enum Plan {
    /// This route.
    Route(Vec<usize>),
    /// An open talk.
    Talk,
    /// Patience.
    Patience,
    /// Letting go.
    Leave,
}

/// All that could be done on a map, with what it is worth; routes as they are, not only the best.
pub(in crate::politics) fn plans(map: &Map, routes: &[Route], is_open: bool) -> Vec<(Plan, f64)> {
    let mut plans: Vec<(Plan, f64)> =
        routes.iter().map(|route| (Plan::Route(route.people()), route.worth)).collect();
    if let Some(at) = map.in_the_way {
        // Only a way around is held against anybody.
        let kept = if is_open { 1.0 - grudge(map) } else { 1.0 };
        for (_, worth) in &mut plans {
            *worth *= kept;
        }
        plans.push((Plan::Talk, open_talk(map, at)));
        plans.push((Plan::Patience, patience(map)));
    }
    plans.push((Plan::Leave, WORTH_MIN));
    plans
}

/// What going around somebody costs on an account that goes on, as a share of the chance, whether or
/// not they have a part in this purchase: they will be there next year.
fn grudge(map: &Map) -> f64 {
    match map.comfort {
        _ if !map.ongoing || map.in_the_way.is_none() => 0.0,
        Comfort::Careful => 0.6,
        Comfort::Even => 0.45,
        Comfort::Bold => 0.15,
    }
}

fn patience(map: &Map) -> f64 {
    if map.ongoing { PATIENCE } else { 0.0 }
}

/// Chooses what is worth most.
pub(super) fn choose(map: &Map, is_open: bool, routes: &[Route]) -> Chosen {
    let best = routes.first();
    let chance = best.map_or(0.0, |route| route.chance.get());
    let Some(at) = map.in_the_way else {
        return Chosen {
            approach: Approach::Straight,
            why: "Nobody is known to be against it".to_owned(),
            chance,
        };
    };
    let name = &map.people()[at].name;
    let talk = open_talk(map, at);
    let go = best.map_or(0.0, |route| route.worth) * (1.0 - grudge(map));
    let patience = patience(map);
    let (around, through) = if is_open { (go, 0.0) } else { (0.0, chance) };
    let (approach, why, chance) = if around >= talk.max(patience).max(WORTH_MIN) {
        let why = if map.ongoing {
            format!(
                "Others can move it, and that is worth more than what {name} may hold against you"
            )
        } else {
            format!("Others can move it where {name} will not")
        };
        (Approach::GoAround, why, chance)
    } else if talk.max(through) >= patience.max(if is_open { WORTH_MIN } else { THROUGH_MIN }) {
        let why = if talk >= through {
            format!("{name} talks openly enough to be asked what is behind it")
        } else {
            format!("{name} listens to somebody who can be reached")
        };
        (Approach::WinOver, why, talk.max(through))
    } else if map.ongoing {
        let why = format!("The account goes on: what {name} would hold against you costs more");
        (Approach::TreadLightly, why, talk)
    } else {
        let why = format!("No route past {name} is likely enough, and no open talk is in sight");
        (Approach::MoveOn, why, talk.max(chance))
    };
    Chosen { approach, why, chance: Probability::clamped(chance).get() }
}

/// How likely an open talk with them turns it: strong fear or no open talk turns nobody. An account
/// that goes on has time for more than one.
fn open_talk(map: &Map, at: usize) -> f64 {
    let person = &map.people()[at];
    if !person.is_met || !person.may_be_asked {
        return 0.0;
    }
    let leaning = f64::midpoint(person.stance.value, 1.0);
    let talks = person.openness * (1.0 - person.fear);
    let talks = if map.ongoing { talks.powf(1.5) } else { talks.powi(2) };
    talks * (0.25 + 0.75 * leaning)
}
