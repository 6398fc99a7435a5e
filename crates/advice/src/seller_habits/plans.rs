//! Planned calls: which were made, which were put off, and which could not be.
//!
//! A call that was planned for a day off is neither; nor is one that was struck before its day and not
//! planned anew: its reason may be gone.

use std::collections::BTreeSet;

use inroad_model::{Channel, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Subject};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::measure::{Measure, Seen, Told};
use super::written::since;

/// Calls planned for so many days up to the moment are counted.
const CALLS_DAYS: i32 = 365;
/// A call that is struck is moved if another is planned within so many days of that.
const MOVED_DAYS: i32 = 2;

/// A call that was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCall {
    /// The plan.
    pub number: EntryNumber,
    /// When it was planned.
    pub told_at: Moment,
    /// For which day.
    pub day: Date,
    /// What it is about.
    pub about: Subject,
    /// With whom.
    pub with: Option<EmailAddress>,
    /// What became of it.
    pub outcome: CallOutcome,
}

/// What became of a planned call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// Made by its day, or the next one worked.
    Made,
    /// Made later.
    MadeLate,
    /// Planned anew for another day.
    Moved,
    /// Not made by its day.
    NotMade,
    /// Struck before its day.
    CalledOff,
    /// The day was off.
    DayOff,
    /// The day has not passed.
    Open,
}

impl CallOutcome {
    /// Whether it was put off; `None` where it could not be made, need not be, or may still be.
    pub fn was_put_off(self) -> Option<bool> {
        match self {
            Self::Made => Some(false),
            Self::MadeLate | Self::Moved | Self::NotMade => Some(true),
            Self::CalledOff | Self::DayOff | Self::Open => None,
        }
    }
}

/// All planned calls as they stood at a moment. `is_off` tells the days on which its user is away or
/// nobody works, but for weekends.
pub fn planned_calls(
    entries: &[KeptEntry],
    is_off: &dyn Fn(Date) -> bool,
    as_of: Moment,
) -> Vec<PlannedCall> {
    let known: Vec<&KeptEntry> =
        entries.iter().filter(|kept| kept.told_at.timestamp() <= as_of.timestamp()).collect();
    let calls = known.iter().filter_map(|kept| match &kept.entry {
        Entry::Plan { day, by: Channel::Call, with, .. } => Some(PlannedCall {
            number: kept.number,
            told_at: kept.told_at,
            day: *day,
            about: kept.about.clone(),
            with: with.clone(),
            outcome: outcome(kept, *day, &known, is_off, as_of),
        }),
        _ => None,
    });
    calls.collect()
}

fn outcome(
    plan: &KeptEntry,
    day: Date,
    known: &[&KeptEntry],
    is_off: &dyn Fn(Date) -> bool,
    as_of: Moment,
) -> CallOutcome {
    let last = grace(day, is_off);
    if let Some(made) = made_on(plan, day, known, as_of) {
        return if made <= last { CallOutcome::Made } else { CallOutcome::MadeLate };
    }
    if is_off(day) {
        return CallOutcome::DayOff;
    }
    let struck = plan.withdrawn_at.filter(|at| at.timestamp() <= as_of.timestamp());
    if let Some(struck) = struck {
        if is_planned_anew(plan, struck, known) {
            return CallOutcome::Moved;
        }
        if struck.date() <= day {
            return CallOutcome::CalledOff;
        }
    }
    if last < as_of.date() { CallOutcome::NotMade } else { CallOutcome::Open }
}

/// The day on which it was made, as was ticked or noted.
fn made_on(plan: &KeptEntry, day: Date, known: &[&KeptEntry], as_of: Moment) -> Option<Date> {
    let eve = day.checked_sub(1.day()).unwrap_or(day);
    let made =
        known.iter().filter(|kept| kept.counts_at(as_of)).filter_map(|kept| match &kept.entry {
            Entry::Done { plan: done } if *done == plan.number => Some(kept.told_at.date()),
            Entry::Note { day: noted, by: Some(Channel::Call), .. }
                if kept.about == plan.about && *noted >= eve.max(plan.told_at.date()) =>
            {
                Some(*noted)
            }
            _ => None,
        });
    // A note of months later tells of another call.
    let latest = day.checked_add(31.days()).unwrap_or(Date::MAX);
    made.min().filter(|made| *made <= latest)
}

/// The last day on which it still was made in time: the next one that is worked.
fn grace(day: Date, is_off: &dyn Fn(Date) -> bool) -> Date {
    let mut last = day;
    for _ in 0..60 {
        last = last.tomorrow().unwrap_or(last);
        if !matches!(last.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_off(last) {
            break;
        }
    }
    last
}

fn is_planned_anew(plan: &KeptEntry, struck: Moment, known: &[&KeptEntry]) -> bool {
    let near = |at: Moment| at.hours_since(struck).abs() <= f64::from(MOVED_DAYS) * 24.0;
    let later = |kept: &&KeptEntry| {
        matches!(&kept.entry, Entry::Plan { by: Channel::Call, .. })
            && kept.about == plan.about
            && kept.number > plan.number
            && near(kept.told_at)
    };
    known.iter().any(later)
}

/// The calls that are counted: those of the last year.
pub fn counted(calls: &[PlannedCall], as_of: Moment) -> impl Iterator<Item = &PlannedCall> {
    let today = as_of.date();
    let first = since(today, CALLS_DAYS);
    calls.iter().filter(move |call| call.day > first && call.day <= today)
}

/// What planned calls show.
pub fn seen(calls: &[PlannedCall], as_of: Moment) -> Seen {
    // A call that was moved three times is one call: its last plan tells whether it was made.
    let is_settled = |call: &&PlannedCall| {
        call.outcome != CallOutcome::Moved && call.outcome.was_put_off().is_some()
    };
    let settled: BTreeSet<(EntryNumber, bool)> = counted(calls, as_of)
        .filter(is_settled)
        .map(|call| (call.number, call.outcome != CallOutcome::NotMade))
        .collect();
    let made = settled.iter().filter(|(_, made)| *made).count();
    Seen { measure: Measure::CallsMade, told: Told::share(made, settled.len()) }
}

#[cfg(test)]
pub(super) mod tests {
    use inroad_model::{DealId, Remark};
    use jiff::civil::date;

    use super::*;

    pub(in super::super) fn at(day: i8) -> Moment {
        let at = date(2026, 3, day).to_datetime(jiff::civil::time(10, 0, 0, 0));
        Moment::utc(jiff::tz::Offset::UTC.to_timestamp(at).unwrap())
    }

    pub(in super::super) fn kept(
        number: i64,
        told: i8,
        struck: Option<i8>,
        entry: Entry,
    ) -> KeptEntry {
        KeptEntry {
            number: EntryNumber::new(number).unwrap(),
            about: Subject::Deal(DealId::new("d1").unwrap()),
            told_at: at(told),
            withdrawn_at: struck.map(at),
            away: Vec::new(),
            entry,
        }
    }

    pub(in super::super) fn call(day: i8) -> Entry {
        plan(day, Channel::Call)
    }

    fn plan(day: i8, by: Channel) -> Entry {
        let what = Remark::new("Ask about March").unwrap();
        Entry::Plan { day: date(2026, 3, day), by, with: None, what }
    }

    fn done(plan: i64) -> Entry {
        Entry::Done { plan: EntryNumber::new(plan).unwrap() }
    }

    fn noted(day: i8, by: Channel) -> Entry {
        let text = Remark::new("They think about it").unwrap();
        Entry::Note { day: date(2026, 3, day), by: Some(by), text }
    }

    /// The 5th is a Thursday; the 6th is off where days are.
    fn check(entries: &[KeptEntry], expected: &[CallOutcome]) {
        let is_off = |day: Date| day == date(2026, 3, 6);
        let calls = planned_calls(entries, &is_off, at(20));
        let outcomes: Vec<CallOutcome> = calls.iter().map(|call| call.outcome).collect();
        assert_eq!(outcomes, expected, "{entries:?}");
    }

    #[test]
    fn what_became_of_a_call() {
        use CallOutcome::{CalledOff, DayOff, Made, MadeLate, Moved, NotMade, Open};
        check(&[kept(1, 1, None, call(5)), kept(2, 5, None, done(1))], &[Made]);
        // The next day that is worked is the Monday behind the day off and the weekend.
        check(&[kept(1, 1, None, call(5)), kept(2, 9, None, done(1))], &[Made]);
        check(&[kept(1, 1, None, call(5)), kept(2, 10, None, done(1))], &[MadeLate]);
        check(&[kept(1, 1, None, call(5))], &[NotMade]);
        check(&[kept(1, 1, None, call(19))], &[Open]);
        check(&[kept(1, 1, None, call(5)), kept(2, 6, None, noted(5, Channel::Call))], &[Made]);
        // A letter is no call, and a meeting that was planned none either.
        check(&[kept(1, 1, None, call(5)), kept(2, 6, None, noted(5, Channel::Mail))], &[NotMade]);
        check(&[kept(1, 1, None, plan(5, Channel::Meeting)), kept(2, 5, None, done(1))], &[]);
        // On a day off nobody puts anything off.
        check(&[kept(1, 1, None, call(6))], &[DayOff]);
        check(&[kept(1, 1, Some(3), call(5))], &[CalledOff]);
        check(&[kept(1, 1, Some(9), call(5))], &[NotMade]);
        check(&[kept(1, 1, Some(5), call(5)), kept(2, 5, None, call(12))], &[Moved, NotMade]);
        // What was ticked and taken back was not made.
        check(&[kept(1, 1, None, call(5)), kept(2, 5, Some(6), done(1))], &[NotMade]);
        check(&[], &[]);
    }

    #[test]
    fn a_call_that_was_moved_is_one_call() {
        let mut entries = Vec::new();
        for n in 0..10 {
            entries.push(kept(10 * n + 1, 2, Some(4), call(4)));
            entries.push(kept(10 * n + 2, 4, None, call(5)));
            entries.push(kept(10 * n + 3, 5, None, done(10 * n + 2)));
            for (entry, step) in entries.iter_mut().rev().take(3).zip(0..) {
                entry.about = Subject::Deal(DealId::new(&format!("d{n}")).unwrap());
                assert!(step < 3);
            }
        }
        let calls = planned_calls(&entries, &|_| false, at(20));
        assert_eq!(seen(&calls, at(20)).told, Told::share(10, 10));
        // What was not known yet on an earlier day.
        assert_eq!(
            seen(&planned_calls(&entries, &|_| false, at(3)), at(3)).told,
            Told::share(0, 0)
        );
    }
}
