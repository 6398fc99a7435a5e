//! Maps for tests.

use inroad_advice::politics::map::{Bond, Guess, Learnt, Map, Person, Side};
use inroad_model::TieKind;
use proptest::prelude::*;

/// So many people of whom nothing is known.
pub(super) fn people(count: usize) -> Vec<Person> {
    (0..count).map(|at| Person::unknown(format!("p{at}"), format!("Head of {at}"))).collect()
}

pub(super) fn bond(from: usize, to: usize, kind: TieKind, known: f64) -> Bond {
    Bond { from, to, kind, strength: 0.5, known, learnt: Learnt::Told, date: None, quote: None }
}

const KINDS: [TieKind; 8] = [
    TieKind::ReportsTo,
    TieKind::GoesToForAdvice,
    TieKind::Copies,
    TieKind::Forwards,
    TieKind::AnswersFor,
    TieKind::Trusts,
    TieKind::AtOdds,
    TieKind::Knows,
];

fn person() -> impl Strategy<Value = Person> {
    let words = "[A-Za-zÄöß漢Щ<&\"'\u{1}\u{202e} ]{0,60}";
    let side =
        prop_oneof![8 => Just(Side::Theirs), 1 => Just(Side::Outside), 1 => Just(Side::Ours)];
    let title = proptest::option::of(words);
    let camp = proptest::option::weighted(0.3, "[a-f]");
    (words, title, side, -1.0..=1.0, 0.0..=1.0, 0.0..=1.0, camp).prop_map(
        |(name, title, side, stance, known, weight, camp)| Person {
            title,
            side,
            stance: Guess { value: stance, known },
            weight: Guess { value: weight, known },
            camp,
            ..Person::unknown("", name)
        },
    )
}

/// Any map of one to two hundred people: from hardly any lines to tangles with circles.
pub(super) fn any_map() -> impl Strategy<Value = Map> {
    let people = proptest::collection::vec(person(), 1..200);
    let ends = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let tie = (ends, prop::sample::select(&KINDS[..]), 0.0..=1.0, any::<bool>());
    (people, proptest::collection::vec(tie, 0..300), 0..3_usize).prop_map(
        |(mut people, ties, lines)| {
            for (at, person) in people.iter_mut().enumerate() {
                person.id = format!("p{at}");
            }
            let count = people.len();
            let tie = |((from, to), kind, known, is_told): (
                (prop::sample::Index, prop::sample::Index),
                TieKind,
                f64,
                bool,
            )| {
                // Now and then nothing but lines up, so that there are large trees.
                let kind = if lines == 0 { TieKind::ReportsTo } else { kind };
                let learnt = if is_told { Learnt::Told } else { Learnt::Mail };
                Bond { learnt, ..bond(from.index(count), to.index(count), kind, known) }
            };
            let bonds = ties.into_iter().map(tie).filter(|bond| bond.from != bond.to).collect();
            Map::new(people, bonds).unwrap()
        },
    )
}
