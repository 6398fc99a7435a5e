//! Who did what that concerns who may do what: a list that only grows.
//!
//! Each line holds a hash of itself and of the one before it. Whoever noted a hash once can tell later whether
//! anything up to that line was changed or taken out.

use futures_util::TryStreamExt as _;
use inroad_model::Moment;

use crate::message::moment;
use crate::sql;
use crate::{Result, Store};

/// The hash of a line and all before it.
pub type AuditHash = [u8; 32];

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number; the first is 1, and none is left out.
    pub number: i64,
    /// When it was written.
    pub told_at: Moment,
    /// What it says, as JSON.
    pub content: String,
    /// Of it and all before it.
    pub hash: AuditHash,
}

/// What a look at all of it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChecked {
    /// How many lines there are.
    pub lines: i64,
    /// Of all of them; zeros where there is none.
    pub head: AuditHash,
    /// The first line whose hash is not what it has to be, by the number that it ought to have.
    pub broken_at: Option<i64>,
    /// The number of the line with the hash that was asked for, if there is one.
    pub noted: Option<i64>,
}

type Row = (i64, i64, String, Vec<u8>);

impl Store {
    /// Writes a line behind the last one.
    pub async fn add_audit(&self, content: &str, at: Moment) -> Result<AuditHash> {
        let mut tx = self.write_aside().await?;
        let last: Option<(i64, Vec<u8>)> = sql::query_as(
            "SELECT id, hash FROM audit WHERE workspace_id = ? ORDER BY id DESC LIMIT 1",
        )
        .bind(self.workspace)
        .fetch_optional(&mut *tx)
        .await?;
        let (number, before) = last.unwrap_or((0, vec![0; 32]));
        let at = at.timestamp().as_microsecond();
        let hash = hash_of(&before, number + 1, at, content);
        sql::query(
            "INSERT INTO audit (workspace_id, id, told_at, content, hash) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(self.workspace)
        .bind(number + 1)
        .bind(at)
        .bind(content)
        .bind(&hash[..])
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(hash)
    }

    /// Lines with a smaller number, the last one first.
    pub async fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRow>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, told_at, content, hash FROM audit WHERE workspace_id = ? AND id < ? \
             ORDER BY id DESC LIMIT ?",
        )
        .bind(self.workspace)
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Goes through all lines: whether each is what it was, and where the one is whose hash somebody noted.
    pub async fn check_audit(&self, noted: Option<&[u8]>) -> Result<AuditChecked> {
        let mut connection = self.readers.snapshot().await?;
        let mut rows = sql::query(
            "SELECT id, told_at, content, hash FROM audit WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch(&mut *connection)?;
        let mut found =
            AuditChecked { lines: 0, head: AuditHash::default(), broken_at: None, noted: None };
        while let Some(row) = rows.try_next().await? {
            let (number, at): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
            let (content, hash): (String, Vec<u8>) = (row.try_get(2)?, row.try_get(3)?);
            let expected = hash_of(&found.head, found.lines + 1, at, &content);
            found.lines += 1;
            if (number != found.lines || hash != expected) && found.broken_at.is_none() {
                found.broken_at = Some(found.lines);
            }
            if noted.is_some_and(|noted| noted == hash) && found.broken_at.is_none() {
                found.noted = Some(number);
            }
            found.head = expected;
        }
        Ok(found)
    }
}

/// The text comes last, so that no two lines give the same bytes.
fn hash_of(before: &[u8], number: i64, at: i64, content: &str) -> AuditHash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(&number.to_le_bytes()).update(&at.to_le_bytes());
    *hasher.update(content.as_bytes()).finalize().as_bytes()
}

fn read((number, told_at, content, hash): Row) -> Result<AuditRow> {
    let hash = hash.try_into().map_err(|_odd| {
        crate::Error::damaged(format!("the hash of line {number} of the audit log"))
    })?;
    Ok(AuditRow { number, told_at: moment(told_at, 0)?, content, hash })
}
