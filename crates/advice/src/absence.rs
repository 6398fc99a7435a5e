//! Known reasons for silence: away, ill, told us to come back later.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, FactKind, Moment};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::dealings::{Dealings, Stated};

/// A known reason, with the statement that gives it.
#[derive(Debug, Clone, Copy)]
pub struct Absence<'d> {
    /// What is known.
    pub stated: &'d Stated,
    /// The day on which it ends, where one is known.
    pub until: Option<Date>,
}

/// Nobody answers everything on the first day back.
const DAYS_TO_CATCH_UP: i64 = 4;
/// An illness without an end is a reason to wait for this long.
const ILL_DAYS: i64 = 45;
/// No absence is counted for more than two years.
const DAYS_COUNTED_MAX: usize = 730;

/// The reason that holds at a moment for those who are being waited for, if there is one. The
/// one that lasts longest counts.
pub fn known_reason<'d>(dealings: &'d Dealings<'_>, as_of: Moment) -> Option<Absence<'d>> {
    reason_of(dealings, &dealings.counterparts(), as_of)
}

/// The same for given people.
pub fn reason_of<'d>(
    dealings: &'d Dealings<'_>,
    people: &BTreeSet<EmailAddress>,
    as_of: Moment,
) -> Option<Absence<'d>> {
    let today = as_of.date();
    dealings
        .facts
        .iter()
        .filter(|stated| stated.fact.email.as_ref().is_none_or(|email| people.contains(email)))
        .filter_map(|stated| holds_until(dealings, stated, today).map(|last| (last, stated)))
        .max_by_key(|(last, stated)| (*last, stated.at))
        .map(|(last, stated)| Absence {
            stated,
            until: (stated.fact.kind != FactKind::Ill).then_some(last),
        })
}

/// The last day of a reason that holds today.
fn holds_until(dealings: &Dealings<'_>, stated: &Stated, today: Date) -> Option<Date> {
    let fact = &stated.fact;
    let (last, holds) = match fact.kind {
        FactKind::OutOfOffice => {
            let from = fact.from.unwrap_or_else(|| stated.at.date());
            let until = fact.until?;
            let back = until.checked_add(DAYS_TO_CATCH_UP.days()).unwrap_or(until);
            (until, from <= today && today <= back)
        }
        FactKind::Ill => {
            let last = stated.at.date().checked_add(ILL_DAYS.days()).ok()?;
            (last, today <= last && !heard_since(dealings, stated))
        }
        FactKind::ComeBack => {
            let on = fact.on?;
            (on, today < on && !heard_since(dealings, stated))
        }
        _ => return None,
    };
    holds.then_some(last)
}

/// Whether the person whom a statement is about wrote after it was made.
pub fn heard_since(dealings: &Dealings<'_>, stated: &Stated) -> bool {
    let about = stated.fact.email.as_ref();
    dealings.inbound().any(|e| e.at > stated.at && (about.is_none() || e.writer() == about))
}

/// How many days between two moments some people were known to be away.
pub fn away_days(
    dealings: &Dealings<'_>,
    people: &BTreeSet<EmailAddress>,
    from: Moment,
    to: Moment,
) -> f64 {
    let mut days = BTreeSet::new();
    for stated in &dealings.facts {
        let fact = &stated.fact;
        let is_theirs = fact.email.as_ref().is_some_and(|email| people.contains(email));
        let (FactKind::OutOfOffice, true, Some(until)) = (fact.kind, is_theirs, fact.until) else {
            continue;
        };
        let first = fact.from.unwrap_or_else(|| stated.at.date()).max(from.date());
        let last = until.min(to.date());
        days.extend(first.series(1.day()).take_while(|day| *day <= last).take(DAYS_COUNTED_MAX));
    }
    days.len() as f64
}
