//! A review of an earlier day knows nothing that came later.

use inroad_model::Stage;

use crate::desk::{Desk, moment};
use crate::letters::{JANA, ME, exchange, letter};

#[tokio::test]
async fn a_deal_lost_in_july_was_open_in_june() {
    let desk = Desk::new().await;
    let csv = "Record ID,Deal Name,Deal Stage,Close Date,Create Date,Associated Company\n\
         1,Warehouse,Closed Lost,2026-07-09,2026-03-01,Lindner\n";
    let typed = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [
        {"id": "w", "name": "Warehouse", "organization": "Lindner", "stage": "lost"}]}"#;
    desk.take("deals.json", typed).await;
    desk.take("hubspot.csv", csv).await;
    for (day, expected) in
        [("2026-06-01T09:00:00Z", None), ("2026-07-20T09:00:00Z", Some(Stage::Lost))]
    {
        let closed = desk.deal("Warehouse", day).await.state == inroad_model::State::Closed;
        assert_eq!(closed, expected.is_some(), "{day}");
    }
}

#[tokio::test]
async fn a_meeting_that_moved_leaves_no_old_slot_and_is_known_from_its_entry() {
    let desk = Desk::new().await;
    let meeting = |day: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:m1\r\n\
             CREATED:20260901T090000Z\r\nDTSTAMP:20260901T090000Z\r\nDTSTART:{day}T090000Z\r\n\
             SUMMARY:Board\r\nATTENDEE:mailto:jana@lindner.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    desk.take("a.ics", &meeting("20261001")).await;
    desk.take("b.ics", &meeting("20261008")).await;
    let health = desk.inroad.diagnose().await.unwrap().health;
    let events = health.counts.iter().find(|(noun, _)| *noun == "calendar entries").unwrap().1;
    assert_eq!(events, 1);
    let deals = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [
        {"id": "w", "name": "Warehouse", "domain": "lindner.example",
         "people": [{"email": "jana@lindner.example"}]}]}"#;
    desk.take("deals.json", deals).await;
    desk.take_letters(&exchange(JANA, 5)).await;
    let before = desk.deal("w", "2026-08-20T09:00:00Z").await.state;
    let after = desk.deal("w", "2026-09-20T09:00:00Z").await.state;
    assert_ne!(before, after, "the meeting ahead is known only from its entry on");
}

#[tokio::test]
async fn a_name_is_the_one_seen_last_by_then() {
    let desk = Desk::new().await;
    let alt = letter("Jana Alt <jana@lindner.example>", ME, 2, "Offer");
    let neu = letter("Jana Neu <jana@lindner.example>", ME, 9, "Offer two");
    desk.take_letters(&[alt, neu]).await;
    let jana = "jana@lindner.example".parse().unwrap();
    for (day, name) in [("2026-03-05T09:00:00Z", "Jana Alt"), ("2026-03-20T09:00:00Z", "Jana Neu")]
    {
        let view = desk.inroad.person(&jana, moment(day)).await.unwrap();
        assert_eq!(view.name.as_deref(), Some(name), "{day}");
    }
}
