//! How likely one can open the door to the next: as a graph of steps, with the seller at its end.
//!
//! A step from A to B is as likely as the tie that carries it is strong and sure, times how ready A
//! is to carry anything. Which tie carries how much is set by hand after what sellers tell: whom
//! somebody asks for advice moves them most, then a boss, then whom they trust; a subordinate has
//! the boss's ear less surely; who only knows somebody can make an introduction.

use std::collections::BTreeMap;

use inroad_graph::{Edge, Graph};
use inroad_model::TieKind;

use crate::politics::map::{Bond, Learnt, Map, Person, Side};

/// What a tie of no sureness at all is still worth.
const UNSURE: f64 = 0.35;
/// Two who are at odds carry nothing for each other, or so much of it.
const ODDS: f64 = 0.25;
/// A stranger who is written to cold answers so seldom.
const COLD: f64 = 0.1;
/// Who was met, but is not whom we deal with, is less near.
const NOT_CONTACT: f64 = 0.5;
/// What an introduction by a colleague of ours is worth, at most.
const INTRODUCED: f64 = 0.75;
/// A boss is obeyed more than listened to.
const MUST: f64 = 0.5;
/// Whom somebody listens to, at least.
const LISTENS_FROM: f64 = 0.2;

/// The steps that could be taken.
pub(super) struct Doors<'m> {
    map: &'m Map,
    /// For each pair how strongly the first can move the second; before readiness.
    pulls: Vec<(usize, usize, f64)>,
}

impl<'m> Doors<'m> {
    pub(super) fn of(map: &'m Map) -> Self {
        Self { map, pulls: pulls(map) }
    }

    /// The seller's own place in the graph: behind all people.
    pub(super) fn seller(&self) -> u32 {
        u32::try_from(self.map.people().len()).unwrap_or(u32::MAX)
    }

    /// All steps as edges with their probability; from the seller to everybody within reach.
    pub(super) fn graph(&self) -> Option<Graph> {
        let people = self.map.people();
        let carried = self.pulls.iter().filter(|(from, to, _)| passes(people, *from, *to));
        let carried = carried.map(|(from, to, pull)| (*from, *to, pull * ready(&people[*from])));
        let seller = people.len();
        let first = (0..people.len()).map(|at| (seller, at, self.reach(at)));
        let edges: Vec<Edge> = carried
            .chain(first)
            .filter(|(.., p)| *p > 0.0)
            .filter_map(|(from, to, p)| {
                Some(Edge::new(u32::try_from(from).ok()?, u32::try_from(to).ok()?, p.min(0.99)))
            })
            .collect();
        Graph::new(people.len() + 1, &edges).ok()
    }

    /// How likely we get a hearing with somebody ourselves.
    pub(super) fn reach(&self, at: usize) -> f64 {
        let person = &self.map.people()[at];
        if !person.may_be_asked || person.side == Side::Ours {
            return 0.0;
        }
        let near = if person.is_contact { 1.0 } else { NOT_CONTACT };
        let own = if person.is_met {
            near * (0.3 + 0.7 * person.openness)
        } else {
            COLD * person.openness
        };
        own.max(INTRODUCED * self.introduced(at))
    }

    /// How well a colleague of ours could introduce us; 0 where none knows them.
    pub(super) fn introduced(&self, at: usize) -> f64 {
        let ours = |place: usize| self.map.people()[place].side == Side::Ours;
        let knows = self.map.bonds().iter().filter(|bond| {
            bond.kind != TieKind::AtOdds
                && (bond.from == at && ours(bond.to) || bond.to == at && ours(bond.from))
        });
        knows.map(|bond| (0.4 + 0.6 * bond.strength) * sureness(bond)).fold(0.0, f64::max)
    }

    /// Whether more than the habits of a house ties the two.
    fn is_shown(&self, one: usize, other: usize) -> bool {
        self.map.bonds().iter().any(|b| {
            let ties = (b.from, b.to) == (one, other) || (b.to, b.from) == (one, other);
            ties && b.learnt != Learnt::Supposed
        })
    }

    /// How strongly the first can move the second.
    pub(super) fn pull(&self, from: usize, to: usize) -> f64 {
        let found = self.pulls.iter().find(|(a, b, _)| (*a, *b) == (from, to));
        found.map_or(0.0, |(.., pull)| *pull)
    }

    /// To whom somebody listens, best first, with how much: to whom they choose to, before whom
    /// they must.
    pub(super) fn listens_to(&self, at: usize) -> Vec<(usize, f64)> {
        let must = |from: usize| {
            let bonds = self.map.bonds().iter();
            let mut between =
                bonds.filter(|b| (b.from, b.to) == (at, from) || (b.to, b.from) == (at, from));
            let chosen = [TieKind::GoesToForAdvice, TieKind::Trusts, TieKind::Knows];
            !between.any(|b| chosen.contains(&b.kind))
        };
        let mut to: Vec<(usize, f64)> = self
            .pulls
            .iter()
            .filter(|(from, to, pull)| {
                *to == at
                    && *pull >= LISTENS_FROM
                    && self.map.people()[*from].side != Side::Ours
                    && self.is_shown(*from, at)
            })
            .map(|(from, _, pull)| (*from, if must(*from) { MUST * pull } else { *pull }))
            .collect();
        to.sort_by(|a, b| b.1.total_cmp(&a.1));
        to
    }
}

/// Whether the first may be asked to carry something to the second: not with somebody who is gone or
/// wants to be left alone.
fn passes(people: &[Person], from: usize, to: usize) -> bool {
    let open = |person: &Person| person.may_be_asked && person.side != Side::Ours;
    open(&people[from]) && open(&people[to])
}

/// How ready somebody is to carry it: their stance, less their fear.
pub(super) fn ready(person: &Person) -> f64 {
    let leaning = f64::midpoint(person.stance.value, 1.0);
    (0.15 + 0.85 * leaning) * (1.0 - 0.6 * person.fear)
}

fn sureness(bond: &Bond) -> f64 {
    UNSURE + (1.0 - UNSURE) * bond.known
}

/// For each pair of people the best tie that lets the first move the second.
pub(in crate::politics) fn pulls(map: &Map) -> Vec<(usize, usize, f64)> {
    let mut all: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut add = |from: usize, to: usize, pull: f64| {
        let known = all.entry((from, to)).or_default();
        *known = known.max(pull);
    };
    for bond in map.bonds().iter().filter(|bond| bond.known > 0.0) {
        let s = bond.strength;
        // What the second can do with the first, and the first with the second.
        let (down, up) = match bond.kind {
            TieKind::GoesToForAdvice => (0.45 + 0.5 * s, 0.3 * s),
            TieKind::Trusts => (0.4 + 0.5 * s, 0.35 * s),
            TieKind::ReportsTo => (0.6 + 0.3 * s, 0.3 + 0.35 * s),
            TieKind::AnswersFor => (0.6 + 0.3 * s, 0.35 + 0.4 * s),
            TieKind::Forwards => (0.2 * s, 0.2 + 0.35 * s),
            TieKind::Copies => (0.2 * s, 0.15 + 0.3 * s),
            TieKind::Knows => (0.2 + 0.35 * s, 0.2 + 0.35 * s),
            TieKind::AtOdds => (0.0, 0.0),
        };
        add(bond.to, bond.from, down * sureness(bond));
        add(bond.from, bond.to, up * sureness(bond));
    }
    for bond in map.bonds().iter().filter(|bond| bond.kind == TieKind::AtOdds) {
        let left = 1.0 - (1.0 - ODDS) * bond.strength * sureness(bond);
        for pair in [(bond.from, bond.to), (bond.to, bond.from)] {
            all.entry(pair).and_modify(|pull| *pull *= left);
        }
    }
    all.into_iter().filter(|(_, pull)| *pull > 0.0).map(|((a, b), pull)| (a, b, pull)).collect()
}
