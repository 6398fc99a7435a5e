//! Meetings of calendars that are read again and again: what is moved, called off or removed there is
//! followed, and what took place stays as it was known.
//!
//! Must not: change or take away a meeting that has begun, because a calendar says something else of it later.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, Moment};
use jiff::Timestamp;

use super::{by_uid, joined, key, read, write_version};
use crate::connection::SET_POSITION;
use crate::contact::Counted;
use crate::sql::{self, Transaction};
use crate::{Result, Store};

/// An entry of a calendar as it stands there now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventNow {
    /// Its `UID`.
    pub uid: String,
    /// What it says of itself: a meeting, or a series with its changed days, as an import takes them.
    pub entries: Vec<CalendarEvent>,
    /// The single meetings of a series, for a while; each has the `UID` with its time behind it.
    pub days: Vec<CalendarEvent>,
    /// Days before this one that are not known did not take place: the series was another one then.
    /// `None` where the entry was never seen.
    pub settled_until: Option<Moment>,
}

/// What a look at a calendar found.
#[derive(Debug, Clone, PartialEq)]
pub struct EventsStep {
    /// The folder that stands for the calendar.
    pub folder: i64,
    /// Entries that are new or changed.
    pub now: Vec<EventNow>,
    /// The `UID`s of entries that are not there any more.
    pub gone: Vec<String>,
    /// When it was looked.
    pub at: Moment,
    /// From where to go on; `None` leaves it where it was.
    pub position: Option<String>,
}

/// The versions of an entry and of its days, by `UID` and start.
type Rows = BTreeMap<(String, i64), CalendarEvent>;

impl Store {
    /// Keeps what a look found, all or nothing. If somebody was erased since so many erasures, nothing is
    /// kept, and `None` comes back: what was found has to be looked through anew.
    ///
    /// What has begun stays. What lies ahead is as the calendar says: a meeting that is gone was called
    /// off at the moment of the look.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Damaged`].
    pub async fn follow_events(&self, step: &EventsStep, erasures: i64) -> Result<Option<Counted>> {
        let mut tx = self.write().await?;
        if crate::erase::erasures(&mut tx, self.workspace).await? != erasures {
            return Ok(None);
        }
        let mut counted = Counted::default();
        let now = step.now.iter().map(|now| (now.uid.as_str(), Some(now)));
        let gone = step.gone.iter().map(|uid| (uid.as_str(), None));
        for (uid, now) in now.chain(gone) {
            let kept = rows_of(&mut tx, uid).await?;
            let next = match now {
                Some(now) => followed(&kept, now, step.at),
                None => after_gone(&kept, uid, step.at),
            };
            let n_changed = write(&mut tx, &kept, &next).await?;
            counted.added += n_changed;
            counted.doubles += next.len().saturating_sub(n_changed);
        }
        if let Some(position) = &step.position {
            sql::query(SET_POSITION)
                .bind(position)
                .bind(step.folder)
                .bind(self.workspace)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(Some(counted))
    }
}

/// Whether it has begun; what has no time is not ahead.
fn has_begun(event: &CalendarEvent, at: Moment) -> bool {
    event.start.is_none_or(|start| start.timestamp() <= at.timestamp())
}

fn of_uid(rows: &Rows, uid: &str) -> BTreeMap<i64, CalendarEvent> {
    let from = (uid.to_owned(), i64::MIN);
    let of = rows.range(from..).take_while(|((of, _), _)| of == uid);
    of.map(|((_, start), event)| (*start, event.clone())).collect()
}

/// What becomes of an entry, and of its days.
fn followed(kept: &Rows, now: &EventNow, at: Moment) -> Rows {
    let mut next = Rows::new();
    for versions in by_uid(&now.entries) {
        let Some(uid) = versions.first().map(|event| event.uid.as_str()) else { continue };
        for (start, event) in joined(&of_uid(kept, uid), &versions) {
            next.insert((uid.to_owned(), start), event);
        }
    }
    let said: BTreeSet<String> = next.keys().map(|(uid, _)| uid.clone()).collect();
    for day in now.days.iter().filter(|day| !said.contains(&day.uid)) {
        let (place, old) = ((day.uid.clone(), key(day)), of_uid(kept, &day.uid));
        let is_settled = now.settled_until.is_some_and(|until| {
            day.start.is_some_and(|start| start.timestamp() < until.timestamp())
        });
        if has_begun(day, at) && (is_settled || !old.is_empty()) {
            // It took place as it was known then, or not at all.
            continue;
        }
        let same = old.into_values().find(|old| key(old) == place.1 && old.says_the_same(day));
        next.insert(place, same.unwrap_or_else(|| day.clone()));
    }
    let is_same_series = is_same_series(kept, &next, &now.uid);
    let told: BTreeSet<String> = next.keys().map(|(uid, _)| uid.clone()).collect();
    for ((uid, start), old) in kept {
        let place = (uid.clone(), *start);
        if next.contains_key(&place) {
            continue;
        }
        if told.contains(uid) {
            next.extend(begun_otherwise(old, at));
        } else if has_begun(old, at) {
            next.insert(place, ended(old, at));
        } else if is_same_series || *uid == now.uid {
            next.insert(place, off(old, at));
        }
    }
    next
}

/// Whether a series repeats as it did, so that a day that is missing was called off for itself.
fn is_same_series(kept: &Rows, next: &Rows, uid: &str) -> bool {
    let first = |rows: &Rows| of_uid(rows, uid).into_values().next();
    match (first(kept), first(next)) {
        (Some(was), Some(is)) => was.recurrence == is.recurrence && key(&was) == key(&is),
        (was, is) => was.is_none() && is.is_none(),
    }
}

/// The first day of a series that begins otherwise now, if it took place.
fn begun_otherwise(old: &CalendarEvent, at: Moment) -> Option<((String, i64), CalendarEvent)> {
    let start = old.start.filter(|_| old.recurrence.is_some() && !old.cancelled)?;
    let uid = format!("{}/{}", old.uid, start.timestamp());
    let day = CalendarEvent { uid: uid.clone(), recurrence: None, ..old.clone() };
    has_begun(old, at).then(|| ((uid, key(old)), day))
}

/// What becomes of an entry that is gone from its calendar, and of its days.
fn after_gone(kept: &Rows, uid: &str, at: Moment) -> Rows {
    let has_begun_series = of_uid(kept, uid)
        .values()
        .any(|event| event.recurrence.is_some() && has_begun(event, at) && !event.cancelled);
    let mut next = Rows::new();
    for (place, old) in kept {
        let after = if has_begun(old, at) {
            ended(old, at)
        } else if has_begun_series {
            // That the series ends says it.
            continue;
        } else {
            off(old, at)
        };
        next.insert(place.clone(), after);
    }
    next
}

fn off(event: &CalendarEvent, at: Moment) -> CalendarEvent {
    if event.cancelled {
        return event.clone();
    }
    CalendarEvent { cancelled: true, called_off: Some(at), ..event.clone() }
}

/// What has begun, with a rule that ends at a moment if it did not end before.
fn ended(event: &CalendarEvent, at: Moment) -> CalendarEvent {
    let Some(rule) = event.recurrence.as_deref() else { return event.clone() };
    let until = at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let part = |name: &str| {
        let named = |part: &&str| {
            part.split_once('=').is_some_and(|(of, _)| of.trim().eq_ignore_ascii_case(name))
        };
        rule.split(';').find(named).and_then(|part| part.split_once('=')).map(|(_, value)| value)
    };
    if part("UNTIL").is_some_and(|last| last.trim() <= until.as_str()) {
        return event.clone();
    }
    let is_bound = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case("UNTIL") || name.eq_ignore_ascii_case("COUNT")
    };
    let kept: Vec<&str> = rule.split(';').filter(|part| !is_bound(part)).collect();
    let recurrence = Some(format!("{};UNTIL={until}", kept.join(";")));
    CalendarEvent { recurrence, ..event.clone() }
}

/// Everything that is kept of an entry: itself, and its days.
async fn rows_of(tx: &mut Transaction, uid: &str) -> Result<Rows> {
    // The sign behind the one between both.
    let (from, until) = (format!("{uid}/"), format!("{uid}0"));
    let found: Vec<(String, i64, String)> = sql::query_as(
        "SELECT uid, COALESCE(starts_at, 0), content FROM event \
         WHERE workspace_id = ?1 AND (uid = ?2 OR (uid >= ?3 AND uid < ?4))",
    )
    .bind(tx.workspace())
    .bind(uid)
    .bind(&from)
    .bind(until)
    .fetch_all(&mut **tx)
    .await?;
    let is_its = |of: &str| {
        of == uid || of.strip_prefix(&from).is_some_and(|day| day.parse::<Timestamp>().is_ok())
    };
    let its = found.into_iter().filter(|(of, ..)| is_its(of));
    its.map(|(of, start, content)| Ok(((of, start), read(&content)?))).collect()
}

/// Writes what changed; returns of how many meetings.
async fn write(tx: &mut Transaction, kept: &Rows, next: &Rows) -> Result<usize> {
    let mut changed = BTreeSet::new();
    for ((uid, start), event) in next {
        if kept.get(&(uid.clone(), *start)) != Some(event) {
            write_version(tx, uid, event).await?;
            changed.insert(uid);
        }
    }
    for (uid, start) in kept.keys().filter(|place| !next.contains_key(*place)) {
        super::remove_version(tx, uid, *start).await?;
        changed.insert(uid);
    }
    Ok(changed.len())
}

#[cfg(test)]
mod tests;
