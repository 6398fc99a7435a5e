//! Whatever records come in, what is told is finite and the same in any order.

use inroad_linkage::{Organisation, Person, Register, link};
use proptest::prelude::*;

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c]{1,5}",
        3 => prop::sample::select(vec![
            "Anna", "Berg", "Bob", "Robert", "Müller", "Mueller", "Smith", "Jr.", "van", "", "A.", "GmbH", "12", "Ludlow",
            "anna@berg.example", "info@berg.example", "030 5550 1234", "5550 1234", "Berg, Anna", "N. V.", "the",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ]
}

fn person() -> impl Strategy<Value = Person> {
    let names = (word(), word(), word());
    let address = (word(), word(), word(), word(), word(), word());
    let contact = (prop::collection::vec(word(), 0..3), prop::collection::vec(word(), 0..3));
    (names, address, contact, word(), word()).prop_map(
        |(
            (given, family, name),
            (street, number, lines, place, postcode, region),
            (emails, phones),
            organisation,
            title,
        )| {
            Person {
                given,
                family,
                name,
                street,
                number,
                lines,
                place,
                postcode,
                region,
                emails,
                phones,
                organisation,
                title,
            }
        },
    )
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let names = (prop::collection::vec(word(), 1..4), prop::collection::vec(word(), 0..2));
    let contact = (prop::collection::vec(word(), 0..3), prop::collection::vec(word(), 0..3));
    (names, contact, word(), word(), word(), word()).prop_map(
        |((name, other_names), (domains, phones), street, number, place, postcode)| Organisation {
            name: name.join(" "),
            other_names,
            domains,
            phones,
            street,
            number,
            place,
            postcode,
        },
    )
}

/// Groups as sets of the records themselves, since places change with the order.
fn told<R: Clone + Ord>(list: &[R], groups: &[Vec<usize>]) -> Vec<Vec<R>> {
    let mut told: Vec<Vec<R>> = groups
        .iter()
        .map(|group| {
            let mut records: Vec<R> = group.iter().map(|at| list[*at].clone()).collect();
            records.sort();
            records
        })
        .collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn people_in_any_order(list in prop::collection::vec(person(), 0..12), turn in 0_usize..12) {
        let register = Register::new(&list);
        let groups = register.groups();
        for pair in register.doubles(0.0) {
            prop_assert!(pair.a < pair.b && (0.0..=1.0).contains(&pair.chance));
            let back = register.why(pair.b, pair.a).unwrap();
            prop_assert!((pair.chance - back.chance).abs() < 1e-9 || list[pair.a] == list[pair.b]);
        }
        let mut turned = list.clone();
        turned.rotate_left(turn.min(list.len()));
        turned.reverse();
        prop_assert_eq!(told(&list, &groups), told(&turned, &Register::new(&turned).groups()));
        prop_assert_eq!(groups, Register::new(&list).groups());
    }

    #[test]
    fn organisations_in_any_order(list in prop::collection::vec(organisation(), 0..12), turn in 0_usize..12) {
        let register = Register::new(&list);
        let mut turned = list.clone();
        turned.rotate_left(turn.min(list.len()));
        prop_assert_eq!(told(&list, &register.groups()), told(&turned, &Register::new(&turned).groups()));
    }

    #[test]
    fn two_in_any_order(a in person(), b in person(), c in organisation(), d in organisation()) {
        let (people, firms) = (Register::<Person>::new(&[]), Register::<Organisation>::new(&[]));
        prop_assert_eq!(people.why_both(&a, &b), people.why_both(&b, &a));
        prop_assert_eq!(firms.why_both(&c, &d), firms.why_both(&d, &c));
    }

    #[test]
    fn a_record_is_no_less_the_same_as_itself_than_as_another(a in person(), b in person()) {
        let empty = Register::<Person>::new(&[]);
        let why = empty.why_both(&a, &a);
        prop_assert!(why.reasons_against.is_empty(), "{why:?}");
        prop_assert!(empty.why_both(&a, &b).chance.is_finite());
    }

    #[test]
    fn blanks_change_nothing(a in person(), b in person()) {
        let empty = Register::<Person>::new(&[]);
        let mut padded = a.clone();
        padded.emails.push(String::new());
        padded.phones.push("  ".to_owned());
        padded.place = format!("  {} ", padded.place);
        prop_assert_eq!(empty.why_both(&a, &b), empty.why_both(&padded, &b));
    }

    #[test]
    fn nobody_is_linked_twice(first in prop::collection::vec(person(), 0..8), second in prop::collection::vec(person(), 0..8)) {
        let pairs = link(&first, &second);
        let back = link(&second, &first);
        for list in [pairs.iter().map(|p| p.a).collect::<Vec<_>>(), pairs.iter().map(|p| p.b).collect()] {
            let mut once = list.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), list.len());
        }
        prop_assert_eq!(pairs.len(), back.len());
    }

    #[test]
    fn a_new_record_is_asked_for(list in prop::collection::vec(person(), 0..8), new in person()) {
        let register = Register::new(&list);
        let found = register.like(&new, 3);
        prop_assert!(found.len() <= 3);
        for like in found {
            let why = register.why_like(&new, like.record).unwrap();
            prop_assert!((why.chance - like.chance).abs() < 1e-9);
        }
    }
}
