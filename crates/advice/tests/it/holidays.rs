//! Holidays stop the clock by which somebody is waited for. Good Friday of 2026 is day 88.

use inroad_model::State;

use crate::story::{ME, Story};

/// Somebody who answers within a day, asked on the Thursday before Easter.
fn asked_before_easter(address: &str, phone: Option<&str>) -> Story {
    let (_, domain) = address.split_once('@').unwrap();
    let mut story = Story::new();
    story.deal.domain = Some(domain.to_owned());
    for n in 0..6 {
        let day = f64::from(n) * 7.0;
        story =
            story.letter(day, ME, address, "How is it?").letter(day + 0.5, address, ME, "Fine.");
        let phones = phone.iter().map(|&phone| phone.to_owned()).collect();
        story.touches.last_mut().unwrap().signature.phones = phones;
    }
    story.letter(87.0, ME, address, "And now?")
}

#[track_caller]
fn check(address: &str, phone: Option<&str>, silent_days: f64, told: bool) {
    let deal = asked_before_easter(address, phone).review(92.0);
    let says = &deal.reasons[0].says;
    assert!((deal.silent_days - silent_days).abs() < 0.11, "{address}: {}", deal.silent_days);
    assert_eq!(says.contains("Easter taken out"), told, "{says}");
}

#[test]
fn days_off_are_taken_out_by_the_country_of_who_is_waited_for() {
    check("jana@lindner.de", None, 3.0, true);
    check("jana@lindner.fr", None, 3.6, true);
    check("jana@lindner.com", Some("+49 30 5550100"), 3.0, true);
    check("jana@lindner.de", Some("+81 3 5550 0100"), 5.0, false);
    // By the zone of the letters alone it is less sure.
    check("jana@lindner.com", None, 3.9, true);
}

#[test]
fn christmas_is_no_silence() {
    let story = |address| {
        let mut story = Story::new();
        story.deal.domain = Some(address_domain(address));
        for n in 0..6 {
            let day = 300.0 + f64::from(n) * 7.0;
            story = story.letter(day, ME, address, "How is it?");
            story = story.letter(day + 1.0, address, ME, "Fine.");
        }
        // Monday, 21 December 2026, read on the fourth of January.
        story.letter(350.0, ME, address, "And now?").review(364.0)
    };
    let (here, japan) = (story("jana@lindner.at"), story("jana@lindner.jp"));
    assert!(here.silent_days < 9.0 && japan.silent_days > 10.0, "{}", japan.silent_days);
    assert!(here.probability_dark < japan.probability_dark);
    assert!(here.reasons[0].says.contains("Christmas"), "{}", here.reasons[0].says);
}

fn address_domain(address: &str) -> String {
    address.split_once('@').unwrap().1.to_owned()
}

#[test]
fn who_is_away_over_holidays_is_away_once() {
    use inroad_model::FactKind;
    use jiff::civil::date;
    let story = asked_before_easter("jana@lindner.de", None)
        .letter(87.0, "jana@lindner.de", ME, "I am away.")
        .automatic()
        .states(FactKind::OutOfOffice, |fact| fact.until = Some(date(2026, 4, 6)));
    // Back on Monday 6 April; the days from Thursday to Monday are gone, Easter among them.
    let deal = story.review(100.0);
    assert!((deal.silent_days - 8.0).abs() < 0.11, "{}", deal.silent_days);
    assert_ne!(deal.state, State::Closed);
}
