//! A time zone that only its own file defines: `Customized Time Zone` and the like.
//!
//! It knows what such zones use, a yearly rule such as "the last Sunday of March", or none.
//! Must not: be asked where a zone has a known name; that one's history is better known elsewhere.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarFrequency, ICalendarProperty,
    ICalendarValue, ICalendarWeekday,
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
    /// When it first began; `None` where that lies before 1900, as it mostly does.
    since: Option<DateTime>,
    /// The hour and minute at which it begins.
    hour: i8,
    minute: i8,
    rule: Option<YearlyRule>,
}

/// The nth weekday of a month, counted from its end if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct YearlyRule {
    month: i8,
    weekday: Weekday,
    nth: i8,
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
        let Some(rule) = self.rule else { return self.since.filter(|since| *since <= time) };
        [time.year(), time.year() - 1]
            .into_iter()
            .filter_map(|year| Some(rule.day(year)?.at(self.hour, self.minute, 0, 0)))
            .find(|start| *start <= time && self.since.is_none_or(|since| since <= *start))
    }
}

impl YearlyRule {
    fn day(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, 1).ok()?.nth_weekday_of_month(self.nth, self.weekday).ok()
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
    let rule = match first(ICalendarProperty::Rrule) {
        Some(ICalendarValue::RecurrenceRule(rule)) if rule.freq == ICalendarFrequency::Yearly => {
            yearly(
                rule.bymonth.first().map(calcard::icalendar::ICalendarMonth::month),
                rule.byday.first(),
            )
        }
        _ => None,
    };
    let since = start.and_then(super::zone::civil);
    Some(Part { offset, daylight, since, hour, minute, rule })
}

fn yearly(month: Option<u8>, day: Option<&calcard::icalendar::ICalendarDay>) -> Option<YearlyRule> {
    let day = day?;
    let nth = i8::try_from(day.ordwk.unwrap_or(1)).ok()?;
    Some(YearlyRule { month: i8::try_from(month?).ok()?, weekday: weekday(day.weekday), nth })
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
