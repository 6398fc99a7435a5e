//! What takes place in a while: series become their single meetings.
//!
//! Counted by civil time, so that a meeting at nine stays at nine when the clocks change. Called off
//! ones (`EXDATE`) are left out, additional ones (`RDATE`) are there, and a changed one
//! (`RECURRENCE-ID`) stands in the place of that which it changes. What a rule means is the parser's
//! business, within bounds of ours; that it comes out right is checked against python-dateutil
//! (`tests/it/occurrences.rs`).
//! Must not: decide who came to a meeting.

use std::collections::{BTreeMap, BTreeSet};

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency,
    ICalendarParameterName, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarValue,
};
use inroad_model::{CalendarEvent, InvitationMethod, Issue, Moment};
use jiff::civil::DateTime;
use jiff::tz::Offset;
use jiff::{Span, Timestamp, ToSpan};

use super::event::{called_off, read_event};
use super::zone::{Zones, civil, partial};
use super::{method_of, parse_block, surroundings};
use crate::Limits;
use crate::blocks::{Piece, pieces};
use crate::encoding::{Decoded, decode};
use crate::issues::IssueList;

/// From one moment up to another, which does not count any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Meetings that end later than this.
    pub from: Timestamp,
    /// Meetings that start earlier than this.
    pub until: Timestamp,
}

/// Meetings of one series at most.
const SERIES_MAX: usize = 10_000;
/// Meetings of all series of a file at most that are counted, in the window or not. A rule that
/// comes to nothing may cost as much as ten long series.
const COUNTED_MAX: usize = 400_000;
const FRUITLESS_COST: usize = 10 * SERIES_MAX;
/// Times that one line of additional meetings may name, and such lines of a series.
const ADDED_MAX: usize = 1_000;

/// Reads an iCalendar file and gives the meetings that touch a window, by their start, each as an
/// entry of its own. Those of a series have the identity of the series with the time that they stand
/// for behind it, as [`parse_calendar`](super::parse_calendar) gives it to changed ones, and no rule.
/// A meeting that was called off for itself is there, as one that was called off.
///
/// ```
/// use inroad_ingest::Limits;
/// use inroad_ingest::calendar::occurrences::{Window, parse_occurrences};
/// let file = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Berlin:20260303T090000\n\
///     RRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR\n";
/// let window = Window {
///     from: "2026-03-28T00:00:00Z".parse().unwrap(),
///     until: "2026-04-01T00:00:00Z".parse().unwrap(),
/// };
/// let (events, issues) = parse_occurrences(file, window, &Limits::default());
/// assert_eq!(events[0].start.unwrap().to_string(), "2026-03-31T09:00:00+02:00");
/// assert_eq!((events.len(), issues.len()), (1, 0));
/// ```
pub fn parse_occurrences(
    bytes: &[u8],
    window: Window,
    limits: &Limits,
) -> (Vec<CalendarEvent>, Vec<Issue>) {
    let Decoded { text, issues, .. } = decode(bytes);
    let mut reading = Reading {
        window,
        found: BTreeMap::new(),
        replaced: BTreeSet::new(),
        counted: 0,
        issues: IssueList::new(issues, limits),
    };
    let (zones, method) = surroundings(&text, limits);
    let cancels = method.as_deref().map(method_of) == Some(InvitationMethod::Cancel);
    for piece in pieces(&text, "VCALENDAR") {
        let Piece::Block(block) = piece else { continue };
        let calendar = match parse_block(&block, limits) {
            Ok(calendar) => calendar,
            Err(issue) => {
                reading.issues.add(*issue);
                continue;
            }
        };
        let components = calendar.iter().flat_map(|calendar| &calendar.components);
        for component in components.filter(|c| c.component_type == ICalendarComponentType::VEvent) {
            let line = Line { number: block.line, cancels };
            reading.take(component, &zones, limits, line);
        }
        if reading.found.len() > limits.items {
            let what = format!("There are more than {} meetings", limits.items);
            reading.issues.add_to_all(Issue::new(what, "The rest was not read; ask for less"));
            break;
        }
    }
    reading.finish(limits)
}

/// Where an entry stands, and whether its file calls off everything in it.
#[derive(Clone, Copy)]
struct Line {
    number: u64,
    cancels: bool,
}

/// One meeting: its series, and the time that it stands for.
type Place = (String, Timestamp);

struct Reading {
    window: Window,
    /// By start and identity, so that the order is that of time.
    found: BTreeMap<(Timestamp, String), (Place, CalendarEvent)>,
    /// Meetings of series that do not take place as the series says.
    replaced: BTreeSet<Place>,
    /// What counting has cost so far.
    counted: usize,
    issues: IssueList,
}

impl Reading {
    fn take(&mut self, component: &ICalendarComponent, zones: &Zones, limits: &Limits, line: Line) {
        let reading = read_event(component, zones, limits);
        for issue in reading.issues {
            self.issues.add(issue.at_line(line.number));
        }
        self.replaced.extend(reading.replaces);
        let event = reading.event;
        let event = if line.cancels { called_off(event) } else { event };
        let Some(start) = event.start else { return };
        let series = Series { component, zones, start, event: &event };
        if component.property(&ICalendarProperty::RecurrenceId).is_some() {
            if is_for_all_later(component) {
                self.tell(
                    "The change of one meeting and all later ones is read for that one",
                    line,
                );
            }
            // It replaces others and is replaced by none, not even by itself.
            // Nor does it repeat, whatever its file says.
            let place = (String::new(), start.timestamp());
            return self.add(place, CalendarEvent { recurrence: None, ..event });
        }
        if event.recurrence.is_none() && component.property(&ICalendarProperty::Rdate).is_none() {
            return self.add((String::new(), start.timestamp()), event);
        }
        let mut starts = self.expanded(&series, line);
        starts.extend(series.added());
        for at in starts {
            let place = (event.uid.clone(), at.timestamp());
            self.add(place, series.at(at));
        }
    }

    /// Takes a meeting if it touches the window.
    fn add(&mut self, place: Place, event: CalendarEvent) {
        let Some(start) = event.start.map(Moment::timestamp) else { return };
        let end = event.end.map_or(start, Moment::timestamp).max(start);
        let touches =
            start < self.window.until && (end > self.window.from || start >= self.window.from);
        if touches {
            self.found.insert((start, event.uid.clone()), (place, event));
        }
    }

    /// The starts of a series around the window, its own first one among them.
    fn expanded(&mut self, series: &Series<'_>, line: Line) -> Vec<Moment> {
        let mut starts = vec![series.start];
        let rule = series.component.property(&ICalendarProperty::Rrule);
        let Some(ICalendarValue::RecurrenceRule(rule)) = rule.and_then(|rule| rule.values.first())
        else {
            if rule.is_some() {
                self.tell("The rule by which a meeting repeats is not understood", line);
            }
            return starts;
        };
        if !is_daily_at_most(rule.freq) {
            self.tell("A meeting that repeats more often than daily is read once", line);
            return starts;
        }
        if self.counted >= COUNTED_MAX {
            self.tell("The calendar repeats too much; a meeting is read once", line);
            return starts;
        }
        match series.by_rule(rule, self.window) {
            Expanded::Outside => {}
            Expanded::Invalid => {
                self.counted += FRUITLESS_COST;
                self.tell("The rule by which a meeting repeats is not understood", line);
            }
            Expanded::Starts { found, counted } => {
                self.counted += if counted == 0 { FRUITLESS_COST } else { counted };
                starts.extend(found);
                if counted >= SERIES_MAX {
                    self.tell("A meeting repeats too often; its later ones are left out", line);
                }
            }
        }
        starts
    }

    fn tell(&mut self, what: &str, line: Line) {
        let issue = Issue::new(what, "The rest of the calendar was read");
        self.issues.add(issue.at_line(line.number));
    }

    fn finish(self, limits: &Limits) -> (Vec<CalendarEvent>, Vec<Issue>) {
        let stands = |(place, _): &(Place, CalendarEvent)| !self.replaced.contains(place);
        let events = self.found.into_values().filter(stands).map(|(_, event)| event);
        (events.take(limits.items).collect(), self.issues.finish("meetings"))
    }
}

fn is_daily_at_most(frequency: ICalendarFrequency) -> bool {
    use ICalendarFrequency::{Daily, Monthly, Weekly, Yearly};
    matches!(frequency, Daily | Weekly | Monthly | Yearly)
}

fn is_for_all_later(component: &ICalendarComponent) -> bool {
    component
        .property(&ICalendarProperty::RecurrenceId)
        .is_some_and(|entry| entry.parameter(&ICalendarParameterName::Range).is_some())
}

/// A series, and its first meeting.
struct Series<'a> {
    component: &'a ICalendarComponent,
    zones: &'a Zones,
    start: Moment,
    event: &'a CalendarEvent,
}

/// What a rule came to.
enum Expanded {
    /// It ends before the window, or starts after it.
    Outside,
    Invalid,
    Starts {
        found: Vec<Moment>,
        counted: usize,
    },
}

impl Series<'_> {
    /// The meeting that starts then.
    fn at(&self, start: Moment) -> CalendarEvent {
        let length =
            self.event.end.map(|end| end.timestamp().duration_since(self.start.timestamp()));
        let end = length.and_then(|length| start.timestamp().checked_add(length).ok());
        let event = CalendarEvent {
            uid: format!("{}/{}", self.event.uid, start.timestamp()),
            start: Some(start),
            end: end.map(|end| Moment::new(end, start.offset())),
            recurrence: None,
            ..self.event.clone()
        };
        if event.cancelled { called_off(event) } else { event }
    }

    fn entry(&self) -> Option<(&ICalendarEntry, &PartialDateTime)> {
        let entry = self.component.property(&ICalendarProperty::Dtstart)?;
        Some((entry, entry.values.first()?.as_partial_date_time()?))
    }

    fn by_rule(&self, rule: &ICalendarRecurrenceRule, window: Window) -> Expanded {
        let Some((entry, first)) = self.entry() else { return Expanded::Invalid };
        let Some(first_civil) = civil(first) else { return Expanded::Invalid };
        let resolved =
            |time: DateTime| self.zones.resolve(&same_kind(first, time), entry.tz_id()).ok();
        // Two days are more than any two zones differ.
        let day = |at: Timestamp, span: Span| Offset::UTC.to_datetime(at).checked_add(span).ok();
        let (Some(from), Some(until)) = (day(window.from, -2.days()), day(window.until, 2.days()))
        else {
            return Expanded::Invalid;
        };
        let length = self
            .event
            .end
            .map_or(0, |end| end.timestamp().as_second() - self.start.timestamp().as_second());
        let from = from.checked_sub(length.max(0).seconds()).unwrap_or(from);
        let last = rule.until.as_ref().and_then(civil);
        let two_days_on = |last: DateTime| last.checked_add(2.days()).unwrap_or(last);
        let until = last.map_or(until, |last| until.min(two_days_on(last)));
        if until < first_civil || last.is_some_and(|last| two_days_on(last) < from) {
            return Expanded::Outside;
        }
        let begin = advanced(first_civil, rule, from);
        let rule = ICalendarRecurrenceRule { until: Some(partial(until)), ..rule.clone() };
        let Some(times) = civil_times(begin, rule) else { return Expanded::Invalid };
        let counted = times.len();
        let ends = self.ends();
        let found = times.into_iter().filter_map(|time| Some((time, resolved(time)?)));
        let found =
            found.filter(|(time, moment)| ends.is_none_or(|ends| ends.holds(*time, *moment)));
        Expanded::Starts { found: found.map(|(_, moment)| moment).collect(), counted }
    }

    /// Up to when the rule runs, exactly.
    fn ends(&self) -> Option<Ends> {
        let rule = self.component.property(&ICalendarProperty::Rrule)?;
        let Some(ICalendarValue::RecurrenceRule(rule)) = rule.values.first() else { return None };
        let until = rule.until.as_ref()?;
        let time = civil(until)?;
        Some(match (until.hour, until.tz_hour) {
            (None, _) => Ends::Day(time),
            (Some(_), None) => Ends::Civil(time),
            (Some(_), Some(_)) => Ends::Moment(self.zones.resolve(until, None).ok()?.timestamp()),
        })
    }

    /// Additional meetings (`RDATE`); of periods the start counts.
    fn added(&self) -> Vec<Moment> {
        let entries = self.component.properties(&ICalendarProperty::Rdate).take(ADDED_MAX);
        let times = entries.flat_map(|entry| {
            entry.values.iter().take(ADDED_MAX).filter_map(|value| {
                let time = match value {
                    ICalendarValue::Period(
                        ICalendarPeriod::Range { start, .. }
                        | ICalendarPeriod::Duration { start, .. },
                    ) => start,
                    other => other.as_partial_date_time()?,
                };
                self.zones.resolve(time, entry.tz_id()).ok()
            })
        });
        times.take(SERIES_MAX).collect()
    }
}

/// The last moment of a series (RFC 5545, `UNTIL`), which may be a day, a civil time or a moment.
#[derive(Clone, Copy)]
enum Ends {
    Day(DateTime),
    Civil(DateTime),
    Moment(Timestamp),
}

impl Ends {
    fn holds(self, time: DateTime, moment: Moment) -> bool {
        match self {
            Self::Day(last) => time.date() <= last.date(),
            Self::Civil(last) => time <= last,
            Self::Moment(last) => moment.timestamp() <= last,
        }
    }
}

/// A time with the same offset as another, or without a time of the day if the other has none.
fn same_kind(first: &PartialDateTime, time: DateTime) -> PartialDateTime {
    let whole = partial(time);
    if first.hour.is_none() {
        return PartialDateTime { hour: None, minute: None, second: None, ..whole };
    }
    PartialDateTime {
        tz_hour: first.tz_hour,
        tz_minute: first.tz_minute,
        tz_minus: first.tz_minus,
        ..whole
    }
}

/// A later start of a series with the same beat, close before a time, so that nobody counts years
/// of daily meetings. Where meetings are counted, they have to be.
fn advanced(first: DateTime, rule: &ICalendarRecurrenceRule, from: DateTime) -> DateTime {
    let days = match rule.freq {
        ICalendarFrequency::Daily => 1,
        ICalendarFrequency::Weekly => 7,
        _ => return first,
    };
    let beat = i64::from(rule.interval.unwrap_or(1)) * days;
    let gap = i64::from((from.date() - first.date()).get_days());
    if rule.count.is_some() || beat == 0 || gap < beat {
        return first;
    }
    first.checked_add((gap / beat * beat).days()).unwrap_or(first)
}

/// The civil times of a rule, as the parser counts them; `None` if it does not accept the rule.
fn civil_times(begin: DateTime, rule: ICalendarRecurrenceRule) -> Option<Vec<DateTime>> {
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_property(ICalendarProperty::Dtstart, partial(begin));
    event.add_property(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(rule)));
    let mut head = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    head.component_ids = vec![1];
    let calendar = ICalendar { components: vec![head, event] };
    let expanded = calendar.expand_dates(calcard::common::timezone::Tz::Floating, SERIES_MAX);
    if !expanded.errors.is_empty() {
        return None;
    }
    // Without a zone, the parser's seconds are those of the civil time.
    let civil = |seconds| Some(Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?));
    Some(expanded.events.iter().filter_map(|event| civil(event.start.timestamp())).collect())
}

#[cfg(test)]
mod tests;
