//! Calendar entries, kept once for each UID and start.

use inroad_model::{CalendarEvent, Moment};

use crate::contact::Counted;
use crate::database::WORKSPACE;
use crate::{Error, Result, Store};

impl Store {
    /// Keeps calendar entries; a later version of the same entry takes the place of the earlier.
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
            .bind(event.start.map(|start| start.timestamp().as_microsecond()))
            .bind(content)
            .execute(&mut *tx)
            .await?;
            counted.count(done.rows_affected() > 0);
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
        .bind(until.map_or(i64::MAX, |until| until.timestamp().as_microsecond()))
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
