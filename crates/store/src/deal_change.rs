//! How a deal stood on which day, so that a review of an earlier day does not know better.

use std::collections::BTreeMap;

use inroad_model::{DealId, Stage};
use jiff::Timestamp;
use sqlx::{Sqlite, Transaction};

use crate::database::WORKSPACE;
use crate::deal::DealStatus;
use crate::{Error, Result, Store};

/// What changes about a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub status: DealStatus,
    pub stage: Option<Stage>,
}

impl Store {
    /// The standings of every deal by its id, oldest first, with the moment of each.
    pub(crate) async fn deal_changes(
        &self,
    ) -> Result<BTreeMap<String, Vec<(Timestamp, Standing)>>> {
        let rows: Vec<(String, i64, String, String)> = sqlx::query_as(
            "SELECT deal_id, changed_at, status, stage FROM deal_change \
             WHERE workspace_id = ? ORDER BY deal_id, id",
        )
        .bind(WORKSPACE)
        .fetch_all(&self.readers)
        .await?;
        let mut changes: BTreeMap<String, Vec<(Timestamp, Standing)>> = BTreeMap::new();
        for (deal, at, status, stage) in rows {
            let at = Timestamp::from_microsecond(at)
                .map_err(|_cause| Error::damaged(format!("a change of the deal {deal}")))?;
            let standing = Standing { status: status.parse()?, stage: read_stage(&stage)? };
            changes.entry(deal).or_default().push((at, standing));
        }
        Ok(changes)
    }
}

/// Notes a standing if it differs from the last one. It may have come to be on an earlier day
/// than the last: of the days since then, what was told last counts.
pub(crate) async fn note(
    tx: &mut Transaction<'_, Sqlite>,
    deal: &DealId,
    standing: &Standing,
    at: Timestamp,
) -> Result<()> {
    let last: Option<(String, String)> = sqlx::query_as(
        "SELECT status, stage FROM deal_change \
         WHERE workspace_id = ? AND deal_id = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(WORKSPACE)
    .bind(deal.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let stage =
        serde_json::to_string(&standing.stage).map_err(|e| Error::damaged(e.to_string()))?;
    if last == Some((standing.status.as_str().to_owned(), stage.clone())) {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO deal_change (workspace_id, deal_id, changed_at, status, stage) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(WORKSPACE)
    .bind(deal.as_str())
    .bind(at.as_microsecond())
    .bind(standing.status.as_str())
    .bind(stage)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How a deal stood at a moment, by all that was told of it; the second value is false for a
/// moment before anything was heard of it.
///
/// Of those days the first day that tells something is taken, to its end: what is imported on one
/// day from several lists is one picture.
pub(crate) fn standing_at(
    history: &[(Timestamp, Standing)],
    at: Timestamp,
) -> Option<(Standing, bool)> {
    if let Some((_, standing)) = history.iter().rev().find(|(since, _)| *since <= at) {
        return Some((*standing, true));
    }
    let (first, _) = history.first()?;
    let day = first.as_second()..=first.as_second().saturating_add(86_400);
    let on_that_day = history.iter().take_while(|(since, _)| day.contains(&since.as_second()));
    on_that_day.last().map(|(_, standing)| (*standing, false))
}

fn read_stage(json: &str) -> Result<Option<Stage>> {
    serde_json::from_str(json).map_err(|e| Error::damaged(format!("the stage of a deal: {e}")))
}
