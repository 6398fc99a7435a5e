//! When a message was written, in the writer's own offset.
//!
//! Must not: know today's date; what is plausible is fixed here.

use inroad_model::{Issue, Moment};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::mime::{Part, RawDate};

/// Years in which a mail can have been written: e-mail is older, its Date field is not; programs
/// without a clock write 1970.
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2099;

/// The widest offset that is in use is 14 hours.
const OFFSET_MINUTES_MAX: i32 = 15 * 60;

/// The `Date` header, or where it gives no usable date the time of the last delivery.
pub(super) fn of(root: &Part<'_>, issues: &mut Vec<Issue>) -> Option<Moment> {
    let written = root.raw_date("date");
    if let Some(moment) = written.and_then(moment) {
        return Some(moment);
    }
    let what = match root.header("date") {
        None => "The message has no date".to_owned(),
        Some(text) => {
            let shown: String = text.chars().take(60).collect();
            format!("'{shown}' is no usable date")
        }
    };
    let delivered = root.raw_date("received").and_then(moment);
    issues.push(Issue::new(
        what,
        match delivered {
            Some(_) => "The time of its delivery was taken instead",
            None => "The message is kept without a date",
        },
    ));
    delivered
}

/// A raw date as a moment, if it can be one.
fn moment(raw: RawDate) -> Option<Moment> {
    if !YEARS.contains(&raw.year) {
        return None;
    }
    let date = Date::new(raw.year, raw.month, raw.day).ok()?;
    // A leap second is the second before for everybody.
    let time = Time::new(raw.hour, raw.minute, raw.second.min(59), 0).ok()?;
    let in_use = raw.offset_minutes.abs() <= OFFSET_MINUTES_MAX;
    let minutes = if in_use { raw.offset_minutes } else { 0 };
    let offset = Offset::from_seconds(minutes * 60).ok()?;
    let timestamp = offset.to_timestamp(DateTime::from_parts(date, time)).ok()?;
    Some(Moment::new(timestamp, offset))
}
