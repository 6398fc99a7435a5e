//! Days named in running text, resolved against the day of the mail.
//!
//! Reads thirteen languages at once: absolute days in the usual spellings, ranges, weekdays,
//! week numbers, months, and phrases such as "next week". Knows nothing about facts: what a day
//! means (an absence, a reminder) is decided in [`crate::facts`].
//!
//! Must not: read a clock, or guess a day where the words give none.

mod bare;
mod day_words;
pub(crate) mod durations;
mod phrases;
mod ranges;
mod resolve;
mod roles;
mod scan;
pub(crate) mod tokens;
mod words;

use std::ops::Range;

use jiff::civil::Date;

pub(crate) use bare::{follow, has_bare};
pub(crate) use tokens::push_folded;
pub(crate) use words::names_month;

/// How the writer orders the two numbers of `03/04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// 3 April: most of the world.
    #[default]
    DayFirst,
    /// March 4: the United States.
    MonthFirst,
}

/// How exactly a day is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day.
    Day,
    /// A week; the day is its Monday, or the part that is named.
    Week,
    /// A month; the day is its first, or the part that is named.
    Month,
    /// A quarter, a season, a turn of the year; the day is its first.
    Season,
}

/// What the small words before a day say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// "until", "bis", "jusqu'au".
    Until,
    /// "by": not later than.
    By,
    /// "from", "ab", "à partir du".
    From,
    /// "since", "seit", "depuis".
    Since,
    /// "after", "nach".
    After,
    /// "before", "vor".
    Before,
    /// "on", "am", "le", "in", or nothing.
    On,
}

/// A day found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    /// The bytes that name it.
    pub range: Range<usize>,
    /// The day; of a range of days the last one.
    pub date: Date,
    /// The first day, if a range of days is named.
    pub first: Option<Date>,
    /// How exactly it is named.
    pub precision: Precision,
    /// What the words before it say.
    pub role: Role,
    /// Whether the year stands in the text.
    pub year_given: bool,
    /// Whether it is today, tomorrow or another day counted from the mail's own.
    pub relative: bool,
}

/// Finds the days named in a text (one sentence works best), from left to right.
///
/// `reference` is the mail's own day in its writer's offset. Days outside 1971 to 2100 are left
/// out.
///
/// ```
/// use inroad_language::dates::{DateOrder, Role, find};
/// use jiff::civil::date;
///
/// let found = find("I am away until Monday, 5 January.", date(2025, 12, 19), DateOrder::DayFirst);
/// assert_eq!(found[0].date, date(2026, 1, 5));
/// assert_eq!(found[0].role, Role::Until);
/// ```
pub fn find(text: &str, reference: Date, order: DateOrder) -> Vec<FoundDate> {
    let tokens = tokens::tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let may_begin = tokens.get(at).is_some_and(scan::may_begin);
        let Some(item) = may_begin.then(|| ranges::item(&tokens, at)).flatten() else {
            at += 1;
            continue;
        };
        let resolved = item.resolve(reference, order);
        if let (Some(first), Some(last)) = (tokens.get(at), tokens.get(item.next.saturating_sub(1)))
            && let Some(resolved) = resolved
        {
            found.push(FoundDate {
                range: first.start..last.end,
                date: resolved.date,
                first: resolved.first,
                precision: resolved.precision,
                role: roles::role(&tokens, at, item.next),
                year_given: resolved.year_given,
                relative: resolved.relative,
            });
        }
        at = item.next.max(at + 1);
    }
    found
}

/// Whether a folded word is the full name of a month or a weekday.
pub(crate) fn names_day(folded: &str) -> bool {
    words::month(folded).is_some() || words::weekday(folded).is_some()
}

/// Whether a folded word is the full or short name of a month or a weekday.
pub(crate) fn names_day_short(folded: &str) -> bool {
    words::month_short(folded).is_some() || words::weekday_short(folded).is_some()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// The mail of these tests was written on Tuesday 10 March 2026.
    fn check(text: &str, expected: &str) {
        let found = find(text, date(2026, 3, 10), DateOrder::DayFirst);
        let shown: Vec<String> = found
            .iter()
            .map(|f| match f.first {
                Some(first) => format!("{first}..{} {:?}", f.date, f.role),
                None => format!("{} {:?}", f.date, f.role),
            })
            .collect();
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn nothing_begins_where_nothing_may() {
        let phrases = [
            "mid-June",
            "Mitte Juni",
            "first week of May",
            "KW 21",
            "in two weeks",
            "due settimane",
            "from Wed",
            "Thurs",
            "Mar 3rd",
            "dim 14",
            "over twee weken",
            "the new year",
            "przyszły",
            "tomorrow",
            "overmorgen",
            "Ostern",
            "l'année prochaine",
            "end of next month",
            "3 to 14 Feb",
        ];
        for tokens in phrases.iter().map(|phrase| tokens::tokens(phrase)) {
            for (at, token) in tokens.iter().enumerate() {
                let begins = ranges::item(&tokens, at).is_some();
                assert!(!begins || scan::may_begin(token), "{token:?}");
            }
        }
    }

    #[test]
    fn absolute_days_in_many_spellings() {
        for text in [
            "on 14 April 2026",
            "on 14th April",
            "on April 14, 2026",
            "on Apr. 14th",
            "am 14.4.",
            "am 14.04.2026",
            "am 14. April",
            "le 14 avril",
            "el 14 de abril de 2026",
            "il 14 aprile",
            "op 14 april",
            "op dinsdag 14 april",
            "on Tuesday, 14/04/2026",
            "on 2026-04-14",
            "no dia 14 de abril",
            "den 14:e april",
            "14. huhtikuuta",
            "14 kwietnia",
            "14 апреля",
        ] {
            check(text, "2026-04-14 On");
        }
    }

    #[test]
    fn roles_stand_before_the_day() {
        check("until 14 April", "2026-04-14 Until");
        check("bis einschließlich 14.04.2026", "2026-04-14 Until");
        check("bis zum 14. April", "2026-04-14 Until");
        check("jusqu’au 14 avril inclus", "2026-04-14 Until");
        check("hasta el martes 14 de abril", "2026-04-14 Until");
        check("fino al 14 aprile compreso", "2026-04-14 Until");
        check("tot en met 14 april", "2026-04-14 Until");
        check("t/m 14 april", "2026-04-14 Until");
        check("ab dem 14. April", "2026-04-14 From");
        check("nach dem 14. April", "2026-04-14 After");
        check("not before the 17th or thereabouts", "2026-03-17 Before");
        check("till och med 14 april", "2026-04-14 Until");
        check("14.4. asti", "2026-04-14 Until");
        check("do 14 kwietnia", "2026-04-14 Until");
        check("до 14 апреля", "2026-04-14 Until");
    }

    #[test]
    fn ranges_end_with_their_last_day() {
        check("1.-12. August", "2026-08-01..2026-08-12 On");
        check("from 3 to 14 Feb", "2026-02-03..2026-02-14 From");
        check("vom 3. bis 14.4.", "2026-04-03..2026-04-14 From");
        check("vom 3.4. bis zum 14.4.", "2026-04-03..2026-04-14 From");
        check("du 3 au 14 avril", "2026-04-03..2026-04-14 From");
        check("dal 3 al 14 aprile", "2026-04-03..2026-04-14 From");
        check("del 3 al 14 de abril", "2026-04-03..2026-04-14 From");
        check("van 3 t/m 14 april", "2026-04-03..2026-04-14 From");
        check("April 3-14", "2026-04-03..2026-04-14 On");
        check("between 27 April and 3 May", "2026-04-27..2026-05-03 On");
        check("from the 13th to the 17th", "2026-03-13..2026-03-17 From");
        check("24 Dec to 2 Jan", "2026-12-24..2027-01-02 On");
    }

    #[test]
    fn weekdays_weeks_months_and_phrases() {
        check("until Monday", "2026-03-16 Until");
        check("ab Montag wieder", "2026-03-16 From");
        check("back on Monday the 23rd", "2026-03-23 On");
        check("in KW 14", "2026-03-30 On");
        check("semaine 14", "2026-03-30 On");
        check("next week", "2026-03-16 On");
        check("in two weeks", "2026-03-24 On");
        check("in zwei Wochen", "2026-03-24 On");
        check("at the end of the month", "2026-03-31 On");
        check("Ende April", "2026-04-30 On");
        check("mid-May", "2026-05-15 On");
        check("in September", "2026-09-01 On");
        check("in January", "2027-01-01 On");
        check("in the new year", "2027-01-01 On");
        check("tomorrow", "2026-03-11 On");
        check("the whole first half of May", "2026-05-01..2026-05-15 On");
        check("in der zweiten Hälfte April", "2026-04-16..2026-04-30 On");
        check("la segunda quincena de mayo", "2026-05-16..2026-05-31 On");
        check("in the second week of September", "2026-09-07 On");
        check("the last week in April", "2026-04-27 On");
        check("on sabbatical thru Mar 31", "2026-03-31 Until");
        check("in again Mon", "2026-03-16 On");
        check("Sal is back Thurs, he says", "2026-03-12 On");
        check("out from Wed", "2026-03-11 From");
        check("weg bis Fr", "2026-03-13 Until");
        check("the Tuesday after next", "2026-03-24 On");
        check("Monday fortnight", "2026-03-30 On");
    }

    #[test]
    fn numbers_that_are_no_days_stay_numbers() {
        for text in [
            "13/14 fine",
            "between 18 and 21 docks",
            "at 17.00",
            "4.2 asks for three references",
            "74,000 over eight months",
            "24/7",
            "I may come",
            "the 2nd phase",
            "71% of jobs",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn bare_days_follow_the_day_named_before() {
        let check = |before: &str, text: &str, expected: Date| {
            let find = |text| find(text, date(2026, 2, 10), DateOrder::DayFirst);
            let mut found = find(text);
            follow(&mut found, &find(before), text);
            assert_eq!(found.last().map(|day| day.date), Some(expected), "{text}");
        };
        check("The committee sits on 19 March.", "You'll hear on the 20th.", date(2026, 3, 20));
        check("Ours turns in April.", "Try on the 7th of that month.", date(2026, 4, 7));
        check("", "They sit on 19 March, I'll write on the 20th.", date(2026, 3, 20));
        check("They meet on 19 March;", "I'll write on the Friday.", date(2026, 3, 20));
        check("", "Rappelez-moi début avril, le 5 par exemple.", date(2026, 4, 5));
        check("The year ends on 31 March.", "Come on the 20th.", date(2026, 2, 20));
    }

    #[test]
    fn american_order_and_the_weekday_that_overrules_it() {
        let find = |text| find(text, date(2026, 3, 10), DateOrder::MonthFirst);
        assert_eq!(find("until 4/5")[0].date, date(2026, 4, 5));
        assert_eq!(find("until Monday 4/5")[0].date, date(2026, 5, 4));
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_in_the_years(text in "\\PC{0,80}") {
            for found in find(&text, date(2026, 3, 10), DateOrder::DayFirst) {
                prop_assert!((1971..=2100).contains(&found.date.year()));
                prop_assert!(text.get(found.range).is_some());
            }
        }

        #[test]
        fn never_panics_on_words_of_dates(
            parts in proptest::collection::vec("(until|bis|[0-9]{1,4}|[./-]|march|januar|next|week|kw|the|mo|of|end|th|in|two)( ?)", 0..12)
        ) {
            for found in find(&parts.concat(), date(2099, 12, 30), DateOrder::MonthFirst) {
                prop_assert!((1971..=2100).contains(&found.date.year()));
            }
        }
    }
}
