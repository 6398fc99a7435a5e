//! Deals: proposed from correspondence, typed in, or taken from an export.

use std::str::FromStr;

use inroad_model::{Deal, DealId};

use crate::database::WORKSPACE;
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
}

impl DealStatus {
    fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::Dismissed => "dismissed",
        }
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

impl Store {
    /// All deals in the order of their ids.
    pub async fn deals(&self) -> Result<Vec<StoredDeal>> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT status, content FROM deal WHERE workspace_id = ? ORDER BY id")
                .bind(WORKSPACE)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|(status, content)| {
                let deal = serde_json::from_str(content)
                    .map_err(|e| Error::damaged(format!("a deal: {e}")))?;
                Ok(StoredDeal { deal, status: status.parse()? })
            })
            .collect()
    }

    /// Writes deals, each over the one of the same id. Returns how many were not there before.
    pub async fn put_deals(&self, deals: &[StoredDeal]) -> Result<usize> {
        let mut tx = self.write().await?;
        let (before,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM deal").fetch_one(&mut *tx).await?;
        for stored in deals {
            let content =
                serde_json::to_string(&stored.deal).map_err(|e| Error::damaged(e.to_string()))?;
            sqlx::query(
                "INSERT INTO deal (workspace_id, id, status, content) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (workspace_id, id) \
                 DO UPDATE SET status = excluded.status, content = excluded.content",
            )
            .bind(WORKSPACE)
            .bind(stored.deal.id.as_str())
            .bind(stored.status.as_str())
            .bind(content)
            .execute(&mut *tx)
            .await?;
        }
        let (after,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM deal").fetch_one(&mut *tx).await?;
        tx.commit().await?;
        Ok(usize::try_from(after - before).unwrap_or(0))
    }

    /// Sets the status of a deal. Returns whether there is such a deal.
    pub async fn set_deal_status(&self, id: &DealId, status: DealStatus) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sqlx::query("UPDATE deal SET status = ? WHERE workspace_id = ? AND id = ?")
            .bind(status.as_str())
            .bind(WORKSPACE)
            .bind(id.as_str())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}
