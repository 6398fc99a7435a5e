//! The working days of one person: without weekends, holidays of their country and what they told of
//! being away.

use inroad_model::Moment;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::cadence::Cadence;
use super::reach::{AwayKind, AwayTold, Reach};
use crate::rhythm::calendar::{Calendar, RESTS_ON_FRIDAY};

/// A holiday counts from that share on: of who works there, times how sure the country is.
const OFF_FROM: f64 = 0.5;
/// Nobody is away for longer than can be looked through: three years.
const DAYS_MAX: usize = 1_100;

/// Why a day is none to get in touch on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Off<'r> {
    /// A weekend.
    Weekend,
    /// A holiday, by its name.
    Holiday(&'static str),
    /// They are away.
    Away(&'r Span<'r>),
}

/// Days on which somebody is not there, and the first one after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span<'r> {
    pub(super) from: Date,
    /// The first day on which a touch may come.
    pub(super) resumes: Date,
    pub(super) told: &'r AwayTold,
}

impl Span<'_> {
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day < self.resumes
    }
}

/// The days of one person.
#[derive(Debug)]
pub(super) struct Days<'r> {
    calendar: Option<(&'static Calendar, f64)>,
    rests_on_friday: bool,
    pub(super) away: Vec<Span<'r>>,
}

impl<'r> Days<'r> {
    pub(super) fn of(reach: &'r Reach, cadence: &Cadence, as_of: Moment) -> Self {
        let country = reach.country;
        let mut days = Self {
            calendar: country.and_then(|c| Some((Calendar::of(c.code)?, c.sure))),
            rests_on_friday: country.is_some_and(|c| RESTS_ON_FRIDAY.contains(&c.code)),
            away: Vec::new(),
        };
        let known = reach.away.iter().filter(|told| told.said_at <= as_of);
        days.away = known.filter_map(|told| days.span(told, cadence)).collect();
        days
    }

    fn span(&self, told: &'r AwayTold, cadence: &Cadence) -> Option<Span<'r>> {
        let resumes = match (told.kind, told.until) {
            // The day that they named is that day.
            (AwayKind::ComeBack, Some(on)) => on,
            (AwayKind::Private, Some(last)) => last.tomorrow().ok()?,
            (_, Some(last)) => self.after(last, cadence.after_return)?,
            (_, None) => {
                self.after(told.from.max(told.said_at.date()), cadence.away_without_end)?
            }
        };
        Some(Span { from: told.from, resumes, told })
    }

    /// Why a day is no working day of theirs, by its calendar alone.
    fn closed(&self, day: Date) -> Option<Off<'r>> {
        let rests = match day.weekday() {
            Weekday::Saturday => true,
            Weekday::Sunday => !self.rests_on_friday,
            Weekday::Friday => self.rests_on_friday,
            _ => false,
        };
        if rests {
            return Some(Off::Weekend);
        }
        let (calendar, sure) = self.calendar?;
        let off = calendar.day(day).filter(|off| off.share * sure >= OFF_FROM)?;
        Some(Off::Holiday(off.name))
    }

    /// Why a day is none to get in touch on; `None` where it is one.
    pub(super) fn off(&self, day: Date) -> Option<Off<'_>> {
        let away = self.away.iter().find(|span| span.holds_on(day));
        away.map(Off::Away).or_else(|| self.closed(day))
    }

    /// The first day from one on that is one to get in touch on.
    pub(super) fn first_from(&self, day: Date) -> Option<Date> {
        let days = day.series(1.days()).take(DAYS_MAX);
        days.into_iter().find(|day| self.off(*day).is_none())
    }

    /// So many working days after a day, by the calendar alone: who is away is waited for anyhow.
    pub(super) fn after(&self, day: Date, count: u32) -> Option<Date> {
        let next = day.tomorrow().ok()?;
        let open = next.series(1.days()).filter(|day| self.closed(*day).is_none());
        let count = usize::try_from(count).ok()?;
        if count == 0 {
            return Some(day);
        }
        open.take(count).last()
    }

    /// Until when they are away on a day, by what lasts longest.
    pub(super) fn away_on(&self, day: Date) -> Option<&Span<'r>> {
        self.away.iter().filter(|span| span.holds_on(day)).max_by_key(|span| span.resumes)
    }
}
