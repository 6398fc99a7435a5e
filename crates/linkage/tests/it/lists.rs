//! What is told of small lists.

use inroad_linkage::{Organisation, Person, Register, link};

fn person(given: &str, family: &str, email: &str, phone: &str) -> Person {
    Person {
        given: given.to_owned(),
        family: family.to_owned(),
        emails: vec![email.to_owned()],
        phones: vec![phone.to_owned()],
        ..Person::default()
    }
}

fn list() -> Vec<Person> {
    vec![
        person("Anna", "Berg", "anna.berg@lindner.example", "030 5550 1234"),
        person("Ralf", "Odermatt", "ralf@lindner.example", "030 5550 1234"),
        person("A.", "Berg", "", "+49 30 55501234"),
        person("Anna", "Berg", "Anna.Berg@Lindner.example", ""),
        person("Wiebke", "Harmsdorf", "w@harmsdorf.example", ""),
    ]
}

#[test]
fn groups_and_doubles() {
    let register = Register::new(&list());
    assert_eq!(register.len(), 5);
    let groups = register.groups();
    assert!(groups.iter().any(|group| group.contains(&0) && group.contains(&3)), "{groups:?}");
    assert!(groups.iter().all(|group| !group.contains(&1) && !group.contains(&4)), "{groups:?}");
    let doubles = register.doubles(0.9);
    assert_eq!((doubles[0].a, doubles[0].b), (0, 3));
}

#[test]
fn why_names_what_speaks_for_and_against() {
    let register = Register::new(&list());
    let why = register.why(0, 1).unwrap();
    assert!(why.chance < 0.1, "{why:?}");
    assert!(why.reasons_for.iter().any(|reason| reason.words == "same phone"));
    assert!(why.reasons_against.iter().any(|reason| reason.words == "other given name"));
    assert_eq!(why.otherwise, Some("they may be colleagues"));
    assert!(register.why(0, 99).is_none());
}

#[test]
fn a_new_one_is_known() {
    let register = Register::new(&list());
    let found = register.like(&person("Ana", "Berg", "anna.berg@lindner.example", ""), 2);
    assert!(found[0].record == 0 || found[0].record == 3);
    assert!(found[0].chance > 0.9, "{found:?}");
    assert!(register.like(&person("Zebulon", "Quigley", "", ""), 2).is_empty());
    assert!(register.like(&Person::default(), 2).is_empty());
}

#[test]
fn records_with_equal_content() {
    let twice = vec![person("Anna", "Berg", "anna.berg@lindner.example", ""); 3];
    assert_eq!(Register::new(&twice).groups(), [[0, 1, 2]]);
    let blank = vec![Person::default(); 3];
    assert!(Register::new(&blank).groups().is_empty());
    assert!(Register::<Person>::new(&[]).groups().is_empty());
    assert!(Register::<Person>::new(&[]).is_empty());
}

#[test]
fn two_lists() {
    let second = [
        person("Wibke", "Harmsdorf", "w@harmsdorf.example", ""),
        person("Anna", "Berg", "anna.berg@lindner.example", ""),
        person("Peter", "Berg", "", "030 5550 1234"),
    ];
    let first = [list()[0].clone(), list()[4].clone()];
    let pairs: Vec<(usize, usize)> = link(&first, &second).iter().map(|p| (p.a, p.b)).collect();
    assert_eq!(pairs, [(0, 1), (1, 0)]);
}

#[test]
fn organisations_by_name() {
    let named = |name: &str| Organisation { name: name.to_owned(), ..Organisation::default() };
    let names =
        ["Lindner Bau GmbH", "LINDNER BAU", "Kessler Logistik AG", "Kesler Logistik", "Waldhof"];
    let list: Vec<Organisation> = names.map(named).into();
    assert_eq!(Register::new(&list).groups(), [[0, 1], [2, 3]]);
}
