//! What finished deals taught, and the end that a lesson gives a deal.

use inroad_model::{Deal, KeptLesson, Lesson, LessonNumber, Moment, Stage};
use jiff::Timestamp;

use crate::deal_change::{self, Standing};
use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

/// What is read of one lesson.
pub(crate) type LessonRow = (i64, i64, Option<i64>, String);

impl Store {
    /// Keeps a lesson told at a moment. Where a stage is given, the deal takes it from the day on
    /// which it ended. `None` if a lesson on that deal counts already; nothing is changed then.
    pub async fn add_lesson(
        &self,
        lesson: &Lesson,
        stage: Option<Stage>,
        told_at: Moment,
    ) -> Result<Option<LessonNumber>> {
        let mut tx = self.write().await?;
        let content = serde_json::to_string(lesson).map_err(|e| Error::damaged(e.to_string()))?;
        let before = match stage {
            Some(_) => stage_of(&mut tx, lesson.deal.as_str()).await?,
            None => String::new(),
        };
        let id: Option<i64> = sql::query_scalar(
            "INSERT INTO lesson (workspace_id, deal_id, told_at, outcome, stage_before, content) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(self.workspace)
        .bind(lesson.deal.as_str())
        .bind(told_at.timestamp().as_microsecond())
        .bind(lesson.outcome.as_str())
        .bind(before)
        .bind(content)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(id) = id else { return Ok(None) };
        if let Some(stage) = stage {
            let at = (lesson.ended_at < told_at).then(|| lesson.ended_at.timestamp());
            set_stage(&mut tx, lesson.deal.as_str(), Some(stage), at, told_at).await?;
        }
        tx.commit().await?;
        Ok(Some(number(id)?))
    }

    /// Takes a lesson back, and gives its deal the stage again that the lesson took, unless it
    /// changed since. Returns whether the lesson counted.
    pub async fn withdraw_lesson(&self, number: LessonNumber, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let row: Option<(String, String, String)> = sql::query_as(
            "UPDATE lesson SET withdrawn_at = ? \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NULL \
             RETURNING deal_id, stage_before, content",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(i64::from(number.get()))
        .fetch_optional(&mut *tx)
        .await?;
        let Some((deal, before, content)) = row else { return Ok(false) };
        if !before.is_empty() {
            let lesson = parse(&content)?;
            let given = serde_json::to_string(&lesson.outcome.stage())
                .map_err(|e| Error::damaged(e.to_string()))?;
            if stage_of(&mut tx, &deal).await? == given {
                let stage = serde_json::from_str(&before)
                    .map_err(|_cause| Error::damaged("the stage before a lesson"))?;
                set_stage(&mut tx, &deal, stage, None, at).await?;
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// All lessons in the order in which they were told, those taken back among them.
    pub async fn lessons(&self) -> Result<Vec<KeptLesson>> {
        let rows: Vec<LessonRow> = sql::query_as(
            "SELECT id, told_at, withdrawn_at, content FROM lesson \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// When a deal ended, as far as that was told, and the stage that it had before.
    pub async fn deal_end(&self, deal: &inroad_model::DealId) -> Result<DealEnd> {
        let history = self.deal_changes().await?.remove(deal.as_str()).unwrap_or_default();
        Ok(DealEnd::of(&history))
    }
}

/// The end of a deal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DealEnd {
    /// Since when it is over; `None` if it is not, or nobody told the day.
    pub at: Option<Timestamp>,
    /// How far it was before.
    pub stage_before: Option<Stage>,
}

impl DealEnd {
    fn of(history: &[(Timestamp, Standing)]) -> Self {
        let is_over = |(_, standing): &&(Timestamp, Standing)| standing.is_over();
        let first = history.iter().rev().take_while(is_over).last();
        let mut before = history.iter().rev().filter(|told| !is_over(told));
        Self {
            at: first.map(|(at, _)| *at).filter(|at| *at > Timestamp::UNIX_EPOCH),
            stage_before: before.find_map(|(_, standing)| standing.stage),
        }
    }
}

pub(crate) fn read(row: &LessonRow) -> Result<KeptLesson> {
    let (id, told_at, withdrawn_at, content) = row;
    Ok(KeptLesson {
        number: number(*id)?,
        told_at: moment(*told_at, 0)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        lesson: parse(content)?,
    })
}

fn parse(content: &str) -> Result<Lesson> {
    serde_json::from_str(content).map_err(|e| Error::damaged(format!("a lesson: {e}")))
}

fn number(id: i64) -> Result<LessonNumber> {
    let number = u32::try_from(id).ok().and_then(LessonNumber::new);
    number.ok_or_else(|| Error::damaged("the number of a lesson"))
}

/// The stage of a deal as JSON; empty if there is no such deal.
async fn stage_of(tx: &mut Transaction, deal: &str) -> Result<String> {
    let content: Option<String> =
        sql::query_scalar("SELECT content FROM deal WHERE workspace_id = ? AND id = ?")
            .bind(tx.workspace())
            .bind(deal)
            .fetch_optional(&mut **tx)
            .await?;
    let Some(content) = content else { return Ok(String::new()) };
    let damaged = |e: serde_json::Error| Error::damaged(format!("a deal: {e}"));
    let known: Deal = serde_json::from_str(&content).map_err(damaged)?;
    serde_json::to_string(&known.stage).map_err(damaged)
}

/// Gives a deal a stage, from an earlier day on where it ended on one.
async fn set_stage(
    tx: &mut Transaction,
    deal: &str,
    stage: Option<Stage>,
    ended_at: Option<Timestamp>,
    told_at: Moment,
) -> Result<()> {
    let damaged = |e: serde_json::Error| Error::damaged(format!("a deal: {e}"));
    let row: Option<(String, String)> =
        sql::query_as("SELECT status, content FROM deal WHERE workspace_id = ? AND id = ?")
            .bind(tx.workspace())
            .bind(deal)
            .fetch_optional(&mut **tx)
            .await?;
    let Some((status, content)) = row else { return Ok(()) };
    let mut known: Deal = serde_json::from_str(&content).map_err(damaged)?;
    known.stage = stage;
    sql::query("UPDATE deal SET content = ? WHERE workspace_id = ? AND id = ?")
        .bind(serde_json::to_string(&known).map_err(damaged)?)
        .bind(tx.workspace())
        .bind(deal)
        .execute(&mut **tx)
        .await?;
    let standing = Standing { status: status.parse()?, stage };
    match ended_at {
        Some(at) => deal_change::note_end(tx, &known.id, standing, at).await,
        None => deal_change::note(tx, &known.id, standing, told_at.timestamp()).await,
    }
}
