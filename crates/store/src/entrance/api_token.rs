//! What other programs show to come in.

use inroad_model::{EmailAddress, Moment};

use super::{Holder, TokenHash, column, holder, is_here};
use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// A token that is made.
#[derive(Debug, Clone)]
pub struct NewApiToken<'a> {
    /// In whose name it asks.
    pub whose: Option<&'a EmailAddress>,
    /// Of what the program shows.
    pub hash: &'a TokenHash,
    /// When it was made.
    pub at: Moment,
    /// Until when it opens.
    pub expires_at: Moment,
    /// What it is called and what it may, as JSON.
    pub details: &'a str,
}

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Its number.
    pub number: i64,
    /// In whose name it asks.
    pub holder: Holder,
    /// When it was made.
    pub told_at: Moment,
    /// Until when it opens.
    pub expires_at: Moment,
    /// When it was used last, to some minutes.
    pub seen_at: Option<Moment>,
    /// What it is called and what it may, as JSON.
    pub details: String,
}

type Row = (i64, String, Option<String>, i64, i64, Option<i64>, String);

impl Store {
    /// Keeps a token. Returns its number; `None`, and nothing is kept, for somebody who does not work here.
    pub async fn add_api_token(&self, new: &NewApiToken<'_>) -> Result<Option<i64>> {
        let mut tx = self.write_aside().await?;
        if !is_here(&mut tx, new.whose).await? {
            return Ok(None);
        }
        let number = sql::query_scalar(
            "INSERT INTO api_token (workspace_id, whose, token_hash, told_at, expires_at, details) \
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(column(new.whose))
        .bind(&new.hash[..])
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.expires_at.timestamp().as_microsecond())
        .bind(new.details)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Some(number))
    }

    /// The token of that hash; `None` after its time, once it was taken back, and of somebody who left.
    pub async fn api_token(&self, hash: &TokenHash, at: Moment) -> Result<Option<ApiTokenRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT t.id, t.whose, m.content, t.told_at, t.expires_at, t.seen_at, t.details \
             FROM api_token t \
             LEFT JOIN member m ON m.workspace_id = t.workspace_id AND m.email = t.whose \
             AND m.left_at IS NULL \
             WHERE t.workspace_id = ? AND t.token_hash = ? AND t.expires_at > ? \
             AND t.withdrawn_at IS NULL",
        )
        .bind(self.workspace)
        .bind(&hash[..])
        .bind(at.timestamp().as_microsecond())
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(read).transpose()?.flatten())
    }

    /// Somebody's tokens that open, the newest first.
    pub async fn api_tokens_of(
        &self,
        whose: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Vec<ApiTokenRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT t.id, t.whose, m.content, t.told_at, t.expires_at, t.seen_at, t.details \
             FROM api_token t \
             LEFT JOIN member m ON m.workspace_id = t.workspace_id AND m.email = t.whose \
             AND m.left_at IS NULL \
             WHERE t.workspace_id = ? AND t.whose = ? AND t.expires_at > ? \
             AND t.withdrawn_at IS NULL ORDER BY t.id DESC",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .bind(at.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// Notes that a token was used.
    pub async fn api_token_seen(&self, number: i64, at: Moment) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query("UPDATE api_token SET seen_at = ? WHERE +workspace_id = ? AND id = ?")
            .bind(at.timestamp().as_microsecond())
            .bind(self.workspace)
            .bind(number)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes one of somebody's tokens back. Returns false if there was none.
    pub async fn withdraw_api_token(
        &self,
        whose: Option<&EmailAddress>,
        number: i64,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE api_token SET withdrawn_at = ? \
             WHERE +workspace_id = ? AND id = ? AND whose = ? AND withdrawn_at IS NULL",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(number)
        .bind(column(whose))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

/// `None` of somebody who left.
fn read(row: Row) -> Result<Option<ApiTokenRow>> {
    let (number, whose, member, told_at, expires_at, seen_at, details) = row;
    let Some(holder) = holder(&whose, member)? else { return Ok(None) };
    Ok(Some(ApiTokenRow {
        number,
        holder,
        told_at: moment(told_at, 0)?,
        expires_at: moment(expires_at, 0)?,
        seen_at: seen_at.map(|at| moment(at, 0)).transpose()?,
        details,
    }))
}
