//! As whom a provider knows those who work here: one identity a person and provider.

use inroad_model::{EmailAddress, Moment};

use super::login::{put_if_none, take_up};
use super::{Holder, LoginRow, TokenHash, column, holder, is_here, is_signed_in, remove_way_in};
use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// As whom a provider knows somebody from now on.
#[derive(Debug, Clone, Copy)]
pub struct NewIdentity<'a> {
    /// The number of the provider.
    pub provider: i64,
    /// Who they are there.
    pub subject: &'a str,
    /// Who that is here.
    pub whose: Option<&'a EmailAddress>,
    /// Since when.
    pub at: Moment,
    /// What else is known of it, as JSON.
    pub details: &'a str,
    /// How that is known.
    pub by: KnownBy<'a>,
}

/// How it is known who somebody is whom a provider sends.
#[derive(Debug, Clone, Copy)]
pub enum KnownBy<'a> {
    /// They said so themselves, where they were signed in by the browser of that number.
    Session(i64),
    /// They hold the link of that hash. This is their login from then on, in place of a former one.
    Invitation(&'a TokenHash, &'a LoginRow),
    /// The provider knows that address of theirs. This is their login, if they had none.
    Address(&'a LoginRow),
}

/// What became of a new identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityKept {
    /// It is kept under that number.
    Kept(i64),
    /// The provider knows them as somebody else, or that is somebody else here.
    Taken,
    /// That by which it was known who they are holds no more.
    Nowhere,
}

/// As whom a provider knows somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityRow {
    /// Its number.
    pub number: i64,
    /// The number of the provider.
    pub provider: i64,
    /// Who that is here.
    pub holder: Holder,
    /// Since when.
    pub told_at: Moment,
    /// What else is known of it, as JSON.
    pub details: String,
}

type Row = (i64, i64, String, Option<String>, i64, String);

impl Store {
    /// Keeps as whom a provider knows somebody. One of theirs at that provider stands already, or somebody else's:
    /// nothing is kept.
    pub async fn add_identity(&self, new: &NewIdentity<'_>) -> Result<IdentityKept> {
        let mut tx = self.write_aside().await?;
        let holds = match new.by {
            KnownBy::Session(number) => is_signed_in(&mut tx, new.whose, number).await?,
            KnownBy::Invitation(link, login) => take_up(&mut tx, login, &link[..]).await?,
            KnownBy::Address(login) => put_if_none(&mut tx, login).await?,
        };
        if !holds || !is_here(&mut tx, new.whose).await? {
            return Ok(IdentityKept::Nowhere);
        }
        let number: Option<i64> = sql::query_scalar(
            "INSERT INTO identity (workspace_id, provider_id, subject, whose, told_at, details) \
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(self.workspace)
        .bind(new.provider)
        .bind(new.subject)
        .bind(column(new.whose))
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.details)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(number) = number else { return Ok(IdentityKept::Taken) };
        tx.commit().await?;
        Ok(IdentityKept::Kept(number))
    }

    /// Who somebody is whom a provider knows; `None` of somebody who left.
    pub async fn identity(&self, provider: i64, subject: &str) -> Result<Option<IdentityRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT i.id, i.provider_id, i.whose, m.content, i.told_at, i.details FROM identity i \
             LEFT JOIN member m ON m.workspace_id = i.workspace_id AND m.email = i.whose \
             AND m.left_at IS NULL \
             WHERE i.workspace_id = ? AND i.provider_id = ? AND i.subject = ?",
        )
        .bind(self.workspace)
        .bind(provider)
        .bind(subject)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(read).transpose()?.flatten())
    }

    /// As whom providers know somebody.
    pub async fn identities_of(&self, whose: Option<&EmailAddress>) -> Result<Vec<IdentityRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT i.id, i.provider_id, i.whose, m.content, i.told_at, i.details FROM identity i \
             LEFT JOIN member m ON m.workspace_id = i.workspace_id AND m.email = i.whose \
             AND m.left_at IS NULL \
             WHERE i.workspace_id = ? AND i.whose = ? ORDER BY i.provider_id",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// Takes one of somebody's own back, and signs all their browsers out but one. Returns false, and changes
    /// nothing, if there is no such one, or if they could not come in any more.
    pub async fn remove_identity(
        &self,
        whose: Option<&EmailAddress>,
        number: i64,
        but: Option<i64>,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let delete = "DELETE FROM identity WHERE +workspace_id = ? AND id = ? AND whose = ?";
        if !remove_way_in(&mut tx, delete, (whose, number), but).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// `None` of somebody who left.
fn read((number, provider, whose, member, told_at, details): Row) -> Result<Option<IdentityRow>> {
    let Some(holder) = holder(&whose, member)? else { return Ok(None) };
    Ok(Some(IdentityRow { number, provider, holder, told_at: moment(told_at, 0)?, details }))
}
