//! What must hold on any map of an account, whatever is known of it.

use inroad_advice::politics::account;
use inroad_advice::politics::map::{Bond, Comfort, Guess, Learnt, Map, Person, Side};
use inroad_advice::politics::{Part, tipping, unknowns, way};
use inroad_model::TieKind;
use proptest::prelude::*;

const KINDS: [TieKind; 6] = [
    TieKind::ReportsTo,
    TieKind::GoesToForAdvice,
    TieKind::Trusts,
    TieKind::AtOdds,
    TieKind::AnswersFor,
    TieKind::Knows,
];

const PARTS: [Option<Part>; 5] = [
    None,
    Some(Part::DecisionMaker),
    Some(Part::Purchaser),
    Some(Part::EndUser),
    Some(Part::Outsider),
];

fn unit() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..=1.0_f64]
}

fn person() -> impl Strategy<Value = Person> {
    let flags = (any::<bool>(), any::<bool>(), 0..5_usize, 0..3_usize);
    let figures = (unit(), unit(), unit(), unit());
    (flags, figures, (unit(), unit(), unit())).prop_map(
        |(
            (is_met, may_be_asked, part, side),
            (weight, known, stance, openness),
            (fear, veto, sure),
        )| {
            Person {
                part: PARTS[part],
                side: [Side::Theirs, Side::Theirs, Side::Outside][side],
                is_met,
                may_be_asked,
                weight: Guess { value: weight, known },
                stance: Guess { value: 2.0 * stance - 1.0, known: sure },
                openness,
                fear,
                veto,
                ..Person::unknown("", "")
            }
        },
    )
}

fn map() -> impl Strategy<Value = Map> {
    (1..12_usize).prop_flat_map(|count| {
        let people = prop::collection::vec(person(), count);
        let tie = (0..count, 0..count, 0..KINDS.len(), unit(), unit());
        let ties = prop::collection::vec(tie, 0..30);
        let rest = (prop::option::of(0..count), any::<bool>(), 0..3_usize, 0..count);
        (people, ties, rest).prop_map(
            |(mut people, ties, (in_the_way, ongoing, comfort, contact))| {
                for (at, person) in people.iter_mut().enumerate() {
                    person.id = format!("p{at}");
                    person.name = format!("Person {at}");
                    person.is_contact = at == contact;
                }
                let bonds = ties.into_iter().filter(|(from, to, ..)| from != to).map(
                    |(from, to, kind, strength, known)| Bond {
                        from,
                        to,
                        kind: KINDS[kind],
                        strength,
                        known,
                        learnt: Learnt::Told,
                        date: None,
                        quote: None,
                    },
                );
                let mut map = Map::new(people, bonds.collect()).unwrap();
                map.in_the_way = in_the_way;
                map.ongoing = ongoing;
                map.comfort = [Comfort::Careful, Comfort::Even, Comfort::Bold][comfort];
                map
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_route_leads_over_whoever_is_in_the_way_or_must_be_left_alone(map in map()) {
        let way = way::find(&map);
        for route in &way.routes {
            let people = route.people();
            prop_assert!(map.in_the_way.is_none_or(|at| !people.contains(&at)));
            prop_assert!(people.iter().all(|at| map.people()[*at].may_be_asked));
            prop_assert!(people.iter().all(|at| map.people()[*at].side != Side::Ours));
            prop_assert!(route.toes.iter().all(|at| !people.contains(at)));
            let weakest = route.steps[route.weakest].chance.get();
            prop_assert!(route.steps.iter().all(|step| step.chance.get() >= weakest));
            prop_assert!(route.worth <= route.chance.get() + 1e-12);
        }
        let veto = map.in_the_way.is_some_and(|at| map.people()[at].veto >= 0.5);
        prop_assert!(!veto || !way.is_open, "a true veto has no way around");
        prop_assert_eq!(way.is_open, way.closed_because.is_none());
    }

    #[test]
    fn shares_are_shares_and_the_same_map_gives_the_same(map in map()) {
        let tipped = tipping::simulate(&map, 60, 7);
        for share in [tipped.yes.opinions, tipped.yes.vote, tipped.yes.compromise] {
            prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share));
        }
        for tip in &tipped.tips {
            for gain in [tip.gain.opinions, tip.gain.vote, tip.gain.compromise] {
                prop_assert!(gain >= -1e-9, "nobody who is won over turns a yes to a no");
            }
        }
        prop_assert_eq!(&tipped, &tipping::simulate(&map, 60, 7));
    }

    #[test]
    fn nobody_is_asked_who_must_be_left_alone_or_was_never_met(map in map()) {
        for unknown in unknowns::find(&map) {
            let asked = &map.people()[unknown.ask];
            prop_assert!(asked.may_be_asked && asked.is_met && asked.side != Side::Ours);
            prop_assert!(unknown.gain >= 0.0 && !unknown.text.is_empty());
        }
    }

    #[test]
    fn an_account_reads_in_whole_sentences(map in map()) {
        let account = account::read(&map);
        for section in account.sections(&[]) {
            prop_assert!(!section.lines.is_empty());
            for line in section.lines {
                prop_assert!(line.ends_with(['.', '"']), "{}", line);
                prop_assert!(!line.contains("  ") && !line.contains(" ,") && !line.contains(".."), "{}", line);
            }
        }
    }
}

#[test]
fn a_map_that_does_not_fit_is_refused_with_who_and_what() {
    let read = |text: &str| Map::read(text).unwrap_err().to_string();
    let person = |id: &str| format!("[[person]]\nid = \"{id}\"\nname = \"X\"\n");
    assert_eq!(read(&(person("a") + &person("a"))), "'a' is there twice");
    let tie = "[[tie]]\nfrom = \"a\"\nto = \"b\"\nkind = \"trusts\"\n";
    assert_eq!(read(&(person("a") + tie)), "There is nobody called 'b' among the people");
    let loud = person("a") + "weight = 1.5\n";
    assert_eq!(read(&loud), "'weight' of 'a' has to lie between 0 and 1");
    let unknown = person("a") + "wieght = 0.5\n";
    assert!(read(&unknown).starts_with("line 4: unknown field `wieght`"), "{}", read(&unknown));
}
