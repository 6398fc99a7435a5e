//! Moments and days between the wire, the protocol's library and ours.
//!
//! The library speaks `chrono`; this file alone knows it, and the rest of the crate speaks `jiff`.

use chrono::{FixedOffset, TimeZone as _};
use imap_codec::imap_types::datetime::{DateTime, NaiveDate};
use jiff::Timestamp;
use jiff::civil::Date;

/// The moment that the library read.
pub(crate) fn of_library(moment: &DateTime) -> Option<Timestamp> {
    Timestamp::from_second(moment.as_ref().timestamp()).ok()
}

/// A moment as the library writes it, in whole seconds of universal time.
pub(crate) fn for_library(moment: Timestamp) -> Option<DateTime> {
    let zone = FixedOffset::east_opt(0)?;
    let moment = zone.timestamp_opt(moment.as_second(), 0).single()?;
    DateTime::try_from(moment).ok()
}

/// A day as the library writes it.
pub(crate) fn day_for_library(day: Date) -> Option<NaiveDate> {
    let (month, number) = (u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?);
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(day.year()), month, number)?;
    NaiveDate::try_from(day).ok()
}

/// Reads ` 1-Feb-2024 10:20:30 +0100`, with a space or nothing before a day of one digit. `None` for
/// what is no moment, such as a day 0.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut parts = text.split_ascii_whitespace();
    let (date, time, zone) = (parts.next()?, parts.next()?, parts.next().unwrap_or("+0000"));
    let mut date = date.split('-');
    let (day, month, year) = (date.next()?, date.next()?, date.next()?);
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    let mut time = time.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (time.next()??, time.next()??, time.next().unwrap_or(Some(0))?);
    let date = Date::new(year.parse().ok()?, i8::try_from(month).ok()? + 1, day.parse().ok()?);
    // A leap second is the last one of its minute.
    let time = jiff::civil::Time::new(hour, minute, second.min(59), 0);
    let here = date.ok()?.to_datetime(time.ok()?);
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.parse::<u16>().ok().filter(|_| digits.len() == 4)?;
    let seconds = sign * (i32::from(digits / 100) * 3_600 + i32::from(digits % 100) * 60);
    let offset = jiff::tz::Offset::from_seconds(seconds).ok()?;
    offset.to_timestamp(here).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_moments() {
        let check = |text: &str, expected: Option<&str>| {
            let expected = expected.map(|text| text.parse::<Timestamp>().unwrap());
            assert_eq!(read(text), expected, "{text}");
        };
        check("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z"));
        check(" 1-feb-2024 10:20:30 +0130", Some("2024-02-01T08:50:30Z"));
        check("31-Dec-2016 23:59:60 +0000", Some("2016-12-31T23:59:59Z"));
        check("1-Feb-2024 10:20", Some("2024-02-01T10:20:00Z"));
        for wrong in
            ["00-Jan-0000 00:00:00 +0000", "30-Feb-2024 10:00:00 +0000", "", "now", "1-2-3"]
        {
            check(wrong, None);
        }
    }

    proptest! {
        #[test]
        fn there_and_back(second in -60_000_000_000_i64..200_000_000_000) {
            let moment = Timestamp::from_second(second).unwrap();
            let library = for_library(moment).unwrap();
            prop_assert_eq!(of_library(&library), Some(moment));
        }

        #[test]
        fn any_text_is_read(text in "[0-9A-Za-z:+ -]{0,40}") {
            let _moment = read(&text);
        }
    }
}
