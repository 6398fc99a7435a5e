//! What is planned, as a calendar: what is done, private, or asked to be left alone is not told.

use inroad_model::{Channel, Entry, Remark, Subject};

use crate::desk::{Desk, day, email};
use crate::letters::{ME, letter};

#[tokio::test]
async fn plans_are_told_but_nothing_private_and_nobody_who_opted_out() {
    let desk = Desk::new().await;
    let stop = "Please do not write to me again and take me off your list.";
    desk.take_letters(&[letter("Rik <rik@quiet.example>", ME, 2, stop)]).await;
    assert!(desk.inroad.calendar("", day(5)).await.unwrap().is_none());
    let plan = |what: &str| Entry::Plan {
        day: "2026-03-20".parse().unwrap(),
        by: Channel::Call,
        with: None,
        what: Remark::new(what).unwrap(),
    };
    for (who, what) in [
        ("jana@lindner.example", "The price"),
        ("omar@acme.example", "Ask after his surgery in hospital"),
        ("rik@quiet.example", "Try again"),
    ] {
        desk.inroad.write_down(Subject::Person(email(who)), plan(what), day(5)).await.unwrap();
    }
    let secret = desk.inroad.renew_calendar(day(5)).await.unwrap().what;
    assert_eq!(secret.len(), 32);
    let text = desk.inroad.calendar(&secret, day(6)).await.unwrap().unwrap();
    assert!(text.contains("SUMMARY:Call: The price (jana@lindner.example)"), "{text}");
    assert!(text.contains("SUMMARY:Call (omar@acme.example)"), "{text}");
    assert!(!text.contains("surgery") && !text.contains("rik@"), "{text}");
    assert_eq!(text, desk.inroad.calendar(&secret, day(6)).await.unwrap().unwrap());
}
