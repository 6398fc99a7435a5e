//! The bytes of what was taken out: the file is written anew, and its log emptied.

use std::time::Duration;

use sqlx::{Row as _, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::database::WORKSPACE;
use crate::{Result, Store};

/// The setting that stands while bytes of what was taken out may still be in the file.
const BEGUN: &str = "clearing_file";
/// The setting that counts.
const ERASURES: &str = "erasures";
/// How often somebody who reads is waited for, and how long each time.
const TRIES_MAX: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// Notes that somebody was erased, and that the file is to be cleared.
pub(super) async fn begin(tx: &mut Transaction<'_, Sqlite>) -> Result<()> {
    sqlx::query(
        "INSERT INTO setting (workspace_id, name, value) VALUES (?1, ?2, 'true'), (?1, ?3, '1') \
         ON CONFLICT (workspace_id, name) DO UPDATE SET value = \
         CASE name WHEN ?3 THEN CAST(value AS INTEGER) + 1 ELSE value END",
    )
    .bind(WORKSPACE)
    .bind(BEGUN)
    .bind(ERASURES)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How often somebody was erased: what was made of a file before the last time must not be shown, nor
/// kept.
pub(crate) async fn erasures(connection: &mut SqliteConnection) -> Result<i64> {
    let told: Option<i64> = sqlx::query_scalar(
        "SELECT CAST(value AS INTEGER) FROM setting WHERE workspace_id = ? AND name = ?",
    )
    .bind(WORKSPACE)
    .bind(ERASURES)
    .fetch_optional(connection)
    .await?;
    Ok(told.unwrap_or_default())
}

/// Clears the file, if that was begun and did not come to its end.
pub(crate) async fn clear_if_begun(writer: &SqlitePool) -> Result<bool> {
    let begun: i64 = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM setting WHERE workspace_id = ? AND name = ?)",
    )
    .bind(WORKSPACE)
    .bind(BEGUN)
    .fetch_one(writer)
    .await?;
    if begun == 0 {
        return Ok(true);
    }
    // On the disk, since all of it may be more than the memory; nothing that was taken out is in it.
    sqlx::query("PRAGMA temp_store = FILE").execute(writer).await?;
    let rewritten = sqlx::query("VACUUM").execute(writer).await;
    sqlx::query("PRAGMA temp_store = MEMORY").execute(writer).await?;
    rewritten?;
    for _ in 0..TRIES_MAX {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
        let is_busy: i64 = row.try_get(0)?;
        if is_busy == 0 {
            sqlx::query("DELETE FROM setting WHERE workspace_id = ? AND name = ?")
                .bind(WORKSPACE)
                .bind(BEGUN)
                .execute(writer)
                .await?;
            return Ok(true);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(false)
}

impl Store {
    /// Writes the file anew without the bytes of what was taken out, and empties its log. Returns false if
    /// somebody reads in it all the while; then it is done at the next start.
    ///
    /// # Errors
    /// [`crate::Error::Database`]; it is tried again at the next start.
    pub async fn clear_file(&self) -> Result<bool> {
        clear_if_begun(self.writer()).await
    }
}
