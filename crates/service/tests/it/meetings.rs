//! A meeting that is called off stands on the days before, and on none after.

use inroad_model::State;

use crate::desk::Desk;
use crate::letters::{JANA, Letter, ME, exchange, letter};

const DEALS: &str = r#"{"me": {"emails": ["marta@studio.example"]}, "deals": [
    {"id": "w", "name": "Warehouse", "domain": "lindner.example"}]}"#;

/// A desk with letters in March, silence since, and a meeting in October.
async fn desk() -> Desk {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&exchange(JANA, 5)).await;
    desk.take("a.ics", calendar("", "20260801", STANDS)).await;
    desk
}

const STANDS: &str = "CREATED:20260801T090000Z\nDTSTART:20261001T090000Z\nSUMMARY:Board\n\
    ATTENDEE:mailto:jana@lindner.example\n";

/// A calendar of one meeting that was written on a day.
fn calendar(method: &str, written: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{method}BEGIN:VEVENT\nUID:m1\nDTSTAMP:{written}T090000Z\n\
         {lines}END:VEVENT\nEND:VCALENDAR\n"
    )
}

/// Checks on which days in September the meeting stands; it was called off on the 10th.
async fn check(desk: &Desk) {
    let meetings = desk.inroad.diagnose().await.unwrap().health.counts;
    assert!(meetings.contains(&("calendar entries", 1)), "{meetings:?}");
    let state = async |day: &str| desk.deal("w", day).await.state;
    assert_eq!(state("2026-07-20T09:00:00Z").await, State::Dark, "not entered yet");
    assert_eq!(state("2026-09-09T09:00:00Z").await, State::Warm, "the meeting lies ahead");
    assert_eq!(state("2026-09-11T09:00:00Z").await, State::Dark, "it was called off");
    assert_eq!(state("2026-10-02T09:00:00Z").await, State::Dark, "nobody was met");
}

#[tokio::test]
async fn a_later_calendar_calls_off() {
    // As Google exports it, as invitations do it, and without its start.
    let cancelled = format!("{STANDS}STATUS:CANCELLED\nLAST-MODIFIED:20260910T090000Z\n");
    for (method, written, lines) in [
        ("", "20261101", cancelled.as_str()),
        ("METHOD:CANCEL\n", "20260910", "DTSTART:20261001T090000Z\nSEQUENCE:1\n"),
        ("METHOD:CANCEL\n", "20260910", "SUMMARY:Cancelled: Board\n"),
    ] {
        let desk = desk().await;
        let later = calendar(method, written, lines);
        assert_eq!(desk.take("b.ics", &later).await.events, 1);
        check(&desk).await;
        let digest = desk.inroad.diagnose().await.unwrap().digest;
        let files = [desk.folder.path().join("a.ics"), desk.folder.path().join("b.ics")];
        for again in [desk.import(&[&files[0]]).await, desk.import(&[&files[1], &files[0]]).await] {
            assert_eq!(again.events, 0, "an earlier version brings no meeting back");
        }
        assert_eq!(desk.inroad.diagnose().await.unwrap().digest, digest);
    }
}

#[tokio::test]
async fn an_entry_that_says_when_needs_no_earlier_one() {
    let desk = Desk::new().await;
    desk.take("deals.json", DEALS).await;
    desk.take_letters(&exchange(JANA, 5)).await;
    let cancelled = format!("{STANDS}STATUS:CANCELLED\nLAST-MODIFIED:20260910T090000Z\n");
    desk.take("a.ics", calendar("", "20261101", &cancelled)).await;
    check(&desk).await;
}

/// A mail with a calendar part, a day of September.
fn invitation(day: u8, method: &str) -> Letter {
    let part = calendar(&format!("METHOD:{method}\n"), "20260910", STANDS);
    let headers =
        format!("MIME-Version: 1.0\nContent-Type: text/calendar; method={method}; charset=utf-8\n");
    let mail = letter("Jana Kühn <jana@lindner.example>", ME, 1, &part);
    let date = format!("{day} Sep 2026 09:00:00 +0000");
    let mail = mail.called(&format!("{method}{day}@lindner.example"), "Cancelled: Board");
    Letter { date, headers, ..mail }
}

#[tokio::test]
async fn a_mail_calls_off_and_a_later_one_asks_again() {
    let desk = desk().await;
    desk.take("cancel.mbox", crate::letters::mbox(&[invitation(10, "CANCEL")])).await;
    let stands = async |day: &str| {
        let review = serde_json::to_string(&desk.deal("w", day).await).unwrap();
        review.contains("Board")
    };
    assert!(stands("2026-09-09T09:00:00Z").await);
    assert!(!stands("2026-09-11T09:00:00Z").await);
    desk.take("request.mbox", crate::letters::mbox(&[invitation(12, "REQUEST")])).await;
    assert!(!stands("2026-09-11T09:00:00Z").await);
    assert!(stands("2026-09-13T09:00:00Z").await);
}
