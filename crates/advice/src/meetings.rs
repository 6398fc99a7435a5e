//! What the calendar says about being in touch: when they were met last, and what lies ahead.

mod unsettled;

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, EmailAddress, InvitationMethod, Moment, Participation, Touch};
use jiff::Timestamp;
use jiff::civil::Date;

pub use unsettled::{Changes, Unsettled};

/// Whether a meeting had been entered by a moment; undated entries always had been.
pub fn is_known(event: &CalendarEvent, as_of: Moment) -> bool {
    event.created.is_none_or(|at| at.timestamp() <= as_of.timestamp())
}

/// What mails said last of each meeting, by its `UID`: whether it was called off.
#[derive(Debug, Default)]
pub struct CalledOff<'a> {
    by_uid: BTreeMap<&'a str, bool>,
}

impl<'a> CalledOff<'a> {
    /// Takes in a mail; later ones come later. Who asks anew after a meeting was called off,
    /// holds it after all.
    pub fn take(&mut self, touch: &'a Touch) {
        let Some(invitation) = &touch.message.invitation else { return };
        let called_off = match invitation.method {
            InvitationMethod::Cancel => true,
            InvitationMethod::Request => false,
            _ => return,
        };
        self.by_uid.insert(&invitation.event.uid, called_off);
    }

    /// Whether a meeting was called off, or the series to which it belongs.
    fn says(&self, event: &CalendarEvent) -> bool {
        let series =
            event.uid.rsplit_once('/').filter(|(_, time)| time.parse::<Timestamp>().is_ok());
        let of = |uid: &str| self.by_uid.get(uid) == Some(&true);
        of(&event.uid) || series.is_some_and(|(series, _)| of(series))
    }
}

/// Whether a meeting with some people stands at a moment: not called off, neither in the calendar
/// nor by mail, and not declined by all of them.
pub fn stands(
    event: &CalendarEvent,
    called_off: &CalledOff<'_>,
    people: &BTreeSet<EmailAddress>,
    as_of: Moment,
) -> bool {
    if event.is_called_off(as_of) || called_off.says(event) {
        return false;
    }
    let calls = event.organizer.as_ref().is_some_and(|m| people.contains(&m.address));
    let comes = event.attendees.iter().any(|attendee| {
        people.contains(&attendee.mailbox.address)
            && attendee.participation != Participation::Declined
    });
    calls || comes
}

/// When a meeting was held last, up to a moment. Of a series only the first meeting is known to
/// have taken place.
pub fn held_at(event: &CalendarEvent, as_of: Moment) -> Option<Moment> {
    event.start.filter(|start| start.timestamp() <= as_of.timestamp())
}

/// Whether a meeting lies ahead: it has not started, or it is one of a series that goes on.
pub fn is_ahead(event: &CalendarEvent, as_of: Moment) -> bool {
    let Some(start) = event.start else { return false };
    if start.timestamp() > as_of.timestamp() {
        return true;
    }
    event.recurrence.as_deref().is_some_and(|rule| goes_on(rule, start.date(), as_of.date()))
}

/// Whether a recurrence rule (RFC 5545) still runs on a day. Yearly ones are birthdays, not
/// meetings. A rule with a count is taken to run for that many of its periods.
fn goes_on(rule: &str, start: Date, today: Date) -> bool {
    let mut period_days = 0;
    let (mut interval, mut count, mut until) = (1_i32, None, None);
    for part in rule.trim_start_matches("RRULE:").split(';') {
        let Some((name, value)) = part.split_once('=') else { continue };
        match name.trim().to_ascii_uppercase().as_str() {
            "FREQ" => {
                period_days = match value.trim().to_ascii_uppercase().as_str() {
                    "DAILY" => 1,
                    "WEEKLY" => 7,
                    "MONTHLY" => 30,
                    _ => 0,
                }
            }
            "INTERVAL" => interval = value.trim().parse().unwrap_or(1),
            "COUNT" => count = value.trim().parse::<i32>().ok(),
            "UNTIL" => until = value.get(..8).and_then(|day| Date::strptime("%Y%m%d", day).ok()),
            _ => {}
        }
    }
    if period_days == 0 {
        return false;
    }
    let days_run = i64::from((today - start).get_days());
    let days_max =
        count.map(|count| i64::from(count) * i64::from(interval) * i64::from(period_days));
    days_max.is_none_or(|max| days_run < max) && until.is_none_or(|last| today <= last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_series_goes_on_until_its_end() {
        for (rule, expected) in [
            ("FREQ=WEEKLY", true),
            ("FREQ=WEEKLY;COUNT=4", false),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=9", true),
            ("FREQ=MONTHLY;UNTIL=20260401T000000Z", false),
            ("RRULE:FREQ=DAILY;UNTIL=20261231", true),
            ("FREQ=YEARLY", false),
            ("nonsense", false),
            ("UNTIL=é2026", false),
        ] {
            assert_eq!(goes_on(rule, date(2026, 2, 2), date(2026, 5, 4)), expected, "{rule}");
        }
    }
}
