//! Days as exports write them: ISO, with slashes, with dots, with names of months, as counts.
//!
//! `03/04/2026` is March or April, so a column is read as a whole: one day above twelve tells the
//! order for all of them.
//! Must not: read prose; sentences about dates belong to the language crate.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::fold::fold;

/// Whether the day or the month comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// What the cells of one column say together about their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct OrderEvidence {
    day_first: bool,
    month_first: bool,
}

impl OrderEvidence {
    /// Takes one more cell into account.
    pub(super) fn see(&mut self, text: &str) {
        if let Shape::Numbers { first, second, dotted, .. } = shape(text) {
            self.day_first |= dotted || first > 12 && second <= 12;
            self.month_first |= !dotted && second > 12 && first <= 12;
        }
    }

    /// The order, if the cells agree on one.
    pub(super) fn order(self) -> Option<DayOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DayOrder::DayFirst),
            (false, true) => Some(DayOrder::MonthFirst),
            _ => None,
        }
    }

    /// What two columns of the same file say together.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            day_first: self.day_first || other.day_first,
            month_first: self.month_first || other.month_first,
        }
    }
}

/// A day that was read, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// The day.
    Known(Date),
    /// Day and month could be exchanged, and nothing in the file decides.
    Doubtful,
    /// It is no day between 1900 and 2199.
    None,
}

/// Reads a day. `order` is what the column says; cells that are certain do not need it.
pub(super) fn read_day(text: &str, order: Option<DayOrder>) -> Day {
    let date = match shape(text) {
        Shape::Known(year, month, day) => civil(year, month, day),
        Shape::Instant(timestamp) => Some(Offset::UTC.to_datetime(timestamp).date()),
        Shape::Numbers { first, second, year, dotted } => {
            let order = match order {
                _ if dotted || first > 12 => Some(DayOrder::DayFirst),
                _ if second > 12 => Some(DayOrder::MonthFirst),
                _ if first == second => Some(DayOrder::DayFirst),
                order => order,
            };
            match order {
                Some(DayOrder::DayFirst) => civil(year, second, first),
                Some(DayOrder::MonthFirst) => civil(year, first, second),
                None => return Day::Doubtful,
            }
        }
        Shape::Nothing => None,
    };
    date.filter(|date| (1900..2200).contains(&date.year())).map_or(Day::None, Day::Known)
}

fn civil(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

enum Shape {
    /// Year, month, day.
    Known(i32, i32, i32),
    /// A count of seconds or milliseconds.
    Instant(Timestamp),
    /// Two numbers before a year.
    Numbers {
        first: i32,
        second: i32,
        year: i32,
        dotted: bool,
    },
    Nothing,
}

/// Longest text in which a day is looked for.
const DAY_CHARS_MAX: usize = 60;

fn shape(text: &str) -> Shape {
    let text = text.trim();
    if text.len() > DAY_CHARS_MAX {
        return Shape::Nothing;
    }
    if let Some(timestamp) = instant(text) {
        return Shape::Instant(timestamp);
    }
    // The time of day is dropped: from the first word with a colon, or behind a `T`.
    let day_part = text.split(' ').take_while(|word| !word.contains(':') || word.contains('T'));
    let day_part = day_part.collect::<Vec<_>>().join(" ");
    let day_part = match day_part.split_once('T') {
        Some((day, _)) if day.ends_with(|c: char| c.is_ascii_digit()) && day.contains('-') => day,
        _ => &day_part,
    };
    let parts: Vec<&str> =
        day_part.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<i32>().ok().filter(|_| part.len() <= 4);
    // The last one: `mardi` and `maandag` before it start like months.
    if let Some(month) = parts.iter().rev().find_map(|part| month_by_name(part)) {
        return named(&parts, month);
    }
    let [a, b, c] =
        parts.get(..3).and_then(|three| <[&str; 3]>::try_from(three).ok()).unwrap_or([""; 3]);
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else {
        return Shape::Nothing;
    };
    if a.len() == 4 {
        return Shape::Known(first, second, third);
    }
    match c.len() {
        4 => Shape::Numbers { first, second, year: third, dotted: day_part.contains('.') },
        2 => Shape::Numbers { first, second, year: century(third), dotted: day_part.contains('.') },
        _ => Shape::Nothing,
    }
}

/// `5 Mar 2026`, `March 5, 2026`, `5. März 2026`, `05-Mar-26`.
fn named(parts: &[&str], month: i32) -> Shape {
    let numbers: Vec<(i32, usize)> = parts
        .iter()
        .map(|part| part.trim_end_matches(|c: char| c.is_alphabetic()))
        .filter_map(|part| Some((part.parse().ok()?, part.len())))
        .collect();
    match numbers.as_slice() {
        [(day, 1 | 2), (year, 4), ..] | [(year, 4), (day, 1 | 2), ..] => {
            Shape::Known(*year, month, *day)
        }
        [(day, 1 | 2), (year, 2), ..] => Shape::Known(century(*year), month, *day),
        _ => Shape::Nothing,
    }
}

/// Two digits of a year: up to 69 this century, as POSIX has it.
fn century(year: i32) -> i32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// Milliseconds (13 digits) or seconds (10 digits) since 1970, as programs write them.
fn instant(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let count: i64 = text.parse().ok()?;
    match text.len() {
        13 => Timestamp::from_millisecond(count).ok(),
        10 => Timestamp::from_second(count).ok(),
        _ => None,
    }
}

/// Starts of the names of months in English, German, French, Spanish, Italian, Dutch, Portuguese.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fev"],
    &["mar", "maer", "mrz", "maa", "mrt"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "dic"],
];

fn month_by_name(word: &str) -> Option<i32> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let folded = fold(word);
    let month =
        MONTHS.iter().position(|names| names.iter().any(|name| folded.starts_with(name)))?;
    i32::try_from(month + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(column: &[&str], expected: &[Day]) {
        let mut evidence = OrderEvidence::default();
        for cell in column {
            evidence.see(cell);
        }
        let read: Vec<Day> = column.iter().map(|cell| read_day(cell, evidence.order())).collect();
        assert_eq!(read, expected, "{column:?}");
    }

    #[test]
    fn a_column_decides_for_its_cells() {
        let known = |y, m, d| Day::Known(date(y, m, d));
        check(&["12/31/2025", "03/04/2026"], &[known(2025, 12, 31), known(2026, 3, 4)]);
        check(&["31/12/2025", "03/04/2026"], &[known(2025, 12, 31), known(2026, 4, 3)]);
        check(&["31.12.2025", "03.04.26"], &[known(2025, 12, 31), known(2026, 4, 3)]);
        check(&["03/04/2026"], &[Day::Doubtful]);
        check(&["04/04/2026"], &[known(2026, 4, 4)]);
        check(&["2026-01-15 09:12", "2026-01-15T23:00:00.000Z"], &[known(2026, 1, 15); 2]);
        check(
            &["5 Mar 2026", "March 5, 2026", "5. März 2026", "05-Mar-26"],
            &[known(2026, 3, 5); 4],
        );
        check(
            &["mardi 3 février 2026", "martes 3 de febrero de 2026", "martedì 3 febbraio 2026"],
            &[known(2026, 2, 3); 3],
        );
        check(&["maandag 2 februari 2026", "Mar 3, 2026"], &[known(2026, 2, 2), known(2026, 3, 3)]);
        check(&["1772668800000", "1772668800"], &[known(2026, 3, 5); 2]);
        check(&["0/0/00", "", "soon", "99/99/2026", "0001-01-01"], &[Day::None; 5]);
        check(&["2026/3/5", "20 de octubre de 2025"], &[known(2026, 3, 5), known(2025, 10, 20)]);
    }
}
