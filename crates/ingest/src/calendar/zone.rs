//! Civil times of a calendar become moments, by the zone they name.
//!
//! Names are resolved by CLDR's table of Windows' names (`windows_zones`) and by the parser's tables
//! (IANA, the prefixes of old programs); a zone that only the file itself defines is worked out from
//! its rules.
//! Must not: read the zones of the machine, which differ from machine to machine.

use std::collections::BTreeMap;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};
use inroad_model::Moment;
use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::zone_rules::ZoneRules;

/// The zones of one file.
#[derive(Default)]
pub(super) struct Zones {
    named: BTreeMap<String, Zone>,
    default: Option<Tz>,
}

enum Zone {
    Known(Tz),
    Rules(ZoneRules),
}

/// Why a time is no moment, or only a doubtful one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It is no day and time between 1900 and 2199.
    NoTime,
    /// Its zone is unknown; this is the moment in UTC.
    UnknownZone(Moment),
}

impl Zones {
    /// Takes the zone for times that name none, if its name is known.
    pub(super) fn set_default(&mut self, name: &str) {
        self.default = self.default.or_else(|| known(name));
    }

    /// Takes over a parsed `VTIMEZONE`.
    pub(super) fn add(&mut self, calendar: &ICalendar) {
        let zones = calendar.components.iter();
        for zone in zones.filter(|c| c.component_type == ICalendarComponentType::VTimezone) {
            let id = zone.property(&ICalendarProperty::Tzid).and_then(|e| e.values.first());
            // Some programs leave the name empty, both here and where it is used.
            let id = id.and_then(|value| value.as_text()).unwrap_or_default().trim();
            let by_parser = || zone.timezone().map(|(_, tz)| tz);
            let resolved = match by_windows_name(id).or_else(by_parser) {
                Some(tz) => Some(Zone::Known(tz)),
                None => ZoneRules::of(calendar).map(Zone::Rules),
            };
            if let Some(resolved) = resolved {
                self.named.insert(id.to_owned(), resolved);
            }
        }
    }

    /// The moment of a civil time. Without a zone it counts in that of the file, or in UTC; a
    /// whole day is midnight in UTC, since it is the same day for everybody.
    pub(super) fn resolve(
        &self,
        time: &PartialDateTime,
        zone: Option<&str>,
    ) -> Result<Moment, Unresolved> {
        let civil = civil(time).ok_or(Unresolved::NoTime)?;
        let in_utc = at_offset(civil, Offset::UTC).ok_or(Unresolved::NoTime)?;
        if let Some(hours) = time.tz_hour {
            let seconds = i32::from(hours) * 3600 + i32::from(time.tz_minute.unwrap_or(0)) * 60;
            let offset = Offset::from_seconds(if time.tz_minus { -seconds } else { seconds });
            return offset.ok().and_then(|o| at_offset(civil, o)).ok_or(Unresolved::NoTime);
        }
        if time.hour.is_none() {
            return Ok(in_utc);
        }
        let Some(name) = zone else {
            return Ok(self.default.and_then(|tz| in_zone(civil, tz)).unwrap_or(in_utc));
        };
        let name = name.trim();
        let moment = match self.named.get(name) {
            Some(Zone::Known(tz)) => in_zone(civil, *tz),
            Some(Zone::Rules(rules)) => at_offset(civil, rules.offset_at(civil)),
            None => by_name(name).and_then(|tz| in_zone(civil, tz)),
        };
        moment.ok_or(Unresolved::UnknownZone(in_utc))
    }
}

/// The civil time, if it exists and lies within the years that people plan for.
pub(super) fn civil(time: &PartialDateTime) -> Option<DateTime> {
    let number = |part: Option<u8>| i8::try_from(part.unwrap_or(0)).ok();
    let year = i16::try_from(time.year?).ok().filter(|year| (1900..2200).contains(year))?;
    // A leap second is the last one before it.
    let second = number(time.second)?.min(59);
    DateTime::new(
        year,
        number(time.month)?,
        number(time.day)?,
        number(time.hour)?,
        number(time.minute)?,
        second,
        0,
    )
    .ok()
}

/// A civil time without a zone as the parser has it.
pub(super) fn partial(time: DateTime) -> PartialDateTime {
    let part = |number: i8| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(time.year()).ok(),
        month: part(time.month()),
        day: part(time.day()),
        hour: part(time.hour()),
        minute: part(time.minute()),
        second: part(time.second()),
        ..PartialDateTime::default()
    }
}

/// A zone by a name that stands in a table.
fn known(name: &str) -> Option<Tz> {
    by_windows_name(name).or_else(|| Tz::from_str(name).ok())
}

fn by_windows_name(name: &str) -> Option<Tz> {
    Tz::from_str(super::windows_zones::iana_name(name.trim())?).ok()
}

/// Continents and oceans of the IANA names.
const REGIONS: [&str; 8] =
    ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian"];

/// A zone by its name as such, by what stands behind a slash in it, or by the first city of a list
/// (`Amsterdam, Belgrade, Berlin …`), which stand for one zone.
fn by_name(name: &str) -> Option<Tz> {
    let whole = known(name);
    let behind_slash = || {
        let mut rests = name.match_indices('/').filter_map(|(at, _)| name.get(at + 1..)).take(8);
        rests.find_map(|rest| Tz::from_str(rest).ok())
    };
    let first_city = || {
        let (city, _) = name.split_once(',')?;
        let city = city.rsplit(')').next().unwrap_or(city).trim().replace(' ', "_");
        REGIONS.iter().find_map(|region| Tz::from_str(&format!("{region}/{city}")).ok())
    };
    whole.or_else(behind_slash).or_else(first_city)
}

fn at_offset(civil: DateTime, offset: Offset) -> Option<Moment> {
    offset.to_timestamp(civil).ok().map(|timestamp| Moment::new(timestamp, offset))
}

/// A time that a change of clocks skips, or that comes twice, takes the offset that held before.
fn in_zone(civil: DateTime, tz: Tz) -> Option<Moment> {
    let offset =
        offset_in(civil, tz).or_else(|| offset_in(civil.checked_sub(3.hours()).ok()?, tz))?;
    at_offset(civil, offset)
}

/// The offset of a zone at a civil time; `None` where that time is skipped or comes twice.
fn offset_in(civil: DateTime, tz: Tz) -> Option<Offset> {
    let seconds = partial(civil).to_date_time_with_tz(tz)?.timestamp();
    let as_utc = Offset::UTC.to_timestamp(civil).ok()?.as_second();
    Offset::from_seconds(i32::try_from(as_utc - seconds).ok()?).ok()
}
