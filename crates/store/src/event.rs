//! Calendar entries, kept once for each UID and start.

mod follow;

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, Moment};

use crate::contact::Counted;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

pub use follow::{EventNow, EventsStep};

fn micros(moment: Moment) -> i64 {
    moment.timestamp().as_microsecond()
}

/// The versions of each meeting, in the order in which the meetings come.
fn by_uid(events: &[CalendarEvent]) -> Vec<Vec<&CalendarEvent>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut meetings: Vec<Vec<&CalendarEvent>> = Vec::new();
    for event in events {
        let place = *places.entry(&event.uid).or_insert(meetings.len());
        match meetings.get_mut(place) {
            Some(versions) => versions.push(event),
            None => meetings.push(vec![event]),
        }
    }
    meetings
}

/// What becomes of a meeting when further versions of it come in, by its start.
fn joined(
    kept: &BTreeMap<i64, CalendarEvent>,
    incoming: &[&CalendarEvent],
) -> BTreeMap<i64, CalendarEvent> {
    let is_old = |new: &&&CalendarEvent| kept.values().any(|old| new.is_older_than(old));
    let fresh: Vec<&CalendarEvent> = incoming.iter().filter(|new| !is_old(new)).copied().collect();
    if let Some(last) = fresh.last()
        && !kept.is_empty()
        && fresh.iter().all(|new| new.cancelled)
    {
        return called_off(kept, &fresh, last);
    }
    if fresh.is_empty() {
        return with_earlier_start(kept.clone(), incoming);
    }
    let mut meeting = BTreeMap::new();
    for new in fresh {
        let next = match kept.get(&key(new)) {
            Some(old) if old.says_the_same(new) => old.clone(),
            Some(old) if new.cancelled => old.called_off_by(new),
            _ => new.clone(),
        };
        meeting.insert(key(new), next);
    }
    with_moves(kept, incoming, meeting)
}

/// More moves of one meeting than these tell nothing more.
const MOVES_MAX: usize = 20;

/// The only version in each of two lists. A meeting with several is a series, and of what repeats
/// no single day was moved.
fn only<'e>(versions: impl IntoIterator<Item = &'e CalendarEvent>) -> Option<&'e CalendarEvent> {
    let mut versions = versions.into_iter();
    let first = versions.next().filter(|event| event.recurrence.is_none())?;
    versions.next().is_none().then_some(first)
}

/// A meeting with all moves that were known of it, and with the one that came in.
fn with_moves(
    kept: &BTreeMap<i64, CalendarEvent>,
    incoming: &[&CalendarEvent],
    mut meeting: BTreeMap<i64, CalendarEvent>,
) -> BTreeMap<i64, CalendarEvent> {
    let Some((old, new)) = only(kept.values()).zip(only(incoming.iter().copied())) else {
        return meeting;
    };
    let mut moves = old.moves.clone();
    moves.extend(old.moved_by(new).filter(|_| !new.cancelled && moves.len() < MOVES_MAX));
    if let Some(next) = meeting.get_mut(&key(new)) {
        next.moves = moves;
    }
    meeting
}

/// A meeting of which an older version comes in late: it changes nothing but what is known of its
/// moves.
fn with_earlier_start(
    mut kept: BTreeMap<i64, CalendarEvent>,
    incoming: &[&CalendarEvent],
) -> BTreeMap<i64, CalendarEvent> {
    let both = only(kept.values()).zip(only(incoming.iter().copied()));
    let moved = both.and_then(|(kept, older)| {
        let known =
            |from: Moment| kept.moves.iter().any(|moved| micros(moved.from) == micros(from));
        older.moved_by(kept).filter(|moved| kept.moves.len() < MOVES_MAX && !known(moved.from))
    });
    if let (Some(moved), Some(meeting)) = (moved, kept.values_mut().next()) {
        meeting.moves.push(moved);
        meeting.moves.sort_by_key(|moved| moved.at);
    }
    kept
}

/// A meeting of which only cancellations came in. They may name its start in another way, or not
/// at all.
fn called_off(
    kept: &BTreeMap<i64, CalendarEvent>,
    fresh: &[&CalendarEvent],
    last: &CalendarEvent,
) -> BTreeMap<i64, CalendarEvent> {
    let named: BTreeSet<i64> = fresh.iter().map(|new| key(new)).collect();
    let any_named = kept.keys().any(|start| named.contains(start));
    let after = |(start, old): (&i64, &CalendarEvent)| {
        let meant = !any_named || named.contains(start);
        (*start, if meant { old.called_off_by(last) } else { old.clone() })
    };
    kept.iter().map(after).collect()
}

/// The start, as it is kept beside the `UID`.
fn key(event: &CalendarEvent) -> i64 {
    event.start.map_or(0, micros)
}

impl Store {
    /// Keeps calendar entries; a later version of the same entry takes the place of the earlier,
    /// also where it starts at another time, and an earlier one changes nothing. What is called
    /// off stays, with the moment from which it was. Several entries of one UID in the same list
    /// are the changed days of a series.
    pub async fn put_events(&self, events: &[CalendarEvent]) -> Result<Counted> {
        let mut tx = self.write().await?;
        let mut counted = Counted::default();
        for versions in by_uid(events) {
            let Some(uid) = versions.first().map(|event| event.uid.as_str()) else { continue };
            let kept = kept_versions(&mut tx, uid).await?;
            let next = joined(&kept, &versions);
            let n_changed = next.iter().filter(|(start, event)| kept.get(start) != Some(event));
            let n_changed = n_changed.count().min(versions.len());
            counted.added += n_changed;
            counted.doubles += versions.len() - n_changed;
            replace_versions(&mut tx, uid, &kept, &next).await?;
        }
        tx.commit().await?;
        Ok(counted)
    }

    /// Calendar entries that start up to a moment, oldest first.
    pub async fn events(&self, until: Option<Moment>) -> Result<Vec<CalendarEvent>> {
        let rows: Vec<(String,)> = sql::query_as(
            "SELECT content FROM event WHERE workspace_id = ? AND COALESCE(starts_at, 0) <= ? \
             ORDER BY starts_at NULLS FIRST, id",
        )
        .bind(self.workspace)
        .bind(until.map_or(i64::MAX, micros))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|(content,)| read(content)).collect()
    }
}

async fn kept_versions(tx: &mut Transaction, uid: &str) -> Result<BTreeMap<i64, CalendarEvent>> {
    let rows: Vec<(i64, String)> = sql::query_as(
        "SELECT COALESCE(starts_at, 0), content FROM event WHERE workspace_id = ? AND uid = ?",
    )
    .bind(tx.workspace())
    .bind(uid)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(|(start, content)| Ok((start, read(&content)?))).collect()
}

/// Writes what changed, and takes out the starts that are left.
async fn replace_versions(
    tx: &mut Transaction,
    uid: &str,
    kept: &BTreeMap<i64, CalendarEvent>,
    next: &BTreeMap<i64, CalendarEvent>,
) -> Result<()> {
    for (start, event) in next {
        if kept.get(start) != Some(event) {
            write_version(tx, uid, event).await?;
        }
    }
    for start in kept.keys().filter(|start| !next.contains_key(start)) {
        remove_version(tx, uid, *start).await?;
    }
    Ok(())
}

async fn write_version(tx: &mut Transaction, uid: &str, event: &CalendarEvent) -> Result<()> {
    let content = serde_json::to_string(event).map_err(|e| Error::damaged(e.to_string()))?;
    sql::query(
        "INSERT INTO event (workspace_id, uid, starts_at, content) VALUES (?, ?, ?, ?) \
         ON CONFLICT (workspace_id, uid, COALESCE(starts_at, 0)) \
         DO UPDATE SET content = excluded.content",
    )
    .bind(tx.workspace())
    .bind(uid)
    .bind(event.start.map(micros))
    .bind(content)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn remove_version(tx: &mut Transaction, uid: &str, start: i64) -> Result<()> {
    sql::query(
        "DELETE FROM event WHERE workspace_id = ? AND uid = ? AND COALESCE(starts_at, 0) = ?",
    )
    .bind(tx.workspace())
    .bind(uid)
    .bind(start)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn read(content: &str) -> Result<CalendarEvent> {
    serde_json::from_str(content).map_err(|e| Error::damaged(format!("a calendar entry: {e}")))
}
