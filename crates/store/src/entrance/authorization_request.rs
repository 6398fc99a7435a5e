//! Browsers that were sent to a provider and did not come back yet. Each comes back once, to whichever program
//! serves the pages then.

use inroad_model::Moment;

use super::TokenHash;
use crate::sql;
use crate::{Result, Store};

/// A browser that is sent to a provider.
#[derive(Debug, Clone, Copy)]
pub struct NewAuthorizationRequest<'a> {
    /// The number of the provider.
    pub provider: i64,
    /// Of what comes back with the browser.
    pub state_hash: &'a TokenHash,
    /// Of what the browser shows then.
    pub browser_hash: &'a TokenHash,
    /// When it is sent.
    pub at: Moment,
    /// Until when it has to be back.
    pub expires_at: Moment,
    /// What for, as JSON.
    pub details: &'a str,
}

/// A browser that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorizationRequestRow {
    /// The number of the provider.
    pub provider: i64,
    /// Of what the browser has to show.
    pub browser_hash: Vec<u8>,
    /// What for, as JSON.
    pub details: String,
}

impl Store {
    /// Keeps that a browser is sent, and forgets those whose time is over.
    pub async fn add_authorization_request(&self, new: &NewAuthorizationRequest<'_>) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query("DELETE FROM authorization_request WHERE workspace_id = ? AND expires_at <= ?")
            .bind(self.workspace)
            .bind(new.at.timestamp().as_microsecond())
            .execute(&mut *tx)
            .await?;
        sql::query(
            "INSERT INTO authorization_request (workspace_id, provider_id, state_hash, browser_hash, \
             told_at, expires_at, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(new.provider)
        .bind(&new.state_hash[..])
        .bind(&new.browser_hash[..])
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.expires_at.timestamp().as_microsecond())
        .bind(new.details)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes the one with that state: it is there no more from then on. `None` after its time.
    pub async fn take_authorization_request(
        &self,
        state_hash: &TokenHash,
        at: Moment,
    ) -> Result<Option<AuthorizationRequestRow>> {
        let mut tx = self.write_aside().await?;
        let row: Option<(i64, Vec<u8>, i64, String)> = sql::query_as(
            "DELETE FROM authorization_request WHERE workspace_id = ? AND state_hash = ? \
             RETURNING provider_id, browser_hash, expires_at, details",
        )
        .bind(self.workspace)
        .bind(&state_hash[..])
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        let in_time = row.filter(|(_, _, until, _)| at.timestamp().as_microsecond() < *until);
        let read = |(provider, browser_hash, _, details)| AuthorizationRequestRow {
            provider,
            browser_hash,
            details,
        };
        Ok(in_time.map(read))
    }
}
