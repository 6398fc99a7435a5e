//! What is read of codes.

use proptest::prelude::*;

use super::*;
use IndustryCode::{Isic, Nace, Naics};

fn check(text: &str, system: IndustryCode, wanted: &[&str], expected: Coded) {
    let any: Vec<String> = wanted.iter().map(|&code| code.to_owned()).collect();
    assert_eq!(coded(text, system, &any), expected, "{text}: {wanted:?}");
}

#[test]
fn codes_are_compared_within_what_systems_share() {
    for (text, system, wanted, expected) in [
        ("NACE J62.01 programming", Nace, "62", Coded::Yes),
        ("NACE 62.01", Nace, "62.02", Coded::No),
        ("NACE 62", Nace, "62.02", Coded::Nothing),
        ("NAICS code 541512", Naics, "5415", Coded::Yes),
        ("NAICS 541512, 541611", Naics, "541611", Coded::Yes),
        ("NACE 62.01", Isic, "62", Coded::Yes),
        ("NACE 62.01", Isic, "6201", Coded::Nothing),
        ("NACE 62.01", Isic, "49", Coded::No),
        ("NAICS 541512", Isic, "62", Coded::Nothing),
        ("since 1998 in ISIC 4923", Isic, "49", Coded::Yes),
        ("ISIC is used here since 1998", Isic, "19", Coded::Nothing),
        ("software", Nace, "62", Coded::Nothing),
        ("NAF 62.01Z", Nace, "62", Coded::Nothing),
    ] {
        check(text, system, &[wanted], expected);
    }
}

#[test]
fn only_what_cannot_lie_below_a_code_is_denied_by_it() {
    for (text, system, wanted, expected) in [
        ("NACE 62", Nace, &["62.02", "49"][..], Coded::Nothing),
        ("NACE 62, 70", Nace, &["62.02"], Coded::Nothing),
        ("NACE 49, 70", Nace, &["62.02"], Coded::No),
        ("NACE 49, NAICS 62", Nace, &["62.02"], Coded::No),
        ("NAICS 31-33", Naics, &["332"], Coded::Nothing),
        ("NAICS 31–33", Naics, &["33"], Coded::Nothing),
        ("NAICS 31-33", Naics, &["31", "32", "33"], Coded::Yes),
        ("NAICS 44-45 and 48-49", Naics, &["4841"], Coded::Nothing),
        ("NAICS 44-45 and 48 - 49", Naics, &["332"], Coded::No),
        ("NACE 62", Isic, &["6201", "49"], Coded::Nothing),
        ("NACE 62", Nace, &[""], Coded::Nothing),
    ] {
        check(text, system, wanted, expected);
    }
}

#[test]
fn numbers_that_are_no_codes() {
    for (text, system, wanted, expected) in [
        ("NACE Rev. 2.1: 62.10", Nace, "21", Coded::No),
        ("NACE Rev. 2.1: 62.10", Nace, "62.1", Coded::Yes),
        ("ISIC Rev.4 code 6201", Isic, "62", Coded::Yes),
        ("NACE 62.01, 350 people", Nace, "35", Coded::No),
        ("NACE 62.01, 350+ Mitarbeiter", Nace, "35", Coded::No),
        ("NACE 62.01, 12 million, EUR", Nace, "12", Coded::No),
        ("NACE 62.01; 35 %", Nace, "35", Coded::No),
        ("NACE 62.01, € 12", Nace, "12", Coded::No),
        ("NACE 62.01 €12", Nace, "12", Coded::No),
        ("NACE 62.01, staff: 49", Nace, "62", Coded::Yes),
        ("NACE 62.01, staff: 49", Nace, "49", Coded::No),
        ("NACE 6.201", Nace, "62", Coded::Nothing),
        ("NACE 62010", Nace, "62", Coded::Nothing),
        ("NAICS 2022: 541512", Naics, "20", Coded::No),
        ("NAICS 54.15", Naics, "54", Coded::Nothing),
    ] {
        check(text, system, &[wanted], expected);
    }
}

#[test]
fn words_beside_codes() {
    for (text, expected) in [
        ("NACE 49.41", false),
        ("NACE Rev. 2 code H49.41 / ISIC 4923", false),
        ("WZ 49.41", false),
        ("49.41", false),
        ("NACE 49.41 Freight by road", true),
        ("Freight", true),
    ] {
        assert_eq!(has_words(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), code in "[0-9]{1,6}") {
        coded(&text, Nace, &[code]);
    }
}
