//! Deals: proposed from correspondence, typed in, or taken from an export.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;

use inroad_model::{Deal, DealId, Moment};
use jiff::Timestamp;

use crate::deal_change::{self, Standing};
use crate::sql::{self, Transaction, list};
use crate::{Error, Result, Store};

/// What a person said about a deal so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DealStatus {
    /// The program proposes it; nobody has looked yet.
    Proposed,
    /// A person accepted it, typed it or imported it.
    Open,
    /// A person said that it is none.
    Dismissed,
}

/// A deal with its status.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDeal {
    /// What is known.
    pub deal: Deal,
    /// What a person said about it.
    pub status: DealStatus,
    /// Under which identifiers other programs know it: `system:id`.
    pub known_as: BTreeSet<String>,
}

impl StoredDeal {
    /// A short text that differs whenever something that was typed differs.
    pub fn version(&self) -> String {
        version(self.status, &self.deal)
    }
}

fn version(status: DealStatus, deal: &Deal) -> String {
    let content = serde_json::to_vec(deal).unwrap_or_default();
    let mut hasher = blake3::Hasher::new();
    hasher.update(status.as_str().as_bytes()).update(&[0]).update(&content);
    hasher.finalize().to_hex().chars().take(12).collect()
}

/// A deal to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct DealUpdate {
    /// What is known from now on.
    pub stored: StoredDeal,
    /// When this status and stage came to be.
    pub at: Moment,
    /// Whether the deal stood differently before, in an unknown way: an export that tells the
    /// day on which a deal was lost tells that it was open until then.
    pub was_other: bool,
}

impl DealStatus {
    /// The name under which it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::Dismissed => "dismissed",
        }
    }
}

/// All deals, from which those of any moment can be told.
#[derive(Debug, Clone)]
pub struct DealHistories {
    deals: Vec<StoredDeal>,
    changes: BTreeMap<String, Vec<(Timestamp, Standing)>>,
}

impl DealHistories {
    /// All deals as they stand now.
    pub fn latest(&self) -> &[StoredDeal] {
        &self.deals
    }

    /// All deals with the status and the stage that they had at a moment.
    ///
    /// Of the days before a deal was first heard of nothing is known. Its status then is the
    /// present one, because what the user takes for a deal is no news of one day; its stage is
    /// the first that was heard of, because a deal that is won now may have been open then.
    pub fn at(&self, at: Moment) -> Vec<StoredDeal> {
        self.deals.iter().map(|stored| self.one_at(stored.clone(), at)).collect()
    }

    fn one_at(&self, mut stored: StoredDeal, at: Moment) -> StoredDeal {
        let history = self.changes.get(stored.deal.id.as_str());
        let then = history.and_then(|history| {
            Some((history, deal_change::standing_at(history, at.timestamp())?))
        });
        let Some((history, (then, was_heard_of))) = then else { return stored };
        let typed = stored.deal.stage_since.filter(|_| stored.deal.stage == then.stage);
        let changed = deal_change::stage_since(history, at.timestamp());
        let changed = changed.map(|since| at.offset().to_datetime(since).date());
        stored.deal.stage_since = typed.filter(|since| *since <= at.date()).max(changed);
        stored.deal.stage = then.stage;
        if was_heard_of {
            stored.status = then.status;
        }
        stored
    }
}

impl FromStr for DealStatus {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [Self::Proposed, Self::Open, Self::Dismissed]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| Error::damaged(format!("a deal of status '{text}'")))
    }
}

type DealRow = (String, String, String);

fn read((status, content, known_as): &DealRow) -> Result<StoredDeal> {
    let damaged = |e: serde_json::Error| Error::damaged(format!("a deal: {e}"));
    Ok(StoredDeal {
        deal: serde_json::from_str(content).map_err(damaged)?,
        status: status.parse()?,
        known_as: serde_json::from_str(known_as).map_err(damaged)?,
    })
}

impl Store {
    /// All deals in the order of their ids; while nothing is written, the same ones.
    pub async fn deals(&self) -> Result<Arc<Vec<StoredDeal>>> {
        let read = async { Ok(Arc::new(self.read_deals().await?)) };
        self.remembered.deals.or_read(self, read).await
    }

    async fn read_deals(&self) -> Result<Vec<StoredDeal>> {
        let rows: Vec<DealRow> = sql::query_as(
            "SELECT status, content, known_as FROM deal WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// One deal; `None` if it is not there.
    pub async fn deal(&self, id: &DealId) -> Result<Option<StoredDeal>> {
        let row: Option<DealRow> = sql::query_as(
            "SELECT status, content, known_as FROM deal WHERE workspace_id = ? AND id = ?",
        )
        .bind(self.workspace)
        .bind(id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// A deal of this name, whichever of its letters from A to Z are capitals; `None` if there is none.
    pub async fn deal_named(&self, name: &str) -> Result<Option<StoredDeal>> {
        let row: Option<DealRow> = sql::query_as(
            "SELECT status, content, known_as FROM deal \
             WHERE workspace_id = ? AND lower(json_extract(content, '$.name')) = ? LIMIT 1",
        )
        .bind(self.workspace)
        .bind(name.to_ascii_lowercase())
        .fetch_optional(&self.readers)
        .await?;
        row.as_ref().map(read).transpose()
    }

    /// The deals that are won or lost, and those that were open once and are off the list, by id.
    pub async fn ended_deals(&self) -> Result<Vec<StoredDeal>> {
        let rows: Vec<DealRow> = sql::query_as(
            "SELECT status, content, known_as FROM deal WHERE workspace_id = ?1 AND CASE status \
               WHEN 'open' THEN json_extract(content, '$.stage') IN ('won', 'lost') \
               WHEN 'dismissed' THEN EXISTS (SELECT 1 FROM deal_change c \
                 WHERE c.workspace_id = ?1 AND c.deal_id = deal.id AND c.status = 'open') \
             END ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(read).collect()
    }

    /// What some deals are called; those that are not there are left out.
    pub async fn deal_names(&self, ids: &BTreeSet<&DealId>) -> Result<BTreeMap<String, String>> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT id, json_extract(content, '$.name') FROM deal \
             WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))",
        )
        .bind(self.workspace)
        .bind(list(ids.iter().map(|id| id.as_str())))
        .fetch_all(&self.readers)
        .await?;
        Ok(rows.into_iter().collect())
    }

    /// All deals with the status and the stage that they had at a moment; see [`DealHistories::at`].
    pub async fn deals_at(&self, at: Moment) -> Result<Vec<StoredDeal>> {
        Ok(self.deal_histories().await?.at(at))
    }

    /// All deals with what is known of how they stood before.
    pub async fn deal_histories(&self) -> Result<DealHistories> {
        Ok(DealHistories { deals: self.read_deals().await?, changes: self.deal_changes().await? })
    }

    /// Writes deals, each over the one of the same id. Returns how many were not there before.
    pub async fn put_deals(&self, updates: &[DealUpdate]) -> Result<usize> {
        let mut tx = self.write().await?;
        let mut added = 0;
        for update in updates {
            let is_new = put_deal(&mut tx, &update.stored).await?;
            let standing =
                Standing { status: update.stored.status, stage: update.stored.deal.stage };
            let id = &update.stored.deal.id;
            let at = update.at.timestamp();
            if update.was_other {
                deal_change::note_end(&mut tx, id, standing, at).await?;
            } else {
                deal_change::note(&mut tx, id, standing, at).await?;
            }
            added += usize::from(is_new);
        }
        tx.commit().await?;
        Ok(added)
    }

    /// Writes a deal over the one of the same id if that is still of the version that was seen; `None`
    /// means that none was there. Returns whether it was.
    pub async fn put_deal_over(&self, update: &DealUpdate, seen: Option<&str>) -> Result<bool> {
        let StoredDeal { deal, status, .. } = &update.stored;
        let mut tx = self.write().await?;
        let now: Option<(String, String)> =
            sql::query_as("SELECT status, content FROM deal WHERE workspace_id = ? AND id = ?")
                .bind(self.workspace)
                .bind(deal.id.as_str())
                .fetch_optional(&mut *tx)
                .await?;
        let damaged = |e: serde_json::Error| Error::damaged(format!("a deal: {e}"));
        let now = match now {
            Some((status, content)) => {
                let deal: Deal = serde_json::from_str(&content).map_err(damaged)?;
                Some(version(status.parse()?, &deal))
            }
            None => None,
        };
        if now.as_deref() != seen {
            return Ok(false);
        }
        put_deal(&mut tx, &update.stored).await?;
        let standing = Standing { status: *status, stage: deal.stage };
        deal_change::note(&mut tx, &deal.id, standing, update.at.timestamp()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Sets the status of a deal. Returns whether there is such a deal.
    pub async fn set_deal_status(
        &self,
        id: &DealId,
        status: DealStatus,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let content: Option<String> = sql::query_scalar(
            "UPDATE deal SET status = ? WHERE workspace_id = ? AND id = ? RETURNING content",
        )
        .bind(status.as_str())
        .bind(self.workspace)
        .bind(id.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(content) = content else { return Ok(false) };
        let deal: Deal =
            serde_json::from_str(&content).map_err(|e| Error::damaged(format!("a deal: {e}")))?;
        let standing = Standing { status, stage: deal.stage };
        deal_change::note(&mut tx, id, standing, at.timestamp()).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Forgets the proposals that nobody looked at, for they were made for somebody else.
    pub async fn drop_proposed_deals(&self) -> Result<()> {
        let mut tx = self.write().await?;
        sql::query(
            "DELETE FROM deal_change WHERE workspace_id = ?1 AND deal_id IN \
               (SELECT id FROM deal WHERE workspace_id = ?1 AND status = 'proposed')",
        )
        .bind(self.workspace)
        .execute(&mut *tx)
        .await?;
        sql::query("DELETE FROM deal WHERE workspace_id = ? AND status = 'proposed'")
            .bind(self.workspace)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Writes one deal. Returns whether it is new.
async fn put_deal(tx: &mut Transaction, stored: &StoredDeal) -> Result<bool> {
    let damaged = |e: serde_json::Error| Error::damaged(e.to_string());
    let content = serde_json::to_string(&stored.deal).map_err(damaged)?;
    let known_as = serde_json::to_string(&stored.known_as).map_err(damaged)?;
    let id = stored.deal.id.as_str();
    let changed = sql::query(
        "UPDATE deal SET status = ?, content = ?, known_as = ? WHERE workspace_id = ? AND id = ?",
    )
    .bind(stored.status.as_str())
    .bind(&content)
    .bind(&known_as)
    .bind(tx.workspace())
    .bind(id)
    .execute(&mut **tx)
    .await?;
    if changed.rows_affected() > 0 {
        return Ok(false);
    }
    sql::query(
        "INSERT INTO deal (workspace_id, id, status, content, known_as) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(tx.workspace())
    .bind(id)
    .bind(stored.status.as_str())
    .bind(&content)
    .bind(&known_as)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}
