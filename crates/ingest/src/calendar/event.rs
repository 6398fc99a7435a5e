//! One `VEVENT` of the parser becomes one of our entries.
//!
//! Must not: look at other entries.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarParameterName,
    ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use inroad_model::{Attendee, CalendarEvent, EmailAddress, Issue, Mailbox, Moment, Participation};
use jiff::SignedDuration;

use super::zone::{Unresolved, Zones};
use crate::Limits;

/// Reads one entry. The issues do not know their line.
pub(super) fn read_event(
    component: &ICalendarComponent,
    zones: &Zones,
    limits: &Limits,
) -> (CalendarEvent, Vec<Issue>) {
    let mut issues = Vec::new();
    let start = component.property(&ICalendarProperty::Dtstart);
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
    let mut attendees: Vec<Attendee> = component
        .properties(&ICalendarProperty::Attendee)
        .take(limits.recipients + 1)
        .filter_map(|entry| {
            Some(Attendee { mailbox: mailbox(entry)?, participation: participation(entry) })
        })
        .collect();
    if attendees.len() > limits.recipients {
        attendees.truncate(limits.recipients);
        issues.push(Issue::new(
            format!("More than {} people are invited", limits.recipients),
            "The rest was left out",
        ));
    }
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
    };
    (event, issues)
}

/// When the entry was made. Where only its last change is told, which many programs set to the
/// moment of the export, a meeting is known at the latest when it starts.
fn created(component: &ICalendarComponent, zones: &Zones, start: Option<Moment>) -> Option<Moment> {
    let stamp = |property| {
        // A stamp that cannot be read is no loss to anybody: the entry is known from its start.
        component
            .property(&property)
            .and_then(|entry| moment(entry, "stamp", zones, &mut Vec::new()))
    };
    stamp(ICalendarProperty::Created).or_else(|| {
        let changed = stamp(ICalendarProperty::Dtstamp)?;
        Some(start.filter(|start| start.timestamp() < changed.timestamp()).unwrap_or(changed))
    })
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
