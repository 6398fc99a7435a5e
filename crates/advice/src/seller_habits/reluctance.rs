//! What was put off: calls that were moved or not made, letters in the place of calls, first words that
//! were long in coming. It is told to whom it is about, kindly, with one small step and what makes it easier.
//!
//! Must not: tell anything that chance may have done, or count a day off as a fear.

use inroad_model::{AccountKey, Moment, Subject};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::measure::Told;
use super::plans::{PlannedCall, counted};

/// A letter within so many days of the day of a call stands in its place.
const INSTEAD_DAYS: i32 = 3;
/// A first word within so many days is none that was put off.
const FIRST_WORD_DAYS: f64 = 14.0;
/// Of what may have been put off, so large a share at the least makes it worth a word.
const SHARE_MIN: f64 = 0.25;

/// What may have been put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PutOff {
    /// Calls moved, or not made on their day.
    Calls,
    /// Letters in the place of calls.
    LettersInstead,
    /// First words to firms on the target list.
    FirstWords,
}

impl PutOff {
    /// What is counted.
    pub fn counts(self) -> &'static str {
        match self {
            Self::Calls => {
                "Planned calls of the last year that were moved, or not made by the next working day; days off do not count"
            }
            Self::LettersInstead => {
                "Planned calls that were put off, with a letter to the same people within three days"
            }
            Self::FirstWords => {
                "Firms put on the target list in the last year that had no letter, call or meeting within two weeks"
            }
        }
    }

    /// What may be so, said kindly.
    pub fn says(self) -> &'static str {
        match self {
            Self::Calls => {
                "Calls wait longer than you plan. That happens to most people who sell, and it says little about you: what is hard is the minute before."
            }
            Self::LettersInstead => {
                "Where you planned a call, a letter often goes out. A letter is easier to send, and easier not to answer."
            }
            Self::FirstWords => {
                "Firms stay on your list for a while before they hear from you. The first word is the hardest one."
            }
        }
    }

    /// One small step.
    pub fn step(self) -> &'static str {
        match self {
            Self::Calls => {
                "Tomorrow make one call first of all, to whom you know best. Read the sheet, and dial when you have read it."
            }
            Self::LettersInstead => {
                "Take the next letter that you are about to send and call instead, with its first sentence on a slip of paper."
            }
            Self::FirstWords => {
                "Choose one firm of the list and find out one thing about it today. Nothing else."
            }
        }
    }
}

/// One of them, with what may be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reluctance {
    /// What.
    pub what: PutOff,
    /// How often, of how many.
    pub told: Told,
    /// Whether it is often enough to be worth a word.
    pub is_worth_a_word: bool,
}

/// A firm that was put on the target list, and the first word to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstWord {
    /// The firm.
    pub firm: AccountKey,
    /// When it was put there.
    pub since: Moment,
    /// When it first heard something behind that; `None` if it did not.
    pub word_at: Option<Moment>,
    /// Whether one was in touch already.
    pub was_known: bool,
}

/// Whether a letter went to the people of a call between two days.
pub type WroteTo<'a> = dyn Fn(&PlannedCall, Date, Date) -> bool + 'a;

/// What was put off, as of a moment.
pub fn seen(
    calls: &[PlannedCall],
    wrote_to: &WroteTo<'_>,
    firsts: &[FirstWord],
    as_of: Moment,
) -> Vec<Reluctance> {
    let judged: Vec<(&PlannedCall, bool)> = counted(calls, as_of)
        .filter_map(|call| Some((call, call.outcome.was_put_off()?)))
        .collect();
    let put_off: Vec<&PlannedCall> =
        judged.iter().filter(|(_, put_off)| *put_off).map(|(call, _)| *call).collect();
    let instead = put_off.iter().filter(|call| {
        let last = call.day.checked_add(INSTEAD_DAYS.days()).unwrap_or(call.day);
        wrote_to(call, call.told_at.date().max(call.day.yesterday().unwrap_or(call.day)), last)
    });
    let (late, of) = late_first_words(firsts, as_of);
    let told = [
        (PutOff::Calls, Told::share(put_off.len(), judged.len())),
        (PutOff::LettersInstead, Told::share(instead.count(), put_off.len())),
        (PutOff::FirstWords, Told::share(late, of)),
    ];
    let is_worth = |told: &Told| told.interval().is_some_and(|(_, low, _)| low >= SHARE_MIN);
    told.into_iter()
        .map(|(what, told)| Reluctance { what, told, is_worth_a_word: is_worth(&told) })
        .collect()
}

/// How many first words were late, of how many firms.
fn late_first_words(firsts: &[FirstWord], as_of: Moment) -> (usize, usize) {
    let age = |first: &FirstWord| as_of.hours_since(first.since) / 24.0;
    let cases = firsts.iter().filter(|first| {
        !first.was_known && (0.0..=365.0).contains(&age(first)) && age(first) > FIRST_WORD_DAYS
    });
    let is_late = |first: &FirstWord| {
        let word = first.word_at.filter(|at| at.timestamp() <= as_of.timestamp());
        word.is_none_or(|at| at.hours_since(first.since) / 24.0 > FIRST_WORD_DAYS)
    };
    cases.fold((0, 0), |(late, of), first| (late + usize::from(is_late(first)), of + 1))
}

/// The call to begin with: the next planned one, else the one put off last.
pub fn next_call(calls: &[PlannedCall], as_of: Moment) -> Option<&Subject> {
    use super::plans::CallOutcome::{NotMade, Open};
    let open = calls.iter().filter(|call| call.outcome == Open).min_by_key(|call| call.day);
    let missed =
        counted(calls, as_of).filter(|call| call.outcome == NotMade).max_by_key(|call| call.day);
    open.or(missed).map(|call| &call.about)
}

#[cfg(test)]
mod tests {
    use super::super::plans::planned_calls;
    use super::super::plans::tests::{at, call, kept};
    use super::*;

    /// Calls planned for the 4th, each about the same deal and not made.
    fn missed(count: i64) -> Vec<PlannedCall> {
        let entries: Vec<_> = (1..=count).map(|n| kept(n, 1, None, call(4))).collect();
        planned_calls(&entries, &|_| false, at(20))
    }

    fn check(calls: &[PlannedCall], wrote: bool, what: PutOff, expected: Told, worth: bool) {
        let seen = seen(calls, &|_, _, _| wrote, &[], at(20));
        let found = seen.iter().find(|one| one.what == what).unwrap();
        assert_eq!((found.told, found.is_worth_a_word), (expected, worth), "{what:?}");
    }

    #[test]
    fn what_was_put_off() {
        check(&missed(10), false, PutOff::Calls, Told::share(10, 10), true);
        check(&missed(5), false, PutOff::Calls, Told::TooFew { of: 5 }, false);
        check(&missed(10), true, PutOff::LettersInstead, Told::share(10, 10), true);
        check(&missed(10), false, PutOff::LettersInstead, Told::share(0, 10), false);
        check(&[], true, PutOff::Calls, Told::TooFew { of: 0 }, false);
        // A day off is no fear.
        let entries: Vec<_> = (1..=10).map(|n| kept(n, 1, None, call(4))).collect();
        let away = planned_calls(&entries, &|_| true, at(20));
        check(&away, true, PutOff::Calls, Told::TooFew { of: 0 }, false);
    }

    #[test]
    fn first_words() {
        let first = |since: i8, word: Option<i8>, was_known| FirstWord {
            firm: "lindner.example".parse().unwrap(),
            since: at(since),
            word_at: word.map(at),
            was_known,
        };
        for (firsts, expected) in [
            (vec![first(1, None, false); 9], Told::share(9, 9)),
            (vec![first(1, Some(3), false); 9], Told::share(0, 9)),
            (vec![first(1, Some(17), false); 9], Told::share(9, 9)),
            // Who was in touch already, and what is too young to tell.
            (vec![first(1, None, true); 9], Told::TooFew { of: 0 }),
            (vec![first(10, None, false); 9], Told::TooFew { of: 0 }),
        ] {
            let seen = seen(&[], &|_, _, _| false, &firsts, at(20));
            assert_eq!(seen[2].told, expected, "{firsts:?}");
        }
    }

    #[test]
    fn one_call_to_begin_with() {
        assert_eq!(next_call(&[], at(20)), None);
        assert!(next_call(&missed(1), at(20)).is_some());
    }
}
