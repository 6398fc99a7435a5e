//! What is not known, and the maps that its answers would make.

use inroad_model::TieKind;
use serde::Serialize;

use crate::politics::map::{Bond, Guess, Learnt, Map};
use crate::politics::way::Plan;

/// What a question is about; people and ties by place on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// What somebody thinks of it.
    Stance(usize),
    /// Whether somebody's no is final.
    Veto(usize),
    /// How much somebody's word counts.
    Weight(usize),
    /// Whether a tie is there.
    Tie(usize),
}

/// What is known better than that need not be asked.
const KNOWN_ENOUGH: f64 = 0.9;
/// A stance of which nothing is known may lie so far off.
const STANCE_SD: f64 = 0.6;
/// A weight of which nothing is known may lie so far off.
const WEIGHT_SD: f64 = 0.3;
/// Below that a veto is a mere possibility, and above as good as certain. Of whoever is not in the way
/// it is no question yet.
const VETO_OPEN: std::ops::RangeInclusive<f64> = 0.15..=0.9;
/// So many plans are looked at for whom they hang on.
const PLANS_MAX: usize = 6;
/// Of so many people it is weighed what is not known of them.
const PEOPLE_MAX: usize = 12;
/// So many unknowns are weighed.
const OPEN_MAX: usize = 60;

/// The unknowns that a plan may hang on, each with its answers and how likely they are.
///
/// Where the best plan begins with our contact, how they stand and to whom they are tied shows by
/// itself and need not be asked beforehand.
pub(super) fn of(map: &Map, now: &[(Plan, f64)]) -> Vec<(About, Vec<(f64, Map)>)> {
    let matters = who_matters(map, now);
    let first = first_step(now).filter(|at| map.people()[*at].is_contact);
    let mut open = Vec::new();
    for at in matters.iter().take(PEOPLE_MAX) {
        let person = &map.people()[*at];
        let away = STANCE_SD * (1.0 - person.stance.known);
        if person.stance.known < KNOWN_ENOUGH && first != Some(*at) {
            open.push((About::Stance(*at), two(map, away, |map, by| stance(map, *at, by))));
        }
        if map.in_the_way == Some(*at) && VETO_OPEN.contains(&person.veto) {
            let answer = |is: f64| map.with(|people, _| people[*at].veto = is);
            open.push((
                About::Veto(*at),
                vec![(person.veto, answer(1.0)), (1.0 - person.veto, answer(0.0))],
            ));
        }
        let away = WEIGHT_SD * (1.0 - person.weight.known);
        if person.weight.known < KNOWN_ENOUGH {
            open.push((About::Weight(*at), two(map, away, |map, by| weight(map, *at, by))));
        }
    }
    for (number, bond) in map.bonds().iter().enumerate() {
        if open.len() >= OPEN_MAX {
            break;
        }
        let ends = matters.contains(&bond.from) && matters.contains(&bond.to);
        let is_first = first == Some(bond.from) || first == Some(bond.to);
        let is_askable = bond.learnt != Learnt::Supposed && asked_of(bond.kind);
        if ends && is_askable && bond.known < KNOWN_ENOUGH && !is_first {
            let answer = |known: f64, strength: f64| {
                map.with(|_, bonds| bonds[number] = Bond { strength, known, ..bond.clone() })
            };
            let (there, gone) = (answer(1.0, bond.strength), answer(0.0, 0.0));
            open.push((About::Tie(number), vec![(bond.known, there), (1.0 - bond.known, gone)]));
        }
    }
    open
}

/// Whether there is a plain question after such a tie.
fn asked_of(kind: TieKind) -> bool {
    let asked = [TieKind::ReportsTo, TieKind::GoesToForAdvice, TieKind::Trusts, TieKind::AtOdds];
    asked.contains(&kind)
}

/// Whom the best plan speaks to first.
fn first_step(now: &[(Plan, f64)]) -> Option<usize> {
    match now.iter().max_by(|a, b| a.1.total_cmp(&b.1))? {
        (Plan::Route(people), _) => people.first().copied(),
        _ => None,
    }
}

/// Whoever is in the way, and everybody on the best plans.
fn who_matters(map: &Map, now: &[(Plan, f64)]) -> Vec<usize> {
    let mut plans: Vec<&(Plan, f64)> = now.iter().collect();
    plans.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut all: Vec<usize> = map.in_the_way.into_iter().chain(map.contact()).collect();
    for (plan, _) in plans.into_iter().take(PLANS_MAX) {
        if let Plan::Route(people) = plan {
            all.extend(people);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Both answers of a figure that may lie so far above or below.
fn two(map: &Map, away: f64, change: impl Fn(&Map, f64) -> Map) -> Vec<(f64, Map)> {
    vec![(0.5, change(map, away)), (0.5, change(map, -away))]
}

fn stance(map: &Map, at: usize, by: f64) -> Map {
    map.with(|people, _| {
        let value = (people[at].stance.value + by).clamp(-1.0, 1.0);
        people[at].stance = Guess { value, known: 1.0 };
    })
}

fn weight(map: &Map, at: usize, by: f64) -> Map {
    map.with(|people, _| {
        let value = (people[at].weight.value + by).clamp(0.0, 1.0);
        people[at].weight = Guess { value, known: 1.0 };
    })
}
