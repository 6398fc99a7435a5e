//! Which messages an earlier reader read, and what the present one makes of them.
//!
//! Rows of messages are noted in runs, so that it costs nothing to ask whether there is anything to read
//! anew. What is read anew is written from the first row to the last, in batches that are kept whole, so
//! that a stopped reading goes on where it was. A message keeps its row, its id, its thread and its words
//! in the search index.

use std::collections::BTreeMap;

use inroad_model::{MessageId, Touch};

use crate::import::{NewMessage, rewrite};
use crate::original::Unpacker;
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store};

/// A message that an earlier reader read.
#[derive(Debug)]
pub struct ToReread {
    /// Its row.
    pub row: i64,
    /// Its id; that in its bytes may be another letter's, too.
    pub id: MessageId,
    /// Its bytes as they came; `None` if they cannot be unpacked.
    pub raw: Option<Vec<u8>>,
}

/// A batch holds originals of this many bytes at most, and always one.
const BATCH_BYTES_MAX: i64 = 16 << 20;

impl Store {
    /// Names the reader by whom messages are read that come in from now on.
    #[must_use]
    pub fn with_reader(mut self, reader: &str) -> Self {
        self.reader = reader.into();
        self
    }

    /// How many messages another reader read.
    pub async fn read_by_others(&self) -> Result<u64> {
        let (count,): (i64,) = sql::query_as(
            "SELECT COUNT(*) FROM reading r CROSS JOIN message m \
               ON m.id BETWEEN r.first_id AND r.last_id \
             WHERE r.workspace_id = ?1 AND r.reader <> ?2 AND +m.workspace_id = ?1",
        )
        .bind(self.workspace)
        .bind(&*self.reader)
        .fetch_one(&self.readers)
        .await?;
        Ok(count.unsigned_abs())
    }

    /// The next messages that another reader read, at most so many, by their rows.
    pub async fn next_to_reread(&self, messages_max: u32) -> Result<Vec<ToReread>> {
        let found: Vec<(i64, i64)> = sql::query_as(
            "SELECT m.id, o.bytes FROM reading r CROSS JOIN message m \
               ON m.id BETWEEN r.first_id AND r.last_id JOIN original o ON o.id = m.id AND +o.workspace_id = m.workspace_id \
             WHERE r.workspace_id = ?1 AND r.reader <> ?2 AND +m.workspace_id = ?1 \
             ORDER BY r.first_id, m.id LIMIT ?3",
        )
        .bind(self.workspace)
        .bind(&*self.reader)
        .bind(messages_max)
        .fetch_all(&self.readers)
        .await?;
        let mut bytes = 0;
        let fits = |(_, size): &&(i64, i64)| {
            let is_first = bytes == 0;
            bytes += (*size).max(1);
            is_first || bytes <= BATCH_BYTES_MAX
        };
        let rows: Vec<i64> = found.iter().take_while(fits).map(|(row, _)| *row).collect();
        let kept: Vec<(i64, String, Vec<u8>)> = sql::query_as(
            "SELECT m.id, m.message_id, o.content FROM message m \
             JOIN original o ON o.id = m.id AND +o.workspace_id = m.workspace_id \
             WHERE +m.workspace_id = ? AND m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id",
        )
        .bind(self.workspace)
        .bind(list(&rows))
        .fetch_all(&self.readers)
        .await?;
        let mut unpacker = Unpacker::new()?;
        let read = |(row, id, content): (i64, String, Vec<u8>)| {
            let raw = unpacker.unpack(&content).ok();
            let id = MessageId::new(&id)
                .map_err(|_cause| Error::damaged(format!("the message {id}")))?;
            Ok(ToReread { row, id, raw })
        };
        kept.into_iter().map(read).collect()
    }

    /// Keeps what was read anew, up to that row, in one transaction. Returns how many messages were
    /// read otherwise than before; only those are written.
    pub async fn reread(&self, touches: Vec<(i64, Touch)>, last_row: i64) -> Result<usize> {
        let rows: Vec<(i64, NewMessage)> = touches
            .into_iter()
            .map(|(row, touch)| Ok((row, NewMessage::reread(touch)?)))
            .collect::<Result<_>>()?;
        let mut tx = self.write().await?;
        let changed = changed(&mut tx, rows).await?;
        let count = changed.len();
        rewrite(&mut tx, &changed).await?;
        note_up_to(&mut tx, last_row, &self.reader).await?;
        tx.commit().await?;
        Ok(count)
    }
}

/// Those that were read otherwise than they stand there.
async fn changed(
    tx: &mut Transaction,
    rows: Vec<(i64, NewMessage)>,
) -> Result<Vec<(i64, NewMessage)>> {
    let ids: Vec<i64> = rows.iter().map(|(row, _)| *row).collect();
    let kept = sql::query(
        "SELECT m.id, m.nature, m.details, m.new_text, COALESCE(t.touch, ''), COALESCE(a.email, ''), \
           m.from_name, m.subject \
         FROM message m \
         LEFT JOIN telling t ON t.message_id = m.id AND +t.workspace_id = m.workspace_id \
         LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
         WHERE +m.workspace_id = ? AND m.id IN (SELECT value FROM json_each(?))",
    )
    .bind(tx.workspace())
    .bind(list(&ids))
    .fetch_all(&mut **tx)
    .await?;
    let mut as_kept: BTreeMap<i64, ([String; 6], Vec<u8>)> = BTreeMap::new();
    for row in &kept {
        let text = |column: usize| row.try_get::<String>(column);
        let texts = [text(1)?, text(2)?, text(4)?, text(5)?, text(6)?, text(7)?];
        as_kept.insert(row.try_get(0)?, (texts, row.try_get(3)?));
    }
    let mut changed = Vec::new();
    for (row, new) in rows {
        let differs = match as_kept.get(&row) {
            Some((texts, new_text)) => new.texts()? != *texts || new.new_text() != new_text,
            // Taken out meanwhile.
            None => continue,
        };
        if differs {
            changed.push((row, new));
        }
    }
    Ok(changed)
}

/// Notes that this reader read rows that came in just now.
pub(crate) async fn note(
    tx: &mut Transaction,
    (first, last): (i64, i64),
    reader: &str,
) -> Result<()> {
    let longer = sql::query(
        "UPDATE reading SET last_id = ? WHERE workspace_id = ? AND reader = ? AND last_id = ?",
    )
    .bind(last)
    .bind(tx.workspace())
    .bind(reader)
    .bind(first - 1)
    .execute(&mut **tx)
    .await?;
    if longer.rows_affected() == 0 {
        insert_run(tx, (first, last), reader).await?;
    }
    Ok(())
}

/// Notes that everything up to a row was read by this reader by now.
async fn note_up_to(tx: &mut Transaction, last: i64, reader: &str) -> Result<()> {
    let (own_last,): (Option<i64>,) = sql::query_as(
        "SELECT MAX(last_id) FROM reading WHERE workspace_id = ? AND reader = ? AND first_id <= ?",
    )
    .bind(tx.workspace())
    .bind(reader)
    .bind(last + 1)
    .fetch_one(&mut **tx)
    .await?;
    let last = own_last.unwrap_or(last).max(last);
    let runs: Vec<(i64, i64, String)> = sql::query_as(
        "DELETE FROM reading WHERE workspace_id = ? AND first_id <= ? \
         RETURNING first_id, last_id, reader",
    )
    .bind(tx.workspace())
    .bind(last)
    .fetch_all(&mut **tx)
    .await?;
    insert_run(tx, (1, last), reader).await?;
    for (_, end, other) in runs.into_iter().filter(|(_, end, _)| *end > last) {
        insert_run(tx, (last + 1, end), &other).await?;
    }
    Ok(())
}

async fn insert_run(tx: &mut Transaction, (first, last): (i64, i64), reader: &str) -> Result<()> {
    sql::query("INSERT INTO reading (first_id, last_id, workspace_id, reader) VALUES (?, ?, ?, ?)")
        .bind(first)
        .bind(last)
        .bind(tx.workspace())
        .bind(reader)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
