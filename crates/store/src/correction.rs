//! Where a sentence was read otherwise than the user says.

use inroad_model::{Correction, Cue, MessageId, Moment, Sentence};
use serde::Deserialize;

use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

impl Store {
    /// Keeps a correction in place of an earlier one of the same sentence and cue.
    pub async fn add_correction(&self, correction: &Correction) -> Result<()> {
        let Correction { message, sentence, cue, holds, told_at } = correction;
        let mut tx = self.write().await?;
        withdraw(&mut tx, sentence, *cue, *told_at).await?;
        sql::query(
            "INSERT INTO correction (workspace_id, message_id, sentence, cue, holds, told_at) \
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(message.as_str())
        .bind(sentence.as_str())
        .bind(cue.as_str())
        .bind(*holds)
        .bind(told_at.timestamp().as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes back what counts of a sentence and a cue. Returns whether anything did.
    pub async fn withdraw_correction(
        &self,
        sentence: &Sentence,
        cue: Cue,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let was_there = withdraw(&mut tx, sentence, cue, at).await?;
        tx.commit().await?;
        Ok(was_there)
    }

    /// The corrections that counted at a moment, in the order in which they were told.
    pub async fn corrections(&self, at: Moment) -> Result<Vec<Correction>> {
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT told_at, CAST(json_object('message', message_id, 'sentence', sentence, \
               'cue', cue, 'holds', holds) AS TEXT) FROM correction \
             WHERE workspace_id = ?1 AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             ORDER BY id",
        )
        .bind(self.workspace)
        .bind(at.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|(told_at, content)| parse(*told_at, content)).collect()
    }
}

async fn withdraw(tx: &mut Transaction, sentence: &Sentence, cue: Cue, at: Moment) -> Result<bool> {
    let done = sql::query(
        "UPDATE correction SET withdrawn_at = ? \
         WHERE workspace_id = ? AND sentence = ? AND cue = ? AND withdrawn_at IS NULL",
    )
    .bind(at.timestamp().as_microsecond())
    .bind(tx.workspace())
    .bind(sentence.as_str())
    .bind(cue.as_str())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// A correction in what a review is told.
pub(crate) fn parse(told_at: i64, content: &str) -> Result<Correction> {
    #[derive(Deserialize)]
    struct Kept {
        message: MessageId,
        sentence: Sentence,
        cue: Cue,
        holds: u8,
    }
    let kept: Kept = serde_json::from_str(content)
        .map_err(|cause| Error::damaged(format!("a correction: {cause}")))?;
    let Kept { message, sentence, cue, holds } = kept;
    Ok(Correction { message, sentence, cue, holds: holds != 0, told_at: moment(told_at, 0)? })
}
