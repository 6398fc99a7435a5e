//! How people stand on a map: with and without their office, in the inner circle or outside of it,
//! at a gate that everything passes, between others, in a camp.

mod camps;

use std::collections::VecDeque;

use inroad_graph::{Edge, Graph, Lengths, Walk, betweenness, pagerank};
use inroad_model::TieKind;
use serde::Serialize;

use super::Part;
use super::map::{Map, Side};

pub use self::camps::{Division, divide};

/// How near somebody is to where it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Decides, or has the ear of whoever does.
    InnerCircle,
    /// Is tied to somebody of the inner circle.
    Connected,
    /// Neither.
    Outside,
}

/// How one person stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Who, by place among the map's people.
    pub who: usize,
    /// What they can bring to bear, 0 to 1.
    pub weight: f64,
    /// What others make of them whatever their office: 1 for whom most listen to; 0 where nobody is
    /// known to.
    pub without_office: f64,
    /// How near to where it is decided; `None` while nobody is known to decide.
    pub status: Option<Status>,
    /// Everything from our contact to whoever decides passes them, as far as known.
    pub is_gate: bool,
    /// Others reach each other through them more than through anybody else.
    pub is_between: bool,
}

/// From so much weight on somebody with a tie to the decider has the decider's ear.
const EAR_WEIGHT: f64 = 0.3;
/// A tie that is less sure than this makes nobody's standing.
const TIE_FROM: f64 = 0.3;
/// Less than this share of all ways through somebody is nothing to tell.
const BETWEEN_FROM: f64 = 0.2;

impl Standing {
    /// Where somebody stands, in a few words.
    pub fn where_told(&self) -> Vec<&'static str> {
        let mut told = vec![self.status.map_or("not known", Status::in_words)];
        if self.is_gate {
            told.push("everything passes here");
        }
        if self.is_between {
            told.push("others reach each other through them");
        }
        told
    }
}

impl Status {
    /// As a person says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::InnerCircle => "in the inner circle",
            Self::Connected => "connected to it",
            Self::Outside => "outside of it",
        }
    }
}

/// How everybody on their side and outside stands, in the order of the map.
///
/// Only by ties that something shows: that people of one house know each other says nothing here.
pub fn read(map: &Map) -> Vec<Standing> {
    let map = &map.without_supposed();
    let count = map.people().len();
    let without_office = informal(map);
    let decider = decider(map);
    let inner: Vec<bool> = (0..count).map(|at| is_inner(map, at, decider)).collect();
    let gates = gates(map, decider);
    let between = between(map);
    (0..count)
        .filter(|at| map.people()[*at].side != Side::Ours)
        .map(|who| Standing {
            who,
            weight: map.people()[who].weight.value,
            without_office: without_office[who],
            status: decider.map(|_| match () {
                () if inner[who] => Status::InnerCircle,
                () if tied(map, who).any(|other| inner[other]) => Status::Connected,
                () => Status::Outside,
            }),
            is_gate: gates.contains(&who),
            is_between: between == Some(who),
        })
        .collect()
}

/// Whoever decides, as far as the map says: of several the weightiest.
pub(super) fn decider(map: &Map) -> Option<usize> {
    let people = map.people().iter().enumerate();
    let deciding = people.filter(|(_, person)| person.part == Some(Part::DecisionMaker));
    deciding.max_by(|a, b| a.1.weight.value.total_cmp(&b.1.weight.value)).map(|(at, _)| at)
}

fn is_inner(map: &Map, at: usize, decider: Option<usize>) -> bool {
    let Some(decider) = decider else { return false };
    let near = [TieKind::GoesToForAdvice, TieKind::Trusts, TieKind::ReportsTo];
    let has_ear = map.bonds().iter().any(|bond| {
        let asked = (bond.from, bond.to) == (decider, at) && near.contains(&bond.kind);
        let reports = (bond.from, bond.to) == (at, decider) && bond.kind == TieKind::ReportsTo;
        bond.known >= TIE_FROM && (asked || reports)
    });
    at == decider || has_ear && map.people()[at].weight.value >= EAR_WEIGHT
}

/// Everybody with a tie that carries something.
fn tied(map: &Map, at: usize) -> impl Iterator<Item = usize> + '_ {
    map.bonds()
        .iter()
        .filter(|bond| bond.kind != TieKind::AtOdds && bond.known >= TIE_FROM)
        .filter_map(move |bond| match () {
            () if bond.from == at => Some(bond.to),
            () if bond.to == at => Some(bond.from),
            () => None,
        })
}

/// Whom people ask and trust, whatever the plan of the house says; the one asked most is 1.
fn informal(map: &Map) -> Vec<f64> {
    let edges: Vec<Edge> = map
        .bonds()
        .iter()
        .filter(|bond| matches!(bond.kind, TieKind::GoesToForAdvice | TieKind::Trusts))
        .filter_map(|bond| edge(bond.from, bond.to, bond.strength * bond.known))
        .collect();
    let none = vec![0.0; map.people().len()];
    if edges.is_empty() {
        return none;
    }
    let graph = Graph::new(map.people().len(), &edges);
    let Ok(ranks) = graph.and_then(|graph| pagerank(&graph, &Walk::default())) else { return none };
    let least = ranks.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ranks.iter().copied().fold(0.0, f64::max);
    let span = (most - least).max(f64::MIN_POSITIVE);
    ranks.into_iter().map(|rank| (rank - least) / span).collect()
}

fn edge(from: usize, to: usize, weight: f64) -> Option<Edge> {
    let positive = (weight > 0.0).then_some(weight)?;
    Some(Edge::new(u32::try_from(from).ok()?, u32::try_from(to).ok()?, positive))
}

/// Whoever stands between our contact and whoever decides, so that nothing goes past them.
fn gates(map: &Map, decider: Option<usize>) -> Vec<usize> {
    let (Some(decider), Some(contact)) = (decider, map.contact()) else { return Vec::new() };
    if decider == contact || !reaches(map, contact, decider, None) {
        return Vec::new();
    }
    let all = 0..map.people().len();
    all.filter(|at| *at != decider && *at != contact)
        .filter(|at| !reaches(map, contact, decider, Some(*at)))
        .collect()
}

fn reaches(map: &Map, from: usize, to: usize, without: Option<usize>) -> bool {
    let mut seen = vec![false; map.people().len()];
    let mut next = VecDeque::from([from]);
    seen[from] = true;
    while let Some(at) = next.pop_front() {
        if at == to {
            return true;
        }
        for other in tied(map, at).filter(|other| Some(*other) != without) {
            if !std::mem::replace(&mut seen[other], true) {
                next.push_back(other);
            }
        }
    }
    false
}

fn between(map: &Map) -> Option<usize> {
    let count = map.people().len();
    let edges: Vec<Edge> = map
        .bonds()
        .iter()
        .filter(|bond| bond.kind != TieKind::AtOdds && bond.known >= TIE_FROM)
        .filter_map(|bond| edge(bond.from, bond.to, 1.0))
        .collect();
    let graph = Graph::new(count, &edges).ok()?.both_ways().plain();
    let through = betweenness(&graph, Lengths::Steps).ok()?;
    // Each pair is met in both directions.
    let pairs = (count.saturating_sub(1) * count.saturating_sub(2)) as f64;
    let (at, most) = through.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    (pairs > 2.0 && most / pairs >= BETWEEN_FROM && map.people()[at].side != Side::Ours)
        .then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::politics::map::MapFile;

    fn map() -> Map {
        let text = r#"
            [[person]]
            id = "eva"
            name = "Eva"
            part = "decision_maker"
            weight = 0.9
            [[person]]
            id = "jan"
            name = "Jan"
            weight = 0.5
            [[person]]
            id = "mia"
            name = "Mia"
            contact = true
            met = true
            weight = 0.3
            [[person]]
            id = "tom"
            name = "Tom"
            [[tie]]
            from = "eva"
            to = "jan"
            kind = "goes_to_for_advice"
            known = 0.8
            [[tie]]
            from = "mia"
            to = "jan"
            kind = "trusts"
            known = 0.8
        "#;
        toml::from_str::<MapFile>(text).unwrap().map().unwrap()
    }

    #[test]
    fn whoever_has_the_deciders_ear_is_of_the_inner_circle_and_a_gate() {
        let standing = read(&map());
        let status: Vec<Status> = standing.iter().filter_map(|one| one.status).collect();
        let wanted = [Status::InnerCircle, Status::InnerCircle, Status::Connected, Status::Outside];
        assert_eq!(status, wanted);
        assert!(standing[1].is_gate && standing[1].is_between);
        assert!(
            standing[1].without_office > standing[0].without_office,
            "they are asked, she is not"
        );
    }
}
