//! Who works here.

use inroad_model::{EmailAddress, Member, Moment};

use crate::entrance;
use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

/// Somebody who works here, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMember {
    /// Who.
    pub member: Member,
    /// When they were named first.
    pub told_at: Moment,
    /// When they left; `None` while they work here.
    pub left_at: Option<Moment>,
    /// Whether they have a link of their own.
    pub has_link: bool,
}

type Row = (String, i64, Option<i64>, bool);

impl Store {
    /// Keeps somebody, or what is known of them now. Who had left is back, and their link counts no
    /// more.
    pub async fn put_member(&self, member: &Member, at: Moment) -> Result<()> {
        let content = serde_json::to_string(member).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        sql::query(
            "INSERT INTO member (workspace_id, email, told_at, content) VALUES (?, ?, ?, ?) \
             ON CONFLICT (workspace_id, email) DO UPDATE SET content = excluded.content, \
             key_hash = CASE WHEN member.left_at IS NULL THEN member.key_hash END, left_at = NULL",
        )
        .bind(self.workspace)
        .bind(member.email().as_str())
        .bind(at.timestamp().as_microsecond())
        .bind(content)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Somebody leaves; nothing by which they came in opens anything from then on, even if they come back.
    /// Returns whether they worked here.
    pub async fn member_leaves(&self, email: &EmailAddress, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE member SET left_at = ?, key_hash = NULL \
             WHERE workspace_id = ? AND email = ? AND left_at IS NULL",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(email.as_str())
        .execute(&mut *tx)
        .await?;
        entrance::shut(&mut tx, email, at).await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Signs somebody who works here out everywhere: their browsers, programs and links open nothing from then
    /// on. Returns whether they work here.
    pub async fn shut_out(&self, email: &EmailAddress, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE member SET key_hash = NULL \
             WHERE workspace_id = ? AND email = ? AND left_at IS NULL",
        )
        .bind(self.workspace)
        .bind(email.as_str())
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        entrance::sign_out(&mut tx, Some(email), at).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives somebody who works here a link by the hash of its key; a former one leads nowhere.
    /// Returns whether they work here.
    pub async fn set_member_key(&self, email: &EmailAddress, hash: &[u8]) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE member SET key_hash = ? \
             WHERE workspace_id = ? AND email = ? AND left_at IS NULL",
        )
        .bind(hash)
        .bind(self.workspace)
        .bind(email.as_str())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Everybody who works here or did, by address.
    pub async fn members(&self) -> Result<Vec<KeptMember>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT content, told_at, left_at, key_hash IS NOT NULL FROM member \
             WHERE workspace_id = ? ORDER BY email",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Who works here and has the link whose key has that hash.
    pub async fn member_with_key(&self, hash: &[u8]) -> Result<Option<Member>> {
        let row: Option<Row> = sql::query_as(
            "SELECT content, told_at, left_at, key_hash IS NOT NULL FROM member \
             WHERE workspace_id = ? AND key_hash = ? AND left_at IS NULL",
        )
        .bind(self.workspace)
        .bind(hash)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(read).transpose()?.map(|kept| kept.member))
    }
}

fn read((content, told_at, left_at, has_link): Row) -> Result<KeptMember> {
    Ok(KeptMember {
        member: serde_json::from_str(&content)
            .map_err(|e| Error::damaged(format!("a member: {e}")))?,
        told_at: moment(told_at, 0)?,
        left_at: left_at.map(|at| moment(at, 0)).transpose()?,
        has_link,
    })
}
