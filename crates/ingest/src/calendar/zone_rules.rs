//! A time zone that only its own file defines: `Customized Time Zone` and the like.
//!
//! It knows what such zones use: yearly rules such as "the last Sunday of March" or "the first Sunday
//! from the 8th on", up to when they held, and single days.
//! Must not: be asked where a zone has a known name; that one's history is better known elsewhere.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue, ICalendarWeekday,
};
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

/// The parts of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ZoneRules {
    parts: Vec<Part>,
}

/// One half of the year, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    offset: Offset,
    daylight: bool,
    /// When it first began and each single time that it began; without those before 1900, as the
    /// first one mostly is.
    starts: Vec<DateTime>,
    /// The hour and minute at which it begins.
    hour: i8,
    minute: i8,
    rule: Option<YearlyRule>,
}

/// The day on which a part begins in each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct YearlyRule {
    month: i8,
    day: DayOfMonth,
    /// The first year in which it holds.
    since: Option<i16>,
    /// The last day on which it holds.
    until: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayOfMonth {
    /// The nth weekday, counted from the end of the month if negative.
    Nth(Weekday, i8),
    /// The first such weekday from a day on.
    From(Weekday, i8),
    On(i8),
}

impl ZoneRules {
    /// Reads the parts of the zone that a parsed `VTIMEZONE` holds; `None` if it has none.
    pub(super) fn of(calendar: &ICalendar) -> Option<Self> {
        let parts: Vec<Part> = calendar.components.iter().filter_map(part).collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// The offset at a civil time: that of the part which began last before it.
    pub(super) fn offset_at(&self, time: DateTime) -> Offset {
        let begun = self
            .parts
            .iter()
            .filter_map(|part| Some((part.last_start(time)?, part.offset)))
            .max_by_key(|(start, _)| *start);
        let standard = self.parts.iter().find(|part| !part.daylight).or(self.parts.first());
        begun.or(standard.map(|part| (time, part.offset))).map_or(Offset::UTC, |(_, offset)| offset)
    }
}

impl Part {
    fn last_start(&self, time: DateTime) -> Option<DateTime> {
        let singly = self.starts.iter().copied();
        let yearly = self.rule.into_iter().flat_map(|rule| {
            let year = rule.until.map_or(time.year(), |until| until.year().min(time.year()));
            let days = [year, year - 1].map(|year| rule.day(year));
            days.into_iter().flatten().map(|day| day.at(self.hour, self.minute, 0, 0))
        });
        singly.chain(yearly).filter(|start| *start <= time).max()
    }
}

impl YearlyRule {
    fn day(self, year: i16) -> Option<Date> {
        let first = Date::new(year, self.month, 1).ok()?;
        let day = match self.day {
            DayOfMonth::Nth(weekday, nth) => first.nth_weekday_of_month(nth, weekday).ok()?,
            DayOfMonth::From(weekday, day) => {
                let before = Date::new(year, self.month, day).ok()?.yesterday().ok()?;
                before.nth_weekday(1, weekday).ok()?
            }
            DayOfMonth::On(day) => Date::new(year, self.month, day).ok()?,
        };
        let holds = self.since.is_none_or(|since| since <= year)
            && self.until.is_none_or(|until| day <= until);
        holds.then_some(day)
    }
}

fn part(component: &ICalendarComponent) -> Option<Part> {
    let daylight = match component.component_type {
        ICalendarComponentType::Daylight => true,
        ICalendarComponentType::Standard => false,
        _ => return None,
    };
    let first = |property| component.property(&property).and_then(|entry| entry.values.first());
    let to = first(ICalendarProperty::Tzoffsetto)?.as_partial_date_time()?;
    let seconds = i32::from(to.tz_hour?) * 3600 + i32::from(to.tz_minute.unwrap_or(0)) * 60;
    let offset = Offset::from_seconds(if to.tz_minus { -seconds } else { seconds }).ok()?;
    let start = first(ICalendarProperty::Dtstart).and_then(|value| value.as_partial_date_time());
    let clock = |part: Option<u8>, most: i8| {
        part.and_then(|number| i8::try_from(number).ok()).unwrap_or(0).min(most)
    };
    let hour = clock(start.and_then(|start| start.hour), 23);
    let minute = clock(start.and_then(|start| start.minute), 59);
    let since = start.and_then(super::zone::civil);
    let rule = match first(ICalendarProperty::Rrule) {
        Some(ICalendarValue::RecurrenceRule(rule)) if rule.freq == ICalendarFrequency::Yearly => {
            yearly(rule, start, since)
        }
        _ => None,
    };
    let singly = component.properties(&ICalendarProperty::Rdate).take(STARTS_MAX);
    let singly = singly.flat_map(|entry| entry.values.iter().take(STARTS_MAX));
    let singly = singly.filter_map(|value| super::zone::civil(value.as_partial_date_time()?));
    let starts = since.into_iter().chain(singly).take(STARTS_MAX).collect();
    Some(Part { offset, daylight, starts, hour, minute, rule })
}

/// Single starts of a part at most: two a year for longer than people plan.
const STARTS_MAX: usize = 400;

fn yearly(
    rule: &ICalendarRecurrenceRule,
    start: Option<&PartialDateTime>,
    since: Option<DateTime>,
) -> Option<YearlyRule> {
    let number = |part: Option<u8>| part.and_then(|number| i8::try_from(number).ok());
    let month = rule.bymonth.first().map(calcard::icalendar::ICalendarMonth::month);
    let month = number(month).or_else(|| number(start?.month))?;
    let from = rule.bymonthday.iter().copied().filter(|day| *day > 0).min();
    let day = match (rule.byday.first(), from) {
        (Some(day), Some(from)) if day.ordwk.is_none() => {
            DayOfMonth::From(weekday(day.weekday), from)
        }
        (Some(day), _) => {
            DayOfMonth::Nth(weekday(day.weekday), i8::try_from(day.ordwk.unwrap_or(1)).ok()?)
        }
        (None, Some(from)) => DayOfMonth::On(from),
        (None, None) => DayOfMonth::On(number(start?.day)?),
    };
    // The end is written in UTC, which may be the day before; a day more is no year more.
    let until = rule.until.as_ref().and_then(super::zone::civil);
    let until = until.map(|until| until.date().tomorrow().unwrap_or(until.date()));
    Some(YearlyRule { month, day, since: since.map(DateTime::year), until })
}

fn weekday(day: ICalendarWeekday) -> Weekday {
    match day {
        ICalendarWeekday::Sunday => Weekday::Sunday,
        ICalendarWeekday::Monday => Weekday::Monday,
        ICalendarWeekday::Tuesday => Weekday::Tuesday,
        ICalendarWeekday::Wednesday => Weekday::Wednesday,
        ICalendarWeekday::Thursday => Weekday::Thursday,
        ICalendarWeekday::Friday => Weekday::Friday,
        ICalendarWeekday::Saturday => Weekday::Saturday,
    }
}

#[cfg(test)]
mod tests {
    use calcard::{Entry, Parser};

    use super::*;

    /// Checks the hours from UTC at civil times, of a zone with these parts.
    #[track_caller]
    fn check(parts: &[&str], expected: &[(&str, i32)]) {
        let parts: String = parts
            .iter()
            .map(|lines| {
                let (kind, lines) = lines.split_once(' ').unwrap();
                format!("BEGIN:{kind}\r\n{}\r\nEND:{kind}\r\n", lines.replace(' ', "\r\n"))
            })
            .collect::<Vec<_>>()
            .concat();
        let text = format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:x\r\n{parts}END:VTIMEZONE\r\nEND:VCALENDAR\r\n"
        );
        let Entry::ICalendar(calendar) = Parser::new(&text).entry() else { panic!("{text}") };
        let zone = ZoneRules::of(&calendar).unwrap();
        for (time, hours) in expected {
            let found = zone.offset_at(time.parse().unwrap()).seconds();
            assert_eq!(found, hours * 3600, "{time}");
        }
    }

    #[test]
    fn one_offset() {
        check(&["STANDARD DTSTART:16010101T000000 TZOFFSETTO:+0300"], &[("2026-07-01T12:00", 3)]);
        check(&["STANDARD DTSTART:20200101T000000 TZOFFSETTO:+0300"], &[("1990-07-01T12:00", 3)]);
    }

    #[test]
    fn rules_that_were_replaced() {
        let parts = [
            "DAYLIGHT DTSTART:19870405T020000 RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z TZOFFSETTO:-0400",
            "STANDARD DTSTART:19671029T020000 RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z TZOFFSETTO:-0500",
            "DAYLIGHT DTSTART:20070311T020000 RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU TZOFFSETTO:-0400",
            "STANDARD DTSTART:20071104T020000 RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU TZOFFSETTO:-0500",
        ];
        check(
            &parts,
            &[
                ("2005-04-03T03:00", -4),
                ("2005-10-31T12:00", -5),
                ("2006-03-20T12:00", -5),
                ("2026-03-20T12:00", -4),
                ("2026-10-28T12:00", -4),
                ("2026-11-02T12:00", -5),
            ],
        );
    }

    #[test]
    fn a_change_of_rules_that_was_the_last() {
        let parts = [
            "DAYLIGHT DTSTART:20080330T020000 RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20150329T000000Z TZOFFSETTO:+0300",
            "STANDARD DTSTART:20081026T030000 RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20141026T000000Z TZOFFSETTO:+0200",
        ];
        check(&parts, &[("2014-12-01T12:00", 2), ("2026-01-01T12:00", 3)]);
    }

    #[test]
    fn weekdays_from_a_day_on_and_fixed_days() {
        let parts = [
            "DAYLIGHT DTSTART:20070311T020000 RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU TZOFFSETTO:-0400",
            "STANDARD DTSTART:20071104T020000 RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU TZOFFSETTO:-0500",
        ];
        check(
            &parts,
            &[("2026-03-07T12:00", -5), ("2026-03-08T03:00", -4), ("2026-11-01T03:00", -5)],
        );
        let parts = [
            "DAYLIGHT DTSTART:20000322T000000 RRULE:FREQ=YEARLY TZOFFSETTO:+0400",
            "STANDARD DTSTART:20000922T000000 RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=22 TZOFFSETTO:+0300",
        ];
        check(&parts, &[("2026-03-21T23:00", 3), ("2026-03-22T00:00", 4), ("2026-09-22T01:00", 3)]);
    }

    #[test]
    fn single_days() {
        let parts = [
            "DAYLIGHT DTSTART:20250330T020000 RDATE:20260329T020000,20270328T020000 TZOFFSETTO:+0200",
            "STANDARD DTSTART:20251026T030000 RDATE:20261025T030000 TZOFFSETTO:+0100",
        ];
        check(&parts, &[("2025-12-01T12:00", 1), ("2026-06-01T12:00", 2), ("2026-12-01T12:00", 1)]);
    }
}
