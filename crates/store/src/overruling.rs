//! Where the user decided otherwise than advised, and whether it was asked how that ended.

use inroad_model::{Correction, DealId, Insight, KeptLesson, Moment, Note, Overruling};

use crate::away;
use crate::correction;
use crate::entry;
use crate::insight;
use crate::lesson::{self, LessonRow};
use crate::message::moment;
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store};

/// An overruling as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOverruling {
    /// What was decided.
    pub overruling: Overruling,
    /// When the user was asked how it ended; `None` before.
    pub asked_at: Option<Moment>,
    /// When the user took it back or decided anew; `None` while it counts.
    pub withdrawn_at: Option<Moment>,
}

/// What the user said that bears on a review, as it counted at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// What finished deals taught, in the order in which it was told.
    pub lessons: Vec<KeptLesson>,
    /// Where the user decided otherwise: at most one a deal.
    pub overrulings: Vec<Overruling>,
    /// What was told of people, in the order in which it was told; of two words on the same thing
    /// the later one holds.
    pub insights: Vec<Insight>,
    /// What was noted of deals, in the order in which it was written down.
    pub notes: Vec<(DealId, Note)>,
    /// Which sentences were read wrongly, in the order in which it was told.
    pub corrections: Vec<Correction>,
}

impl Store {
    /// What counted at a moment, in one question: every review asks it.
    pub async fn said(&self, at: Moment) -> Result<Said> {
        let rows: Vec<(i64, i64, i64, Option<i64>, String, String)> = sql::query_as(
            "SELECT CAST(0 AS BIGINT), id, told_at, withdrawn_at, content, '' FROM lesson \
             WHERE workspace_id = ?1 AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             UNION ALL \
             SELECT 1, id, told_at, withdrawn_at, content, '' FROM overruling \
             WHERE workspace_id = ?1 AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             UNION ALL \
             SELECT 2, id, told_at, withdrawn_at, content, '' FROM insight \
             WHERE workspace_id = ?1 AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             UNION ALL \
             SELECT 3, id, told_at, withdrawn_at, content, deal_id FROM entry WHERE workspace_id = ?1 AND kind = 'note' AND deal_id <> '' \
               AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             UNION ALL \
             SELECT 4, id, told_at, withdrawn_at, CAST(json_object('message', message_id, \
               'sentence', sentence, 'cue', cue, 'holds', holds) AS TEXT), '' \
             FROM correction WHERE workspace_id = ?1 \
               AND told_at <= ?2 AND (withdrawn_at IS NULL OR withdrawn_at > ?2) \
             ORDER BY 1, 2",
        )
        .bind(self.workspace)
        .bind(at.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        let mut said = Said::default();
        for (kind, id, told_at, withdrawn_at, content, deal) in rows {
            match kind {
                0 => {
                    let row: LessonRow = (id, told_at, withdrawn_at, content);
                    said.lessons.push(lesson::read(&row)?);
                }
                1 => said.overrulings.push(parse(&content)?),
                2 | 3 if away::covers(&content, at)? => {}
                2 => said.insights.push(insight::parse(&content)?),
                3 => said.notes.extend(entry::deal_note(&deal, &content)?),
                _ => said.corrections.push(correction::parse(told_at, &content)?),
            }
        }
        Ok(said)
    }

    /// Keeps a decision in place of an earlier one on the same deal.
    pub async fn add_overruling(&self, overruling: &Overruling) -> Result<()> {
        let content =
            serde_json::to_string(overruling).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        withdraw(&mut tx, overruling.deal(), overruling.at()).await?;
        sql::query(
            "INSERT INTO overruling (workspace_id, deal_id, told_at, content) VALUES (?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(overruling.deal().as_str())
        .bind(overruling.at().timestamp().as_microsecond())
        .bind(content)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a decision back. Returns whether there was one.
    pub async fn withdraw_overruling(&self, deal: &DealId, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let was_there = withdraw(&mut tx, deal, at).await?;
        tx.commit().await?;
        Ok(was_there)
    }

    /// All decisions in the order in which they were told.
    pub async fn overrulings(&self) -> Result<Vec<KeptOverruling>> {
        let rows: Vec<(Option<i64>, Option<i64>, String)> = sql::query_as(
            "SELECT asked_at, withdrawn_at, content FROM overruling \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let at = |at: Option<i64>| at.map(|at| moment(at, 0)).transpose();
        rows.iter()
            .map(|(asked_at, withdrawn_at, content)| {
                Ok(KeptOverruling {
                    overruling: parse(content)?,
                    asked_at: at(*asked_at)?,
                    withdrawn_at: at(*withdrawn_at)?,
                })
            })
            .collect()
    }

    /// Notes that it was asked how the decisions on these deals ended. Returns those of which it
    /// had not been asked yet.
    pub async fn ask_overrulings(&self, deals: &[DealId], at: Moment) -> Result<Vec<Overruling>> {
        let ids: Vec<&str> = deals.iter().map(DealId::as_str).collect();
        let mut tx = self.write().await?;
        let asked: Vec<String> = sql::query_scalar(
            "UPDATE overruling SET asked_at = ? \
             WHERE workspace_id = ? AND withdrawn_at IS NULL AND asked_at IS NULL \
               AND deal_id IN (SELECT value FROM json_each(?)) RETURNING content",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(list(&ids))
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        let mut asked: Vec<Overruling> =
            asked.iter().map(|content| parse(content)).collect::<Result<_>>()?;
        asked.sort_by(|a, b| (a.at(), a.deal()).cmp(&(b.at(), b.deal())));
        Ok(asked)
    }
}

async fn withdraw(tx: &mut Transaction, deal: &DealId, at: Moment) -> Result<bool> {
    let done = sql::query(
        "UPDATE overruling SET withdrawn_at = ? \
         WHERE workspace_id = ? AND deal_id = ? AND withdrawn_at IS NULL",
    )
    .bind(at.timestamp().as_microsecond())
    .bind(tx.workspace())
    .bind(deal.as_str())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

fn parse(content: &str) -> Result<Overruling> {
    serde_json::from_str(content).map_err(|e| Error::damaged(format!("a decision: {e}")))
}
