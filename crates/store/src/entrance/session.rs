//! Browsers that are signed in.

use inroad_model::{EmailAddress, Moment};

use super::{Holder, TokenHash, column, holder};
use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Result, Store};

/// A browser that signs in.
#[derive(Debug, Clone)]
pub struct NewSession<'a> {
    /// Who does.
    pub whose: Option<&'a EmailAddress>,
    /// Of what the browser shows from then on.
    pub hash: &'a TokenHash,
    /// When.
    pub at: Moment,
    /// Until when, at the longest.
    pub expires_at: Moment,
    /// Whether the second step is still to come.
    pub awaits_code: bool,
    /// What is known of the browser, as JSON.
    pub details: &'a str,
    /// By what: it still has to hold when the browser is let in.
    pub by: SignedInBy<'a>,
}

/// By what a browser signs in.
#[derive(Debug, Clone, Copy)]
pub enum SignedInBy<'a> {
    /// The password of which that is kept.
    Password(&'a str),
    /// The identity of that number: a provider said that it is them.
    Identity(i64),
    /// The passkey of that number.
    Passkey(i64),
    /// The second step of the browser that has that number, which is another one from then on.
    SecondStep(i64),
}

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its number.
    pub number: i64,
    /// Who is at it.
    pub holder: Holder,
    /// Since when.
    pub told_at: Moment,
    /// When it was seen last, to some minutes.
    pub seen_at: Moment,
    /// Until when, at the longest.
    pub expires_at: Moment,
    /// Whether the second step is still to come.
    pub awaits_code: bool,
    /// What is known of the browser, as JSON.
    pub details: String,
}

type Row = (i64, String, Option<String>, i64, i64, i64, bool, String);

impl Store {
    /// Keeps a browser that signs in, and forgets those whose time is over. Returns its number; `None`, and
    /// nothing is kept, if that by which it signs in holds no more.
    pub async fn add_session(&self, new: &NewSession<'_>) -> Result<Option<i64>> {
        let mut tx = self.write_aside().await?;
        if !holds(&mut tx, new).await? {
            return Ok(None);
        }
        sql::query("DELETE FROM session WHERE workspace_id = ? AND expires_at <= ?")
            .bind(self.workspace)
            .bind(new.at.timestamp().as_microsecond())
            .execute(&mut *tx)
            .await?;
        let number = sql::query_scalar(
            "INSERT INTO session (workspace_id, whose, token_hash, told_at, seen_at, expires_at, \
             awaits_code, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(column(new.whose))
        .bind(&new.hash[..])
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.expires_at.timestamp().as_microsecond())
        .bind(i64::from(new.awaits_code))
        .bind(new.details)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Some(number))
    }

    /// The browser that shows a token of that hash; `None` after its time, and of somebody who left.
    pub async fn session(&self, hash: &TokenHash, at: Moment) -> Result<Option<SessionRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT s.id, s.whose, m.content, s.told_at, s.seen_at, s.expires_at, \
             s.awaits_code = 1, s.details FROM session s \
             LEFT JOIN member m ON m.workspace_id = s.workspace_id AND m.email = s.whose \
             AND m.left_at IS NULL \
             WHERE s.workspace_id = ? AND s.token_hash = ? AND s.expires_at > ?",
        )
        .bind(self.workspace)
        .bind(&hash[..])
        .bind(at.timestamp().as_microsecond())
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(read).transpose()?.flatten())
    }

    /// Somebody's browsers that are signed in, the one seen last first.
    pub async fn sessions_of(
        &self,
        whose: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<Vec<SessionRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT s.id, s.whose, m.content, s.told_at, s.seen_at, s.expires_at, \
             s.awaits_code = 1, s.details FROM session s \
             LEFT JOIN member m ON m.workspace_id = s.workspace_id AND m.email = s.whose \
             AND m.left_at IS NULL \
             WHERE s.workspace_id = ? AND s.whose = ? AND s.expires_at > ? AND s.awaits_code = 0 \
             ORDER BY s.seen_at DESC, s.id DESC",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .bind(at.timestamp().as_microsecond())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// Notes that a browser was seen.
    pub async fn session_seen(&self, number: i64, at: Moment) -> Result<()> {
        let mut tx = self.write_aside().await?;
        sql::query("UPDATE session SET seen_at = ? WHERE +workspace_id = ? AND id = ?")
            .bind(at.timestamp().as_microsecond())
            .bind(self.workspace)
            .bind(number)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Signs one of somebody's browsers out. Returns false if it was not signed in.
    pub async fn end_session(&self, whose: Option<&EmailAddress>, number: i64) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done =
            sql::query("DELETE FROM session WHERE +workspace_id = ? AND id = ? AND whose = ?")
                .bind(self.workspace)
                .bind(number)
                .bind(column(whose))
                .execute(&mut *tx)
                .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Whether that by which a browser signs in still holds: no change of a password, and nobody's leaving, falls
/// between the look at it and the sign-in.
async fn holds(tx: &mut Transaction, new: &NewSession<'_>) -> Result<bool> {
    let workspace = tx.workspace();
    Ok(match new.by {
        SignedInBy::Password(hash) => {
            let found: Option<i64> = sql::query_scalar(
                "SELECT id FROM login WHERE workspace_id = ? AND whose = ? AND password_hash = ?",
            )
            .bind(workspace)
            .bind(column(new.whose))
            .bind(hash)
            .fetch_optional(&mut *tx)
            .await?;
            found.is_some()
        }
        SignedInBy::Identity(number) => {
            let found: Option<i64> = sql::query_scalar(
                "SELECT id FROM identity WHERE +workspace_id = ? AND id = ? AND whose = ?",
            )
            .bind(workspace)
            .bind(number)
            .bind(column(new.whose))
            .fetch_optional(&mut *tx)
            .await?;
            found.is_some()
        }
        SignedInBy::Passkey(number) => {
            let found: Option<i64> = sql::query_scalar(
                "SELECT id FROM passkey WHERE +workspace_id = ? AND id = ? AND whose = ?",
            )
            .bind(workspace)
            .bind(number)
            .bind(column(new.whose))
            .fetch_optional(&mut *tx)
            .await?;
            found.is_some()
        }
        SignedInBy::SecondStep(number) => {
            let done = sql::query(
                "DELETE FROM session WHERE +workspace_id = ? AND id = ? AND whose = ? AND awaits_code = 1",
            )
            .bind(workspace)
            .bind(number)
            .bind(column(new.whose))
            .execute(&mut *tx)
            .await?;
            done.rows_affected() > 0
        }
    })
}

/// `None` of somebody who left.
fn read(row: Row) -> Result<Option<SessionRow>> {
    let (number, whose, member, told_at, seen_at, expires_at, awaits_code, details) = row;
    let Some(holder) = holder(&whose, member)? else { return Ok(None) };
    Ok(Some(SessionRow {
        number,
        holder,
        told_at: moment(told_at, 0)?,
        seen_at: moment(seen_at, 0)?,
        expires_at: moment(expires_at, 0)?,
        awaits_code,
        details,
    }))
}
