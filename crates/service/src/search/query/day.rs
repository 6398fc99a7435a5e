//! Days as somebody types them: a day, a month or a year.

use std::fmt;

use jiff::civil::Date;

/// A year, a month of it, or a day of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    first: Date,
    last: Date,
}

/// When something was written, by the writer's own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Earlier than the first of these days.
    Before(Days),
    /// Later than the last of these days.
    After(Days),
    /// On one of these days.
    On(Days),
}

impl Days {
    /// Reads `2026-03-01`, `2026-03` or `2026`; the parts may also be cut by `/` or `.`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        let (year, rest) = parts.split_first()?;
        let year = number(year, 4).filter(|_| year.len() == 4)?;
        let first = |month: i16, day: i16| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match rest {
            [] => Some(Self { first: first(1, 1)?, last: first(12, 31)? }),
            [month] => {
                let first = first(number(month, 2)?, 1)?;
                Some(Self { first, last: first.last_of_month() })
            }
            [month, day] => {
                let day = first(number(month, 2)?, number(day, 2)?)?;
                Some(Self { first: day, last: day })
            }
            _ => None,
        }
    }
}

/// A number of so many digits at most.
fn number(text: &str, digits_max: usize) -> Option<i16> {
    let is_number = (1..=digits_max).contains(&text.len());
    text.parse().ok().filter(|_| is_number && text.bytes().all(|byte| byte.is_ascii_digit()))
}

impl When {
    /// The first and the last day that it allows, where it sets one.
    pub(crate) fn bounds(self) -> (Option<Date>, Option<Date>) {
        // Beyond the first and the last day of all there is none, and nothing was written then.
        let before = |day: Date| day.yesterday().unwrap_or(Date::MIN);
        let after = |day: Date| day.tomorrow().unwrap_or(Date::MAX);
        match self {
            Self::Before(days) => (None, Some(before(days.first))),
            Self::After(days) => (Some(after(days.last)), None),
            Self::On(days) => (Some(days.first), Some(days.last)),
        }
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        match (first == last, first.month() == last.month()) {
            (true, _) => write!(f, "{first}"),
            (false, true) => write!(f, "{:04}-{:02}", first.year(), first.month()),
            (false, false) => write!(f, "{:04}", first.year()),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(days) => write!(f, "before:{days}"),
            Self::After(days) => write!(f, "after:{days}"),
            Self::On(days) => write!(f, "on:{days}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, &str)>) {
        let read = Days::parse(text).map(|days| (days.first.to_string(), days.last.to_string()));
        let read = read.as_ref().map(|(first, last)| (first.as_str(), last.as_str()));
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn a_day_a_month_a_year() {
        check("2026-03-01", Some(("2026-03-01", "2026-03-01")));
        check("2026/3/1", Some(("2026-03-01", "2026-03-01")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2026", Some(("2026-01-01", "2026-12-31")));
        for text in
            ["", "26", "2026-", "2026-13", "2026-02-30", "2026-1-1-1", "+026", "-2026", "march"]
        {
            check(text, None);
        }
    }
}
