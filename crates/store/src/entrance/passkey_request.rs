//! Browsers that were asked for a passkey and did not answer yet. Each answers once, to whichever program serves the
//! pages then.

use inroad_model::Moment;

use super::TokenHash;
use crate::sql;
use crate::{Result, Store};

/// A browser that is asked for a passkey.
#[derive(Debug, Clone, Copy)]
pub struct NewPasskeyRequest<'a> {
    /// Of what the browser shows when it answers.
    pub browser_hash: &'a TokenHash,
    /// When it is asked.
    pub at: Moment,
    /// Until when it has to answer.
    pub expires_at: Moment,
    /// What for, and what it was asked, as JSON.
    pub details: &'a str,
}

impl Store {
    /// Keeps that a browser is asked, and forgets those whose time is over.
    pub async fn add_passkey_request(&self, new: &NewPasskeyRequest<'_>) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM passkey_request WHERE workspace_id = ? AND expires_at <= ?")
            .bind(self.workspace)
            .bind(new.at.timestamp().as_microsecond())
            .execute(&mut *tx)
            .await?;
        sql::query(
            "INSERT INTO passkey_request (workspace_id, browser_hash, told_at, expires_at, details) \
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(&new.browser_hash[..])
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.expires_at.timestamp().as_microsecond())
        .bind(new.details)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes what the browser was asked that shows that: it is there no more from then on. `None` after its time.
    pub async fn take_passkey_request(
        &self,
        browser_hash: &TokenHash,
        at: Moment,
    ) -> Result<Option<String>> {
        let mut tx = self.write_aside().await?;
        let row: Option<(i64, String)> = sql::query_as(
            "DELETE FROM passkey_request WHERE workspace_id = ? AND browser_hash = ? \
             RETURNING expires_at, details",
        )
        .bind(self.workspace)
        .bind(&browser_hash[..])
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        let in_time = row.filter(|(until, _)| at.timestamp().as_microsecond() < *until);
        Ok(in_time.map(|(_, details)| details))
    }
}
