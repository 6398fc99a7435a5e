//! The routes: from whom we speak to first, step by step, to whom it must reach.
//!
//! Toward everybody who could move it, the likeliest paths are gone through; of those no other of
//! which is both likelier and gentler is kept. They are ranked by their chance less what their toes
//! cost, which depends on the account and on the seller's comfort with risk.

use inroad_graph::{Wanted, likeliest_paths};
use inroad_model::Probability;
use serde::Serialize;

use super::doors::{Doors, ready};
use super::toes;
use crate::politics::Part;
use crate::politics::map::{Comfort, Map, Side};

/// One way to go.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Route {
    /// The steps, in order; the first is whom we speak to.
    pub steps: Vec<Step>,
    /// How likely it reaches its end and is heard there, roughly.
    pub chance: Probability,
    /// Who would feel passed over, by place among the map's people.
    pub toes: Vec<usize>,
    /// The place among the steps of the one that is least likely.
    pub weakest: usize,
    /// Chance less what the toes cost: what the routes are ranked by.
    pub worth: f64,
}

/// Somebody on a route.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Step {
    /// Who, by place among the map's people.
    pub who: usize,
    /// How likely this door opens, once the one before is open.
    pub chance: Probability,
}

impl Route {
    /// Everybody on it, in order.
    pub fn people(&self) -> Vec<usize> {
        self.steps.iter().map(|step| step.who).collect()
    }
}

/// So many paths are looked at toward each end.
const PATHS_MAX: usize = 12;
/// So many ends are looked at, the weightiest first.
const ENDS_MAX: usize = 4;
/// So many routes are told.
const ROUTES_MAX: usize = 5;
/// More steps than that nobody can follow.
const STEPS_MAX: usize = 4;
/// Less chance than that is none.
const CHANCE_MIN: f64 = 0.005;
/// Whoever brought us in minds being passed over more than anybody.
const CONTACT_MINDS: f64 = 3.0;
/// Our contact has talked to whoever is in the way already, as far as they dare.
const TRIED: f64 = 0.2;
/// Who only helps decides nothing: a route should reach whoever does.
const ONLY_HELPS: f64 = 0.2;
/// Ahead of whoever is in the way by so much weight, somebody could decide against them as often as not.
const SLOPE: f64 = 8.0;

/// Routes toward whoever could move it, around whoever is in the way.
pub(super) fn around(map: &Map, doors: &Doors<'_>) -> Vec<Route> {
    let mut ends: Vec<(usize, f64)> = (0..map.people().len())
        .filter(|at| Some(*at) != map.in_the_way && map.people()[*at].may_be_asked)
        .map(|at| (at, power(map, at) * heard(map, at)))
        .filter(|(_, power)| *power > 0.0)
        .collect();
    ends.sort_by(|a, b| b.1.total_cmp(&a.1));
    ends.truncate(ENDS_MAX);
    let avoid: Vec<usize> = map.in_the_way.into_iter().collect();
    rank(map, doors, &ends, &avoid, true)
}

/// Routes to those to whom the one at that place listens.
pub(super) fn toward(map: &Map, doors: &Doors<'_>, at: usize) -> Vec<Route> {
    let ends: Vec<(usize, f64)> = doors
        .listens_to(at)
        .into_iter()
        .map(|(end, pull)| {
            let tried = if map.people()[end].is_contact { TRIED } else { 1.0 };
            let willing = 0.4 + 0.6 * ready(&map.people()[end]);
            (end, tried * pull * willing * heard(map, at))
        })
        .take(ENDS_MAX)
        .collect();
    rank(map, doors, &ends, &[at], false)
}

/// What one of the toes costs, as a share of the chance.
fn cost_of_toes(map: &Map) -> f64 {
    let comfort = match map.comfort {
        Comfort::Careful => 0.3,
        Comfort::Even => 0.2,
        Comfort::Bold => 0.1,
    };
    if map.ongoing { 1.6 * comfort } else { comfort }
}

fn rank(
    map: &Map,
    doors: &Doors<'_>,
    ends: &[(usize, f64)],
    avoid: &[usize],
    is_around: bool,
) -> Vec<Route> {
    let Some(graph) = doors.graph() else { return Vec::new() };
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let avoid: Vec<u32> = avoid.iter().map(|at| number(*at)).collect();
    let cost = cost_of_toes(map);
    let mut routes: Vec<Route> = Vec::new();
    for (end, could) in ends {
        let wanted =
            Wanted { from: doors.seller(), to: number(*end), avoid: &avoid, most: PATHS_MAX };
        for path in likeliest_paths(&graph, &wanted).unwrap_or_default() {
            let steps: Vec<Step> = path
                .nodes
                .windows(2)
                .filter_map(|pair| {
                    let chance = graph.weight(pair[0], pair[1])?;
                    Some(Step { who: pair[1] as usize, chance: Probability::clamped(chance) })
                })
                .collect();
            let stands_up = stands_up(map, doors, &steps);
            let steps_chance = steps.iter().map(|step| step.chance.get()).product::<f64>();
            let chance = could * stands_up * steps_chance;
            if chance >= CHANCE_MIN && steps.len() <= STEPS_MAX {
                routes.push(route(map, steps, chance, cost, is_around));
            }
        }
    }
    routes.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    routes
}

fn route(map: &Map, steps: Vec<Step>, chance: f64, cost: f64, is_around: bool) -> Route {
    let people: Vec<usize> = steps.iter().map(|step| step.who).collect();
    let toes = toes::of(map, &people, is_around);
    let left = |at: &usize| {
        let person = &map.people()[*at];
        let minds = if person.is_contact { CONTACT_MINDS } else { 0.5 + person.weight.value };
        1.0 - (cost * minds).min(0.9)
    };
    let kept: f64 = toes.iter().map(left).product();
    let weakest = steps
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.chance.get().total_cmp(&b.chance.get()))
        .map_or(0, |(at, _)| at);
    Route { steps, chance: Probability::clamped(chance), toes, weakest, worth: chance * kept }
}

/// How far the last word on a route stands up to that of whoever is in the way, where the end of the
/// route listens to both.
fn stands_up(map: &Map, doors: &Doors<'_>, steps: &[Step]) -> f64 {
    let Some(last) = steps.last() else { return 1.0 };
    let theirs = map.in_the_way.map_or(0.0, |at| doors.pull(at, last.who));
    let ours = match steps {
        [.., before, _] => doors.pull(before.who, last.who),
        _ => last.chance.get(),
    };
    if theirs > ours { ours / theirs } else { 1.0 }
}

/// Without those that another beats in both chance and toes.
pub(super) fn keep_best(sorted: Vec<Route>) -> Vec<Route> {
    let mut kept: Vec<Route> = Vec::new();
    for route in sorted {
        let end = route.steps.last().map(|step| step.who);
        let is_beaten = kept.iter().any(|better| {
            better.steps.last().map(|step| step.who) == end
                && better.chance >= route.chance
                && better.toes.iter().all(|at| route.toes.contains(at))
        });
        if !is_beaten && kept.len() < ROUTES_MAX {
            kept.push(route);
        }
    }
    kept
}

/// How likely somebody could decide it, or move it against whoever is in the way.
fn power(map: &Map, at: usize) -> f64 {
    let person = &map.people()[at];
    if person.side == Side::Ours {
        return 0.0;
    }
    let decides = person.part == Some(Part::DecisionMaker) || person.veto >= super::VETO_FROM;
    let against = map.in_the_way.map(|way| &map.people()[way]);
    let over = against.map_or(1.0, |way| {
        let ahead = person.weight.value - way.weight.value;
        let is_boss = map.in_the_way.is_some_and(|way| map.bosses(way).any(|boss| boss == at));
        let by_weight = 1.0 / (1.0 + (-SLOPE * (ahead + if is_boss { 0.2 } else { 0.0 })).exp());
        if decides { by_weight.max(0.75) } else { by_weight }
    });
    let weight = if decides { 0.3 + 0.7 * person.weight.value } else { person.weight.value };
    over * if decides { weight } else { ONLY_HELPS * weight }
}

/// How well it is heard there.
fn heard(map: &Map, at: usize) -> f64 {
    let leaning = f64::midpoint(map.people()[at].stance.value, 1.0);
    0.4 + 0.6 * leaning
}
