//! From what is written to a day: years that nobody writes, weekdays, weeks and months ahead.
//!
//! Everything counts from the mail's own day in the writer's offset, never from now.

use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use jiff::{Span, ToSpan};

use super::phrases::{Meaning, Part, Unit};

/// A day this long before the mail still counts as meant in the past ("I was away until …").
const DAYS_BACK_MAX: i64 = 60;

/// Years in which correspondence takes place.
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2100;

/// The day, if it exists and lies in the years of correspondence.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|date| YEARS.contains(&date.year()))
}

/// Adds a span; `None` outside the years of correspondence.
pub(super) fn ahead(from: Date, span: Span) -> Option<Date> {
    from.checked_add(span).ok().filter(|date| YEARS.contains(&date.year()))
}

/// Days from the first to the second; negative if it lies before.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// A day and month without a year: the first one that is not long past, and on that weekday if
/// one stands beside it.
pub(super) fn without_year(
    reference: Date,
    month: i8,
    day_of_month: i8,
    weekday: Option<Weekday>,
) -> Option<Date> {
    let years = [reference.year() - 1, reference.year(), reference.year() + 1];
    let candidates: Vec<Date> =
        years.into_iter().filter_map(|year| day(year, month, day_of_month)).collect();
    let in_window = |date: &Date| {
        let days = days_between(reference, *date);
        (-DAYS_BACK_MAX..=365 - DAYS_BACK_MAX).contains(&days)
    };
    let on_weekday = |date: &Date| weekday.is_none_or(|wanted| date.weekday() == wanted);
    let within: Vec<Date> = candidates.iter().copied().filter(in_window).collect();
    within
        .iter()
        .copied()
        .find(on_weekday)
        .or_else(|| {
            let near = |date: &Date| days_between(reference, *date).abs() <= 365;
            candidates.iter().copied().filter(near).find(|d| weekday.is_some() && on_weekday(d))
        })
        .or_else(|| within.first().copied())
        .or_else(|| candidates.into_iter().find(|date| *date >= reference))
}

/// "The 14th": the next such day after the mail, on that weekday if one stands beside it.
pub(super) fn day_only(reference: Date, number: i8, weekday: Option<Weekday>) -> Option<Date> {
    let mut fallback = None;
    for months in 0_i32..=6 {
        let month = reference.first_of_month().checked_add(months.months()).ok()?;
        let Some(date) = day(month.year(), month.month(), number) else { continue };
        if date < reference {
            continue;
        }
        if weekday.is_none_or(|wanted| date.weekday() == wanted) {
            return Some(date);
        }
        fallback = fallback.or(Some(date));
    }
    fallback
}

/// The next such weekday after the mail's day; `extra` weeks later.
pub(super) fn weekday(reference: Date, wanted: Weekday, extra: i32) -> Option<Date> {
    let days = i32::from(reference.weekday().until(wanted));
    let days = if days == 0 { 7 } else { days };
    ahead(reference, (days + 7 * extra).days())
}

/// The Monday of a numbered week; without a year the first one that is not long past.
pub(super) fn week(reference: Date, number: i8, year: Option<i16>) -> Option<Date> {
    let monday =
        |year: i16| ISOWeekDate::new(year, number, Weekday::Monday).ok().map(ISOWeekDate::date);
    if let Some(year) = year {
        return monday(year).filter(|date| YEARS.contains(&date.year()));
    }
    [reference.year() - 1, reference.year(), reference.year() + 1]
        .into_iter()
        .filter_map(monday)
        .find(|date| days_between(reference, *date) >= -28)
        .filter(|date| YEARS.contains(&date.year()))
}

/// A month, with the part of it that is meant; without a year the current or next one.
pub(super) fn month(
    reference: Date,
    number: i8,
    year: Option<i16>,
    part: Option<Part>,
) -> Option<Date> {
    let year = year.unwrap_or(if number < reference.month() {
        reference.year() + 1
    } else {
        reference.year()
    });
    part_of_month(day(year, number, 1)?, part)
}

fn part_of_month(first: Date, part: Option<Part>) -> Option<Date> {
    match part {
        None | Some(Part::Begin) => Some(first),
        Some(Part::Middle | Part::FirstHalf) => day(first.year(), first.month(), 15),
        Some(Part::End | Part::SecondHalf) => Some(first.last_of_month()),
        Some(Part::Week(number)) => week_of_month(first, 7 * (number - 1) + 1),
        Some(Part::LastWeek) => week_of_month(first, first.days_in_month() - 3),
    }
}

/// The Monday of the working week that holds a day of a month, or that follows its weekend.
fn week_of_month(first: Date, number: i8) -> Option<Date> {
    let inside = day(first.year(), first.month(), number)?;
    let offset = i32::from(inside.weekday().to_monday_zero_offset());
    ahead(inside, (if offset >= 5 { 7 - offset } else { -offset }).days())
}

/// The first day of a part that is told as a range of days.
pub(super) fn first_of_part(last: Date, part: Option<Part>) -> Option<Date> {
    match part? {
        Part::FirstHalf => Some(last.first_of_month()),
        Part::SecondHalf => day(last.year(), last.month(), 16),
        _ => None,
    }
}

/// A phrase, seen from the mail's day, with the part of it that is meant.
pub(super) fn phrase(reference: Date, meaning: Meaning, part: Option<Part>) -> Option<Date> {
    match meaning {
        Meaning::Day(days) => ahead(reference, days.days()),
        Meaning::Week(weeks) => {
            let days_since_monday = i32::from(Weekday::Monday.until(reference.weekday()));
            let offset = match part {
                None if weeks == 0 => 4,
                Some(Part::Middle) => 2,
                Some(Part::End | Part::SecondHalf) => 4,
                _ => 0,
            };
            ahead(reference, (weeks * 7 - days_since_monday + offset).days())
        }
        Meaning::Month(months) => {
            let part = if months == 0 { part.or(Some(Part::End)) } else { part };
            part_of_month(ahead(reference.first_of_month(), months.months())?, part)
        }
        Meaning::Year(years) => {
            let year = reference.year() + i16::try_from(years).unwrap_or(0);
            match part {
                Some(Part::Begin | Part::FirstHalf) => day(year, 1, 1),
                Some(Part::Middle | Part::SecondHalf) => day(year, 7, 1),
                _ => day(year, 12, 31),
            }
        }
        Meaning::NewYear => day(reference.year() + 1, 1, 1),
        Meaning::Season(month) => {
            let this_year = day(reference.year(), month, 1)?;
            if this_year > reference {
                Some(this_year)
            } else {
                day(reference.year() + 1, month, 1)
            }
        }
        Meaning::Easter => {
            let this_year = easter_monday(reference.year())?;
            if this_year > reference {
                Some(this_year)
            } else {
                easter_monday(reference.year() + 1)
            }
        }
    }
}

/// That many units after a day.
pub(super) fn counted(from: Date, count: u32, unit: Unit) -> Option<Date> {
    let count = i32::try_from(count).ok().filter(|n| *n <= 400)?;
    match unit {
        Unit::Day => ahead(from, count.days()),
        Unit::Week => ahead(from, count.weeks()),
        Unit::Fortnight => ahead(from, (count * 14).days()),
        Unit::Month => ahead(from, count.months()),
    }
}

/// Easter Monday of the Gregorian calendar (the anonymous computus, Nature 1876).
fn easter_monday(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let golden = y % 19;
    let century = y / 100;
    let epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let full = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (y + y / 4 + full + 2 - century + century / 4) % 7;
    let sunday_from_march = full - weekday + 28;
    ahead(date(year, 3, 1), sunday_from_march.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_monday_is_where_the_calendar_has_it() {
        assert_eq!(easter_monday(2025), Some(date(2025, 4, 21)));
        assert_eq!(easter_monday(2026), Some(date(2026, 4, 6)));
        assert_eq!(easter_monday(2024), Some(date(2024, 4, 1)));
    }

    #[test]
    fn years_roll_over() {
        let december = date(2025, 12, 19);
        assert_eq!(without_year(december, 1, 5, None), Some(date(2026, 1, 5)));
        assert_eq!(without_year(december, 12, 1, None), Some(date(2025, 12, 1)));
        assert_eq!(day_only(date(2026, 2, 27), 23, Some(Weekday::Monday)), Some(date(2026, 3, 23)));
        assert_eq!(weekday(date(2026, 2, 27), Weekday::Friday, 0), Some(date(2026, 3, 6)));
        assert_eq!(week(december, 2, None), Some(date(2026, 1, 5)));
    }
}
