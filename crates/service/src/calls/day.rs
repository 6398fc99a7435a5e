//! The day of a call: said, in the file's name, or today.

use jiff::civil::Date;
use serde::Serialize;

/// What tells the day of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DayFrom {
    /// The user said it.
    Said,
    /// The name of the file holds it.
    FileName,
    /// Nothing does, so today was taken.
    Today,
}

/// The day of a call, and what tells it.
pub(super) fn of_call(said: Option<Date>, file_name: &str, today: Date) -> (Date, DayFrom) {
    let named = || in_name(file_name, today).map(|day| (day, DayFrom::FileName));
    said.map(|day| (day, DayFrom::Said)).or_else(named).unwrap_or((today, DayFrom::Today))
}

/// A day in a name, as recorders write it: `GMT20260310-091500_Recording`, `call 2026-03-10`.
fn in_name(name: &str, today: Date) -> Option<Date> {
    const YEAR_MIN: i16 = 1990;
    let digits: Vec<&str> =
        name.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let day = |year: &str, month: &str, day: &str| {
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (date.year() >= YEAR_MIN && date <= today).then_some(date)
    };
    let joined = digits.iter().find_map(|run| {
        (run.len() == 8).then(|| day(run.get(..4)?, run.get(4..6)?, run.get(6..)?)).flatten()
    });
    let parted = || {
        digits.windows(3).find_map(|runs| match runs {
            [y, m, d] if y.len() == 4 && m.len() <= 2 && d.len() <= 2 => day(y, m, d),
            _ => None,
        })
    };
    joined.or_else(parted)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_in_names() {
        let today = date(2026, 9, 1);
        let check = |name: &str, expected: Option<Date>| {
            assert_eq!(in_name(name, today), expected, "{name}");
        };
        check("GMT20260310-091500_Recording.transcript.vtt", Some(date(2026, 3, 10)));
        check("Lindner 2026-03-10.vtt", Some(date(2026, 3, 10)));
        check("2026_3_9 call.txt", Some(date(2026, 3, 9)));
        for none in ["call.vtt", "99999999.vtt", "2026-13-01.vtt", "2027-01-01.vtt", "12345.vtt"] {
            check(none, None);
        }
        assert_eq!(of_call(None, "call.vtt", today), (today, DayFrom::Today));
        assert_eq!(of_call(Some(date(2026, 1, 2)), "2026-03-10", today).1, DayFrom::Said);
    }
}
