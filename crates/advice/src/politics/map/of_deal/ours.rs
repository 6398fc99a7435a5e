//! Our own side: which colleague knows whom there, by letters in both directions.
//!
//! A letter that was answered counts most: who only writes, or is only written to, is hardly known.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, TieKind};

use super::super::{Bond, Learnt, Person, Side};
use crate::dealings::{Dealings, Direction};

/// After so many letters each way two know each other half as well as can be.
const HALF: f64 = 4.0;

/// Adds the colleagues who wrote with somebody there, and how well they know each other.
pub(super) fn add(dealings: &Dealings<'_>, people: &mut Vec<Person>, bonds: &mut Vec<Bond>) {
    let mut letters: BTreeMap<(&EmailAddress, usize), (f64, f64, jiff::civil::Date)> =
        BTreeMap::new();
    let theirs: BTreeMap<String, usize> =
        people.iter().enumerate().map(|(at, person)| (person.id.clone(), at)).collect();
    for exchange in &dealings.exchanges {
        let Some(writer) = exchange.writer() else { continue };
        let others = exchange.touch.recipients().map(|mailbox| &mailbox.address);
        let pairs: Vec<(&EmailAddress, &EmailAddress)> = match exchange.direction {
            Direction::Inbound => others.map(|ours| (ours, writer)).collect(),
            Direction::Outbound => others.map(|them| (writer, them)).collect(),
        };
        for (ours, them) in pairs.into_iter().filter(|(ours, _)| dealings.is_colleague(ours)) {
            let Some(at) = theirs.get(them.as_str()) else { continue };
            let day = exchange.at.date();
            let seen = letters.entry((ours, *at)).or_insert((0.0, 0.0, day));
            match exchange.direction {
                Direction::Inbound => seen.0 += 1.0,
                Direction::Outbound => seen.1 += 1.0,
            }
            seen.2 = seen.2.max(day);
        }
    }
    for ((ours, at), (inbound, outbound, day)) in letters {
        if inbound == 0.0 {
            // Who never answered is no acquaintance.
            continue;
        }
        // Both ways: the smaller counts, the larger hardly.
        let both = inbound.min(outbound) + 0.2 * inbound.max(outbound);
        let strength = both / (both + HALF);
        let known = people.iter().position(|person| person.id == ours.as_str());
        let from = known.unwrap_or_else(|| {
            let name = dealings.names.get(ours).map_or(ours.as_str(), String::as_str);
            people.push(Person {
                side: Side::Ours,
                is_met: true,
                ..Person::unknown(ours.as_str(), name)
            });
            people.len() - 1
        });
        bonds.push(Bond {
            from,
            to: at,
            kind: TieKind::Knows,
            strength,
            known: 0.9,
            learnt: Learnt::Mail,
            date: Some(day),
            quote: None,
        });
    }
}
