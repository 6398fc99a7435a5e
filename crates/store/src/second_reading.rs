//! Second readings: what a language model made of a deal, kept with the moment of its mail.

use std::collections::BTreeMap;

use inroad_model::{DealId, Moment, SecondReading};

use crate::sql;
use crate::{Error, Result, Store};

impl Store {
    /// Keeps a checked reading of a deal, with the hash of what was sent for it.
    pub async fn add_second_reading(
        &self,
        deal: &DealId,
        reading: &SecondReading,
        sent_hash: &str,
    ) -> Result<()> {
        let content = serde_json::to_string(reading).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        sql::query(
            "INSERT INTO second_reading \
               (workspace_id, deal_id, as_of, made_at, host, model, sent_hash, content) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(deal.as_str())
        .bind(reading.as_of.timestamp().as_microsecond())
        .bind(reading.made_at.timestamp().as_microsecond())
        .bind(&reading.host)
        .bind(&reading.model)
        .bind(sent_hash)
        .bind(content)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// The latest reading of each deal that was made of mail up to a moment.
    ///
    /// # Errors
    /// [`Error::Damaged`] if a row holds something else, [`Error::Database`].
    pub async fn second_readings(&self, until: Moment) -> Result<BTreeMap<DealId, SecondReading>> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT deal_id, content FROM second_reading \
             WHERE workspace_id = ? AND as_of <= ? ORDER BY deal_id, as_of, id",
        )
        .bind(self.workspace)
        .bind(until.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        let damaged = || Error::damaged("a second reading");
        let mut latest = BTreeMap::new();
        for (deal, content) in rows {
            let deal = DealId::new(&deal).map_err(|_cause| damaged())?;
            let reading = serde_json::from_str(&content).map_err(|_cause| damaged())?;
            latest.insert(deal, reading);
        }
        Ok(latest)
    }

    /// Whether the latest reading of a deal up to a moment was made of just this.
    pub async fn was_read_a_second_time(
        &self,
        deal: &DealId,
        until: Moment,
        sent_hash: &str,
    ) -> Result<bool> {
        let latest: Option<String> = sql::query_scalar(
            "SELECT sent_hash FROM second_reading \
             WHERE workspace_id = ? AND deal_id = ? AND as_of <= ? \
             ORDER BY as_of DESC, id DESC LIMIT 1",
        )
        .bind(self.workspace)
        .bind(deal.as_str())
        .bind(until.timestamp().as_microsecond())
        .fetch_optional(&self.readers)
        .await?;
        Ok(latest.is_some_and(|latest| latest == sent_hash))
    }

    /// Forgets all of them. Returns how many there were.
    pub async fn drop_second_readings(&self) -> Result<u64> {
        let mut tx = self.write().await?;
        let done = sql::query("DELETE FROM second_reading WHERE workspace_id = ?")
            .bind(self.workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected())
    }
}
