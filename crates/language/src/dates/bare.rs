//! Days that only the day named before tells: "the committee sits on 19 March, you'll hear on the
//! 20th", "the 7th of that month".
//!
//! Must not: move a day that names its month, or that lies behind the one named before.

use jiff::civil::Date;

use super::resolve;
use super::tokens::{self, Token};
use super::{FoundDate, Precision, words};

/// A day further ahead than this says nothing of a number behind it.
const DAYS_MAX: i64 = 200;

/// Whether a day stands there as a number or a weekday alone, which the day before may move.
pub(crate) fn has_bare(found: &[FoundDate], text: &str) -> bool {
    found.iter().any(|day| {
        text.get(day.range.clone()).is_some_and(|written| {
            bare_number(written).is_some() || words::weekday(&tokens::fold(written)).is_some()
        })
    })
}

/// Moves the bare days of a sentence behind the days that are named before them. `before` are the
/// days of the sentence before, `text` the words of this one.
pub(crate) fn follow(found: &mut [FoundDate], before: &[FoundDate], text: &str) {
    let mut named: Option<(Date, Precision)> =
        before.iter().rev().find(|day| names(day)).map(|day| (day.date, day.precision));
    let mut here = false;
    for day in found {
        let Some(written) = text.get(day.range.clone()) else { continue };
        let number = bare_number(written);
        let before_it = text.get(..day.range.start).unwrap_or("").trim_end();
        if let (Some((last, Precision::Day)), true) = (named, before_it.ends_with(" the"))
            && let Some(weekday) = words::weekday(&tokens::fold(written))
            && last >= day.date
            && let Some(moved) = resolve::weekday(last, weekday, 0)
        {
            day.date = moved;
        }
        let behind = tokens::tokens(text.get(day.range.end..).unwrap_or(""));
        let of_that_month = is_that_month(&behind);
        if let (Some(number), Some((last, precision))) = (number, named) {
            let follows = precision == Precision::Day && i64::from(number) > i64::from(last.day());
            let ahead = last > day.date && resolve::days_between(day.date, last) <= DAYS_MAX;
            // "Early October, the 5th say".
            let in_month = precision == Precision::Month && here;
            if (of_that_month || in_month || (follows && ahead && day.first.is_none()))
                && let Some(moved) = resolve::day(last.year(), last.month(), number)
            {
                day.date = moved;
            }
        }
        if number.is_none() && names(day) {
            named = Some((day.date, day.precision));
            here = true;
        }
    }
}

fn names(day: &FoundDate) -> bool {
    !day.relative && day.precision <= Precision::Month
}

/// The number of "the 20th"; nothing where a month or a weekday stands beside it.
fn bare_number(written: &str) -> Option<i8> {
    let tokens = tokens::tokens(written);
    let mut numbers = tokens.iter().filter_map(Token::number);
    let number = i8::try_from(numbers.next()?).ok()?;
    let alone = numbers.next().is_none()
        && tokens.iter().all(|t| {
            words::month_short(&t.folded).is_none() && words::weekday(&t.folded).is_none()
        });
    alone.then_some(number)
}

/// "of that month", "desselben Monats".
fn is_that_month(behind: &[Token]) -> bool {
    let is = |at: usize, list: &[&str]| {
        behind.get(at).is_some_and(|token| list.iter().any(|word| token.is(word)))
    };
    let month = ["month", "monats", "mois", "mes", "mese", "maand"];
    (is(0, &["of", "de", "di", "van"])
        && is(1, &["that", "ce", "ese", "quel", "die"])
        && is(2, &month))
        || (is(0, &["desselben", "des", "dieses", "del", "du"]) && is(1, &month))
}
