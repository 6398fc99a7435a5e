//! Whom the user can help best, each time it was stated.

use inroad_model::{IdealClient, Moment, StatedIdealClient};

use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

impl Store {
    /// Keeps a statement; it counts until the next one.
    pub async fn state_ideal_client(&self, ideal: &IdealClient, at: Moment) -> Result<()> {
        let content = serde_json::to_string(ideal).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        sql::query("INSERT INTO ideal_client (workspace_id, told_at, content) VALUES (?, ?, ?)")
            .bind(self.workspace)
            .bind(at.timestamp().as_microsecond())
            .bind(content)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// All statements, in the order in which they were made.
    pub async fn ideal_clients(&self) -> Result<Vec<StatedIdealClient>> {
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT told_at, content FROM ideal_client WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |(version, (told_at, content)): (u32, (i64, String))| {
            Ok(StatedIdealClient {
                version,
                told_at: moment(told_at, 0)?,
                ideal: serde_json::from_str(&content)
                    .map_err(|e| Error::damaged(format!("an ideal client: {e}")))?,
            })
        };
        (1..).zip(rows).map(read).collect()
    }
}
