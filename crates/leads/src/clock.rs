//! How many working hours lie between two moments, and when so many have passed.
//!
//! A day counts from the hour at which work begins to that at which it ends, by the clocks of the time zone
//! that was agreed on; weekends, holidays and closed days count for nothing. On the day on which clocks
//! change, an hour that was skipped did not pass.

use std::collections::BTreeSet;

use inroad_model::Moment;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::hours::{Hours, Workday};

/// Nothing beyond eleven years is counted.
const DAYS_MAX: usize = 4000;

/// A clock that runs only while work is done.
#[derive(Debug, Clone)]
pub struct Clock {
    hours: Hours,
    zone: TimeZone,
    off: BTreeSet<Date>,
}

impl Clock {
    /// The clock of some hours, in their zone, with the holidays of their country.
    pub fn new(hours: &Hours, zone: TimeZone, holidays: BTreeSet<Date>) -> Self {
        let mut off = holidays;
        off.extend(hours.closed.iter().copied());
        Self { hours: hours.clone(), zone, off }
    }

    /// Working seconds from one moment to a later one; 0 if it is not later.
    pub fn seconds(&self, from: Moment, to: Moment) -> i64 {
        if to.timestamp() <= from.timestamp() {
            return 0;
        }
        self.windows(self.day(from))
            .take_while(|(begins, _)| *begins < to.timestamp())
            .map(|(begins, ends)| overlap(begins, ends, from.timestamp(), to.timestamp()))
            .sum()
    }

    /// The same in hours.
    pub fn hours(&self, from: Moment, to: Moment) -> f64 {
        self.seconds(from, to) as f64 / 3600.0
    }

    /// When so many working hours have passed since a moment; `None` beyond eleven years.
    pub fn after(&self, from: Moment, hours: f64) -> Option<Moment> {
        let span = SignedDuration::try_from_secs_f64(hours.clamp(0.0, 100_000.0) * 3600.0).ok()?;
        let mut left = span.as_secs();
        for (begins, ends) in self.windows(self.day(from)) {
            let start = begins.max(from.timestamp());
            let here = overlap(begins, ends, from.timestamp(), Timestamp::MAX);
            if here <= 0 {
                continue;
            }
            if left <= here {
                let at = start.checked_add(left.seconds()).ok()?;
                return Some(self.moment(at));
            }
            left -= here;
        }
        None
    }

    /// When a day begins, by the clocks of the zone.
    pub fn start_of(&self, day: Date) -> Option<Moment> {
        Some(self.moment(self.at(day, Time::midnight())?))
    }

    fn day(&self, at: Moment) -> Date {
        self.zone.to_datetime(at.timestamp()).date()
    }

    fn moment(&self, at: Timestamp) -> Moment {
        Moment::new(at, self.zone.to_offset(at))
    }

    fn at(&self, day: Date, time: Time) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok()
    }

    /// When work is done, from a day on.
    fn windows(&self, first: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        first.series(1.day()).take(DAYS_MAX).filter_map(move |day| {
            let works = self.hours.days.contains(&Workday::from(day.weekday()));
            if !works || self.off.contains(&day) {
                return None;
            }
            Some((self.at(day, self.hours.from)?, self.at(day, self.hours.until)?))
        })
    }
}

fn overlap(begins: Timestamp, ends: Timestamp, from: Timestamp, to: Timestamp) -> i64 {
    (ends.min(to).as_second() - begins.max(from).as_second()).max(0)
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    /// Berlin's hours without a file of zones.
    fn clock() -> Clock {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        Clock::new(&Hours::usual(), zone, BTreeSet::from(["2026-04-06".parse().unwrap()]))
    }

    #[track_caller]
    fn check(from: &str, to: &str, hours: f64) {
        let found = clock().hours(moment(from), moment(to));
        assert!((found - hours).abs() < 1e-9, "{from} to {to}: {found}");
    }

    #[test]
    fn only_work_counts() {
        check("2026-03-02T10:00:00+01:00", "2026-03-02T12:30:00+01:00", 2.5);
        // Before and after work nothing passes.
        check("2026-03-02T06:00:00+01:00", "2026-03-02T20:00:00+01:00", 8.0);
        check("2026-03-02T18:00:00+01:00", "2026-03-03T09:00:00+01:00", 0.0);
        // Over a weekend, and over the Monday after Easter.
        check("2026-03-06T16:00:00+01:00", "2026-03-09T10:00:00+01:00", 2.0);
        check("2026-04-03T16:00:00+02:00", "2026-04-07T10:00:00+02:00", 2.0);
        // Summer time begins on the Sunday between; nine o'clock stays nine o'clock.
        check("2026-03-27T16:00:00+01:00", "2026-03-30T09:30:00+02:00", 1.5);
        check("2026-03-02T12:00:00+01:00", "2026-03-02T10:00:00+01:00", 0.0);
        // Whatever offset a moment is told in, it is the same instant.
        check("2026-03-02T09:00:00Z", "2026-03-02T13:00:00+01:00", 3.0);
    }

    #[test]
    fn when_so_many_have_passed() {
        for (from, hours, expected) in [
            ("2026-03-02T10:00:00+01:00", 4.0, "2026-03-02T14:00:00+01:00"),
            ("2026-03-02T16:00:00+01:00", 2.0, "2026-03-03T10:00:00+01:00"),
            ("2026-03-06T16:30:00+01:00", 8.0, "2026-03-09T16:30:00+01:00"),
            ("2026-04-02T16:00:00+02:00", 9.0, "2026-04-03T17:00:00+02:00"),
            ("2026-04-03T17:00:00+02:00", 1.0, "2026-04-07T10:00:00+02:00"),
            ("2026-03-07T12:00:00+01:00", 0.0, "2026-03-09T09:00:00+01:00"),
        ] {
            let found = clock().after(moment(from), hours).unwrap();
            assert_eq!(found.to_string(), expected, "{from} and {hours} hours");
        }
    }

    fn any_moment() -> impl Strategy<Value = Moment> {
        (1_700_000_000_i64..1_900_000_000)
            .prop_map(|second| Moment::new(Timestamp::from_second(second).unwrap(), Offset::UTC))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_never_runs_backwards_and_adds_up(a in any_moment(), b in any_moment(), c in any_moment()) {
            let mut at = [a, b, c];
            at.sort_by_key(|moment| moment.timestamp());
            let clock = clock();
            let [first, second, third] = at;
            let whole = clock.seconds(first, third);
            prop_assert!(clock.seconds(first, second) <= whole);
            prop_assert_eq!(clock.seconds(first, second) + clock.seconds(second, third), whole);
        }

        #[test]
        fn a_deadline_lies_so_many_hours_ahead(from in any_moment(), hours in 1_u16..400) {
            let clock = clock();
            let due = clock.after(from, f64::from(hours)).unwrap();
            prop_assert_eq!(clock.seconds(from, due), i64::from(hours) * 3600);
        }
    }
}
