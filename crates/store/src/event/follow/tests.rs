//! What becomes of meetings when their calendar says something else.

use inroad_model::Moment;

use super::*;

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// The day of the look.
fn look() -> Moment {
    at("2026-06-10T12:00:00Z")
}

fn meeting(uid: &str, start: &str) -> CalendarEvent {
    CalendarEvent {
        uid: uid.to_owned(),
        summary: "Review".to_owned(),
        description: None,
        location: None,
        start: Some(at(start)),
        end: None,
        organizer: None,
        attendees: Vec::new(),
        cancelled: false,
        recurrence: None,
        created: None,
        changed: None,
        sequence: 0,
        called_off: None,
        moves: Vec::new(),
    }
}

fn weekly(uid: &str, start: &str) -> CalendarEvent {
    CalendarEvent { recurrence: Some("FREQ=WEEKLY".to_owned()), ..meeting(uid, start) }
}

/// Days of a series, each named by its time.
fn days(uid: &str, starts: &[&str]) -> Vec<CalendarEvent> {
    starts.iter().map(|start| meeting(&format!("{uid}/{}", at(start).timestamp()), start)).collect()
}

fn rows(events: &[CalendarEvent]) -> Rows {
    events.iter().map(|event| ((event.uid.clone(), key(event)), event.clone())).collect()
}

fn now(entries: &[CalendarEvent], days: Vec<CalendarEvent>, settled: Option<&str>) -> EventNow {
    EventNow {
        uid: "1".to_owned(),
        entries: entries.to_vec(),
        days,
        settled_until: settled.map(at),
    }
}

/// Each meeting by its start and whether it stands, in their order.
fn told(rows: &Rows) -> Vec<String> {
    let mut all: Vec<(Moment, String)> = rows
        .values()
        .map(|event| {
            let start = event.start.unwrap();
            let rule =
                event.recurrence.as_deref().map(|rule| format!(" {rule}")).unwrap_or_default();
            let off = if event.cancelled { " off" } else { "" };
            (start, format!("{}{off}{rule}", start.date()))
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, told)| told).collect()
}

const PAST: &str = "2026-06-02T09:00:00Z";
const NEXT: &str = "2026-06-16T09:00:00Z";
const LATER: &str = "2026-06-23T09:00:00Z";
const FIRST: &str = "2026-05-26T09:00:00Z";

#[test]
fn a_single_meeting() {
    let moved =
        followed(&rows(&[meeting("1", NEXT)]), &now(&[meeting("1", LATER)], vec![], None), look());
    assert_eq!(told(&moved), ["2026-06-23"]);
    assert_eq!(moved.values().next().unwrap().moves.len(), 1, "where it stood is known");
    let gone = after_gone(&rows(&[meeting("1", NEXT)]), "1", look());
    assert_eq!(told(&gone), ["2026-06-16 off"]);
    assert_eq!(gone.values().next().unwrap().called_off, Some(look()));
    assert_eq!(told(&after_gone(&rows(&[meeting("1", PAST)]), "1", look())), ["2026-06-02"]);
    let back = followed(&gone, &now(&[meeting("1", NEXT)], vec![], None), look());
    assert_eq!(told(&back), ["2026-06-16"], "it is there again");
    assert_eq!(after_gone(&gone, "1", at("2026-06-12T00:00:00Z")), gone, "it was called off once");
}

#[test]
fn a_series_lives() {
    let series = weekly("1", FIRST);
    let first = now(std::slice::from_ref(&series), days("1", &[PAST, NEXT, LATER]), None);
    let kept = followed(&Rows::new(), &first, look());
    assert_eq!(told(&kept), ["2026-05-26 FREQ=WEEKLY", "2026-06-02", "2026-06-16", "2026-06-23"]);
    let again = EventNow { settled_until: Some(at("2026-09-01T00:00:00Z")), ..first };
    assert_eq!(followed(&kept, &again, look()), kept, "nothing new, nothing changed");

    // One day falls out.
    let out =
        now(std::slice::from_ref(&series), days("1", &[PAST, LATER]), Some("2026-09-01T00:00:00Z"));
    assert_eq!(
        told(&followed(&kept, &out, look())),
        ["2026-05-26 FREQ=WEEKLY", "2026-06-02", "2026-06-16 off", "2026-06-23"]
    );
    // One day that was is taken out afterwards: it was.
    let out = now(&[series], days("1", &[NEXT, LATER]), Some("2026-09-01T00:00:00Z"));
    assert_eq!(followed(&kept, &out, look()), kept);

    // The whole series is put elsewhere: what was stays, and nothing is made up in the past.
    let elsewhere = now(
        &[weekly("1", "2026-05-28T09:00:00Z")],
        days("1", &["2026-06-04T09:00:00Z", "2026-06-11T09:00:00Z", "2026-06-18T09:00:00Z"]),
        Some("2026-09-01T00:00:00Z"),
    );
    assert_eq!(
        told(&followed(&kept, &elsewhere, look())),
        ["2026-05-26", "2026-05-28 FREQ=WEEKLY", "2026-06-02", "2026-06-11", "2026-06-18"]
    );

    let gone = after_gone(&kept, "1", look());
    assert_eq!(
        told(&gone),
        ["2026-05-26 FREQ=WEEKLY;UNTIL=20260610T120000Z", "2026-06-02"],
        "days ahead vanish with the rule"
    );
    assert_eq!(after_gone(&gone, "1", at("2026-06-12T00:00:00Z")), gone);
}

#[test]
fn a_day_put_elsewhere_and_back() {
    let series = weekly("1", FIRST);
    let put = CalendarEvent { sequence: 2, ..days("1", &[NEXT]).remove(0) };
    let put = CalendarEvent { start: Some(at("2026-06-17T09:00:00Z")), ..put };
    let kept = followed(
        &Rows::new(),
        &now(&[series.clone(), put], days("1", &[PAST, LATER]), None),
        look(),
    );
    assert_eq!(told(&kept), ["2026-05-26 FREQ=WEEKLY", "2026-06-02", "2026-06-17", "2026-06-23"]);
    let back = now(&[series], days("1", &[PAST, NEXT, LATER]), Some("2026-09-01T00:00:00Z"));
    assert_eq!(
        told(&followed(&kept, &back, look())),
        ["2026-05-26 FREQ=WEEKLY", "2026-06-02", "2026-06-16", "2026-06-23"]
    );
}

#[test]
fn rules_end_once() {
    for (rule, expected) in [
        ("FREQ=WEEKLY;COUNT=20", "FREQ=WEEKLY;UNTIL=20260610T120000Z"),
        ("FREQ=DAILY;UNTIL=20270101;INTERVAL=2", "FREQ=DAILY;INTERVAL=2;UNTIL=20260610T120000Z"),
        ("FREQ=DAILY;UNTIL=20260501T000000Z", "FREQ=DAILY;UNTIL=20260501T000000Z"),
    ] {
        let series = CalendarEvent { recurrence: Some(rule.to_owned()), ..meeting("1", FIRST) };
        assert_eq!(ended(&series, look()).recurrence.as_deref(), Some(expected));
    }
}
