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

/// Notes a standing if it differs from the last one. The rows of a deal never go back in time:
/// what is heard later about an earlier day does not undo what was heard before.
pub(crate) async fn note(
    tx: &mut Transaction<'_, Sqlite>,
    deal: &DealId,
    standing: &Standing,
    at: Timestamp,
) -> Result<()> {
    let last: Option<(i64, String, String)> = sqlx::query_as(
        "SELECT changed_at, status, stage FROM deal_change \
         WHERE workspace_id = ? AND deal_id = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(WORKSPACE)
    .bind(deal.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let stage =
        serde_json::to_string(&standing.stage).map_err(|e| Error::damaged(e.to_string()))?;
    let mut changed_at = at.as_microsecond();
    if let Some((last_at, last_status, last_stage)) = last {
        if last_status == standing.status.as_str() && last_stage == stage {
            return Ok(());
        }
        changed_at = changed_at.max(last_at);
    }
    sqlx::query(
        "INSERT INTO deal_change (workspace_id, deal_id, changed_at, status, stage) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(WORKSPACE)
    .bind(deal.as_str())
    .bind(changed_at)
    .bind(standing.status.as_str())
    .bind(stage)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn read_stage(json: &str) -> Result<Option<Stage>> {
    serde_json::from_str(json).map_err(|e| Error::damaged(format!("the stage of a deal: {e}")))
}
