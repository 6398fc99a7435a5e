//! What is planned, as a calendar: what is done, private, or asked to be left alone is not told.

use inroad_model::{Channel, DealId, Entry, Remark, Subject};

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

/// A firm that is left alone is so for plans about its people and about its deals.
#[tokio::test]
async fn plans_for_a_firm_that_is_left_alone_are_not_told() {
    let desk = Desk::new().await;
    desk.take(
        "deals.json",
        r#"{"me": {"name": "Marta Sol", "emails": ["marta@studio.example"]}, "deals": [
          {"id": "d1", "name": "Warehouse", "people": [{"email": "jana@mail.lindner.example"}]},
          {"id": "d2", "name": "Audit", "people": [{"email": "omar@acme.example"}]}]}"#,
    )
    .await;
    let plan = Entry::Plan {
        day: "2026-03-20".parse().unwrap(),
        by: Channel::Mail,
        with: None,
        what: Remark::new("The offer").unwrap(),
    };
    let deal = |id| Subject::Deal(DealId::new(id).unwrap());
    for about in [deal("d1"), deal("d2"), Subject::Person(email("eva@lindner.example"))] {
        desk.inroad.write_down(about, plan.clone(), day(5)).await.unwrap();
    }
    let secret = desk.inroad.renew_calendar(day(5)).await.unwrap().what;
    let count = async |at| {
        let text = desk.inroad.calendar(&secret, at).await.unwrap().unwrap();
        text.matches("BEGIN:VEVENT").count()
    };
    assert_eq!(count(day(6)).await, 3);
    let because = Remark::new("They asked me by telephone").unwrap();
    let firm = Subject::Account("lindner.example".parse().unwrap());
    desk.inroad.write_down(firm, Entry::LeaveAlone { because }, day(7)).await.unwrap();
    assert_eq!(count(day(8)).await, 1);
}
