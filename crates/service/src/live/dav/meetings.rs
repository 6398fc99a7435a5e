//! The entries of a calendar's text: as an import takes them, with the single meetings of series for a while.

use std::collections::BTreeMap;

use inroad_ingest::Limits;
use inroad_ingest::calendar::occurrences::{Window, parse_occurrences};
use inroad_ingest::calendar::parse_calendar;
use inroad_model::{CalendarEvent, Issue, Moment};
use inroad_store::EventNow;
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// Single meetings of series are made for so long ahead.
const AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);

/// From when to when meetings are taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct While {
    pub since: Option<Date>,
    pub until: Moment,
}

impl While {
    /// As it is at a moment.
    pub(super) fn at(since: Option<Date>, at: Moment) -> Self {
        let until = at.timestamp().saturating_add(AHEAD).unwrap_or(at.timestamp());
        Self { since, until: Moment::new(until, at.offset()) }
    }

    fn window(self) -> Window {
        let start = |day: Date| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let from = self.since.and_then(start).unwrap_or(Timestamp::UNIX_EPOCH);
        Window { from, until: self.until.timestamp() }
    }

    /// Whether a meeting is not over before it.
    fn holds(self, event: &CalendarEvent) -> bool {
        let Some(last) = event.end.or(event.start) else { return true };
        last.timestamp() >= self.window().from
    }
}

/// What a text holds.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    /// By their `UID`s.
    pub entries: BTreeMap<String, EventNow>,
    pub issues: Vec<Issue>,
    /// Whether the text holds more than is read.
    pub is_cut: bool,
}

/// Whether an entry makes further meetings as days pass.
pub(super) fn repeats(entry: &EventNow, when: While) -> bool {
    let last_day = when.until.timestamp().strftime("%Y%m%d").to_string();
    let goes_on = |rule: &str| {
        let until = rule.split(';').find_map(|part| part.trim().strip_prefix("UNTIL="));
        until.and_then(|until| until.get(..8)).is_none_or(|until| until >= last_day.as_str())
    };
    entry.entries.iter().any(|event| event.recurrence.as_deref().is_some_and(goes_on))
}

/// Reads a text.
pub(super) fn read(text: &[u8], when: While, limits: &Limits) -> Meetings {
    let (entries, issues) = parse_calendar(text, limits);
    let (days, issues_of_days) = parse_occurrences(text, when.window(), limits);
    let is_cut = entries.len() >= limits.items || days.len() >= limits.items;
    let mut found = Meetings { issues, is_cut, ..Meetings::default() };
    for issue in issues_of_days {
        if !found.issues.contains(&issue) {
            found.issues.push(issue);
        }
    }
    for event in entries {
        let uid = uid_of(&event).to_owned();
        let now = found
            .entries
            .entry(uid.clone())
            .or_insert_with(|| EventNow { uid, ..EventNow::default() });
        now.entries.push(event);
    }
    for day in days {
        let Some(now) = found.entries.get_mut(uid_of(&day)) else { continue };
        // The first one is the series itself.
        let is_said = |event: &CalendarEvent| {
            event.uid == day.uid || (event.uid == now.uid && event.start == day.start)
        };
        if !now.entries.iter().any(is_said) {
            now.days.push(day);
        }
    }
    found
        .entries
        .retain(|_, now| !now.days.is_empty() || now.entries.iter().any(|e| is_wanted(e, when)));
    found
}

/// A series goes on; anything else must not be over.
fn is_wanted(event: &CalendarEvent, when: While) -> bool {
    event.recurrence.is_some() || when.holds(event)
}

/// The `UID` of an entry, without the time of a single day.
fn uid_of(event: &CalendarEvent) -> &str {
    match event.uid.rsplit_once('/') {
        Some((uid, day)) if day.parse::<Timestamp>().is_ok() => uid,
        _ => &event.uid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &str, since: &str) -> Vec<(usize, usize, bool)> {
        let text = format!("BEGIN:VCALENDAR\n{lines}END:VCALENDAR\n");
        let at = "2026-06-10T00:00:00Z".parse().unwrap();
        let when = While::at(Some(since.parse().unwrap()), at);
        let found = read(text.as_bytes(), when, &Limits::default());
        assert!(found.issues.is_empty() && !found.is_cut, "{found:?}");
        let told = |now: &EventNow| (now.entries.len(), now.days.len(), repeats(now, when));
        found.entries.values().map(told).collect()
    }

    /// Checks the entries, further days, and whether it goes on, of one meeting.
    fn check(lines: &str, expected: &[(usize, usize, bool)]) {
        let event = format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n");
        assert_eq!(found(&event, "2026-01-01"), expected, "{lines}");
    }

    #[test]
    fn what_is_taken_of_a_meeting() {
        check("DTSTART:20260303T090000Z", &[(1, 0, false)]);
        check("DTSTART:20251230T090000Z", &[]);
        check("DTSTART:20251231T230000Z\nDURATION:PT2H", &[(1, 0, false)]);
        check("DTSTART:20270303T090000Z", &[(1, 0, false)]);
        // From the first of the year until ninety days ahead, without the series' own first day.
        check("DTSTART:20260901T090000Z\nRRULE:FREQ=DAILY", &[(1, 6, true)]);
        check("DTSTART:20250603T090000Z\nRRULE:FREQ=WEEKLY", &[(1, 35, true)]);
        check(
            "DTSTART:20260303T090000Z\nRRULE:FREQ=DAILY;UNTIL=20260305T090000Z",
            &[(1, 2, false)],
        );
        check("DTSTART:20260303T090000Z\nRRULE:FREQ=DAILY;COUNT=3", &[(1, 2, true)]);
        check("DTSTART:20260303T090000Z\nRDATE:20260401T090000Z", &[(1, 1, false)]);
    }

    #[test]
    fn a_changed_day_is_an_entry() {
        let series =
            "BEGIN:VEVENT\nUID:1\nDTSTART:20260605T090000Z\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n";
        let day = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20260606T090000Z\nDTSTART:20260606T150000Z\nEND:VEVENT\n";
        assert_eq!(found(&format!("{series}{day}"), "2026-01-01"), [(2, 2, true)]);
        assert_eq!(found(day, "2026-01-01"), [(1, 0, false)]);
    }
}
