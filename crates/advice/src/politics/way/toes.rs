//! Whose toes a route steps on: who would feel passed over if it is taken, and is not on it.
//!
//! Three kinds of people mind. Whoever is in the way and has a part in the purchase learns sooner or
//! later that others were moved around them. Our contact minds if we go to somebody above without
//! them. The boss of whoever carries it minds if it goes past that boss.

use crate::politics::Part;
use crate::politics::map::{Map, Person};

/// A tie that is less sure than this is no ground to think that somebody minds.
const BOSS_FROM: f64 = 0.4;

/// Who minds, each once.
pub(super) fn of(map: &Map, route: &[usize], is_around: bool) -> Vec<usize> {
    let mut toes = Vec::new();
    let mut add = |at: usize| {
        let is_own = map.in_the_way == Some(at) && !is_around;
        let is_there = !map.people()[at].is_gone;
        if is_there && !is_own && !route.contains(&at) && !toes.contains(&at) {
            toes.push(at);
        }
    };
    if let Some(at) = map.in_the_way.filter(|at| is_around && has_part(&map.people()[*at])) {
        add(at);
    }
    if let Some(contact) = map.contact().filter(|contact| goes_above(map, *contact, route)) {
        add(contact);
    }
    for at in route.iter().rev().skip(1) {
        if let Some(boss) = boss(map, *at) {
            add(boss);
        }
    }
    toes
}

/// Those with a part in a purchase; an outsider or a colleague beside it has none.
fn has_part(person: &Person) -> bool {
    let parts = [Part::DecisionMaker, Part::Purchaser, Part::EndUser, Part::ProblemOwner];
    person.part.is_some_and(|part| parts.contains(&part))
}

/// Whether the route reaches somebody who stands above the contact.
fn goes_above(map: &Map, contact: usize, route: &[usize]) -> bool {
    let weight = |at: usize| map.people()[at].weight.value;
    let last = route.last().copied();
    last.is_some_and(|last| weight(last) > weight(contact) || boss(map, contact) == Some(last))
}

fn boss(map: &Map, of: usize) -> Option<usize> {
    let boss = map.bosses(of).next()?;
    let known = map.bonds().iter().any(|bond| {
        (bond.from, bond.to) == (of, boss)
            && bond.kind == inroad_model::TieKind::ReportsTo
            && bond.known >= BOSS_FROM
    });
    known.then_some(boss)
}
