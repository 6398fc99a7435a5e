//! Ranges of days, and the step from what is written to days.
//!
//! `3 to 14 Feb` lends its month to the first day, `Feb 3-14` to the second one.

use jiff::civil::{Date, Weekday};

use super::phrases::{Meaning, Part};
use super::scan::{self, What};
use super::tokens::Token;
use super::{DateOrder, Precision, day_words, resolve};

/// One expression or a range of two, with the token behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    first: Option<What>,
    last: What,
    /// The first token that does not belong to it.
    pub(super) next: usize,
}

/// What an item says once years and months are filled in.
pub(super) struct Resolved {
    pub(super) date: Date,
    pub(super) first: Option<Date>,
    pub(super) precision: Precision,
    pub(super) year_given: bool,
    pub(super) relative: bool,
}

/// Words that stand between the two ends of a range, longest first.
const LINKS: [&[&str]; 27] = [
    &["tot", "en", "met", "de"],
    &["till", "och", "med"],
    &["til", "og", "med"],
    &["bis", "und", "mit"],
    &["bis", "einschliesslich"],
    &["bis", "zum"],
    &["bis", "einschl", "."],
    &["tot", "en", "met"],
    &["t", "/", "m"],
    &["to", "the"],
    &["until", "the"],
    &["hasta", "el"],
    &["fino", "al"],
    &["jusqu", "'", "au"],
    &["-", "the"],
    &["-"],
    &["to"],
    &["through"],
    &["thru"],
    &["until"],
    &["till"],
    &["til"],
    &["bis"],
    &["au"],
    &["al"],
    &["tot"],
    &["ao"],
];

/// Links that make a range only behind a word such as "between".
const LINKS_AFTER_BETWEEN: [&str; 7] = ["and", "und", "et", "y", "e", "en", "og"];
const BETWEEN: [&str; 6] = ["between", "zwischen", "entre", "tra", "tussen", "mellem"];
/// Links of languages whose word for "to" is too common elsewhere: need a "from" before them.
const LINKS_AFTER_FROM: [&str; 4] = ["a", "do", "по", "e"];
const FROM: [&str; 9] = ["from", "de", "od", "с", "del", "dal", "da", "fra", "du"];

/// Reads the item that begins at a token.
pub(super) fn item(tokens: &[Token], at: usize) -> Option<Item> {
    if let Some(found) = bare_start(tokens, at) {
        return Some(found);
    }
    let (first, next) = scan::what(tokens, at)?;
    let single = Item { first: None, last: first, next };
    if !is_day(&first) {
        return Some(single);
    }
    let Some(second_at) = link(tokens, at, next) else { return Some(single) };
    if let Some((last, end)) = scan::what(tokens, second_at).filter(|(last, _)| is_day(last)) {
        return Some(Item { first: Some(first), last, next: end });
    }
    // "Feb 3-14"
    if let What::Day { month: Some(_), year, .. } = first
        && let Some(number) = tokens.get(second_at).and_then(Token::number)
        && let Some(day) = i8::try_from(number).ok().filter(|n| (1..=31).contains(n))
    {
        let (_, end) = day_words::after_ordinal(tokens, second_at + 1);
        let (late_year, end) = scan::year_after(tokens, end);
        let What::Day { month, .. } = first else { return Some(single) };
        let last = What::Day { year: late_year.or(year), month, day, weekday: None };
        return Some(Item { first: Some(first), last, next: end });
    }
    Some(single)
}

/// `3 to 14 Feb`, `3.-14.2.`, `Mon 3 to Fri 14 Feb` with a bare first number.
fn bare_start(tokens: &[Token], at: usize) -> Option<Item> {
    let number = tokens.get(at)?.number()?;
    let day = i8::try_from(number).ok().filter(|n| (1..=31).contains(n))?;
    let (_, next) = day_words::after_ordinal(tokens, at + 1);
    let second_at = link(tokens, at, next)?;
    let (last, end) = scan::what(tokens, second_at)?;
    let has_month = matches!(last, What::Pair { .. } | What::Day { month: Some(_), .. });
    let first = What::Day { year: None, month: None, day, weekday: None };
    has_month.then_some(Item { first: Some(first), last, next: end })
}

fn is_day(what: &What) -> bool {
    matches!(what, What::Day { .. } | What::Pair { .. } | What::Weekday { .. })
}

/// The token behind the words that link two ends of a range.
fn link(tokens: &[Token], start: usize, at: usize) -> Option<usize> {
    let plain = LINKS.iter().find_map(|words| {
        let fits = words
            .iter()
            .enumerate()
            .all(|(n, word)| tokens.get(at + n).is_some_and(|token| token.is(word)));
        fits.then_some(at + words.len())
    });
    let led_by = |list: &[&str]| {
        (1..=2).any(|back| {
            start
                .checked_sub(back)
                .and_then(|n| tokens.get(n))
                .is_some_and(|t| list.iter().any(|word| t.is(word)))
        })
    };
    let here = |list: &[&str]| {
        tokens.get(at).is_some_and(|t| list.iter().any(|word| t.is(word))).then_some(at + 1)
    };
    let found = plain
        .or_else(|| here(&LINKS_AFTER_BETWEEN).filter(|_| led_by(&BETWEEN)))
        .or_else(|| here(&LINKS_AFTER_FROM).filter(|_| led_by(&FROM)))?;
    // "to the", "bis zum", "au": a small word may still stand before the second day.
    let skip = tokens.get(found).is_some_and(|t| {
        matches!(t.folded.as_str(), "the" | "den" | "dem" | "el" | "le" | "il" | "including")
    });
    Some(found + usize::from(skip))
}

impl Item {
    /// Fills in what is not written.
    pub(super) fn resolve(&self, reference: Date, order: DateOrder) -> Option<Resolved> {
        let single = single(self.last, reference, order)?;
        let Some(first) = self.first else { return Some(single) };
        match (first, self.last) {
            (What::Day { month: None, day, weekday, .. }, What::Day { month: None, .. }) => {
                let first = resolve::day_only(reference, day, weekday);
                let last = match (first, self.last) {
                    (Some(first), What::Day { day, weekday, .. }) => {
                        resolve::day_only(first, day, weekday)?
                    }
                    _ => single.date,
                };
                Some(Resolved { date: last, first, ..single })
            }
            (What::Day { month: None, day, .. }, _) => {
                // The month of the last day, or the one before it if the number is greater.
                let month = single.date.first_of_month();
                let same = resolve::day(month.year(), month.month(), day)
                    .filter(|date| *date <= single.date);
                let first = same.or_else(|| {
                    let earlier = resolve::ahead(month, jiff::Span::new().days(-1))?;
                    resolve::day(earlier.year(), earlier.month(), day)
                });
                Some(Resolved { first, ..single })
            }
            _ => {
                let first = self::single(first, reference, order)?;
                // "24 Dec to 2 Jan": the end lies behind the beginning.
                let last = if single.date < first.date && !single.year_given {
                    after(single.date, first.date)
                } else {
                    single.date
                };
                Some(Resolved { date: last, first: Some(first.date), ..single })
            }
        }
    }
}

/// The same day a year later, or a week later for weekdays, if it lies before another.
fn after(date: Date, earlier: Date) -> Date {
    if resolve::days_between(date, earlier) < 7 {
        return resolve::ahead(date, jiff::Span::new().days(7)).unwrap_or(date);
    }
    resolve::day(date.year() + 1, date.month(), date.day()).unwrap_or(date)
}

fn single(what: What, reference: Date, order: DateOrder) -> Option<Resolved> {
    let (date, precision, year_given) = match what {
        What::Day { year: Some(year), month: Some(month), day, .. } => {
            (resolve::day(year, month, day)?, Precision::Day, true)
        }
        What::Day { month: Some(month), day, weekday, .. } => {
            (resolve::without_year(reference, month, day, weekday)?, Precision::Day, false)
        }
        What::Day { day, weekday, .. } => {
            (resolve::day_only(reference, day, weekday)?, Precision::Day, false)
        }
        What::Pair { first, second, year, weekday } => {
            let date = pair(reference, order, (first, second), year, weekday)?;
            (date, Precision::Day, year.is_some())
        }
        What::Weekday { weekday, extra } => {
            (resolve::weekday(reference, weekday, extra)?, Precision::Day, true)
        }
        What::Week { number, year, part } => {
            let monday = resolve::week(reference, number, year)?;
            let days = match part {
                Some(Part::End) => 4,
                Some(Part::Middle) => 2,
                _ => 0,
            };
            let day = resolve::ahead(monday, jiff::Span::new().days(days))?;
            (day, Precision::Week, year.is_some())
        }
        What::Month { month, year, part } => {
            let precision = match part {
                Some(Part::Week(_) | Part::LastWeek) => Precision::Week,
                _ => Precision::Month,
            };
            (resolve::month(reference, month, year, part)?, precision, year.is_some())
        }
        What::Phrase { meaning, part } => {
            (resolve::phrase(reference, meaning, part)?, precision_of(meaning), true)
        }
        What::Counted { count, unit } => {
            (resolve::counted(reference, count, unit)?, Precision::Day, true)
        }
    };
    let relative = matches!(what, What::Phrase { meaning: Meaning::Day(_), .. });
    let first = match what {
        What::Month { part, .. } => resolve::first_of_part(date, part),
        _ => None,
    };
    Some(Resolved { date, first, precision, year_given, relative })
}

fn precision_of(meaning: Meaning) -> Precision {
    match meaning {
        Meaning::Day(_) => Precision::Day,
        Meaning::Week(_) => Precision::Week,
        Meaning::Month(_) => Precision::Month,
        Meaning::Year(_) | Meaning::NewYear | Meaning::Season(_) | Meaning::Easter => {
            Precision::Season
        }
    }
}

/// `4/5` by the writer's order, unless a number or the weekday says otherwise.
fn pair(
    reference: Date,
    order: DateOrder,
    (first, second): (i8, i8),
    year: Option<i16>,
    weekday: Option<Weekday>,
) -> Option<Date> {
    let read = |month: i8, day: i8| match year {
        Some(year) => resolve::day(year, month, day),
        None => resolve::without_year(reference, month, day, weekday),
    };
    let day_first = read(second, first);
    let month_first = read(first, second);
    let (wanted, other) = match order {
        DateOrder::DayFirst => (day_first, month_first),
        DateOrder::MonthFirst => (month_first, day_first),
    };
    let fits = |date: &Date| weekday.is_none_or(|w| date.weekday() == w);
    wanted.filter(fits).or_else(|| other.filter(fits)).or(wanted).or(other)
}
