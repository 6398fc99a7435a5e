//! A habit by week, and whether it has moved since it is practised.
//!
//! A week alone tells little; so it is told with its interval or not at all, and whether something changed
//! is asked of all weeks before against all since.

use inroad_model::{CallTalk, Moment};
use inroad_stats::{Side, fisher_test};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::measure::{Measure, Told};
use super::plans::{CallOutcome, PlannedCall};
use super::written::{Case, WrittenLetter, case_of_call, told};

/// So many weeks are shown.
pub const WEEKS: i64 = 12;
/// A difference that chance makes less often than this is told.
const CHANCE_MAX: f64 = 0.05;

/// One week of a habit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// What may be said of it.
    pub told: Told,
    /// How many cases, and of a share how many did.
    pub cases: (u64, u64),
}

/// How it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It has moved as was meant.
    Towards,
    /// It has moved the other way.
    Away,
    /// Chance may have made what differs.
    CannotTell,
}

impl Turn {
    /// As a person reads it.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Towards => "It has moved the way you meant, by more than chance makes.",
            Self::Away => {
                "It has moved the other way, by more than chance makes. Perhaps these weeks were others; perhaps a smaller step helps."
            }
            Self::CannotTell => {
                "Nobody can tell yet: what differs may be chance. That is usual for the first weeks."
            }
        }
    }
}

/// A habit by week, before and since it is practised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The weeks, the oldest first.
    pub weeks: Vec<Week>,
    /// All before it was practised, of these weeks.
    pub before: Told,
    /// All since.
    pub since: Told,
    /// What the two say.
    pub turn: Turn,
}

/// What a habit is counted from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Own letters.
    pub letters: &'a [WrittenLetter],
    /// Calls that were kept.
    pub talks: &'a [CallTalk],
    /// Calls that were planned.
    pub calls: &'a [PlannedCall],
    /// Reminders: the day, and whether it left people their time.
    pub reminders: &'a [(Date, bool)],
}

/// The Monday of a day's week.
pub fn monday_of(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

fn cases(material: &Material<'_>, measure: Measure, as_of: Moment) -> Vec<(Date, Case)> {
    let is_known = |letter: &&WrittenLetter| letter.at.timestamp() <= as_of.timestamp();
    let letters = material.letters.iter().filter(is_known);
    let mut cases: Vec<(Date, Case)> =
        letters.filter_map(|letter| Some((letter.at.date(), letter.case(measure)?))).collect();
    let talks = material.talks.iter().filter(|talk| talk.day <= as_of.date());
    cases.extend(talks.filter_map(|talk| Some((talk.day, case_of_call(talk, measure)?))));
    if measure == Measure::CallsMade {
        let made = |call: &PlannedCall| {
            let put_off = call.outcome.was_put_off()?;
            Some((call.day, Case::Did(!put_off && call.outcome == CallOutcome::Made)))
        };
        cases.extend(material.calls.iter().filter_map(made));
    }
    if measure == Measure::FollowUpPatience {
        cases.extend(material.reminders.iter().map(|(day, did)| (*day, Case::Did(*did))));
    }
    cases
}

/// The weeks up to a moment, and what moved since a day; `towards_more` says which way is meant.
pub fn trend(
    material: &Material<'_>,
    measure: Measure,
    towards_more: bool,
    since: Date,
    as_of: Moment,
) -> Trend {
    let cases = cases(material, measure, as_of);
    let this = monday_of(as_of.date());
    let weeks: Vec<Week> = (0..WEEKS)
        .rev()
        .filter_map(|back| this.checked_sub((7 * back).days()).ok())
        .map(|monday| week(monday, &cases))
        .collect();
    let first = weeks.first().map_or(this, |week| week.monday);
    let of = |is_in: &dyn Fn(Date) -> bool| -> Vec<Case> {
        cases
            .iter()
            .filter(|(day, _)| *day >= first && is_in(*day))
            .map(|(_, case)| *case)
            .collect()
    };
    let (before, after) = (of(&|day| day < since), of(&|day| day >= since));
    let turn = turn(&before, &after, towards_more);
    Trend { weeks, before: told(&before), since: told(&after), turn }
}

fn week(monday: Date, cases: &[(Date, Case)]) -> Week {
    let next = monday.checked_add(7.days()).unwrap_or(monday);
    let own: Vec<Case> = cases
        .iter()
        .filter(|(day, _)| (monday..next).contains(day))
        .map(|(_, case)| *case)
        .collect();
    let did = own.iter().filter(|case| **case == Case::Did(true)).count();
    Week { monday, told: told(&own), cases: (did as u64, own.len() as u64) }
}

fn turn(before: &[Case], since: &[Case], towards_more: bool) -> Turn {
    let (Some(one), Some(two)) = (told(before).interval(), told(since).interval()) else {
        return Turn::CannotTell;
    };
    let count = |cases: &[Case], did: bool| {
        cases.iter().filter(|case| **case == Case::Did(did)).count() as u64
    };
    let is_share = matches!(before.first(), Some(Case::Did(_)));
    let differs = if is_share {
        let table = [
            [count(before, true), count(before, false)],
            [count(since, true), count(since, false)],
        ];
        fisher_test(table, Side::Both).is_ok_and(|chance| chance < CHANCE_MAX)
    } else {
        // Two intervals of 95 % that leave a gap differ by more than chance makes in one of 20 cases.
        one.2 < two.1 || two.2 < one.1
    };
    match (differs, (two.0 > one.0) == towards_more) {
        (false, _) => Turn::CannotTell,
        (true, true) => Turn::Towards,
        (true, false) => Turn::Away,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn letters(from: i8, count: i8, open: usize) -> Vec<WrittenLetter> {
        (0..count)
            .map(|n| WrittenLetter {
                at: format!("2026-02-{:02}T09:00:00Z", from + n % 5).parse().unwrap(),
                words: 40,
                open,
                other: 1,
                next_step: Some(false),
            })
            .collect()
    }

    fn check(letters: &[WrittenLetter], towards_more: bool, expected: Turn) {
        let material = Material { letters, talks: &[], calls: &[], reminders: &[] };
        let as_of = "2026-02-20T09:00:00Z".parse().unwrap();
        let since = date(2026, 2, 9);
        let trend = trend(&material, Measure::OpenQuestions, towards_more, since, as_of);
        assert_eq!(trend.turn, expected);
        assert_eq!(trend.weeks.len(), 12);
    }

    #[test]
    fn before_and_since() {
        let (none, all) = (letters(2, 10, 0), letters(9, 10, 1));
        let both = [none.clone(), all].concat();
        check(&both, true, Turn::Towards);
        check(&both, false, Turn::Away);
        check(&[none.clone(), letters(9, 10, 0)].concat(), true, Turn::CannotTell);
        check(&[none, letters(9, 3, 1)].concat(), true, Turn::CannotTell);
        check(&[], true, Turn::CannotTell);
    }

    #[test]
    fn a_week_begins_on_monday() {
        for (day, monday) in [(9, 9), (10, 9), (15, 9), (16, 16)] {
            assert_eq!(monday_of(date(2026, 2, day)), date(2026, 2, monday));
        }
    }

    proptest! {
        #[test]
        fn every_case_of_these_weeks_is_in_one(days in prop::collection::vec(0..84_i64, 0..60)) {
            let as_of: Moment = "2026-02-22T23:00:00Z".parse().unwrap();
            let letter = |back: &i64| WrittenLetter {
                at: Moment::utc(as_of.timestamp() - jiff::SignedDuration::from_hours(24 * back)),
                words: 40, open: 1, other: 0, next_step: Some(true),
            };
            let letters: Vec<WrittenLetter> = days.iter().map(letter).collect();
            let material = Material { letters: &letters, talks: &[], calls: &[], reminders: &[] };
            let trend = trend(&material, Measure::NextSteps, true, date(2026, 1, 5), as_of);
            let counted: u64 = trend.weeks.iter().map(|week| week.cases.1).sum();
            prop_assert_eq!(counted, letters.len() as u64);
            prop_assert_eq!(trend.before.of() + trend.since.of(), counted);
        }
    }
}
