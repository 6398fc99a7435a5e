//! How often somebody tried in vain to come in, of late: counted for all programs on one database together.

use inroad_model::Moment;

use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// Attempts in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many.
    pub failures: u32,
    /// Since when.
    pub since: Moment,
}

impl Store {
    /// What was tried in vain under a name, or from a place; `None` if nothing was.
    pub async fn attempts(&self, bucket: &str) -> Result<Option<Attempts>> {
        let row: Option<(i64, i64)> = sql::query_as(
            "SELECT failures, since FROM attempt WHERE workspace_id = ? AND bucket = ?",
        )
        .bind(self.workspace)
        .bind(bucket)
        .fetch_optional(&self.readers)
        .await?;
        let read = |(failures, since)| {
            let failures = u32::try_from(failures).unwrap_or(u32::MAX);
            Ok(Attempts { failures, since: moment(since, 0)? })
        };
        row.map(read).transpose()
    }

    /// Counts one more, and returns how many there are since `oldest`; what was before counts no more and is
    /// forgotten.
    pub async fn failed_attempt(&self, bucket: &str, at: Moment, oldest: Moment) -> Result<u32> {
        let oldest = oldest.timestamp().as_microsecond();
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM attempt WHERE workspace_id = ? AND since < ?")
            .bind(self.workspace)
            .bind(oldest)
            .execute(&mut *tx)
            .await?;
        let failures: i64 = sql::query_scalar(
            "INSERT INTO attempt (workspace_id, bucket, failures, since) VALUES (?, ?, 1, ?) \
             ON CONFLICT (workspace_id, bucket) DO UPDATE SET failures = attempt.failures + 1 \
             RETURNING failures",
        )
        .bind(self.workspace)
        .bind(bucket)
        .bind(at.timestamp().as_microsecond())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u32::try_from(failures).unwrap_or(u32::MAX))
    }

    /// Forgets what was tried in vain under a name.
    pub async fn forget_attempts(&self, bucket: &str) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM attempt WHERE workspace_id = ? AND bucket = ?")
            .bind(self.workspace)
            .bind(bucket)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
