//! The bytes of what was taken out: the file is written anew, and its log emptied.

use std::time::Duration;

use sqlx::{Row as _, Sqlite, SqlitePool, Transaction};

use crate::database::WORKSPACE;
use crate::{Result, Store};

/// The setting that stands while bytes of what was taken out may still be in the file.
const BEGUN: &str = "clearing_file";
/// How often somebody who reads is waited for, and how long each time.
const TRIES_MAX: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// Notes that the file is to be cleared.
pub(super) async fn begin(tx: &mut Transaction<'_, Sqlite>) -> Result<()> {
    sqlx::query(
        "INSERT INTO setting (workspace_id, name, value) VALUES (?, ?, 'true') \
         ON CONFLICT (workspace_id, name) DO NOTHING",
    )
    .bind(WORKSPACE)
    .bind(BEGUN)
    .execute(&mut **tx)
    .await?;
    Ok(())
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
