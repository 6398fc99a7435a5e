//! Rows of lists of whom not to write to, and the hashes of people who were erased.
//!
//! Must not: tell whom a hash means.

use std::sync::Arc;

use inroad_model::Moment;

use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

/// What the value of a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListedKind {
    /// An address.
    Address,
    /// A mail domain.
    Domain,
    /// SHA-256 of an address.
    Sha256,
    /// The hash, under the secret of the file, of somebody who was erased. It is never taken back.
    Erased,
}

impl ListedKind {
    const ALL: [Self; 4] = [Self::Address, Self::Domain, Self::Sha256, Self::Erased];

    fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Domain => "domain",
            Self::Sha256 => "sha256",
            Self::Erased => "erased",
        }
    }
}

/// What is listed, as it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewListed {
    /// What the value is.
    pub kind: ListedKind,
    /// The address or domain in small letters, or the hash in hex.
    pub value: String,
    /// Why; empty if nobody says.
    pub reason: String,
    /// The list it comes from; empty if from none.
    pub source: String,
    /// The day since which, as the list tells it; empty if it tells none.
    pub since: String,
}

/// What is listed, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRow {
    /// Its number.
    pub number: i64,
    /// What is listed.
    pub listed: NewListed,
    /// When it came in.
    pub told_at: Moment,
    /// When it was taken back; `None` while it counts.
    pub withdrawn_at: Option<Moment>,
}

impl ListedRow {
    /// Whether it counted at a moment.
    pub fn counts_at(&self, at: Moment) -> bool {
        self.told_at.timestamp() <= at.timestamp()
            && self.withdrawn_at.is_none_or(|end| end.timestamp() > at.timestamp())
    }
}

impl Store {
    /// Lists some, each once, in one transaction. Returns the numbers of those that are new.
    pub async fn add_listed(&self, listed: &[NewListed], at: Moment) -> Result<Vec<i64>> {
        let mut tx = self.write().await?;
        let mut numbers = Vec::new();
        for one in listed {
            let number = insert(&mut tx, one, at).await?;
            numbers.extend(number);
        }
        tx.commit().await?;
        Ok(numbers)
    }

    /// Takes some back, but never somebody who was erased. Returns how many counted until then.
    pub async fn withdraw_listed(&self, numbers: &[i64], at: Moment) -> Result<u64> {
        let mut tx = self.write().await?;
        let mut count = 0;
        for number in numbers {
            let done = sql::query(
                "UPDATE do_not_contact SET withdrawn_at = ? WHERE workspace_id = ? AND id = ? \
                 AND withdrawn_at IS NULL AND kind <> 'erased'",
            )
            .bind(at.timestamp().as_microsecond())
            .bind(self.workspace)
            .bind(number)
            .execute(&mut *tx)
            .await?;
            count += done.rows_affected();
        }
        tx.commit().await?;
        Ok(count)
    }

    /// Lets some count again, from a moment on, that were taken back and are not listed anew.
    pub async fn list_again(&self, numbers: &[i64], at: Moment) -> Result<()> {
        let rows = self.listed().await?;
        let meant = rows.iter().filter(|row| numbers.contains(&row.number));
        let again: Vec<NewListed> = meant.map(|row| row.listed.clone()).collect();
        self.add_listed(&again, at).await?;
        Ok(())
    }

    /// All that is or was listed, in the order in which it came; while nothing is written, the same rows.
    pub async fn listed(&self) -> Result<Arc<Vec<ListedRow>>> {
        let read = async { Ok(Arc::new(self.read_listed().await?)) };
        self.remembered.listed.or_read(self, read).await
    }

    async fn read_listed(&self) -> Result<Vec<ListedRow>> {
        type Row = (i64, String, String, String, String, String, i64, Option<i64>);
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, kind, value, reason, source, since, told_at, withdrawn_at \
             FROM do_not_contact WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |(number, kind, value, reason, source, since, told_at, withdrawn_at): Row| {
            let kind = ListedKind::ALL.into_iter().find(|one| one.as_str() == kind);
            let kind = kind.ok_or_else(|| Error::damaged("somebody not to write to"))?;
            Ok(ListedRow {
                number,
                listed: NewListed { kind, value, reason, source, since },
                told_at: moment(told_at, 0)?,
                withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Whether anybody is listed by a hash alone.
    pub async fn lists_hashes(&self) -> Result<bool> {
        let found: bool = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM do_not_contact \
             WHERE workspace_id = ? AND kind IN ('sha256', 'erased') AND withdrawn_at IS NULL)",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        Ok(found)
    }

    /// Everything short in which an address may be spelled that somebody could be asked to write to:
    /// addresses themselves, and the contents of rows that name people.
    pub async fn texts_with_addresses(&self) -> Result<Vec<String>> {
        let texts: Vec<String> = sql::query_scalar(
            "SELECT email FROM address WHERE workspace_id = ?1 \
             UNION ALL SELECT email FROM fact WHERE workspace_id = ?1 AND email <> '' \
             UNION ALL SELECT details FROM fact WHERE workspace_id = ?1 AND instr(details, '@') > 0 \
             UNION ALL SELECT content FROM deal WHERE workspace_id = ?1 AND instr(content, '@') > 0 \
             UNION ALL SELECT content FROM contact WHERE workspace_id = ?1 AND instr(content, '@') > 0 \
             UNION ALL SELECT content FROM event WHERE workspace_id = ?1 AND instr(content, '@') > 0 \
             UNION ALL SELECT content FROM account WHERE workspace_id = ?1 AND instr(content, '@') > 0 \
             UNION ALL SELECT about || ' ' || content FROM entry \
               WHERE workspace_id = ?1 AND instr(about || content, '@') > 0 \
             UNION ALL SELECT email || ' ' || other_email || ' ' || content FROM insight \
               WHERE workspace_id = ?1 \
             UNION ALL SELECT email_a || ' ' || email_b FROM same_person WHERE workspace_id = ?1 \
             UNION ALL SELECT email FROM lead WHERE workspace_id = ?1 AND email <> '' \
             UNION ALL SELECT content FROM second_reading \
               WHERE workspace_id = ?1 AND instr(content, '@') > 0",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        Ok(texts)
    }
}

/// Lists one, unless it is there. Returns its number if it is new.
pub(crate) async fn insert(
    tx: &mut Transaction,
    one: &NewListed,
    at: Moment,
) -> Result<Option<i64>> {
    let number = sql::query_scalar(
        "INSERT INTO do_not_contact (workspace_id, kind, value, reason, source, since, told_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind(tx.workspace())
    .bind(one.kind.as_str())
    .bind(&one.value)
    .bind(&one.reason)
    .bind(&one.source)
    .bind(&one.since)
    .bind(at.timestamp().as_microsecond())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(number)
}
