//! What the seller knows, over what was read.

use inroad_model::{EmailAddress, Insight, Known, Stance, TieKind, Trait};

use super::super::{Bond, Guess, Learnt, Person, Side};
use crate::counsel::whom::{can_be_asked, is_gone};
use crate::dealings::Dealings;

/// What a person says counts so surely.
const TOLD: f64 = 0.9;
/// A tie that was told without how strong it is.
const STRENGTH: f64 = 0.8;
/// Who stands here or below is against it.
const AGAINST: f64 = -0.3;

/// Adds what was told: later words over earlier ones, and all of them over what was read.
pub(super) fn add(dealings: &Dealings<'_>, people: &mut Vec<Person>, bonds: &mut Vec<Bond>) {
    for insight in &dealings.deal.insights {
        match &insight.known {
            Known::Tie { from, kind, to } if from != to => {
                let (from, to) = (place(dealings, people, from), place(dealings, people, to));
                bonds.retain(|bond| {
                    let is_same = (bond.from, bond.to, bond.kind) == (from, to, *kind);
                    // Of two nobody is the other's boss and the other theirs.
                    let is_turned = *kind == TieKind::ReportsTo
                        && (bond.from, bond.to, bond.kind) == (to, from, *kind);
                    !is_same && !is_turned
                });
                bonds.push(Bond {
                    from,
                    to,
                    kind: *kind,
                    strength: STRENGTH,
                    known: TOLD,
                    learnt: Learnt::Told,
                    date: Some(insight.at.date()),
                    quote: because(insight),
                });
            }
            Known::Tie { .. } => {}
            Known::Person { who, is } => {
                let at = place(dealings, people, who);
                set(&mut people[at], is);
            }
        }
    }
}

/// Whom the seller said to be against it, the weightiest; `None` where nobody was.
pub(super) fn opponent(dealings: &Dealings<'_>, people: &[Person]) -> Option<usize> {
    let against = people.iter().enumerate().filter(|(_, person)| {
        person.side != Side::Ours
            && person.stance.value <= AGAINST
            && stance_of(dealings, &person.id).is_some()
    });
    against.max_by(|a, b| a.1.weight.value.total_cmp(&b.1.weight.value)).map(|(at, _)| at)
}

/// What the seller said last of how somebody sees it.
pub(in crate::politics) fn stance_of(dealings: &Dealings<'_>, who: &str) -> Option<Stance> {
    dealings.deal.insights.iter().rev().find_map(|insight| match &insight.known {
        Known::Person { who: of, is: Trait::Stance(stance) } if of.as_str() == who => Some(*stance),
        _ => None,
    })
}

/// The place of somebody, who is added if need be.
fn place(dealings: &Dealings<'_>, people: &mut Vec<Person>, email: &EmailAddress) -> usize {
    if let Some(at) = people.iter().position(|person| person.id == email.as_str()) {
        return at;
    }
    let name = dealings.names.get(email).map_or(email.as_str(), String::as_str);
    let side = match () {
        () if dealings.is_ours(email) => Side::Ours,
        () if dealings.deal.domain.as_ref().is_some_and(|domain| email.is_at(domain)) => {
            Side::Theirs
        }
        () => Side::Outside,
    };
    let (is_gone, may_be_asked) = (is_gone(dealings, email), can_be_asked(dealings, email));
    people.push(Person { side, is_gone, may_be_asked, ..Person::unknown(email.as_str(), name) });
    people.len() - 1
}

fn set(person: &mut Person, is: &Trait) {
    match is {
        Trait::Stance(stance) => person.stance = Guess { value: stance.value(), known: TOLD },
        Trait::Weight(weight) => person.weight = Guess { value: weight.value(), known: TOLD },
        Trait::Openness(openness) => person.openness = openness.value(),
        Trait::Fear(fear) => person.fear = fear.value(),
        Trait::Veto(veto) => person.veto = if *veto { 0.95 } else { 0.02 },
        Trait::Camp(camp) => person.camp = Some(camp.as_str().to_owned()),
        Trait::Agenda(agenda) => person.agenda = Some(agenda.as_str().to_owned()),
    }
}

fn because(insight: &Insight) -> Option<String> {
    insight.because.as_ref().map(|because| because.as_str().to_owned())
}
