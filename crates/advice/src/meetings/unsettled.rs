//! Meetings that were moved or called off: by mail, or from one version of a calendar to the next.
//!
//! A move that both tell counts once. Must not: judge who wanted it.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, EmailAddress, InvitationMethod, Moment, Move, Touch};
use jiff::Timestamp;

/// One change of one meeting.
#[derive(Debug, Clone, Copy)]
pub struct Unsettled<'a> {
    /// When it was changed.
    pub at: Moment,
    /// When it was to start; `None` where nobody says.
    pub from: Option<Moment>,
    /// Whether it was called off, not moved.
    pub called_off: bool,
    /// The meeting.
    pub event: &'a CalendarEvent,
    /// The mail that tells it; `None` where only the calendar does.
    pub touch: Option<&'a Touch>,
}

/// What is gathered of meetings, mail by mail.
#[derive(Debug, Default)]
pub struct Changes<'a> {
    /// The version of each meeting that was asked for last, by its `UID`.
    asked: BTreeMap<&'a str, &'a CalendarEvent>,
    /// By meeting and the start that it had; a meeting that is called off has lost its start.
    found: BTreeMap<(&'a str, Option<Timestamp>), Unsettled<'a>>,
}

impl<'a> Changes<'a> {
    /// Takes in a mail; later ones come later.
    pub fn take(&mut self, touch: &'a Touch, at: Moment) {
        let Some(invitation) = &touch.message.invitation else { return };
        let event = &invitation.event;
        let before = self.asked.get(event.uid.as_str()).copied();
        match invitation.method {
            InvitationMethod::Cancel => {
                let from = event.start.or_else(|| before?.start);
                let change = Unsettled { at, from, called_off: true, event, touch: Some(touch) };
                self.found.entry((&event.uid, None)).or_insert(change);
            }
            InvitationMethod::Request => {
                if before.is_some_and(|before| event.is_older_than(before)) {
                    return;
                }
                if let Some(moved) = before.and_then(|before| before.moved_by(event)) {
                    self.add(Move { at, ..moved }, event, Some(touch));
                }
                self.asked.insert(&event.uid, event);
            }
            _ => {}
        }
    }

    fn add(&mut self, moved: Move, event: &'a CalendarEvent, touch: Option<&'a Touch>) {
        let Move { at, from } = moved;
        let change = Unsettled { at, from: Some(from), called_off: false, event, touch };
        self.found.entry((&event.uid, Some(from.timestamp()))).or_insert(change);
    }

    /// All of them up to a moment, oldest first, with what the calendar tells of meetings with some
    /// people.
    pub fn with_calendar(
        mut self,
        events: &'a [CalendarEvent],
        people: &BTreeSet<EmailAddress>,
        as_of: Moment,
    ) -> Vec<Unsettled<'a>> {
        for event in events {
            let asked = self.asked.get(event.uid.as_str()).copied();
            let day = day_of_series(event);
            let is_plain =
                event.moves.is_empty() && !event.cancelled && asked.is_none() && day.is_none();
            if is_plain || !is_with(event, people) {
                continue;
            }
            for moved in &event.moves {
                self.add(*moved, event, None);
            }
            let later = asked.filter(|asked| !event.is_older_than(asked) && !event.cancelled);
            let by_mail = later.and_then(|asked| asked.moved_by(event));
            let of_series = day.and_then(|day| moved_day(event, day));
            for moved in by_mail.into_iter().chain(of_series) {
                self.add(moved, event, None);
            }
            if let Some(at) = event.called_off.filter(|_| event.cancelled) {
                let from = event.start;
                let change = Unsettled { at, from, called_off: true, event, touch: None };
                self.found.entry((&event.uid, None)).or_insert(change);
            }
        }
        let mut found: Vec<Unsettled<'a>> = self.found.into_values().collect();
        found.retain(|change| change.at.timestamp() <= as_of.timestamp());
        found.sort_by_key(|change| change.at);
        found
    }
}

/// The day of a series that an entry stands for, as its `UID` says.
fn day_of_series(event: &CalendarEvent) -> Option<Timestamp> {
    event.uid.rsplit_once('/').and_then(|(_, time)| time.parse().ok())
}

/// One day of a series that was put elsewhere.
fn moved_day(event: &CalendarEvent, day: Timestamp) -> Option<Move> {
    let from = Moment::new(day, event.start?.offset());
    let before = CalendarEvent { start: Some(from), ..event.clone() };
    before.moved_by(event).filter(|_| !event.cancelled)
}

fn is_with(event: &CalendarEvent, people: &BTreeSet<EmailAddress>) -> bool {
    let calls = event.organizer.as_ref().is_some_and(|m| people.contains(&m.address));
    calls || event.attendees.iter().any(|attendee| people.contains(&attendee.mailbox.address))
}
