//! One `VEVENT` of the parser becomes one of our entries.
//!
//! Must not: look at other entries.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarParameterName,
    ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use inroad_model::{Attendee, CalendarEvent, EmailAddress, Issue, Mailbox, Moment, Participation};
use jiff::{SignedDuration, Timestamp};

use super::zone::{Unresolved, Zones};
use crate::Limits;

/// An occurrence of a series: the `UID` of the series, and when it would start.
pub(super) type Occurrence = (String, Timestamp);

/// What an entry gave.
pub(super) struct EventReading {
    pub(super) event: CalendarEvent,
    /// Occurrences of a series that do not take place as the series says.
    pub(super) replaces: Vec<Occurrence>,
    /// They do not know their line.
    pub(super) issues: Vec<Issue>,
}

/// Reads one entry.
pub(super) fn read_event(
    component: &ICalendarComponent,
    zones: &Zones,
    limits: &Limits,
) -> EventReading {
    let mut issues = Vec::new();
    let start = component.property(&ICalendarProperty::Dtstart);
    if start.is_none() {
        issues.push(Issue::new("The entry has no start", "It was read without a time"));
    }
    let start = start.and_then(|entry| moment(entry, "start", zones, &mut issues));
    let end = match component.property(&ICalendarProperty::Dtend) {
        Some(entry) => moment(entry, "end", zones, &mut issues),
        None => start.zip(duration(component)).and_then(|(start, length)| after(start, length)),
    };
    let summary = text(component, &ICalendarProperty::Summary).unwrap_or_default();
    let uid = text(component, &ICalendarProperty::Uid).unwrap_or_else(|| {
        // Without one the same entry must still get the same name at every import.
        format!("{}/{summary}", start.map(|start| start.to_string()).unwrap_or_default())
    });
    let mut replaces: Vec<Occurrence> = Vec::new();
    for entry in component.properties(&ICalendarProperty::Exdate).take(EXCEPTIONS_MAX) {
        replaces.extend(times(entry, zones).map(|time| (uid.clone(), time)));
    }
    let changes = component.property(&ICalendarProperty::RecurrenceId);
    let changed = changes.and_then(|entry| times(entry, zones).next());
    let uid = match changed {
        Some(time) => {
            replaces.push((uid.clone(), time));
            format!("{uid}/{time}")
        }
        None => uid,
    };
    let (attendees, problems) = attendees(component, limits);
    issues.extend(problems);
    let event = CalendarEvent {
        uid,
        summary,
        description: text(component, &ICalendarProperty::Description),
        location: text(component, &ICalendarProperty::Location),
        start,
        end,
        organizer: component.property(&ICalendarProperty::Organizer).and_then(mailbox),
        attendees,
        cancelled: component.status() == Some(&ICalendarStatus::Cancelled),
        recurrence: component
            .property(&ICalendarProperty::Rrule)
            .and_then(|entry| entry.values.first())
            .and_then(|value| value.clone().into_text())
            .map(std::borrow::Cow::into_owned),
        created: created(component, zones, start),
        changed: stamp(component, &ICalendarProperty::LastModified, zones)
            .or_else(|| stamp(component, &ICalendarProperty::Dtstamp, zones)),
        sequence: component
            .property(&ICalendarProperty::Sequence)
            .and_then(|entry| entry.values.first()?.as_integer())
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or_default(),
        called_off: None,
        moves: Vec::new(),
    };
    let event = if event.cancelled { called_off(event) } else { event };
    EventReading { event, replaces, issues }
}

/// Lines of exceptions that are read; a series with more of them is no meeting.
const EXCEPTIONS_MAX: usize = 1_000;

/// The times of a property that can be understood.
fn times(entry: &ICalendarEntry, zones: &Zones) -> impl Iterator<Item = Timestamp> {
    entry.values.iter().filter_map(|value| {
        match zones.resolve(value.as_partial_date_time()?, entry.tz_id()) {
            Ok(moment) | Err(Unresolved::UnknownZone(moment)) => Some(moment.timestamp()),
            Err(Unresolved::NoTime) => None,
        }
    })
}

/// Who is asked to come, and what was wrong with the list.
fn attendees(component: &ICalendarComponent, limits: &Limits) -> (Vec<Attendee>, Vec<Issue>) {
    let mut attendees = Vec::new();
    let mut issues = Vec::new();
    let mut unreachable = 0;
    for entry in component.properties(&ICalendarProperty::Attendee) {
        if attendees.len() >= limits.recipients {
            issues.push(Issue::new(
                format!("More than {} people are invited", limits.recipients),
                "The rest was left out",
            ));
            break;
        }
        match mailbox(entry) {
            Some(mailbox) => {
                attendees.push(Attendee { mailbox, participation: participation(entry) });
            }
            None => unreachable += 1,
        }
    }
    if unreachable > 0 {
        issues.push(Issue::new(
            format!("{unreachable} of the people asked have no address"),
            "The entry was read without them",
        ));
    }
    (attendees, issues)
}

/// When the entry was made. Where only its last change is told, which many programs set to the
/// moment of the export, a meeting is known at the latest when it starts.
fn created(component: &ICalendarComponent, zones: &Zones, start: Option<Moment>) -> Option<Moment> {
    stamp(component, &ICalendarProperty::Created, zones)
        .or_else(|| earlier(stamp(component, &ICalendarProperty::Dtstamp, zones), start))
}

/// A stamp that cannot be read is no loss to anybody: the entry is known from its start.
fn stamp(
    component: &ICalendarComponent,
    property: &ICalendarProperty,
    zones: &Zones,
) -> Option<Moment> {
    let entry = component.property(property)?;
    moment(entry, "stamp", zones, &mut Vec::new())
}

/// The stamp, or the start of the meeting, if that comes first.
fn earlier(stamp: Option<Moment>, start: Option<Moment>) -> Option<Moment> {
    let stamp = stamp?;
    Some(start.filter(|start| start.timestamp() < stamp.timestamp()).unwrap_or(stamp))
}

/// The entry as one that was called off when this version of it was written. Many programs set
/// that to the moment of the export, but nobody calls off what has begun.
pub(super) fn called_off(event: CalendarEvent) -> CalendarEvent {
    let called_off = earlier(event.changed, event.start);
    CalendarEvent { cancelled: true, called_off, ..event }
}

/// The text of a property; several values are joined as they stood, by commas.
fn text(component: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    let entry = component.property(property)?;
    let values: Vec<&str> = entry.values.iter().filter_map(ICalendarValue::as_text).collect();
    let joined = values.join(", ");
    let clean = joined.replace('\0', "");
    let trimmed = clean.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn moment(
    entry: &ICalendarEntry,
    which: &str,
    zones: &Zones,
    issues: &mut Vec<Issue>,
) -> Option<Moment> {
    let value = entry.values.first()?;
    let Some(time) = value.as_partial_date_time() else {
        let shown: String = value.as_text().unwrap_or_default().chars().take(40).collect();
        issues.push(Issue::new(
            format!("The {which} '{shown}' is no time"),
            "The entry was read without it",
        ));
        return None;
    };
    match zones.resolve(time, entry.tz_id()) {
        Ok(moment) => Some(moment),
        Err(Unresolved::NoTime) => {
            issues.push(Issue::new(
                format!("The {which} ({}) is no day between 1900 and 2199", shown(time)),
                "The entry was read without it",
            ));
            None
        }
        Err(Unresolved::UnknownZone(moment)) => {
            let zone: String = entry.tz_id().unwrap_or_default().chars().take(60).collect();
            issues.push(Issue::new(
                format!("The time zone '{zone}' is unknown"),
                format!("The {which} was read as if it were in UTC"),
            ));
            Some(moment)
        }
    }
}

fn shown(time: &PartialDateTime) -> String {
    let part = |part: Option<u8>| part.map_or_else(|| "??".to_owned(), |n| format!("{n:02}"));
    let year = time.year.map_or_else(|| "????".to_owned(), |year| format!("{year:04}"));
    format!("{year}-{}-{}", part(time.month), part(time.day))
}

fn duration(component: &ICalendarComponent) -> Option<SignedDuration> {
    let entry = component.property(&ICalendarProperty::Duration)?;
    let Some(ICalendarValue::Duration(duration)) = entry.values.first() else { return None };
    seconds(duration).map(SignedDuration::from_secs)
}

fn seconds(duration: &ICalendarDuration) -> Option<i64> {
    let parts = [
        (duration.weeks, 604_800),
        (duration.days, 86_400),
        (duration.hours, 3_600),
        (duration.minutes, 60),
        (duration.seconds, 1),
    ];
    let total: i64 = parts.into_iter().map(|(count, each)| i64::from(count) * each).sum();
    // An entry that ends before it starts, or after years, is a mistake.
    (!duration.neg && total <= 10 * 366 * 86_400).then_some(total)
}

fn after(start: Moment, length: SignedDuration) -> Option<Moment> {
    let end = start.timestamp().checked_add(length).ok()?;
    Some(Moment::new(end, start.offset()))
}

/// Address and name. Exchange and Google put the address into a parameter where the value is none.
fn mailbox(entry: &ICalendarEntry) -> Option<Mailbox> {
    let parameter = |name| entry.parameter(&name).and_then(|value| value.as_text());
    let address: EmailAddress = entry
        .calendar_address()
        .and_then(|text| text.trim().parse().ok())
        .or_else(|| parameter(ICalendarParameterName::Email)?.parse().ok())?;
    let name = parameter(ICalendarParameterName::Cn)
        .map(|name| name.trim().trim_matches(['"', '\'']).trim())
        .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(address.as_str()))
        .map(str::to_owned);
    Some(Mailbox { name, address })
}

fn participation(entry: &ICalendarEntry) -> Participation {
    let text = entry.parameter(&ICalendarParameterName::Partstat).and_then(|v| v.as_text());
    match text.unwrap_or_default().to_ascii_uppercase().as_str() {
        "ACCEPTED" => Participation::Accepted,
        "DECLINED" => Participation::Declined,
        "TENTATIVE" => Participation::Tentative,
        "DELEGATED" => Participation::Delegated,
        _ => Participation::NeedsAction,
    }
}
