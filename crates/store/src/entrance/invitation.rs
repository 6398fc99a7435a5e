//! Links by which somebody sets up a login: one a person, and each works once.

use inroad_model::{EmailAddress, Moment};

use super::{Holder, TokenHash, column, holder, is_here};
use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// A link that was not used yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// Who sets up a login by it.
    pub holder: Holder,
    /// Until when.
    pub expires_at: Moment,
}

impl Store {
    /// Keeps a link by its hash; a former one of the same person leads nowhere. Returns false, and keeps nothing,
    /// for somebody who does not work here.
    pub async fn put_invitation(
        &self,
        whose: Option<&EmailAddress>,
        hash: &TokenHash,
        at: Moment,
        expires_at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        if !is_here(&mut tx, whose).await? {
            return Ok(false);
        }
        sql::query(
            "INSERT INTO invitation (workspace_id, whose, token_hash, told_at, expires_at) \
             VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace_id, whose) DO UPDATE SET \
             token_hash = excluded.token_hash, told_at = excluded.told_at, \
             expires_at = excluded.expires_at",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .bind(&hash[..])
        .bind(at.timestamp().as_microsecond())
        .bind(expires_at.timestamp().as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The link of that hash, if it still leads anywhere.
    pub async fn invitation(&self, hash: &TokenHash, at: Moment) -> Result<Option<InvitationRow>> {
        let row: Option<(String, i64, Option<String>)> = sql::query_as(
            "SELECT i.whose, i.expires_at, m.content FROM invitation i \
             LEFT JOIN member m ON m.workspace_id = i.workspace_id AND m.email = i.whose \
             AND m.left_at IS NULL \
             WHERE i.workspace_id = ? AND i.token_hash = ? AND i.expires_at > ?",
        )
        .bind(self.workspace)
        .bind(&hash[..])
        .bind(at.timestamp().as_microsecond())
        .fetch_optional(&self.readers)
        .await?;
        let Some((whose, expires_at, member)) = row else { return Ok(None) };
        let Some(holder) = holder(&whose, member)? else { return Ok(None) };
        Ok(Some(InvitationRow { holder, expires_at: moment(expires_at, 0)? }))
    }
}
