//! Letters that are gone from a server and go here, too: rows, words of the index, facts, originals.
//!
//! Must not: decide which letters go.

use std::collections::BTreeSet;

use inroad_model::{MessageId, Moment};

use crate::erase::{ReadMail, begin_clearing, remove};
use crate::message::Concerning;
use crate::original::unpack;
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store, words};

/// A letter that is on no server any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneLetter {
    /// Its row.
    pub row: i64,
    /// Its id; `None` for a copy of a letter that is shown from another row.
    pub id: Option<MessageId>,
    /// Where it came from when it came in.
    pub source: String,
}

impl Store {
    /// The letters that were in folders of a connection and are in no folder of any now, in their order.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn gone_letters(&self, connection: i64) -> Result<Vec<GoneLetter>> {
        let rows: Vec<(i64, Option<String>, String)> = sql::query_as(
            "SELECT o.id, m.message_id, o.source FROM original o \
             LEFT JOIN message m ON m.id = o.id AND +m.workspace_id = o.workspace_id \
             WHERE o.workspace_id = ?1 AND o.hash IN ( \
               SELECT s.hash FROM sync_mail s \
               JOIN sync_folder f ON f.id = s.folder_id AND +f.workspace_id = s.workspace_id \
               WHERE s.workspace_id = ?1 AND f.connection_id = ?2 AND s.gone_at IS NOT NULL \
               EXCEPT SELECT hash FROM sync_mail WHERE workspace_id = ?1 AND gone_at IS NULL) ORDER BY o.id",
        )
        .bind(self.workspace)
        .bind(connection)
        .fetch_all(&self.readers)
        .await?;
        let read = |(row, id, source): (i64, Option<String>, String)| {
            let id = id.map(|id| message_id(&id)).transpose()?;
            Ok(GoneLetter { row, id, source })
        };
        rows.into_iter().map(read).collect()
    }

    /// The rows of originals that are shown from another row, as a second copy of a letter.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn copies_of_letters(&self) -> Result<Vec<i64>> {
        Ok(sql::query_scalar(
            "SELECT id FROM original WHERE +workspace_id = ?1 AND bytes > 0 \
             AND NOT EXISTS (SELECT 1 FROM message m \
               WHERE m.id = original.id AND +m.workspace_id = ?1) ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?)
    }

    /// The ids of the messages in some rows.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn ids_of_rows(&self, rows: &[i64]) -> Result<BTreeSet<MessageId>> {
        let ids: Vec<String> = sql::query_scalar(
            "SELECT message_id FROM message WHERE +workspace_id = ?1 \
             AND id IN (SELECT value FROM json_each(?2))",
        )
        .bind(self.workspace)
        .bind(list(rows))
        .fetch_all(&self.readers)
        .await?;
        ids.iter().map(|id| message_id(id)).collect()
    }

    /// The rows of the letters that were written before a moment, in the order in which they came in. Undated
    /// ones are none of them.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn letters_before(&self, moment: Moment) -> Result<Vec<i64>> {
        Ok(sql::query_scalar(
            "SELECT id FROM message WHERE +workspace_id = ?1 AND sent_at < ?2 ORDER BY id",
        )
        .bind(self.workspace)
        .bind(moment.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?)
    }

    /// The rows of the messages from, to or about some people.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn rows_concerning(&self, concerning: &Concerning) -> Result<Vec<i64>> {
        self.message_rows_of(concerning).await
    }

    /// Takes letters out with all that was read of them, all or nothing. What the user told stays.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`]; nothing is changed then.
    pub async fn forget_letters(&self, rows: &[i64], read: &ReadMail) -> Result<()> {
        let tx = self.write().await?;
        self.forget_within(tx, rows, read).await
    }

    /// The same, and notes that their bytes are to go from the file, too: [`Store::clear_file`] does it.
    ///
    /// # Errors
    /// As [`Store::forget_letters`].
    pub async fn forget_letters_for_good(&self, rows: &[i64], read: &ReadMail) -> Result<()> {
        let mut tx = self.write().await?;
        begin_clearing(&mut tx).await?;
        self.forget_within(tx, rows, read).await
    }

    async fn forget_within(
        &self,
        mut tx: Transaction,
        rows: &[i64],
        read: &ReadMail,
    ) -> Result<()> {
        for row in rows {
            forget(&mut tx, *row, read).await?;
        }
        // Whoever wrote or got nothing else is known from nowhere.
        sql::query(
            "DELETE FROM address WHERE workspace_id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM message m \
               WHERE m.workspace_id = ?1 AND m.from_id = address.id) \
             AND NOT EXISTS (SELECT 1 FROM recipient r \
               WHERE r.workspace_id = ?1 AND r.address_id = address.id)",
        )
        .bind(self.workspace)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn forget(tx: &mut Transaction, row: i64, read: &ReadMail) -> Result<()> {
    let found: Option<(Vec<u8>, Vec<u8>)> = sql::query_as(
        "SELECT hash, content FROM original WHERE workspace_id = ? AND id = ? AND bytes > 0",
    )
    .bind(tx.workspace())
    .bind(row)
    .fetch_optional(&mut **tx)
    .await?;
    let Some((hash, content)) = found else { return Ok(()) };
    words::take_out(tx, row, &read(&unpack(&content)?)).await?;
    let kept: Option<(String, i64)> = sql::query_as(
        "SELECT message_id, thread_id FROM message WHERE +workspace_id = ? AND id = ?",
    )
    .bind(tx.workspace())
    .bind(row)
    .fetch_optional(&mut **tx)
    .await?;
    remove(tx, row).await?;
    if let Some((id, thread)) = kept {
        // What was quoted of it to say how it was meant, or by a second reader, goes with it.
        sql::query("DELETE FROM correction WHERE workspace_id = ? AND message_id = ?")
            .bind(tx.workspace())
            .bind(&id)
            .execute(&mut **tx)
            .await?;
        sql::query("DELETE FROM second_reading WHERE workspace_id = ? AND instr(content, ?) > 0")
            .bind(tx.workspace())
            .bind(&id)
            .execute(&mut **tx)
            .await?;
        // A thread of which nothing is left is known by nothing.
        sql::query(
            "DELETE FROM thread_node WHERE workspace_id = ?1 AND thread_id = ?2 \
             AND NOT EXISTS (SELECT 1 FROM message WHERE workspace_id = ?1 AND thread_id = ?2)",
        )
        .bind(tx.workspace())
        .bind(thread)
        .execute(&mut **tx)
        .await?;
    }
    sql::query("DELETE FROM sync_mail WHERE workspace_id = ? AND hash = ? AND gone_at IS NOT NULL")
        .bind(tx.workspace())
        .bind(hash)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn message_id(id: &str) -> Result<MessageId> {
    MessageId::new(id).map_err(|_cause| Error::damaged(format!("the message {id}")))
}
