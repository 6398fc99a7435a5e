//! Our own side: whom to ask for an introduction, and what hangs on one person.

use inroad_model::{Probability, TieKind};

use super::account::Introduction;
use super::map::{Map, Side};

/// Less acquaintance than this introduces nobody.
const KNOWS_FROM: f64 = 0.15;
/// So many introductions are told.
const TOLD_MAX: usize = 5;

/// Introductions by colleagues to people whom we have not met, the weightiest first.
pub(super) fn introductions(map: &Map) -> Vec<Introduction> {
    let people = map.people();
    let mut all: Vec<Introduction> = map
        .bonds()
        .iter()
        .filter(|bond| bond.kind != TieKind::AtOdds)
        .filter_map(|bond| {
            let (by, to) = match (people[bond.from].side, people[bond.to].side) {
                (Side::Ours, Side::Theirs | Side::Outside) => (bond.from, bond.to),
                (Side::Theirs | Side::Outside, Side::Ours) => (bond.to, bond.from),
                _ => return None,
            };
            let strength = bond.strength * bond.known;
            let fits = strength >= KNOWS_FROM && people[to].may_be_asked && !people[to].is_met;
            fits.then_some(Introduction { by, to, strength: Probability::clamped(strength) })
        })
        .collect();
    let worth = |one: &Introduction| people[one.to].weight.value * one.strength.get();
    all.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    // Of two ties between the same two the stronger one.
    let mut told: Vec<Introduction> = Vec::new();
    for one in all {
        if !told.iter().any(|known| (known.by, known.to) == (one.by, one.to)) {
            told.push(one);
        }
    }
    told.truncate(TOLD_MAX);
    told
}

/// Where everything hangs on one person.
pub(super) fn hangs_on(map: &Map) -> Vec<String> {
    let theirs = map.people().iter().filter(|person| person.side == Side::Theirs);
    let met: Vec<&str> =
        theirs.filter(|person| person.is_met).map(|person| person.name.as_str()).collect();
    let mut told = Vec::new();
    if let [only] = met[..] {
        told.push(format!("Everything you know there comes through {only}"));
    }
    told
}
