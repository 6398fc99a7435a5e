//! Identity providers: who else says who somebody is.

use inroad_model::Moment;

use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// A provider that an administrator names.
#[derive(Debug, Clone, Copy)]
pub struct NewIdentityProvider<'a> {
    /// As the page of signing in calls it.
    pub name: &'a str,
    /// Its address, and what it signs as.
    pub issuer: &'a str,
    /// By which it knows inroad.
    pub client_id: &'a str,
    /// When it was named.
    pub at: Moment,
    /// What else is known of it, as JSON.
    pub details: &'a str,
}

/// A provider that was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityProviderRow {
    /// Its number.
    pub number: i64,
    /// As the page of signing in calls it.
    pub name: String,
    /// Its address, and what it signs as.
    pub issuer: String,
    /// By which it knows inroad.
    pub client_id: String,
    /// When it was named.
    pub told_at: Moment,
    /// What else is known of it, as JSON.
    pub details: String,
}

type Row = (i64, String, String, String, i64, String);

impl Store {
    /// Keeps a provider, or what is said of one with that issuer from then on. Returns its number.
    pub async fn put_identity_provider(&self, new: &NewIdentityProvider<'_>) -> Result<i64> {
        let mut tx = self.write_aside().await?;
        let number = sql::query_scalar(
            "INSERT INTO identity_provider (workspace_id, name, issuer, client_id, told_at, details) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, issuer) DO UPDATE SET \
             name = excluded.name, client_id = excluded.client_id, told_at = excluded.told_at, \
             details = excluded.details RETURNING id",
        )
        .bind(self.workspace)
        .bind(new.name)
        .bind(new.issuer)
        .bind(new.client_id)
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.details)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(number)
    }

    /// All providers, in the order in which they were named.
    pub async fn identity_providers(&self) -> Result<Vec<IdentityProviderRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, name, issuer, client_id, told_at, details FROM identity_provider \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Forgets a provider and whom it knew, and signs all of them out. Returns false if there is none.
    pub async fn remove_identity_provider(&self, number: i64) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        sql::query(
            "DELETE FROM session WHERE workspace_id = ? AND whose IN \
             (SELECT whose FROM identity WHERE workspace_id = ? AND provider_id = ?)",
        )
        .bind(self.workspace)
        .bind(self.workspace)
        .bind(number)
        .execute(&mut *tx)
        .await?;
        let done = sql::query("DELETE FROM identity_provider WHERE +workspace_id = ? AND id = ?")
            .bind(self.workspace)
            .bind(number)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

fn read((number, name, issuer, client_id, told_at, details): Row) -> Result<IdentityProviderRow> {
    let told_at = moment(told_at, 0)?;
    Ok(IdentityProviderRow { number, name, issuer, client_id, told_at, details })
}
