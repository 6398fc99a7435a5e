//! Calendar entries out of iCalendar files and out of mails.
//!
//! This and its folder are the only places that name the calendar parser. Entries are cut apart
//! first (see `blocks`), so that a broken one costs only itself.
//! Series stay series here; `occurrences` makes single meetings of them.
//! Must not: decide who came to a meeting.

mod event;
pub mod occurrences;
mod windows_zones;
pub mod write;
mod zone;
mod zone_rules;

use std::collections::BTreeSet;

use calcard::icalendar::{ICalendar, ICalendarComponentType};
use calcard::{Entry, Parser};
use inroad_model::{CalendarEvent, Invitation, InvitationMethod, Issue};

use crate::Limits;
use crate::blocks::{Block, Piece, pieces};
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;
use event::{Occurrence, called_off, read_event};
use zone::Zones;

/// Reads every `VEVENT` of an iCalendar file, in the order of the file.
///
/// Changed occurrences of a series are entries of their own; their `uid` is that of the series with
/// the time that they stand for behind it. A series whose first occurrence was changed or called
/// off has no start. Times
/// that cannot be understood, or that lie outside of the years 1900 to 2199, are `None` with an
/// issue that names the line of the entry.
///
/// ```
/// use inroad_ingest::{Limits, calendar::parse_calendar};
/// let file = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Kick-off\n\
///     DTSTART;TZID=W. Europe Standard Time:20260303T090000\nEND:VEVENT\nEND:VCALENDAR\n";
/// let (events, issues) = parse_calendar(file, &Limits::default());
/// assert_eq!(events[0].start.unwrap().to_string(), "2026-03-03T09:00:00+01:00");
/// assert!(issues.is_empty());
/// ```
pub fn parse_calendar(bytes: &[u8], limits: &Limits) -> (Vec<CalendarEvent>, Vec<Issue>) {
    let read = read(bytes, limits, limits.items);
    (read.events, read.issues)
}

/// Reads the calendar part of a mail: what it wants, and its first meeting.
///
/// The `METHOD` of the text counts, then `method_param`, that of the `Content-Type`. `None` if
/// the part holds no meeting.
pub fn parse_invitation(
    bytes: &[u8],
    method_param: Option<&str>,
    limits: &Limits,
) -> (Option<Invitation>, Vec<Issue>) {
    let read = read(bytes, limits, 1);
    let method = read.method.as_deref().or(method_param).map_or(InvitationMethod::Other, method_of);
    let invitation = read.events.into_iter().next().map(|event| {
        let cancels = method == InvitationMethod::Cancel;
        Invitation { method, event: if cancels { called_off(event) } else { event } }
    });
    (invitation, read.issues)
}

/// What a file gave.
struct CalendarReading {
    events: Vec<CalendarEvent>,
    method: Option<String>,
    issues: Vec<Issue>,
}

fn read(bytes: &[u8], limits: &Limits, events_max: usize) -> CalendarReading {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut issues = IssueList::new(issues, limits);
    // Zones first: an entry may name one that is defined behind it.
    let (zones, method) = surroundings(&text, limits);
    let cancels = method.as_deref().map(method_of) == Some(InvitationMethod::Cancel);
    let mut events: Vec<CalendarEvent> = Vec::new();
    let mut replaced: BTreeSet<Occurrence> = BTreeSet::new();
    for piece in pieces(&text, "VCALENDAR") {
        let Piece::Block(block) = piece else { continue };
        let calendar = match parse_block(&block, limits) {
            Ok(calendar) => calendar,
            Err(issue) => {
                issues.add(*issue);
                None
            }
        };
        if let Some(calendar) = calendar {
            if !block.closed {
                issues.add(
                    Issue::new("The entry has no END", "It was read as far as it goes")
                        .at_line(block.line),
                );
            }
            // What is open and holds nothing at all is no entry.
            let components = calendar.components.iter().filter(|component| {
                component.component_type == ICalendarComponentType::VEvent
                    && (block.closed || !component.entries.is_empty())
            });
            for component in components {
                if events.len() >= events_max {
                    break;
                }
                let reading = read_event(component, &zones, limits);
                let event = reading.event;
                events.push(if cancels { called_off(event) } else { event });
                replaced.extend(reading.replaces);
                for issue in reading.issues {
                    issues.add(issue.at_line(block.line));
                }
            }
        }
        if events.len() >= events_max {
            if events_max > 1 {
                issues.add_to_all(
                    Issue::new(
                        format!("There are more than {events_max} entries"),
                        "The rest was not read; split the file",
                    )
                    .at_line(block.line),
                );
            }
            break;
        }
    }
    leave_replaced_out(&mut events, &replaced);
    CalendarReading { events, method, issues: issues.finish("entries") }
}

/// A series does not start with an occurrence that was called off or has an entry of its own.
fn leave_replaced_out(events: &mut [CalendarEvent], replaced: &BTreeSet<Occurrence>) {
    for event in events.iter_mut().filter(|event| event.recurrence.is_some()) {
        if let Some(start) = event.start
            && replaced.contains(&(event.uid.clone(), start.timestamp()))
        {
            (event.start, event.end) = (None, None);
        }
    }
}

/// Parses one entry; `None` if the parser finds nothing in it.
fn parse_block(block: &Block<'_>, limits: &Limits) -> Result<Option<ICalendar>, Box<Issue>> {
    let text = block
        .bounded(limits)
        .map_err(|refusal| Box::new(refusal.issue("entry", limits).at_line(block.line)))?;
    Ok(match Parser::new(&text).entry() {
        Entry::ICalendar(calendar) => Some(calendar),
        _ => None,
    })
}

/// The zones that the file defines, and its method.
fn surroundings(text: &str, limits: &Limits) -> (Zones, Option<String>) {
    let mut zones = Zones::default();
    let mut method = None;
    for piece in pieces(text, "VCALENDAR") {
        match piece {
            Piece::Line(line) => match property(line) {
                Some((name, value)) if name.eq_ignore_ascii_case("METHOD") => {
                    method.get_or_insert_with(|| value.to_owned());
                }
                Some((name, value)) if name.eq_ignore_ascii_case("X-WR-TIMEZONE") => {
                    zones.set_default(value);
                }
                _ => {}
            },
            Piece::Block(block) if block.name.eq_ignore_ascii_case("VTIMEZONE") => {
                if let Ok(Some(calendar)) = parse_block(&block, limits) {
                    zones.add(&calendar);
                }
            }
            Piece::Block(_) => {}
        }
    }
    (zones, method)
}

/// Name and value of an unfolded line; parameters are skipped.
fn property(line: &str) -> Option<(&str, &str)> {
    let (head, value) = line.split_once(':')?;
    let name = head.split(';').next().unwrap_or(head);
    Some((name.trim(), value.trim()))
}

fn method_of(text: &str) -> InvitationMethod {
    let text = text.trim();
    let is = |name: &str| text.eq_ignore_ascii_case(name);
    if is("REQUEST") {
        InvitationMethod::Request
    } else if is("REPLY") {
        InvitationMethod::Reply
    } else if is("CANCEL") {
        InvitationMethod::Cancel
    } else if is("COUNTER") {
        InvitationMethod::Counter
    } else {
        InvitationMethod::Other
    }
}

#[cfg(test)]
mod tests {
    use inroad_model::Participation;
    use proptest::prelude::*;

    use super::*;

    fn calendar(body: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", body.replace('\n', "\r\n"))
    }

    fn events(body: &str) -> (Vec<CalendarEvent>, Vec<Issue>) {
        parse_calendar(calendar(body).as_bytes(), &Limits::default())
    }

    /// Checks the start of the only event, given the lines of its time.
    fn check(lines: &str, expected: Option<&str>) {
        let (events, issues) = events(&format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n"));
        let start = events[0].start.map(|start| start.to_string());
        assert_eq!(start.as_deref(), expected, "{lines:?}");
        assert_eq!(issues.is_empty(), expected.is_some(), "{lines:?} {issues:?}");
    }

    #[test]
    fn an_entry_is_known_from_the_day_it_was_made() {
        let start = "DTSTART:20260303T090000Z";
        for (stamps, expected) in [
            ("CREATED:20260201T080000Z\nDTSTAMP:20260901T080000Z", Some("2026-02-01")),
            ("DTSTAMP:20260210T080000Z", Some("2026-02-10")),
            // The stamp of an export made after the meeting.
            ("DTSTAMP:20260901T080000Z", Some("2026-03-03")),
            ("SUMMARY:none", None),
        ] {
            let (events, _) =
                events(&format!("BEGIN:VEVENT\nUID:1\n{start}\n{stamps}\nEND:VEVENT\n"));
            let day = events[0].created.map(|at| at.date().to_string());
            assert_eq!(day.as_deref(), expected, "{stamps}");
        }
    }

    #[test]
    fn starts_in_every_zone() {
        check("DTSTART:20260303T090000Z", Some("2026-03-03T09:00:00+00:00"));
        check("DTSTART;TZID=Europe/Berlin:20260703T090000", Some("2026-07-03T09:00:00+02:00"));
        check(
            "DTSTART;TZID=\"Pacific Standard Time\":20260303T090000",
            Some("2026-03-03T09:00:00-08:00"),
        );
        check("DTSTART;VALUE=DATE:20260303", Some("2026-03-03T00:00:00+00:00"));
        // The hour that is skipped counts by the offset before it, the hour that comes twice is
        // the first of the two (RFC 5545, 3.3.5).
        check("DTSTART;TZID=Europe/Berlin:20260329T023000", Some("2026-03-29T02:30:00+01:00"));
        check("DTSTART;TZID=Europe/Berlin:20261025T023000", Some("2026-10-25T02:30:00+02:00"));
        check("DTSTART:00010101T000000Z", None);
        check("DTSTART:99991231T235959Z", None);
        check("DTSTART:whenever", None);
        check("DTSTART:20260231T090000Z", None);
    }

    #[test]
    fn a_zone_of_its_own() {
        let zone = "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:16011104T020000\n\
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n\
            END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010311T020000\n\
            RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
            END:DAYLIGHT\nEND:VTIMEZONE\n";
        let starts = |time: &str| {
            let body = format!("{zone}BEGIN:VEVENT\nDTSTART;TZID=Office:{time}\nEND:VEVENT\n");
            events(&body).0[0].start.unwrap().to_string()
        };
        assert_eq!(starts("20260115T090000"), "2026-01-15T09:00:00-05:00");
        assert_eq!(starts("20260715T090000"), "2026-07-15T09:00:00-04:00");
        assert_eq!(starts("20261101T010000"), "2026-11-01T01:00:00-04:00");
        assert_eq!(starts("20261101T030000"), "2026-11-01T03:00:00-05:00");
    }

    #[test]
    fn everything_an_event_says() {
        let (events, issues) = events(
            "BEGIN:VEVENT\nUID:u1\nSUMMARY:Review\\, part 2\nLOCATION:Room 1\nDESCRIPTION:a\\nb\n\
             DTSTART:20260303T090000Z\nDURATION:PT1H30M\nSTATUS:CANCELLED\nRRULE:FREQ=WEEKLY;BYDAY=TU\n\
             ORGANIZER;CN=\"Kühn, Jana\":mailto:Jana@lindner.example\n\
             ATTENDEE;PARTSTAT=ACCEPTED;CN=Bo:MAILTO:bo@x.example\n\
             ATTENDEE;EMAIL=cy@x.example:invalid:nomail\nATTENDEE:urn:uuid:1\nEND:VEVENT\n",
        );
        let event = &events[0];
        assert_eq!(event.summary, "Review, part 2");
        assert_eq!(event.description.as_deref(), Some("a\nb"));
        assert_eq!(event.location.as_deref(), Some("Room 1"));
        assert_eq!(event.end.unwrap().to_string(), "2026-03-03T10:30:00+00:00");
        assert!(event.cancelled);
        assert_eq!(event.recurrence.as_deref(), Some("FREQ=WEEKLY;BYDAY=TU"));
        assert_eq!(event.organizer.as_ref().unwrap().label(), "Kühn, Jana");
        assert_eq!(event.attendees.len(), 2);
        assert_eq!(event.attendees[0].participation, Participation::Accepted);
        assert_eq!(event.attendees[1].mailbox.address.as_str(), "cy@x.example");
        let told: Vec<&str> = issues.iter().map(|issue| issue.what.as_str()).collect();
        assert_eq!(told, ["1 of the people asked have no address"]);
    }

    /// Checks identity, start and whether it was called off, of every entry.
    #[track_caller]
    fn check_series(body: &str, expected: &[(&str, Option<&str>, bool)]) {
        let (events, _) = events(body);
        let starts: Vec<Option<String>> =
            events.iter().map(|e| e.start.map(|start| start.timestamp().to_string())).collect();
        let found: Vec<(&str, Option<&str>, bool)> = events
            .iter()
            .zip(&starts)
            .map(|(e, start)| (e.uid.as_str(), start.as_deref(), e.cancelled))
            .collect();
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn series_with_changes() {
        let master = "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20260303T090000\n\
            RRULE:FREQ=WEEKLY\n";
        let first = "2026-03-03T08:00:00Z";
        check_series(
            &format!(
                "{master}END:VEVENT\nBEGIN:VEVENT\nUID:1\nSTATUS:CANCELLED\n\
                 RECURRENCE-ID:20260303T080000Z\nDTSTART:20260303T080000Z\nEND:VEVENT\n"
            ),
            &[("1", None, false), ("1/2026-03-03T08:00:00Z", Some(first), true)],
        );
        check_series(
            &format!(
                "{master}END:VEVENT\nBEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260310T080000Z\n\
                 DTSTART:20260311T080000Z\nEND:VEVENT\n"
            ),
            &[
                ("1", Some(first), false),
                ("1/2026-03-10T08:00:00Z", Some("2026-03-11T08:00:00Z"), false),
            ],
        );
        check_series(
            &format!(
                "{master}EXDATE;TZID=Europe/Berlin:20260303T090000,20260310T090000\nEND:VEVENT\n"
            ),
            &[("1", None, false)],
        );
        check_series(&format!("{master}END:VEVENT\n"), &[("1", Some(first), false)]);
    }

    #[test]
    fn a_file_that_calls_off() {
        check_series(
            "METHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nDTSTART:20260303T080000Z\nEND:VEVENT\n",
            &[("1", Some("2026-03-03T08:00:00Z"), true)],
        );
    }

    #[test]
    fn entries_without_a_start_are_told() {
        let (found, issues) = events("BEGIN:VEVENT\nUID:1\nSUMMARY:x\nEND:VEVENT\n");
        assert_eq!((found.len(), issues.len()), (1, 1), "{issues:?}");
        let (found, issues) =
            events("BEGIN:VEVENT\nBEGIN:VEVENT\nUID:1\nDTSTART:20260303T080000Z\nEND:VEVENT\n");
        assert_eq!((found.len(), issues.len()), (1, 1), "{issues:?}");
    }

    #[test]
    fn invitations() {
        let text = calendar("METHOD:CANCEL\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\n");
        let (found, _) = parse_invitation(text.as_bytes(), Some("REQUEST"), &Limits::default());
        let found = found.unwrap();
        assert_eq!((found.method, found.event.cancelled), (InvitationMethod::Cancel, true));
        let text = calendar("BEGIN:VEVENT\nUID:1\nEND:VEVENT\n");
        let (found, _) = parse_invitation(text.as_bytes(), Some("reply"), &Limits::default());
        assert_eq!(found.unwrap().method, InvitationMethod::Reply);
        assert_eq!(parse_invitation(b"", None, &Limits::default()).0, None);
    }

    #[test]
    fn nesting_and_open_entries_are_told() {
        let deep = format!("BEGIN:VEVENT\n{}", "BEGIN:VALARM\n".repeat(10_000));
        let (found, issues) = events(&deep);
        assert!(found.is_empty() && issues[0].what.contains("deeper"));
        let (found, issues) =
            parse_calendar(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n", &Limits::default());
        assert_eq!((found.len(), issues[0].place.line), (1, Some(2)), "{issues:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _read = parse_calendar(&bytes, &Limits::default());
        }

        #[test]
        fn any_lines_are_read(lines in prop::collection::vec(prop_oneof![
            Just("BEGIN:VEVENT".to_owned()), Just("END:VEVENT".to_owned()),
            Just("BEGIN:VTIMEZONE".to_owned()), Just("END:VTIMEZONE".to_owned()),
            Just("BEGIN:STANDARD".to_owned()), Just("TZID:x".to_owned()),
            "(DTSTART|DTEND|DURATION|RRULE|ATTENDEE|ORGANIZER|TZOFFSETTO|SUMMARY)(;[A-Z]{1,8}=[ -~]{0,8}){0,2}:[ -~]{0,30}",
            "(DTSTART|DTEND);TZID=(x|Europe/Berlin|UTC):[0-9]{8}T[0-9]{6}Z?",
            "RRULE:FREQ=YEARLY;BYMONTH=[0-9]{1,3};BYDAY=-?[0-9]{0,3}SU", "[ \\t\\\\=:;,\"a-z]{0,20}",
        ], 0..40)) {
            let _read = parse_calendar(lines.join("\r\n").as_bytes(), &Limits::default());
            let _read = parse_invitation(lines.join("\n").as_bytes(), Some("REPLY"), &Limits::default());
        }
    }
}
