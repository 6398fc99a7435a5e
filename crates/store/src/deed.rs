//! What the user did, and how it is undone.

use inroad_model::{DealId, DeedNumber, EmailAddress, Moment};

use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

/// Something that the user did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDeed {
    /// Its number.
    pub number: DeedNumber,
    /// The deal it was about; `None` where it was about none or about several.
    pub deal: Option<DealId>,
    /// When it was done.
    pub done_at: Moment,
    /// When it was undone; `None` while it stands.
    pub undone_at: Option<Moment>,
    /// What was done, in words.
    pub says: String,
    /// How it is undone, as JSON.
    pub inverse: String,
    /// Who did it; `None` for whose data file it is.
    pub by: Option<EmailAddress>,
}

/// Which deeds are asked for: all, unless it says otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeedsAsked<'a> {
    /// Those about one deal.
    pub deal: Option<&'a DealId>,
    /// Those with a smaller number.
    pub before: Option<DeedNumber>,
    /// Those that were done up to then.
    pub until: Option<Moment>,
    /// Those of a member; `None` for those of whose data file it is.
    pub by: Option<&'a EmailAddress>,
}

type Row = (i64, String, i64, Option<i64>, String, String, String);

impl Store {
    /// Keeps what was done, with how it is undone.
    pub async fn add_deed(
        &self,
        deal: Option<&DealId>,
        says: &str,
        inverse: &str,
        by: Option<&EmailAddress>,
        at: Moment,
    ) -> Result<DeedNumber> {
        let mut tx = self.write().await?;
        let number = insert(&mut tx, deal, says, inverse, by, at).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// One deed, if it is there.
    pub async fn deed(&self, number: DeedNumber) -> Result<Option<KeptDeed>> {
        let row: Option<Row> = sql::query_as(
            "SELECT id, deal_id, done_at, undone_at, says, inverse, done_by FROM deed \
             WHERE workspace_id = ? AND id = ?",
        )
        .bind(self.workspace)
        .bind(number.get())
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    /// Deeds, the last one first.
    pub async fn deeds(&self, asked: &DeedsAsked<'_>, limit: u32) -> Result<Vec<KeptDeed>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, deal_id, done_at, undone_at, says, inverse, done_by FROM deed \
             WHERE workspace_id = ?1 AND (?2 IS NULL OR deal_id = ?2) AND id < ?3 AND done_at <= ?4 \
             AND done_by = ?5 ORDER BY id DESC LIMIT ?6",
        )
        .bind(self.workspace)
        .bind(asked.deal.map(DealId::as_str))
        .bind(asked.before.map_or(i64::MAX, DeedNumber::get))
        .bind(asked.until.map_or(i64::MAX, |until| until.timestamp().as_microsecond()))
        .bind(asked.by.map_or("", EmailAddress::as_str))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// The deeds after that one which were not undone, in their order.
    pub async fn deeds_standing_after(&self, number: DeedNumber) -> Result<Vec<KeptDeed>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, deal_id, done_at, undone_at, says, inverse, done_by FROM deed \
             WHERE workspace_id = ? AND id > ? AND undone_at IS NULL ORDER BY id",
        )
        .bind(self.workspace)
        .bind(number.get())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// Marks a deed as undone, or with `None` as standing again. Returns false if it was so already. `clock` is the
    /// moment of the clock, whatever day is looked at; each undo is noted as later than all before it.
    pub async fn mark_undone(
        &self,
        number: DeedNumber,
        at: Option<Moment>,
        clock: Moment,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let last: Option<i64> =
            sql::query_scalar("SELECT MAX(undone_clock) FROM deed WHERE workspace_id = ?")
                .bind(self.workspace)
                .fetch_one(&mut *tx)
                .await?;
        let clock = clock.timestamp().as_microsecond().max(last.map_or(i64::MIN, |last| last + 1));
        let done = sql::query(
            "UPDATE deed SET undone_at = ?1, undone_clock = ?2 WHERE workspace_id = ?3 AND id = ?4 \
             AND (undone_at IS NULL) = (?1 IS NOT NULL)",
        )
        .bind(at.map(|at| at.timestamp().as_microsecond()))
        .bind(at.map(|_undone| clock))
        .bind(self.workspace)
        .bind(number.get())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Keeps what was done, with how it is undone.
pub(crate) async fn insert(
    tx: &mut Transaction,
    deal: Option<&DealId>,
    says: &str,
    inverse: &str,
    by: Option<&EmailAddress>,
    at: Moment,
) -> Result<DeedNumber> {
    let number: i64 = sql::query_scalar(
        "INSERT INTO deed (workspace_id, deal_id, done_at, says, inverse, done_by) \
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(tx.workspace())
    .bind(deal.map_or("", DealId::as_str))
    .bind(at.timestamp().as_microsecond())
    .bind(says)
    .bind(inverse)
    .bind(by.map_or("", EmailAddress::as_str))
    .fetch_one(&mut **tx)
    .await?;
    DeedNumber::new(number).ok_or_else(|| Error::damaged("the number of a deed"))
}

fn read((number, deal, done_at, undone_at, says, inverse, by): Row) -> Result<KeptDeed> {
    let damaged = || Error::damaged("a deed");
    let deal = (!deal.is_empty()).then(|| DealId::new(&deal)).transpose();
    Ok(KeptDeed {
        number: DeedNumber::new(number).ok_or_else(damaged)?,
        deal: deal.map_err(|_invalid| damaged())?,
        done_at: moment(done_at, 0)?,
        undone_at: undone_at.map(|at| moment(at, 0)).transpose()?,
        says,
        inverse,
        by: (!by.is_empty()).then(|| by.parse()).transpose().map_err(|_invalid| damaged())?,
    })
}
