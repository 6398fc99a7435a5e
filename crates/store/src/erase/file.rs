//! The bytes of what was taken out: the file is written anew, and its log emptied.

use std::time::Duration;

use crate::sql::{self, Target, Transaction};
use crate::tables::TABLES;
use crate::{Result, Store};

/// The setting that stands while bytes of what was taken out may still be in the file.
const BEGUN: &str = "clearing_file";
/// The setting that counts.
const ERASURES: &str = "erasures";
/// How often somebody who reads is waited for, and how long each time.
const TRIES_MAX: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// Notes that somebody was erased, and that the file is to be cleared.
pub(crate) async fn begin(tx: &mut Transaction) -> Result<()> {
    sql::query(
        "INSERT INTO setting (workspace_id, name, value) VALUES (?1, ?2, 'true'), (?1, ?3, '1') \
         ON CONFLICT (workspace_id, name) DO UPDATE SET value = \
         CASE setting.name WHEN ?3 THEN CAST(CAST(setting.value AS BIGINT) + 1 AS TEXT) \
         ELSE setting.value END",
    )
    .bind(tx.workspace())
    .bind(BEGUN)
    .bind(ERASURES)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How often somebody was erased: what was made of a file before the last time must not be shown, nor
/// kept.
pub(crate) async fn erasures<'c>(on: impl Into<Target<'c>>, workspace: i64) -> Result<i64> {
    let told: Option<i64> = sql::query_scalar(
        "SELECT CAST(value AS BIGINT) FROM setting WHERE workspace_id = ? AND name = ?",
    )
    .bind(workspace)
    .bind(ERASURES)
    .fetch_optional(on)
    .await?;
    Ok(told.unwrap_or_default())
}

impl Store {
    /// Writes the file anew without the bytes of what was taken out, and empties its log, if somebody was
    /// erased since that was done. Returns false if somebody reads in it all the while; then it is done at
    /// the next start. On a server what was taken out is let go of; its logs and copies are its keeper's.
    ///
    /// # Errors
    /// [`crate::Error::Database`]; it is tried again at the next start.
    pub async fn clear_file(&self) -> Result<bool> {
        let begun: bool = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM setting WHERE workspace_id = ? AND name = ?)",
        )
        .bind(self.workspace)
        .bind(BEGUN)
        .fetch_one(&self.writer)
        .await?;
        if !begun {
            return Ok(true);
        }
        let count = self.erasures().await?;
        let is_clear =
            if self.is_file() { self.rewrite_file().await? } else { self.vacuum().await };
        if is_clear {
            let mut tx = self.write().await?;
            // Somebody may have been erased meanwhile.
            if erasures(&mut tx, self.workspace).await? == count {
                sql::query("DELETE FROM setting WHERE workspace_id = ? AND name = ?")
                    .bind(self.workspace)
                    .bind(BEGUN)
                    .execute(&mut *tx)
                    .await?;
                tx.commit().await?;
            }
        }
        Ok(is_clear)
    }

    /// Lets go of the place of rows that are gone. What stands in the way, as another program that does the
    /// same, is gone at the next start.
    async fn vacuum(&self) -> bool {
        let names = TABLES.iter().map(|table| table.name).chain(["message_words"]);
        for name in names {
            let sql = sqlx::AssertSqlSafe(format!("VACUUM {name}"));
            if sql::query(sql).execute(&self.writer).await.is_err() {
                return false;
            }
        }
        true
    }

    async fn rewrite_file(&self) -> Result<bool> {
        let writer = &self.writer;
        // On the disk, since all of it may be more than the memory; nothing that was taken out is in it.
        sql::query("PRAGMA temp_store = FILE").execute(writer).await?;
        let rewritten = sql::query("VACUUM").execute(writer).await;
        sql::query("PRAGMA temp_store = MEMORY").execute(writer).await?;
        rewritten?;
        for _ in 0..TRIES_MAX {
            let is_busy: bool =
                sql::query_as::<(bool, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(writer)
                    .await?
                    .0;
            if !is_busy {
                return Ok(true);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(false)
    }
}
