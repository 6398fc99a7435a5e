//! Logins: what somebody types to come in.

use inroad_model::{EmailAddress, Moment};

use super::{column, sign_out, sign_out_others, whose};
use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Result, Store};

/// A login.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginRow {
    /// Whose it is.
    pub whose: Option<EmailAddress>,
    /// What they type.
    pub email: EmailAddress,
    /// Of their password, in the PHC format; empty where they have none.
    pub password_hash: String,
    /// When the password was set.
    pub told_at: Moment,
    /// The second step, as JSON; empty without one.
    pub second: String,
}

impl std::fmt::Debug for LoginRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginRow").field("email", &self.email).finish_non_exhaustive()
    }
}

type Row = (String, String, String, i64, String);

impl Store {
    /// Keeps somebody's login in place of a former one, takes back the link by which it was set up, and all by
    /// which they came in before: sessions, tokens, passkeys, and as whom others knew them.
    /// Returns false, and keeps nothing, if there is no such link any more, or if somebody else types that
    /// address.
    pub async fn put_login(&self, login: &LoginRow, invited_by: &[u8]) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        if !take_up(&mut tx, login, invited_by).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The login of an address that somebody typed.
    pub async fn login_called(&self, email: &EmailAddress) -> Result<Option<LoginRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT whose, email, password_hash, told_at, second FROM login \
             WHERE workspace_id = ? AND email = ?",
        )
        .bind(self.workspace)
        .bind(email.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    /// Somebody's login.
    pub async fn login_of(&self, whose: Option<&EmailAddress>) -> Result<Option<LoginRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT whose, email, password_hash, told_at, second FROM login \
             WHERE workspace_id = ? AND whose = ?",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    /// Sets somebody's password anew, and signs all their browsers out but one. Returns false, and changes
    /// nothing, if what is kept of the former one is something else by now.
    pub async fn set_password(
        &self,
        former: &LoginRow,
        hash: &str,
        but: Option<i64>,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE login SET password_hash = ?, told_at = ? \
             WHERE workspace_id = ? AND whose = ? AND password_hash = ?",
        )
        .bind(hash)
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(column(former.whose.as_ref()))
        .bind(former.password_hash.as_str())
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        sign_out_others(&mut tx, former.whose.as_ref(), but).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps a second step in place of what was `before`. Returns false, and keeps nothing, if it is something
    /// else by now: so a code counts once, whoever shows it at the same moment.
    pub async fn set_second(
        &self,
        whose: Option<&EmailAddress>,
        before: &str,
        second: &str,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE login SET second = ? WHERE workspace_id = ? AND whose = ? AND second = ?",
        )
        .bind(second)
        .bind(self.workspace)
        .bind(column(whose))
        .bind(before)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

/// The same within a transaction, which is to be given up where it returns false.
pub(super) async fn take_up(
    tx: &mut Transaction,
    login: &LoginRow,
    invited_by: &[u8],
) -> Result<bool> {
    let workspace = tx.workspace();
    let link = sql::query(
        "DELETE FROM invitation WHERE workspace_id = ? AND whose = ? AND token_hash = ?",
    )
    .bind(workspace)
    .bind(column(login.whose.as_ref()))
    .bind(invited_by)
    .execute(&mut *tx)
    .await?;
    if link.rows_affected() == 0 || is_typed_by_another(tx, login).await? {
        return Ok(false);
    }
    sql::query(
        "INSERT INTO login (workspace_id, whose, email, password_hash, told_at, second) \
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, whose) DO UPDATE SET \
         email = excluded.email, password_hash = excluded.password_hash, \
         told_at = excluded.told_at, second = excluded.second",
    )
    .bind(workspace)
    .bind(column(login.whose.as_ref()))
    .bind(login.email.as_str())
    .bind(login.password_hash.as_str())
    .bind(login.told_at.timestamp().as_microsecond())
    .bind(login.second.as_str())
    .execute(&mut *tx)
    .await?;
    for sql in [
        "DELETE FROM identity WHERE workspace_id = ? AND whose = ?",
        "DELETE FROM passkey WHERE workspace_id = ? AND whose = ?",
    ] {
        let whose = column(login.whose.as_ref());
        sql::query(sql).bind(workspace).bind(whose).execute(&mut *tx).await?;
    }
    sign_out(tx, login.whose.as_ref(), login.told_at).await?;
    Ok(true)
}

/// Keeps a login of somebody who has none, as others say who they are. Returns false if somebody else types that
/// address.
pub(super) async fn put_if_none(tx: &mut Transaction, login: &LoginRow) -> Result<bool> {
    if is_typed_by_another(tx, login).await? {
        return Ok(false);
    }
    let workspace = tx.workspace();
    sql::query(
        "INSERT INTO login (workspace_id, whose, email, password_hash, told_at, second) \
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, whose) DO NOTHING",
    )
    .bind(workspace)
    .bind(column(login.whose.as_ref()))
    .bind(login.email.as_str())
    .bind(login.password_hash.as_str())
    .bind(login.told_at.timestamp().as_microsecond())
    .bind(login.second.as_str())
    .execute(&mut *tx)
    .await?;
    Ok(true)
}

async fn is_typed_by_another(tx: &mut Transaction, login: &LoginRow) -> Result<bool> {
    let workspace = tx.workspace();
    let taken: Option<i64> = sql::query_scalar(
        "SELECT id FROM login WHERE workspace_id = ? AND email = ? AND whose <> ?",
    )
    .bind(workspace)
    .bind(login.email.as_str())
    .bind(column(login.whose.as_ref()))
    .fetch_optional(&mut *tx)
    .await?;
    Ok(taken.is_some())
}

fn read((of, email, password_hash, told_at, second): Row) -> Result<LoginRow> {
    let email = whose(&email)?.ok_or_else(|| crate::Error::damaged("a login".to_owned()))?;
    Ok(LoginRow { whose: whose(&of)?, email, password_hash, told_at: moment(told_at, 0)?, second })
}
