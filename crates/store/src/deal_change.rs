//! How a deal stood on which day, so that a review of an earlier day does not know better.

use std::collections::BTreeMap;
use std::sync::Arc;

use inroad_model::{DealId, Stage};
use jiff::Timestamp;

use crate::deal::DealStatus;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

/// What changes about a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub status: DealStatus,
    pub stage: Option<Stage>,
}

impl Standing {
    /// Whether the deal is won, lost, or taken off the list.
    pub(crate) fn is_over(self) -> bool {
        self.status == DealStatus::Dismissed || matches!(self.stage, Some(Stage::Won | Stage::Lost))
    }
}

/// What was told of the stage of every deal: since when, and which, in the order in which it was told.
pub type DealStages = BTreeMap<DealId, Vec<(Timestamp, Option<Stage>)>>;

impl Store {
    /// What was told of the stage of every deal; while nothing is written, the same.
    pub async fn deal_stages(&self) -> Result<Arc<DealStages>> {
        let read = async { Ok(Arc::new(self.read_deal_stages().await?)) };
        self.remembered.deal_stages.or_read(self, read).await
    }

    async fn read_deal_stages(&self) -> Result<DealStages> {
        let changes = self.deal_changes().await?;
        let read = |(id, told): (String, Vec<(Timestamp, Standing)>)| {
            let id = DealId::new(&id).map_err(|_invalid| Error::damaged("the id of a deal"))?;
            Ok((id, told.into_iter().map(|(since, then)| (since, then.stage)).collect()))
        };
        changes.into_iter().map(read).collect()
    }

    /// The standings of every deal by its id, oldest first, with the moment of each.
    pub(crate) async fn deal_changes(
        &self,
    ) -> Result<BTreeMap<String, Vec<(Timestamp, Standing)>>> {
        let rows: Vec<(String, i64, String, String)> = sql::query_as(
            "SELECT deal_id, changed_at, status, stage FROM deal_change \
             WHERE workspace_id = ? ORDER BY deal_id, id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let mut changes: BTreeMap<String, Vec<(Timestamp, Standing)>> = BTreeMap::new();
        for (deal, at, status, stage) in rows {
            changes.entry(deal).or_default().push(read(at, &status, &stage)?);
        }
        Ok(changes)
    }
}

/// Notes a standing if it differs from the last one.
pub(crate) async fn note(
    tx: &mut Transaction,
    deal: &DealId,
    standing: Standing,
    at: Timestamp,
) -> Result<()> {
    match told(tx, deal).await?.last() {
        Some((_, last)) if *last == standing => Ok(()),
        _ => insert(tx, deal, standing, at).await,
    }
}

/// Notes a standing together with what it ended on that day, which may be long ago: of the days
/// since then, what is told last counts. Before, the deal stood as it was told last to be open.
pub(crate) async fn note_end(
    tx: &mut Transaction,
    deal: &DealId,
    standing: Standing,
    at: Timestamp,
) -> Result<()> {
    let told = told(tx, deal).await?;
    if told.last() == Some(&(at, standing)) {
        return Ok(());
    }
    let is_open = |stage: &Stage| !matches!(stage, Stage::Won | Stage::Lost);
    let stage = told.iter().rev().filter_map(|(_, before)| before.stage).find(is_open);
    insert(tx, deal, Standing { stage, ..standing }, Timestamp::UNIX_EPOCH).await?;
    insert(tx, deal, standing, at).await
}

/// What was told of a deal, in the order in which it was told.
async fn told(tx: &mut Transaction, deal: &DealId) -> Result<Vec<(Timestamp, Standing)>> {
    let rows: Vec<(i64, String, String)> = sql::query_as(
        "SELECT changed_at, status, stage FROM deal_change \
         WHERE workspace_id = ? AND deal_id = ? ORDER BY id",
    )
    .bind(tx.workspace())
    .bind(deal.as_str())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(|(at, status, stage)| read(*at, status, stage)).collect()
}

async fn insert(
    tx: &mut Transaction,
    deal: &DealId,
    standing: Standing,
    at: Timestamp,
) -> Result<()> {
    let stage =
        serde_json::to_string(&standing.stage).map_err(|e| Error::damaged(e.to_string()))?;
    sql::query(
        "INSERT INTO deal_change (workspace_id, deal_id, changed_at, status, stage) \
         VALUES (?, ?, ?, ?, ?)",
    )
    .bind(tx.workspace())
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

/// Since when the stage of a moment holds, where what was told before was another one. How a deal
/// stood when it was first heard of is no change.
pub(crate) fn stage_since(history: &[(Timestamp, Standing)], at: Timestamp) -> Option<Timestamp> {
    let known: Vec<_> = history.iter().filter(|(since, _)| *since <= at).collect();
    let stage = known.last()?.1.stage?;
    let first = known.iter().rposition(|(_, then)| then.stage != Some(stage))?;
    let before = known.get(first)?.1.stage;
    let changed = known.get(first + 1)?.0;
    let is_end = matches!(stage, Stage::Won | Stage::Lost);
    (before.is_some() || is_end).then_some(changed)
}

fn read(at: i64, status: &str, stage: &str) -> Result<(Timestamp, Standing)> {
    let damaged = || Error::damaged("a change of a deal");
    let at = Timestamp::from_microsecond(at).map_err(|_cause| damaged())?;
    let stage = serde_json::from_str(stage).map_err(|_cause| damaged())?;
    Ok((at, Standing { status: status.parse()?, stage }))
}
