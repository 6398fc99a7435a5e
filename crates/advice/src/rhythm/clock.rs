//! The clock by which somebody is waited for: without days on which nobody there could answer.
//!
//! A day of a known absence counts for nothing. A holiday counts by the share of people who work
//! on it, the less the surer the country is. Where several are waited for, a day is gone only as
//! far as it is for each of them: who is there can answer.

use std::collections::BTreeMap;

use inroad_model::{EmailAddress, Moment};
use jiff::civil::Date;

use super::calendar::{Calendar, DayOff};
use super::country::{Country, country_of};
use crate::absence;
use crate::dealings::Dealings;

/// Days off are told when together they are worth so much.
const TOLD_FROM_DAYS: f64 = 0.5;
/// A day off that is gone by less was one in part.
const WHOLE_FROM: f64 = 0.75;
/// More names than this say no more than that there were holidays.
const NAMES_MAX: usize = 3;
/// Nothing beyond two years is counted.
const DAYS_COUNTED_MAX: usize = 730;

/// The clock of those who are waited for.
#[derive(Debug)]
pub struct Clock {
    people: Vec<Person>,
}

/// What is known of one person's days.
#[derive(Debug)]
struct Person {
    /// Absences: the first day, and the last.
    away: Vec<(Date, Date)>,
    calendar: Option<(&'static Calendar, f64)>,
}

impl Clock {
    /// The clock of some people of a deal.
    pub fn of<'e>(
        dealings: &Dealings<'_>,
        people: impl IntoIterator<Item = &'e EmailAddress>,
    ) -> Self {
        let person = |email: &EmailAddress| Person {
            away: absence::spans_of(dealings, email).collect(),
            calendar: calendar_of(dealings, email),
        };
        Self { people: people.into_iter().map(person).collect() }
    }

    /// How many days between two moments count; at least 0.
    pub fn days(&self, from: Moment, to: Moment) -> f64 {
        (to.hours_since(from) / 24.0 - self.days_out(from, to)).max(0.0)
    }

    /// How many days between two moments do not count.
    pub fn days_out(&self, from: Moment, to: Moment) -> f64 {
        self.out(from, to).map(|out| out.share).sum()
    }

    /// What the holidays between two moments are called, where these are worth telling: "Easter",
    /// "part of August".
    pub fn holidays(&self, from: Moment, to: Moment) -> Vec<String> {
        let mut found: Vec<(&str, f64, f64)> = Vec::new();
        for out in self.out(from, to) {
            let Some(name) = out.name else { continue };
            match found.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, days, most)) => {
                    *days += out.share;
                    *most = most.max(out.of_day);
                }
                None => found.push((name, out.share, out.of_day)),
            }
        }
        found.retain(|(_, days, _)| *days >= TOLD_FROM_DAYS);
        if found.len() > NAMES_MAX {
            return vec!["holidays".to_owned()];
        }
        let told = found.into_iter().map(|(name, _, most)| {
            if most >= WHOLE_FROM { name.to_owned() } else { format!("part of {name}") }
        });
        told.collect()
    }

    /// The days between two moments that are gone for all, as far as they are.
    fn out(&self, from: Moment, to: Moment) -> impl Iterator<Item = Out> {
        let (first, others) = match self.people.split_first() {
            Some((first, others)) => (Some(first), others),
            None => (None, &[][..]),
        };
        let days = first.map(|first| first.days(from.date(), to.date())).unwrap_or_default();
        days.into_iter().filter_map(move |(date, own)| {
            let least = others.iter().try_fold(own, |least, other| {
                let share = other.on(date)?;
                Some(if share.of_day < least.of_day { share } else { least })
            })?;
            let share = match least.name {
                // A statement names days, not hours.
                None => least.of_day,
                Some(_) => least.of_day * part_of_day(date, from, to),
            };
            Some(Out { share, ..least })
        })
    }
}

/// A day that is gone.
#[derive(Debug, Clone, Copy)]
struct Out {
    /// Days, between the two moments.
    share: f64,
    /// The whole day's share.
    of_day: f64,
    /// The holiday; `None` for an absence.
    name: Option<&'static str>,
}

const AWAY: Out = Out { share: 1.0, of_day: 1.0, name: None };

impl Person {
    fn days(&self, from: Date, to: Date) -> BTreeMap<Date, Out> {
        let mut days = BTreeMap::new();
        if let Some((calendar, sure)) = self.calendar {
            let off = calendar.between(from, to).take(DAYS_COUNTED_MAX);
            days.extend(off.map(|(date, off)| (date, holiday(off, sure))));
        }
        for (first, last) in &self.away {
            let last = (*last).min(to);
            let away = (*first).max(from).series(jiff::Span::new().days(1));
            let away = away.take_while(|day| *day <= last).take(DAYS_COUNTED_MAX);
            days.extend(away.map(|day| (day, AWAY)));
        }
        days
    }

    fn on(&self, date: Date) -> Option<Out> {
        if self.away.iter().any(|(first, last)| *first <= date && date <= *last) {
            return Some(AWAY);
        }
        let (calendar, sure) = self.calendar?;
        calendar.day(date).map(|off| holiday(off, sure))
    }
}

fn holiday(off: DayOff, sure: f64) -> Out {
    let of_day = off.share * sure;
    Out { share: of_day, of_day, name: Some(off.name) }
}

/// Which part of a day lies between two moments.
fn part_of_day(date: Date, from: Moment, to: Moment) -> f64 {
    let start = if date == from.date() { time_of_day(from) } else { 0.0 };
    let end = if date == to.date() { time_of_day(to) } else { 1.0 };
    (end - start).max(0.0)
}

/// As a part of the day.
fn time_of_day(moment: Moment) -> f64 {
    let time = moment.offset().to_datetime(moment.timestamp()).time();
    (f64::from(time.hour()) + f64::from(time.minute()) / 60.0) / 24.0
}

/// The calendar of somebody's country, by what that person wrote in this deal.
fn calendar_of(dealings: &Dealings<'_>, email: &EmailAddress) -> Option<(&'static Calendar, f64)> {
    let country = country_of_person(dealings, email)?;
    Some((Calendar::of(country.code)?, country.sure))
}

/// Somebody's country, by what that person wrote in this deal.
pub(crate) fn country_of_person(dealings: &Dealings<'_>, email: &EmailAddress) -> Option<Country> {
    let wrote = || dealings.inbound().rev().filter(|e| e.writer() == Some(email)).map(|e| e.touch);
    let signed = wrote().find(|touch| !touch.signature.phones.is_empty());
    let phones = signed.map_or(&[][..], |touch| &touch.signature.phones);
    country_of(email, phones, wrote().filter_map(|touch| touch.message.date))
}
