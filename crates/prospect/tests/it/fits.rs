//! How well a firm fits.

use inroad_model::Topic;
use inroad_prospect::{ClosedDeal, Held, Verdict, fit, learned, once_each};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::samples::{assumed, day, ideal, verified};

fn verdicts(held: &[Held]) -> Vec<Verdict> {
    fit(&ideal(), held).lines.iter().map(|line| line.verdict).collect()
}

#[test]
fn what_is_unknown_lowers_how_sure_it_is_and_not_the_fit() {
    use Verdict::{There, Unknown};
    let held = [assumed(Topic::Industry, "Freight forwarding")];
    assert_eq!(verdicts(&held), [There, Unknown, Unknown, Unknown]);
    let ideal = ideal();
    let found = fit(&ideal, &held);
    assert_eq!(found.score, Some(1.0));
    assert!((found.known - 0.5).abs() < 1e-9);
    assert!(found.verified.abs() < 1e-9);
    // What must be comes first of what is to be found out, then by weight.
    let unknown: Vec<Topic> = found.unknown().iter().map(|one| one.topic).collect();
    assert_eq!(unknown, [Topic::Region, Topic::Size, Topic::Technology]);
}

#[test]
fn a_must_that_is_missing_and_what_is_to_be_avoided_rule_out() {
    let ideal = ideal();
    let bank = [assumed(Topic::Industry, "Retail banking")];
    assert!(fit(&ideal, &bank).is_ruled_out());
    let far = [assumed(Topic::Industry, "Freight"), assumed(Topic::Region, "Bergen, Norway")];
    let found = fit(&ideal, &far);
    assert!(found.is_ruled_out());
    assert!((found.score.unwrap() - 5.0 / 6.0).abs() < 1e-9);
    let near = [assumed(Topic::Industry, "Freight"), assumed(Topic::Region, "Hamburg, Germany")];
    assert!(!fit(&ideal, &near).is_ruled_out());
}

#[test]
fn of_many_things_one_that_is_not_named_is_unknown() {
    use Verdict::{NotThere, There, Unknown};
    let of = |text: &str| verdicts(&[assumed(Topic::Technology, text)])[2];
    assert_eq!(of("Salesforce and Jira"), Unknown);
    assert_eq!(of("They work without SAP"), NotThere);
    assert_eq!(of("SAP since 2020"), There);
}

#[test]
fn what_does_not_name_it_says_no_only_where_it_says_all() {
    use Verdict::{NotThere, There, Unknown};
    for (topic, line, held, expected) in [
        (Topic::Industry, 0, assumed(Topic::Industry, "NACE 49.41"), Unknown),
        (Topic::Industry, 0, assumed(Topic::Industry, "NACE 64.19 banking"), NotThere),
        (Topic::Industry, 0, assumed(Topic::Industry, "NACE 49.41 freight"), There),
        (Topic::Region, 3, verified(Topic::Region, "Oslo"), Unknown),
        (Topic::Region, 3, verified(Topic::Region, "Oslo, 0150"), Unknown),
        (Topic::Region, 3, assumed(Topic::Region, "Hamburg, Germany"), Unknown),
        (Topic::Region, 3, verified(Topic::Region, "Hamburg, Germany"), NotThere),
        (Topic::Region, 3, assumed(Topic::Region, "Bergen, Norway"), There),
        (Topic::Region, 3, assumed(Topic::Region, "Not in Norway"), NotThere),
    ] {
        let text = held.text.clone();
        assert_eq!(verdicts(&[held])[line], expected, "{topic:?}: {text}");
    }
}

#[test]
fn sizes_are_compared_as_numbers() {
    use Verdict::{NotThere, There, Unknown};
    let of = |text: &str| verdicts(&[assumed(Topic::Size, text)])[1];
    assert_eq!(of("51-200 employees"), There);
    assert_eq!(of("1,200 people"), NotThere);
    assert_eq!(of("10-100 people"), Unknown);
    assert_eq!(of("revenue EUR 80"), Unknown);
}

#[test]
fn what_was_verified_speaks_before_what_is_assumed() {
    let held =
        [assumed(Topic::Industry, "Logistics"), verified(Topic::Industry, "A chain of bakeries")];
    let ideal = ideal();
    let found = fit(&ideal, &held);
    assert!(found.is_ruled_out());
    assert!((found.verified - 0.5).abs() < 1e-9);
}

#[test]
fn the_newest_telling_word_decides() {
    use Verdict::{NotThere, There, Unknown};
    let of = |topic, line: usize, texts: &[(i8, &str)]| {
        let held: Vec<Held> = texts
            .iter()
            .map(|(on, text)| Held { day: day(*on), ..verified(topic, text) })
            .collect();
        verdicts(&held)[line]
    };
    for (topic, line, texts, expected) in [
        (Topic::Size, 1, &[(1, "120 people"), (9, "900 people")][..], NotThere),
        (Topic::Size, 1, &[(9, "120 people"), (1, "900 people")], There),
        (Topic::Size, 1, &[(5, "900 people"), (5, "120 people")], There),
        (Topic::Technology, 2, &[(1, "SAP"), (9, "They have no SAP")], NotThere),
        (Topic::Technology, 2, &[(1, "They have no SAP"), (9, "SAP")], There),
        (Topic::Technology, 2, &[(1, "SAP"), (9, "Salesforce")], There),
        (Topic::Technology, 2, &[(9, "Salesforce")], Unknown),
        (Topic::Industry, 0, &[(1, "Freight"), (9, "A chain of bakeries")], NotThere),
        (Topic::Industry, 0, &[(5, "Freight"), (5, "Warehouses")], There),
    ] {
        assert_eq!(of(topic, line, texts), expected, "{texts:?}");
    }
    // What is assumed does not stand against what was verified, however new it is.
    let held = [
        Held { day: day(1), ..verified(Topic::Technology, "No SAP") },
        Held { day: day(9), ..assumed(Topic::Technology, "SAP") },
    ];
    assert_eq!(verdicts(&held)[2], NotThere);
}

#[test]
fn what_did_not_hold_says_nothing() {
    let mut fallen = assumed(Topic::Industry, "Logistics");
    fallen.came_out = Some(false);
    assert_eq!(verdicts(&[fallen])[0], Verdict::Unknown);
}

#[test]
fn finished_deals_are_told_only_when_there_are_enough() {
    let ideal = ideal();
    let deal =
        |is_won, trade: &str| ClosedDeal { is_won, held: vec![assumed(Topic::Industry, trade)] };
    let mut closed: Vec<ClosedDeal> = (0..7).map(|_| deal(true, "Freight")).collect();
    closed.push(deal(false, "Freight"));
    closed.push(deal(false, "Banking"));
    assert!(learned(&ideal, &closed).is_empty());
    closed.push(deal(false, "Insurance"));
    let taught = learned(&ideal, &closed);
    assert_eq!(taught.len(), 1);
    assert_eq!((taught[0].won, taught[0].lost), ((7, 0), (1, 2)));
    // Fisher's test of [[7, 0], [1, 2]], both sides: 3 of 45 tables (scipy 1.17.1: 0.0667).
    assert!((taught[0].by_chance.unwrap() - 3.0 / 45.0).abs() < 1e-9);
}

#[test]
fn of_each_firm_the_last_deal_counts() {
    let deal = |firm: &str, is_won, trade: &str| {
        (firm.to_owned(), ClosedDeal { is_won, held: vec![assumed(Topic::Industry, trade)] })
    };
    let (of_ostsee, of_lindner) =
        (deal("ostsee.example", true, "Freight"), deal("lindner.example", true, "Logistics"));
    let closed = vec![
        deal("lindner.example", false, "Banking"),
        of_ostsee.clone(),
        deal("lindner.example", false, "Logistics"),
        of_lindner.clone(),
    ];
    assert_eq!(once_each(closed), [of_lindner.1, of_ostsee.1]);
    assert!(once_each(Vec::new()).is_empty());
}

proptest! {
    #[test]
    fn spellings_in_one_sign_and_in_two_fit_alike(topic in 0_usize..13, text in any::<String>()) {
        let topic = Topic::ALL[topic];
        let (one, two): (String, String) = (text.nfc().collect(), text.nfd().collect());
        prop_assert_eq!(verdicts(&[assumed(topic, &one)]), verdicts(&[assumed(topic, &two)]));
    }

    #[test]
    fn shares_are_shares(texts in prop::collection::vec((0_usize..13, any::<String>(), any::<bool>()), 0..20)) {
        let held: Vec<Held> = texts
            .into_iter()
            .map(|(topic, text, is_verified)| Held {
                is_verified,
                ..assumed(Topic::ALL[topic], &text)
            })
            .collect();
        let ideal = ideal();
        let found = fit(&ideal, &held);
        for share in [found.known, found.verified, found.score.unwrap_or(0.0)] {
            prop_assert!((0.0..=1.0).contains(&share));
        }
        prop_assert!(found.verified <= found.known);
    }
}
