//! Days on which few people work, by country: holidays, and weeks in which much is closed.
//!
//! A day counts as gone by a share: a holiday of the whole country is 1, one of some of its parts
//! the share of these, a week in which many are away by how many are. Weekends are no such days:
//! they are part of everybody's habit.
//!
//! Source: `calendars/holidays.csv`, made from a data package by the script beside it, and
//! `calendars/closings.csv`, written by hand.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

const HOLIDAYS: &str = include_str!("../../calendars/holidays.csv");
const CLOSINGS: &str = include_str!("../../calendars/closings.csv");

/// Years in which days off are known.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2045;
/// Where Friday and Saturday are the weekend.
pub(crate) const RESTS_ON_FRIDAY: [&str; 2] = ["il", "sa"];

/// The days off of one country.
#[derive(Debug, Default)]
pub struct Calendar {
    days: BTreeMap<Date, DayOff>,
}

/// One day on which few people work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayOff {
    /// By which share the day is gone, above 0 and up to 1.
    pub share: f64,
    /// What it is called.
    pub name: &'static str,
}

static COUNTRIES: LazyLock<BTreeMap<&'static str, OnceLock<Calendar>>> = LazyLock::new(|| {
    let codes = entries(HOLIDAYS).filter_map(|line| Some(line.split_once(',')?.0));
    codes.map(|code| (code, OnceLock::new())).collect()
});

/// The code of a country whose days off are known, as it stands in the file; `None` for others.
pub fn country(code: &str) -> Option<&'static str> {
    COUNTRIES.get_key_value(code).map(|(code, _)| *code)
}

impl Calendar {
    /// The calendar of a country (ISO 3166, small letters) or `cet`, what is common where clocks
    /// show Central European Time; `None` where it is not known.
    pub fn of(country: &str) -> Option<&'static Self> {
        let (code, calendar) = COUNTRIES.get_key_value(country)?;
        Some(calendar.get_or_init(|| Self::read(code)))
    }

    fn read(country: &'static str) -> Self {
        let mut calendar = Self::default();
        for line in entries(HOLIDAYS) {
            let mut fields = line.split(',');
            if fields.next() != Some(country) {
                continue;
            }
            let (Some(rule), Some(share), Some(name)) =
                (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let Ok(share) = share.parse() else { continue };
            for day in days_of(rule) {
                calendar.add(country, day, DayOff { share, name });
            }
        }
        for line in entries(CLOSINGS) {
            let fields: Vec<&'static str> = line.split(',').collect();
            let [countries, from, to, share, name] = fields.as_slice() else { continue };
            let Ok(share) = share.parse() else { continue };
            if countries.split(' ').any(|code| code == country) {
                for day in spans(from, to) {
                    calendar.add(country, day, DayOff { share, name });
                }
            }
        }
        calendar
    }

    /// A weekend is none, and of two entries the greater share counts.
    fn add(&mut self, country: &str, day: Date, off: DayOff) {
        let rests = match day.weekday() {
            Weekday::Saturday => true,
            Weekday::Sunday => !RESTS_ON_FRIDAY.contains(&country),
            Weekday::Friday => RESTS_ON_FRIDAY.contains(&country),
            _ => false,
        };
        let known = self.days.get(&day).map_or(0.0, |known| known.share);
        if !rests && off.share > known {
            self.days.insert(day, off);
        }
    }

    /// The day off on a date, if it is one.
    pub fn day(&self, date: Date) -> Option<DayOff> {
        self.days.get(&date).copied()
    }

    /// The days off between two dates, both included.
    pub fn between(&self, from: Date, to: Date) -> impl Iterator<Item = (Date, DayOff)> {
        // A range that ends before it begins is refused by the map.
        let days = (from <= to).then(|| self.days.range(from..=to));
        days.into_iter().flatten().map(|(date, off)| (*date, *off))
    }
}

/// Lines without comments, without the head.
fn entries(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// The days that a rule names: `12-25`, `easter-2`, `pascha+1`, `11-thu-4`, `05-mon-last`,
/// `2026-03-20`. None for what is no rule.
fn days_of(rule: &str) -> Vec<Date> {
    if let Ok(day) = rule.parse::<Date>() {
        return vec![day];
    }
    YEARS.filter_map(|year| day_in(rule, year)).collect()
}

fn day_in(rule: &str, year: i16) -> Option<Date> {
    for (feast, day) in [("easter", easter(year)), ("pascha", pascha(year))] {
        if let Some(apart) = rule.strip_prefix(feast) {
            return day?.checked_add(apart.parse::<i64>().ok()?.days()).ok();
        }
    }
    let (month, rest) = rule.split_once('-')?;
    let month: i8 = month.parse().ok()?;
    let Some((weekday, nth)) = rest.split_once('-') else {
        return Date::new(year, month, rest.parse().ok()?).ok();
    };
    let nth = if nth == "last" { -1 } else { nth.parse().ok()? };
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday_of(weekday)?).ok()
}

fn weekday_of(name: &str) -> Option<Weekday> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let place = names.iter().position(|known| *known == name)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

/// Every day of a span that returns each year.
fn spans(from: &str, to: &str) -> Vec<Date> {
    let mut days = Vec::new();
    for year in YEARS {
        let end = if to < from { year + 1 } else { year };
        if let (Some(first), Some(last)) = (day_in(from, year), day_in(to, end)) {
            days.extend(first.series(1.day()).take_while(|day| *day <= last));
        }
    }
    days
}

/// Easter Sunday of the Gregorian calendar.
///
/// Source: Meeus (1991), Astronomical Algorithms, chapter 8.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, of_century) = (year_number % 19, year_number / 100, year_number % 100);
    let moon = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - moon + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = 7 * ((golden + 11 * epact + 22 * sunday) / 451);
    month_and_day(year, epact + sunday - late + 114)
}

/// Easter Sunday of the Eastern churches, in Gregorian days; right from 1900 to 2099.
///
/// Source: Meeus (1991), Astronomical Algorithms, chapter 8.
fn pascha(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let epact = (19 * (year_number % 19) + 15) % 30;
    let sunday = (2 * (year_number % 4) + 4 * (year_number % 7) - epact + 34) % 7;
    month_and_day(year, epact + sunday + 114)?.checked_add(13.days()).ok()
}

/// Both ways of reckoning end with the month times 31 plus the day before.
fn month_and_day(year: i16, both: i32) -> Option<Date> {
    Date::new(year, i8::try_from(both / 31).ok()?, i8::try_from(both % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(country: &str, day: &str, expected: Option<(f64, &str)>) {
        let off = Calendar::of(country).unwrap().day(day.parse().unwrap());
        assert_eq!(off.map(|off| (off.share, off.name)), expected, "{country} {day}");
    }

    #[test]
    fn days_off_of_each_kind() {
        check("de", "2026-04-03", Some((1.0, "Easter")));
        check("de", "2026-04-06", Some((1.0, "Easter")));
        check("de", "2026-06-04", Some((0.4, "Corpus Christi")));
        check("us", "2026-11-26", Some((1.0, "Thanksgiving Day")));
        check("gb", "2026-05-25", Some((1.0, "Spring Bank Holiday")));
        check("gr", "2026-04-13", Some((1.0, "Easter")));
        check("tr", "2026-03-20", Some((1.0, "Eid al-Fitr")));
        check("it", "2026-08-12", Some((0.8, "August")));
        check("at", "2026-12-30", Some((0.7, "Christmas")));
        check("at", "2027-01-01", Some((1.0, "New Year")));
        check("de", "2026-03-03", None);
        // A Sunday is a Sunday.
        check("de", "2026-04-05", None);
        check("fr", "2026-11-01", None);
    }

    #[test]
    fn no_country_no_calendar() {
        assert!(Calendar::of("com").is_none() && country("io").is_none());
        assert_eq!(country("de"), Some("de"));
    }

    #[test]
    fn every_line_of_the_files_is_understood() {
        let mut holidays = 0;
        for line in entries(HOLIDAYS) {
            let fields: Vec<&str> = line.split(',').collect();
            let [_, rule, share, name] = fields.as_slice() else { panic!("{line}") };
            let share: f64 = share.parse().unwrap();
            assert!(share > 0.0 && share <= 1.0 && !name.is_empty(), "{line}");
            assert!(!days_of(rule).is_empty(), "{line}");
            holidays += 1;
        }
        assert!(holidays > 1000, "{holidays}");
        for line in entries(CLOSINGS) {
            let fields: Vec<&str> = line.split(',').collect();
            let [countries, from, to, share, _] = fields.as_slice() else { panic!("{line}") };
            assert!(countries.split(' ').all(|code| country(code).is_some()), "{line}");
            assert!(!spans(from, to).is_empty(), "{line}");
            assert!((0.0..=1.0).contains(&share.parse::<f64>().unwrap()), "{line}");
        }
    }

    #[test]
    fn both_easters() {
        for (year, west, east) in [
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2026, "2026-04-05", "2026-04-12"),
        ] {
            assert_eq!(easter(year).unwrap().to_string(), west);
            assert_eq!(pascha(year).unwrap().to_string(), east);
        }
    }
}
