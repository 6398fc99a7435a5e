//! Calendar entries, kept once for each UID and start.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{CalendarEvent, Moment};

use crate::contact::Counted;
use crate::database::WORKSPACE;
use crate::message::json_list;
use crate::{Error, Result, Store};

fn micros(moment: Moment) -> i64 {
    moment.timestamp().as_microsecond()
}

fn starts_by_uid(events: &[CalendarEvent]) -> BTreeMap<&str, BTreeSet<i64>> {
    let mut starts: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for event in events {
        starts.entry(&event.uid).or_default().insert(event.start.map_or(0, micros));
    }
    starts
}

impl Store {
    /// Keeps calendar entries; a later version of the same entry takes the place of the earlier,
    /// also where it starts at another time. Several entries of one UID in the same list are the
    /// changed days of a series.
    pub async fn put_events(&self, events: &[CalendarEvent]) -> Result<Counted> {
        let mut tx = self.write().await?;
        let mut counted = Counted::default();
        for event in events {
            let content =
                serde_json::to_string(event).map_err(|e| Error::damaged(e.to_string()))?;
            let done = sqlx::query(
                "INSERT INTO event (workspace_id, uid, starts_at, content) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (workspace_id, uid, COALESCE(starts_at, 0)) \
                 DO UPDATE SET content = excluded.content WHERE content <> excluded.content",
            )
            .bind(WORKSPACE)
            .bind(&event.uid)
            .bind(event.start.map(micros))
            .bind(content)
            .execute(&mut *tx)
            .await?;
            counted.count(done.rows_affected() > 0);
        }
        for (uid, starts) in starts_by_uid(events) {
            sqlx::query(
                "DELETE FROM event WHERE workspace_id = ? AND uid = ? \
                 AND COALESCE(starts_at, 0) NOT IN (SELECT value FROM json_each(?))",
            )
            .bind(WORKSPACE)
            .bind(uid)
            .bind(json_list(starts)?)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(counted)
    }

    /// Calendar entries that start up to a moment, oldest first.
    pub async fn events(&self, until: Option<Moment>) -> Result<Vec<CalendarEvent>> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT content FROM event WHERE workspace_id = ? AND COALESCE(starts_at, 0) <= ? \
             ORDER BY starts_at, id",
        )
        .bind(WORKSPACE)
        .bind(until.map_or(i64::MAX, micros))
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|(content,)| {
                serde_json::from_str(content)
                    .map_err(|e| Error::damaged(format!("a calendar entry: {e}")))
            })
            .collect()
    }
}
