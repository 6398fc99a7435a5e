//! Calendars of other projects: what the parser underneath reads is read here as well.

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use inroad_ingest::Limits;
use inroad_ingest::calendar::{parse_calendar, parse_invitation};

use crate::corpus;

/// Events that the parser itself finds in a whole file, and those of them that state a start.
fn events_by_parser(text: &str) -> (usize, usize) {
    let mut parser = Parser::new(text);
    let (mut count, mut started) = (0, 0);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let components = calendar.components.iter();
                for event in
                    components.filter(|c| c.component_type == ICalendarComponentType::VEvent)
                {
                    let start = event.property(&ICalendarProperty::Dtstart);
                    count += 1;
                    started += usize::from(start.is_some_and(|entry| !entry.values.is_empty()));
                }
            }
            Entry::Eof => return (count, started),
            _ => {}
        }
    }
}

fn check(folder: &str, files_min: usize, events_min: usize) {
    let Some(folder) = corpus::folder(folder) else { return };
    let files = corpus::files(&folder, "ics");
    let limits = Limits::default();
    let (mut events, mut started, mut missed) = (0, 0, Vec::new());
    for (path, bytes) in &files {
        let (found, issues) = parse_calendar(bytes, &limits);
        let (expected, expected_starts) = events_by_parser(&String::from_utf8_lossy(bytes));
        let starts = found.iter().filter(|event| event.start.is_some()).count();
        // A start that is not understood must be told; a series whose first occurrence was called
        // off or moved has none.
        let series = found.iter().filter(|e| e.start.is_none() && e.recurrence.is_some()).count();
        if found.len() < expected || starts + series + issues.len() < expected_starts {
            missed.push(format!("{}: {} of {expected}, {issues:?}", path.display(), found.len()));
        }
        started += starts;
        events += found.len();
        let _invitation = parse_invitation(bytes, None, &limits);
    }
    println!("{} files, {events} events, {started} with a start", files.len());
    assert!(files.len() >= files_min && events >= events_min, "the corpus is too small");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn calendars_of_calcard() {
    check("mail/calcard/ical", 300, 150);
}

#[test]
fn calendars_of_icalendar() {
    check("mail/py-icalendar", 150, 100);
}

#[test]
fn calendars_among_the_exports() {
    check("exports/ical", 10, 5);
}

/// Cut and damaged calendars must be read without a panic and within bounds.
#[test]
fn damaged_calendars() {
    let Some(folder) = corpus::folder("mail/calcard/ical") else { return };
    let files = corpus::files(&folder, "ics");
    assert!(files.len() >= 300);
    let limits = Limits::default();
    for (index, (_, bytes)) in files.iter().enumerate() {
        for step in 1..8 {
            let cut = bytes.len() * step / 8;
            let _read = parse_calendar(&bytes[..cut], &limits);
            let mut damaged = bytes.clone();
            // A cheap walk over the file that is the same in every run.
            for at in (index % 13 + step..damaged.len()).step_by(31 * step) {
                damaged[at] = damaged[at].wrapping_mul(31).wrapping_add(7);
            }
            let _read = parse_calendar(&damaged, &limits);
        }
    }
}
