//! Whole days of a calendar as iCalendar, for other programs to read.
//!
//! It stands here because the parser's own writer folds lines, escapes and spells dates as RFC 5545
//! wants it. Must not: know what a day is about, or read a clock.

use std::fmt;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameter,
    ICalendarProperty, ICalendarTransparency, ICalendarValue, ICalendarValueType,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Something that stands on a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeDay {
    /// What tells it from every other one anywhere, and stays the same.
    pub uid: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The day.
    pub day: Date,
    /// What, in one line.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
}

/// A calendar of that name with these days, as a file. They make nobody busy.
///
/// # Errors
/// None, as the text is written into memory; the writer could tell of one.
///
/// ```
/// use inroad_ingest::calendar::write::{WholeDay, write_calendar};
/// let day = WholeDay {
///     uid: "plan-1@inroad".into(),
///     changed_at: "2026-03-01T09:00:00Z".parse().unwrap(),
///     day: "2026-03-31".parse().unwrap(),
///     summary: "Call Jana, at last".into(),
///     description: String::new(),
/// };
/// let text = write_calendar("Planned", &[day]).unwrap();
/// assert!(text.contains("DTSTART;VALUE=DATE:20260331\r\nDTEND;VALUE=DATE:20260401\r\n"));
/// assert!(text.contains("SUMMARY:Call Jana\\, at last\r\n"));
/// ```
pub fn write_calendar(name: &str, days: &[WholeDay]) -> Result<String, fmt::Error> {
    use ICalendarProperty as Property;
    let mut head = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    head.add_property(Property::Version, text("2.0"));
    head.add_property(Property::Prodid, text("-//inroad//inroad//EN"));
    head.add_property(Property::Name, text(name));
    // The older word for the name, which most programs read.
    head.add_property(Property::Other("X-WR-CALNAME".to_owned()), text(name));
    head.component_ids = (1..).take(days.len()).collect();
    let mut components = vec![head];
    components.extend(days.iter().map(event));
    let mut out = String::new();
    ICalendar { components }.write_to(&mut out)?;
    Ok(out)
}

fn event(day: &WholeDay) -> ICalendarComponent {
    use ICalendarProperty as Property;
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_property(Property::Uid, text(&day.uid));
    event.add_property(Property::Dtstamp, moment(day.changed_at));
    event.entries.push(on(Property::Dtstart, day.day));
    // The end is the day after; the last day that a calendar knows has none.
    if let Ok(next) = day.day.tomorrow() {
        event.entries.push(on(Property::Dtend, next));
    }
    event.add_property(Property::Summary, text(&day.summary));
    if !day.description.is_empty() {
        event.add_property(Property::Description, text(&day.description));
    }
    event.add_property(
        Property::Transp,
        ICalendarValue::Transparency(ICalendarTransparency::Transparent),
    );
    event
}

fn on(name: ICalendarProperty, day: Date) -> ICalendarEntry {
    ICalendarEntry::new(name)
        .with_param(ICalendarParameter::value(ICalendarValueType::Date))
        .with_value(date_of(day))
}

fn date_of(day: Date) -> PartialDateTime {
    PartialDateTime {
        year: day.year().try_into().ok(),
        month: day.month().try_into().ok(),
        day: day.day().try_into().ok(),
        ..PartialDateTime::default()
    }
}

fn moment(at: Timestamp) -> PartialDateTime {
    let at: DateTime = Offset::UTC.to_datetime(at);
    PartialDateTime {
        hour: at.hour().try_into().ok(),
        minute: at.minute().try_into().ok(),
        second: at.second().try_into().ok(),
        tz_hour: Some(0),
        tz_minute: Some(0),
        ..date_of(at.date())
    }
}

/// Text without what a calendar cannot hold: control characters but ends of lines.
fn text(words: &str) -> ICalendarValue {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    ICalendarValue::Text(words.chars().filter(|c| *c == '\n' || !c.is_control()).collect())
}

#[cfg(test)]
mod tests {
    use inroad_model::Moment;
    use proptest::prelude::*;

    use super::*;
    use crate::Limits;
    use crate::calendar::parse_calendar;

    fn whole_day(uid: u32, day: Date, summary: &str, description: &str) -> WholeDay {
        WholeDay {
            uid: format!("plan-{uid}@inroad"),
            changed_at: "2026-03-01T09:08:07Z".parse().unwrap(),
            day,
            summary: summary.to_owned(),
            description: description.to_owned(),
        }
    }

    #[test]
    fn is_written_as_rfc_5545_wants_it() {
        let day = whole_day(7, "2026-12-31".parse().unwrap(), "A; b, c\\d", "one\r\ntwo\u{7}");
        let text = write_calendar("Planned", &[day]).unwrap();
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//inroad//inroad//EN\r\n\
            NAME:Planned\r\nX-WR-CALNAME:Planned\r\nBEGIN:VEVENT\r\nUID:plan-7@inroad\r\n\
            DTSTAMP:20260301T090807Z\r\nDTSTART;VALUE=DATE:20261231\r\n\
            DTEND;VALUE=DATE:20270101\r\nSUMMARY:A\\; b\\, c\\\\d\r\nDESCRIPTION:one\\ntwo\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_days_are_a_calendar_too() {
        let text = write_calendar("Planned", &[]).unwrap();
        assert!(text.ends_with("X-WR-CALNAME:Planned\r\nEND:VCALENDAR\r\n"), "{text}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            days in prop::collection::vec(("\\PC{0,200}", "[^\\r]{0,300}", 0_i16..4000), 0..5)
        ) {
            let start: Date = "2020-01-01".parse().unwrap();
            let days: Vec<WholeDay> = (1..).zip(&days).map(|(n, (summary, description, after))| {
                let day = start.checked_add(jiff::Span::new().days(*after)).unwrap();
                whole_day(n, day, summary, description)
            }).collect();
            let text = write_calendar("Planned", &days).unwrap();
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{line}");
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let (events, issues) = parse_calendar(text.as_bytes(), &Limits::default());
            prop_assert!(issues.is_empty(), "{issues:?}");
            prop_assert_eq!(events.len(), days.len());
            for (event, day) in events.iter().zip(&days) {
                prop_assert_eq!(&event.uid, &day.uid);
                prop_assert_eq!(event.start.map(Moment::date), Some(day.day));
            }
        }
    }
}
