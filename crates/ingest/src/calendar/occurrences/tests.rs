//! Series of all kinds, against what RFC 5545 says of them.

use proptest::prelude::*;

use super::*;

fn window(from: &str, until: &str) -> Window {
    let at = |day: &str| format!("{day}T00:00:00Z").parse().unwrap();
    Window { from: at(from), until: at(until) }
}

fn found(body: &str, window: Window) -> (Vec<CalendarEvent>, Vec<Issue>) {
    let text = format!("BEGIN:VCALENDAR\r\n{}END:VCALENDAR\r\n", body.replace('\n', "\r\n"));
    parse_occurrences(text.as_bytes(), window, &Limits::default())
}

/// Checks the starts in 2026, in UTC, of an entry with these lines.
#[track_caller]
fn check(lines: &str, window: Window, expected: &[&str]) {
    let (events, issues) = found(&format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n"), window);
    let starts: Vec<String> = events
        .iter()
        .map(|e| e.start.unwrap().timestamp().strftime("%m-%d %H:%M").to_string())
        .collect();
    assert_eq!(starts, expected, "{lines}");
    assert!(issues.is_empty(), "{issues:?}");
}

#[test]
fn rules() {
    let march = window("2026-03-01", "2026-04-01");
    let tuesday =
        "DTSTART;TZID=Europe/Berlin:20260303T090000\nDTEND;TZID=Europe/Berlin:20260303T100000\n";
    // The clocks change on the 29th: nine stays nine.
    let weekly = ["03-03 08:00", "03-10 08:00", "03-17 08:00", "03-24 08:00", "03-31 07:00"];
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY"), march, &weekly);
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY;COUNT=2"), march, &weekly[..2]);
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY;UNTIL=20260317T080000Z"), march, &weekly[..3]);
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY;UNTIL=20260317T075959Z"), march, &weekly[..2]);
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY;UNTIL=20260317T085959"), march, &weekly[..2]);
    check(&format!("{tuesday}RRULE:FREQ=WEEKLY;UNTIL=20260317"), march, &weekly[..3]);
    check(
        &format!("{tuesday}RRULE:FREQ=WEEKLY;INTERVAL=2"),
        march,
        &[weekly[0], weekly[2], weekly[4]],
    );
    check(
        &format!("{tuesday}RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3"),
        march,
        &["03-03 08:00", "03-05 08:00", "03-10 08:00"],
    );
    check(
        &format!("{tuesday}RRULE:FREQ=MONTHLY;BYDAY=1TU"),
        window("2026-03-01", "2026-06-01"),
        &["03-03 08:00", "04-07 07:00", "05-05 07:00"],
    );
    check(
        "DTSTART:20260131T120000Z\nRRULE:FREQ=MONTHLY",
        window("2026-01-01", "2026-06-01"),
        &["01-31 12:00", "03-31 12:00", "05-31 12:00"],
    );
    check(
        "DTSTART:20260130T120000Z\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        window("2026-01-01", "2026-04-01"),
        &["01-30 12:00", "02-27 12:00", "03-31 12:00"],
    );
    check(
        "DTSTART:20240229T120000Z\nRRULE:FREQ=YEARLY",
        window("2024-01-01", "2029-01-01"),
        &["02-29 12:00", "02-29 12:00"],
    );
    check(
        "DTSTART;VALUE=DATE:20260330\nRRULE:FREQ=DAILY;COUNT=2",
        march,
        &["03-30 00:00", "03-31 00:00"],
    );
}

#[test]
fn long_series_are_begun_close_to_the_window() {
    let days = window("2026-03-02", "2026-03-05");
    let daily = ["03-02 08:00", "03-03 08:00", "03-04 08:00"];
    check("DTSTART;TZID=Europe/Berlin:19700105T090000\nRRULE:FREQ=DAILY", days, &daily);
    check(
        "DTSTART;TZID=Europe/Berlin:19700105T090000\nRRULE:FREQ=DAILY;BYDAY=TU",
        days,
        &daily[1..2],
    );
    // 2026-03-02 is 20510 days after 1970-01-05, 2930 weeks.
    check("DTSTART:19700105T080000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2", days, &daily[..1]);
    check("DTSTART:19700105T080000Z\nRRULE:FREQ=WEEKLY;INTERVAL=4", days, &[]);
    check(
        "DTSTART:19700105T080000Z\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
        days,
        &[daily[0], daily[2]],
    );
    check("DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY;COUNT=62", days, &daily[..2]);
    // One that began before the window and reaches into it.
    check("DTSTART:20260228T220000Z\nDURATION:P3D", days, &["02-28 22:00"]);
    check("DTSTART:20260228T220000Z\nDURATION:PT1H", days, &[]);
    check("DTSTART:20260302T000000Z", days, &["03-02 00:00"]);
    check("DTSTART:20260305T000000Z", days, &[]);
}

#[test]
fn times_that_clocks_skip_or_repeat() {
    check(
        "DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3",
        window("2026-03-01", "2026-04-01"),
        &["03-28 01:30", "03-29 01:30", "03-30 00:30"],
    );
    check(
        "DTSTART;TZID=Europe/Berlin:20261024T023000\nRRULE:FREQ=DAILY;COUNT=3",
        window("2026-10-01", "2026-11-01"),
        &["10-24 00:30", "10-25 00:30", "10-26 01:30"],
    );
}

#[test]
fn zones_of_windows_and_of_their_own() {
    let spring = window("2026-03-01", "2026-03-13");
    let weekly = ["03-02 14:00", "03-09 13:00"];
    check("DTSTART;TZID=Eastern Standard Time:20260302T090000\nRRULE:FREQ=WEEKLY", spring, &weekly);
    let zone = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16011104T020000\n\
        RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n\
        END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010311T020000\n\
        RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
        END:DAYLIGHT\nEND:VTIMEZONE\n";
    let (events, _) = found(
        &format!(
            "{zone}BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Customized Time Zone:20260302T090000\nRRULE:FREQ=WEEKLY\nEND:VEVENT\n"
        ),
        spring,
    );
    let starts: Vec<String> = events.iter().map(|e| e.start.unwrap().to_string()).collect();
    assert_eq!(starts, ["2026-03-02T09:00:00-05:00", "2026-03-09T09:00:00-04:00"]);
}

#[test]
fn added_left_out_and_changed_ones() {
    let march = window("2026-03-01", "2026-04-01");
    let weekly =
        "DTSTART;TZID=Europe/Berlin:20260303T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\n";
    check(
        &format!("{weekly}EXDATE;TZID=Europe/Berlin:20260303T090000,20260317T090000"),
        march,
        &["03-10 08:00"],
    );
    check(
        &format!(
            "{weekly}RDATE;TZID=Europe/Berlin:20260312T140000\nRDATE;VALUE=PERIOD:20260320T080000Z/PT2H"
        ),
        march,
        &["03-03 08:00", "03-10 08:00", "03-12 13:00", "03-17 08:00", "03-20 08:00"],
    );
    check(
        "DTSTART:20260303T090000Z\nRDATE:20260305T090000Z",
        march,
        &["03-03 09:00", "03-05 09:00"],
    );
    // A changed one may move into the window or out of it, and may be called off for itself; one
    // that stands before its series counts as well.
    let (events, issues) = found(
        &format!(
            "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20260310T090000\nDTSTART:20260311T150000Z\n\
             SUMMARY:Moved\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:1\nSUMMARY:Weekly\n{weekly}ATTENDEE;PARTSTAT=DECLINED:mailto:bo@x.example\n\
             END:VEVENT\n\
             BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260317T080000Z\nDTSTART:20260317T080000Z\n\
             STATUS:CANCELLED\nDTSTAMP:20260310T080000Z\nEND:VEVENT\n"
        ),
        march,
    );
    assert!(issues.is_empty(), "{issues:?}");
    let told: Vec<(&str, &str, bool)> =
        events.iter().map(|e| (e.uid.as_str(), e.summary.as_str(), e.cancelled)).collect();
    assert_eq!(
        told,
        [
            ("1/2026-03-03T08:00:00Z", "Weekly", false),
            ("1/2026-03-10T08:00:00Z", "Moved", false),
            ("1/2026-03-17T08:00:00Z", "", true),
        ]
    );
    assert_eq!(events[0].end.unwrap().to_string(), "2026-03-03T10:00:00+01:00");
    assert_eq!(events[0].attendees[0].participation, inroad_model::Participation::Declined);
    assert!(events.iter().all(|event| event.recurrence.is_none()));
    assert_eq!(events[2].called_off.unwrap().timestamp().to_string(), "2026-03-10T08:00:00Z");
}

#[test]
fn a_series_that_is_called_off() {
    let (events, _) = found(
        "METHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nDTSTART:20260303T090000Z\nRRULE:FREQ=DAILY;COUNT=2\n\
         DTSTAMP:20260304T000000Z\nEND:VEVENT\n",
        window("2026-03-01", "2026-04-01"),
    );
    let off: Vec<String> =
        events.iter().map(|e| e.called_off.unwrap().timestamp().to_string()).collect();
    // Nobody calls off what has begun.
    assert_eq!(off, ["2026-03-03T09:00:00Z", "2026-03-04T00:00:00Z"]);
}

#[test]
fn a_changed_meeting_does_not_repeat() {
    let changed = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260304T090000Z\n\
        RRULE:FREQ=DAILY\nEND:VEVENT\n";
    let (events, issues) = found(changed, window("2026-03-01", "2026-04-01"));
    assert_eq!((events.len(), &events[0].recurrence, issues.len()), (1, &None, 0));
}

#[test]
fn what_is_not_understood_is_told_and_read_once() {
    for (rule, expected) in
        [("FREQ=SECONDLY", "more often than daily"), ("nonsense", "not understood")]
    {
        let body =
            format!("BEGIN:VEVENT\nUID:1\nDTSTART:20260303T090000Z\nRRULE:{rule}\nEND:VEVENT\n");
        let (events, issues) = found(&body, window("2026-03-01", "2026-04-01"));
        assert_eq!(events.len(), 1, "{rule}");
        assert!(issues[0].what.contains(expected), "{rule}: {issues:?}");
    }
}

#[test]
fn hostile_rules_end_soon() {
    let start = "DTSTART:19000101T090000Z\nRRULE:";
    for rule in [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=4000000000",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=0,1,2,3,4",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=65535",
    ] {
        let body = format!("BEGIN:VEVENT\nUID:1\n{start}{rule}\nEND:VEVENT\n").repeat(60);
        let (events, _) = found(&body, window("2026-03-01", "2026-04-01"));
        assert!(events.len() <= 2_000, "{rule}: {}", events.len());
    }
}

proptest! {
    #[test]
    fn any_lines_are_read(lines in prop::collection::vec(prop_oneof![
        Just("BEGIN:VEVENT".to_owned()), Just("END:VEVENT".to_owned()), Just("UID:1".to_owned()),
        "(DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID);TZID=(x|Europe/Berlin|UTC):2026[0-9]{4}T[0-9]{6}Z?",
        "DTSTART:[0-9]{8}T[0-9]{6}Z?",
        "RRULE:FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;COUNT=[0-9]{1,3})?(;INTERVAL=[0-9]{1,5})?(;BYDAY=-?[0-9]{0,2}(MO|SU))?(;BYMONTHDAY=-?[0-9]{1,3})?(;BYSETPOS=-?[0-9]{1,3})?",
    ], 0..20)) {
        let text = format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", lines.join("\n"));
        let window = window("2026-01-01", "2027-01-01");
        let (events, _) = parse_occurrences(text.as_bytes(), window, &Limits::default());
        for event in &events {
            let start = event.start.unwrap().timestamp();
            prop_assert!(start < window.until && event.recurrence.is_none());
        }
    }
}
