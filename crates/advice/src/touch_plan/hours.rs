//! At which hours of their day, and what these are by one's own clock.

use inroad_model::{Channel, Moment};
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use super::reach::Reach;

/// Two hours of somebody's working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hours {
    /// From that hour of their day on, from 8 to 16.
    pub from: i8,
    /// Up to that hour.
    pub to: i8,
    /// Whether their clock is known, by their letters; else it is one's own.
    pub is_theirs: bool,
    /// By how many minutes their clock is ahead of one's own.
    pub ahead_minutes: i32,
}

/// When a working day begins and ends, for all of whom nothing else is known.
const WORK: (i8, i8) = (8, 18);
/// Where no habit is known.
const MORNING: i8 = 9;
/// How long the window is.
const LONG: i8 = 2;

impl Hours {
    /// Around the hour at which they write themselves; a call as far as possible within one's own day,
    /// too.
    pub(super) fn of(reach: &Reach, by: Channel, as_of: Moment) -> Self {
        let own = as_of.offset();
        let theirs = reach.offset.unwrap_or(own);
        let ahead_minutes = (theirs.seconds() - own.seconds()) / 60;
        let wanted = reach.hour.unwrap_or(MORNING).clamp(WORK.0, WORK.1 - LONG);
        let from = if by == Channel::Mail { wanted } else { at_work(wanted, ahead_minutes) };
        Self { from, to: from + LONG, is_theirs: reach.offset.is_some(), ahead_minutes }
    }

    /// As people say it: "between 9 and 11 their time (15 to 17 yours)".
    pub fn in_words(&self) -> String {
        let Self { from, to, is_theirs, ahead_minutes } = *self;
        if !is_theirs {
            return format!("between {from} and {to}; their clock is not known, so it is by yours");
        }
        if ahead_minutes == 0 {
            return format!("between {from} and {to}");
        }
        let own = |hour: i8| {
            let minutes = (i32::from(hour) * 60 - ahead_minutes).rem_euclid(24 * 60);
            match minutes % 60 {
                0 => format!("{}", minutes / 60),
                rest => format!("{}:{rest:02}", minutes / 60),
            }
        };
        format!("between {from} and {to} their time ({} to {} yours)", own(from), own(to))
    }
}

/// The hour nearest to one that is wanted at which both are at work; the one that is wanted where none
/// is.
fn at_work(wanted: i8, ahead_minutes: i32) -> i8 {
    let both = |hour: &i8| {
        let own = i32::from(*hour) * 60 - ahead_minutes;
        own >= i32::from(WORK.0) * 60 && own + i32::from(LONG) * 60 <= i32::from(WORK.1) * 60
    };
    let hours = (WORK.0..=WORK.1 - LONG).filter(both);
    hours.min_by_key(|hour| ((*hour - wanted).abs(), *hour)).unwrap_or(wanted)
}

/// The day by somebody's clock.
pub(super) fn day_there(as_of: Moment, offset: Option<Offset>) -> Date {
    offset.unwrap_or(as_of.offset()).to_datetime(as_of.timestamp()).date()
}
