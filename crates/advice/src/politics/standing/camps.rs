//! The camps of a house: as they were told, else as friends and foes suggest.

use inroad_graph::{CampSearch, Edge, Graph, camps};
use inroad_model::TieKind;
use serde::Serialize;

use crate::politics::map::{Map, Side};

/// A division into camps.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Division {
    /// The camps: for each its name and its people, by place on the map.
    pub camps: Vec<(String, Vec<usize>)>,
    /// Somebody told it; otherwise it is only what ties suggest.
    pub is_told: bool,
    /// How many divisions suit the ties as well as this one, itself among them: where there are
    /// several, who stands where is open.
    pub as_good: usize,
}

/// The camps; none where nobody told of any and nobody is known to be at odds.
pub fn divide(map: &Map) -> Division {
    let mut told: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, person) in map.people().iter().enumerate() {
        let Some(camp) = &person.camp else { continue };
        match told.iter_mut().find(|(name, _)| name == camp) {
            Some((_, people)) => people.push(at),
            None => told.push((camp.clone(), vec![at])),
        }
    }
    if told.len() > 1 {
        return Division { camps: told, is_told: true, as_good: 1 };
    }
    suggested(map).unwrap_or_default()
}

/// What friends and foes suggest; `None` where nobody is at odds.
fn suggested(map: &Map) -> Option<Division> {
    let sign = |kind: TieKind| match kind {
        TieKind::GoesToForAdvice | TieKind::Trusts => 1.0,
        TieKind::AtOdds => -1.0,
        _ => 0.0,
    };
    let theirs = |at: usize| map.people()[at].side == Side::Theirs;
    let signed: Vec<(usize, usize, f64)> = map
        .bonds()
        .iter()
        .map(|b| (b.from, b.to, sign(b.kind) * b.strength * b.known))
        .filter(|(from, to, weight)| *weight != 0.0 && theirs(*from) && theirs(*to))
        .collect();
    if !signed.iter().any(|(.., weight)| *weight < 0.0) {
        return None;
    }
    // Only whoever is tied, even through others, to two who are at odds: the rest is of no camp.
    let foes = signed.iter().filter(|(.., weight)| *weight < 0.0).flat_map(|(a, b, _)| [*a, *b]);
    let mut inside: Vec<usize> = foes.collect();
    let mut grown = true;
    while grown {
        let beside =
            signed.iter().filter_map(|(a, b, _)| match (inside.contains(a), inside.contains(b)) {
                (true, false) => Some(*b),
                (false, true) => Some(*a),
                _ => None,
            });
        let beside: Vec<usize> = beside.collect();
        grown = !beside.is_empty();
        inside.extend(beside);
    }
    inside.sort_unstable();
    inside.dedup();
    let number = |at: usize| u32::try_from(inside.binary_search(&at).ok()?).ok();
    let edges: Vec<Edge> = signed
        .iter()
        .filter_map(|(from, to, weight)| Some(Edge::new(number(*from)?, number(*to)?, *weight)))
        .collect();
    let search = CampSearch { cases_max: 200_000, restarts: 20, ..CampSearch::default() };
    let found = camps(&Graph::new(inside.len(), &edges).ok()?, search).ok()?;
    let best = found.divisions.first()?;
    let mut camps: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, camp) in inside.iter().zip(best) {
        while camps.len() <= *camp {
            let next = if camps.is_empty() { "one side" } else { "the other side" };
            camps.push((next.to_owned(), Vec::new()));
        }
        camps[*camp].1.push(*at);
    }
    (camps.len() > 1).then_some(Division { camps, is_told: false, as_good: found.divisions.len() })
}
