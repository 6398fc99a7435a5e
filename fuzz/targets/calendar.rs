//! A calendar file, the same bytes as the calendar part of a mail, and what takes place by them.

#![no_main]

use inroad_fuzz::{check_issues, tight};
use inroad_ingest::Limits;
use inroad_ingest::calendar::occurrences::{Window, parse_occurrences};
use inroad_ingest::calendar::{parse_calendar, parse_invitation};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let (events, issues) = parse_calendar(bytes, &limits);
    assert_eq!((&events, &issues), (&parse_calendar(bytes, &limits).0, &issues));
    check_issues(&issues, &limits);

    let (invitation, issues) = parse_invitation(bytes, Some("REQUEST"), &limits);
    check_issues(&issues, &limits);
    // The meeting of an invitation is the first one that the file holds.
    assert_eq!(invitation.is_some(), !events.is_empty());

    let window = Window {
        from: "2026-01-01T00:00:00Z".parse().unwrap(),
        until: "2027-01-01T00:00:00Z".parse().unwrap(),
    };
    let (meetings, issues) = parse_occurrences(bytes, window, &limits);
    check_issues(&issues, &limits);
    assert!(meetings.iter().all(|meeting| {
        meeting.start.is_some_and(|start| start.timestamp() < window.until)
    }));

    let limits = tight();
    let (events, issues) = parse_calendar(bytes, &limits);
    assert!(events.len() <= limits.items);
    check_issues(&issues, &limits);
});
