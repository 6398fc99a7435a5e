//! How often somebody tried in vain to come in, of late: counted for all programs on one database together.

use inroad_model::Moment;

use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// What became of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempted {
    /// Since when there were too many, if there were.
    pub too_many_since: Option<Moment>,
    /// Whether the next one is one too many.
    pub is_last: bool,
}

impl Store {
    /// Counts a try in each of some buckets, each with how many it holds, before anything is compared: so
    /// however many come at once, no more than that are. What was before `oldest` counts no more and is forgotten.
    pub async fn count_try(
        &self,
        buckets: &[(&str, u32)],
        at: Moment,
        oldest: Moment,
    ) -> Result<Attempted> {
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM attempt WHERE workspace_id = ? AND since < ?")
            .bind(self.workspace)
            .bind(oldest.timestamp().as_microsecond())
            .execute(&mut *tx)
            .await?;
        let mut tried = Attempted { too_many_since: None, is_last: false };
        for (bucket, max) in buckets {
            let (count, since): (i64, i64) = sql::query_as(
                "INSERT INTO attempt (workspace_id, bucket, failures, since) VALUES (?, ?, 1, ?) \
                 ON CONFLICT (workspace_id, bucket) DO UPDATE SET failures = attempt.failures + 1 \
                 RETURNING failures, since",
            )
            .bind(self.workspace)
            .bind(*bucket)
            .bind(at.timestamp().as_microsecond())
            .fetch_one(&mut *tx)
            .await?;
            if count > i64::from(*max) {
                tried.too_many_since = tried.too_many_since.max(Some(moment(since, 0)?));
            }
            tried.is_last |= count == i64::from(*max);
        }
        tx.commit().await?;
        Ok(tried)
    }

    /// Takes a try back that was none in vain, and forgets all that were made in some buckets.
    pub async fn take_try_back(&self, buckets: &[&str], forgotten: &[&str]) -> Result<()> {
        let mut tx = self.write_aside().await?;
        for bucket in buckets {
            sql::query(
                "UPDATE attempt SET failures = failures - 1 WHERE workspace_id = ? AND bucket = ?",
            )
            .bind(self.workspace)
            .bind(*bucket)
            .execute(&mut *tx)
            .await?;
        }
        for bucket in forgotten {
            sql::query("DELETE FROM attempt WHERE workspace_id = ? AND bucket = ?")
                .bind(self.workspace)
                .bind(*bucket)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
