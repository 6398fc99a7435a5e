//! Passkeys of those who work here: of each what proves that it was shown, as it was after it was shown last.

use inroad_model::{EmailAddress, Moment};

use super::{Holder, column, holder, is_here, is_signed_in, remove_way_in};
use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// A passkey that was made.
#[derive(Debug, Clone, Copy)]
pub struct NewPasskey<'a> {
    /// Whose it is.
    pub whose: Option<&'a EmailAddress>,
    /// The number of the browser at which they are signed in and made it.
    pub session: i64,
    /// Its name among all passkeys.
    pub credential: &'a [u8],
    /// By what the device knows whose it is.
    pub handle: &'a [u8; 16],
    /// By what is told that it was shown, as JSON.
    pub key: &'a str,
    /// When it was made.
    pub at: Moment,
    /// What it is called, as JSON.
    pub details: &'a str,
}

/// What became of a new passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyKept {
    /// It is kept under that number.
    Kept(i64),
    /// It is kept already.
    Taken,
    /// They are signed in there no more, or work here no more.
    Nowhere,
}

/// A passkey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its number.
    pub number: i64,
    /// Whose it is.
    pub holder: Holder,
    /// Its name among all passkeys.
    pub credential: Vec<u8>,
    /// By what the device knows whose it is.
    pub handle: Vec<u8>,
    /// By what is told that it was shown, as JSON.
    pub key: String,
    /// When it was made.
    pub told_at: Moment,
    /// When it was shown last.
    pub used_at: Option<Moment>,
    /// What it is called, as JSON.
    pub details: String,
}

type Row = (i64, String, Option<String>, Vec<u8>, Vec<u8>, String, i64, Option<i64>, String);

impl Store {
    /// Keeps a passkey.
    pub async fn add_passkey(&self, new: &NewPasskey<'_>) -> Result<PasskeyKept> {
        let mut tx = self.write_aside().await?;
        let holds = is_signed_in(&mut tx, new.whose, new.session).await?;
        if !holds || !is_here(&mut tx, new.whose).await? {
            return Ok(PasskeyKept::Nowhere);
        }
        let number: Option<i64> = sql::query_scalar(
            "INSERT INTO passkey (workspace_id, whose, credential_id, user_handle, public_key, \
             told_at, details) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        )
        .bind(self.workspace)
        .bind(column(new.whose))
        .bind(new.credential)
        .bind(&new.handle[..])
        .bind(new.key)
        .bind(new.at.timestamp().as_microsecond())
        .bind(new.details)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(number) = number else { return Ok(PasskeyKept::Taken) };
        tx.commit().await?;
        Ok(PasskeyKept::Kept(number))
    }

    /// The passkey of that name among all; `None` of somebody who left.
    pub async fn passkey(&self, credential: &[u8]) -> Result<Option<PasskeyRow>> {
        let row: Option<Row> = sql::query_as(
            "SELECT p.id, p.whose, m.content, p.credential_id, p.user_handle, p.public_key, \
             p.told_at, p.used_at, p.details FROM passkey p \
             LEFT JOIN member m ON m.workspace_id = p.workspace_id AND m.email = p.whose \
             AND m.left_at IS NULL \
             WHERE p.workspace_id = ? AND p.credential_id = ?",
        )
        .bind(self.workspace)
        .bind(credential)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.map(read).transpose()?.flatten())
    }

    /// Somebody's passkeys, in the order in which they were made.
    pub async fn passkeys_of(&self, whose: Option<&EmailAddress>) -> Result<Vec<PasskeyRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT p.id, p.whose, m.content, p.credential_id, p.user_handle, p.public_key, \
             p.told_at, p.used_at, p.details FROM passkey p \
             LEFT JOIN member m ON m.workspace_id = p.workspace_id AND m.email = p.whose \
             AND m.left_at IS NULL \
             WHERE p.workspace_id = ? AND p.whose = ? ORDER BY p.id",
        )
        .bind(self.workspace)
        .bind(column(whose))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().filter_map(|row| read(row).transpose()).collect()
    }

    /// Notes that a passkey was shown, and what is kept of it from then on in place of what was `before`. Returns false,
    /// and notes nothing, if that is something else by now: of two that count, none counts twice.
    pub async fn passkey_shown(
        &self,
        number: i64,
        before: &str,
        key: &str,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let done = sql::query(
            "UPDATE passkey SET public_key = ?, used_at = ? \
             WHERE +workspace_id = ? AND id = ? AND public_key = ?",
        )
        .bind(key)
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(number)
        .bind(before)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Takes one of somebody's own away, and signs all their browsers out but one. Returns false, and changes nothing,
    /// if there is no such one, or if they could not come in any more.
    pub async fn remove_passkey(
        &self,
        whose: Option<&EmailAddress>,
        number: i64,
        but: Option<i64>,
    ) -> Result<bool> {
        let mut tx = self.write_aside().await?;
        let delete = "DELETE FROM passkey WHERE +workspace_id = ? AND id = ? AND whose = ?";
        if !remove_way_in(&mut tx, delete, (whose, number), but).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// `None` of somebody who left.
fn read(row: Row) -> Result<Option<PasskeyRow>> {
    let (number, whose, member, credential, handle, key, told_at, used_at, details) = row;
    let Some(holder) = holder(&whose, member)? else { return Ok(None) };
    let told_at = moment(told_at, 0)?;
    let used_at = used_at.map(|at| moment(at, 0)).transpose()?;
    Ok(Some(PasskeyRow { number, holder, credential, handle, key, told_at, used_at, details }))
}
