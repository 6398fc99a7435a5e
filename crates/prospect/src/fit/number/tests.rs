//! What is read of numbers.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const INF: f64 = f64::INFINITY;

fn check(text: &str, unit: &str, expected: &[(f64, f64)]) {
    let found = amounts(text, unit);
    let found: Vec<(f64, f64)> = found.iter().map(|amount| (amount.low, amount.high)).collect();
    assert_eq!(found, expected, "{text}: {unit}");
}

fn check_one(unit: &str, texts: &[(&str, f64, f64)]) {
    for (text, low, high) in texts {
        check(text, unit, &[(*low, *high)]);
    }
}

#[test]
fn numbers_as_people_write_them() {
    check_one(
        "people",
        &[
            ("350 people", 350.0, 350.0),
            ("1,200 employees in 3 countries", 1200.0, 1200.0),
            ("1.200 Mitarbeiter", 1200.0, 1200.0),
            ("1 200 salaried staff", 1200.0, 1200.0),
            ("12 345 678 people", 12_345_678.0, 12_345_678.0),
            ("In 2020 350 people", 350.0, 350.0),
            ("founded in 1998, 40 people", 40.0, 40.0),
            ("since 01.02.2024 80 people", 80.0, 80.0),
            ("2024-03-01: 80 people", 80.0, 80.0),
            ("the 3rd of 80 people", 80.0, 80.0),
            ("2,000 people", 2000.0, 2000.0),
            ("2000 people", 2000.0, 2000.0),
            ("a 60-person firm", 60.0, 60.0),
        ],
    );
    check_one(
        "EUR",
        &[
            ("revenue EUR 12.5 million", 12.5e6, 12.5e6),
            ("revenue of €25m, 80 people", 25e6, 25e6),
            ("Umsatz 12,5 Mio EUR", 12.5e6, 12.5e6),
            ("Umsatz 12,5 Mio. EUR", 12.5e6, 12.5e6),
            ("EUR25m", 25e6, 25e6),
            ("EUR 1.125 billion", 1.125e9, 1.125e9),
            ("EUR 1,125 bn", 1.125e9, 1.125e9),
            ("EUR 1.125", 1125.0, 1125.0),
            ("EUR 0.125", 0.125, 0.125),
            ("€2000", 2000.0, 2000.0),
            ("12 million euros", 12e6, 12e6),
        ],
    );
    check("$1.2bn", "USD", &[(1.2e9, 1.2e9)]);
    check("1.200,50", "", &[(1200.5, 1200.5)]);
    check("Airbus A320", "", &[]);
    check("no number", "", &[]);
}

#[test]
fn limits_stand_beside_their_number() {
    check_one(
        "people",
        &[
            ("over 1,000 employees", 1000.0, INF),
            ("up to 50 people", 0.0, 50.0),
            ("10,000+ employees", 10_000.0, INF),
            ("not more than 50 people", 0.0, 50.0),
            ("no more than 50 people", 0.0, 50.0),
            ("no fewer than 50 people", 50.0, INF),
            ("at least about 50 people", 50.0, INF),
            ("A start-up with 40 people", 40.0, 40.0),
            ("most of the 300 people", 300.0, 300.0),
            ("weniger als 50 Mitarbeiter", 0.0, 50.0),
            ("höchstens 50 Mitarbeiter", 0.0, 50.0),
            ("mindestens 50 Mitarbeiter", 50.0, INF),
            ("nicht mehr als 50 Mitarbeiter", 0.0, 50.0),
            ("max. 50 people", 0.0, 50.0),
            ("<50 people", 0.0, 50.0),
            (">500 people", 500.0, INF),
            ("≥ 50 people", 50.0, INF),
            ("<= 50 people", 0.0, 50.0),
            ("50 or more people", 50.0, INF),
            ("50 people or fewer", 0.0, 50.0),
        ],
    );
    check_one("EUR", &[("over EUR 10m", 10e6, INF), ("less than €5m", 0.0, 5e6)]);
}

#[test]
fn the_nearest_unit_tells_what_is_counted() {
    check_one(
        "people",
        &[
            ("80 people with EUR 25m revenue", 80.0, 80.0),
            ("Headcount in 2024: 350", 350.0, 350.0),
            ("Headcount (2024): 350", 350.0, 350.0),
            ("Number of employees at the end of 2024: 350", 350.0, 350.0),
            ("Headcount: > 350", 350.0, INF),
            ("Headcount: at least 350", 350.0, INF),
            ("Headcount: 350 Revenue: 25m", 350.0, 350.0),
            ("Headcount: 350", 350.0, 350.0),
            ("Mitarbeiterzahl: 350", 350.0, 350.0),
            ("350 Mitarbeitern", 350.0, 350.0),
            ("350 Beschäftigte", 350.0, 350.0),
            ("Employees 350 Revenue 25m", 350.0, 350.0),
            ("Umsatz EUR 12,5 Mio. Mitarbeiter: 80", 80.0, 80.0),
        ],
    );
    check_one(
        "EUR",
        &[
            ("80 people with EUR 25m revenue", 25e6, 25e6),
            ("80 people EUR 25m", 25e6, 25e6),
            ("Revenue of EUR 25m with 80 people", 25e6, 25e6),
        ],
    );
    check_one("€", &[("25m euros", 25e6, 25e6)]);
    check_one("trucks", &[("80 people and 20 trucks", 20.0, 20.0), ("A truck, 1 truck", 1.0, 1.0)]);
    check_one("revenue", &[("80 people with a revenue of EUR 25m", 25e6, 25e6)]);
    check("founded in 1998", "", &[]);
    check("Headcount: 2024", "people", &[]);
    check("40 years with people", "people", &[]);
}

#[test]
fn spans() {
    check_one(
        "people",
        &[
            ("51-200 people", 51.0, 200.0),
            ("51–200 people", 51.0, 200.0),
            ("50 bis 80 Mitarbeiter", 50.0, 80.0),
            ("between 51 and 200 employees", 51.0, 200.0),
            ("In 3 and 200 employees", 200.0, 200.0),
        ],
    );
    check_one(
        "EUR",
        &[
            ("EUR 10m-20m", 10e6, 20e6),
            ("EUR 10-20m", 10e6, 20e6),
            ("EUR 10m to EUR 20m", 10e6, 20e6),
            ("EUR 10 million to 20 million", 10e6, 20e6),
            ("EUR 500k-1m", 500e3, 1e6),
            ("EUR 10m - 350 people", 10e6, 10e6),
            ("between EUR 10m and EUR 20m", 10e6, 20e6),
        ],
    );
}

#[test]
fn amounts_that_disagree_say_nothing_unless_one_is_of_the_whole() {
    for (text, expected) in [
        ("120 people", Some(true)),
        ("900 people", Some(false)),
        ("10-100 people", None),
        ("120 people in Hamburg, 300 people in Kiel", Some(true)),
        ("40 people in Hamburg, 120 people in Kiel", None),
        ("40 people in Hamburg, 300 people overall", Some(true)),
        ("40 people in Hamburg, 300 worldwide", Some(true)),
        ("40 people in Hamburg (300 in total)", Some(true)),
        ("40 people in Hamburg, worldwide: 300", Some(true)),
        ("40 people in Hamburg, 300 trucks worldwide", Some(false)),
        ("In total 300 people, 40 people in Hamburg", Some(true)),
        ("120 people here, 9,000 people group-wide", Some(false)),
        ("120 Mitarbeiter, weltweit 9.000 Mitarbeiter", Some(false)),
        ("EUR 80", None),
    ] {
        assert_eq!(lies_within(text, "people", 50.0, 500.0), expected, "{text}");
    }
}

#[test]
fn typed_numbers_are_read_as_texts_are() {
    for (text, expected) in [
        ("1.500", Some(1500.0)),
        ("1,500", Some(1500.0)),
        ("1 500", Some(1500.0)),
        ("12,5", Some(12.5)),
        ("12.5", Some(12.5)),
        (" 2024 ", Some(2024.0)),
        ("1.5 m", Some(1.5e6)),
        ("0", Some(0.0)),
        ("-5", None),
        ("12 people", None),
        ("1.2.3", None),
        ("", None),
    ] {
        assert_eq!(typed_number(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), of in any::<String>()) {
        for amount in amounts(&text, &of) {
            prop_assert!(amount.low <= amount.high);
        }
    }

    #[test]
    fn texts_like_those_of_people_are_read(
        text in "((over|up to|no|more than|EUR|[0-9]{1,4}|[.,:() -]|people|m|Mio\\.) ?){0,12}",
    ) {
        for amount in amounts(&text, "people") {
            prop_assert!(amount.low <= amount.high);
        }
    }

    #[test]
    fn spellings_in_one_sign_and_in_two_are_read_alike(text in any::<String>()) {
        let (one, two): (String, String) = (text.nfc().collect(), text.nfd().collect());
        prop_assert_eq!(amounts(&one, ""), amounts(&two, ""));
    }
}
