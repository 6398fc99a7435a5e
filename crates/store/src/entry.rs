//! What the user wrote down at the desk.

use inroad_model::{
    AccountKey, DealId, EmailAddress, Entry, EntryNumber, KeptEntry, Moment, Note, Subject,
};

use crate::away::{self, Told};
use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

type Row = (i64, String, String, i64, Option<i64>, String);

impl Store {
    /// Keeps an entry; returns its number.
    pub async fn add_entry(
        &self,
        about: &Subject,
        entry: &Entry,
        at: Moment,
    ) -> Result<EntryNumber> {
        let mut tx = self.write().await?;
        let number = insert(&mut tx, about, entry, at).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Takes an entry back. Returns whether it counted.
    pub async fn withdraw_entry(&self, number: EntryNumber, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE entry SET withdrawn_at = ? \
             WHERE workspace_id = ? AND id = ? AND withdrawn_at IS NULL",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(number.get())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Lets an entry count again, from a moment on, that was taken back. Returns whether it was.
    pub async fn restore_entry(&self, number: EntryNumber, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let was_back = away::bring_back(&mut tx, Told::Entry, number.get(), at).await?;
        tx.commit().await?;
        Ok(was_back)
    }

    /// All entries, also those that were taken back, in the order in which they were written down.
    pub async fn entries(&self) -> Result<Vec<KeptEntry>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, deal_id, about, told_at, withdrawn_at, content FROM entry \
             WHERE workspace_id = ? ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }
}

/// Keeps an entry; returns its number.
pub(crate) async fn insert(
    tx: &mut Transaction,
    about: &Subject,
    entry: &Entry,
    at: Moment,
) -> Result<EntryNumber> {
    let content = serde_json::to_string(entry).map_err(|e| Error::damaged(e.to_string()))?;
    let (deal, about) = match about {
        Subject::Deal(id) => (id.as_str(), ""),
        Subject::Person(email) => ("", email.as_str()),
        Subject::Account(key) => ("", key.as_str()),
    };
    let number: i64 = sql::query_scalar(
        "INSERT INTO entry (workspace_id, deal_id, about, kind, told_at, content) \
         VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
    )
    .bind(tx.workspace())
    .bind(deal)
    .bind(about)
    .bind(entry.kind())
    .bind(at.timestamp().as_microsecond())
    .bind(content)
    .fetch_one(&mut **tx)
    .await?;
    EntryNumber::new(number).ok_or_else(|| Error::damaged("the number of an entry"))
}

/// The note in an entry about a deal, if it is one.
pub(crate) fn deal_note(deal: &str, content: &str) -> Result<Option<(DealId, Note)>> {
    let damaged = |what: String| Error::damaged(format!("a note: {what}"));
    let entry = serde_json::from_str(content).map_err(|e| damaged(e.to_string()))?;
    let deal = DealId::new(deal).map_err(|e| damaged(e.to_string()))?;
    Ok(match entry {
        Entry::Note { day, text, .. } => {
            Some((deal, Note { date: day, text: text.as_str().to_owned() }))
        }
        _ => None,
    })
}

fn read((number, deal, about, told_at, withdrawn_at, content): Row) -> Result<KeptEntry> {
    let damaged = || Error::damaged("an entry");
    let about = if !deal.is_empty() {
        Subject::Deal(DealId::new(&deal).map_err(|_invalid| damaged())?)
    } else if about.contains('@') {
        Subject::Person(about.parse::<EmailAddress>().map_err(|_invalid| damaged())?)
    } else {
        // Former programs took more for a domain than a key may hold.
        let key = about.parse().or_else(|_invalid| AccountKey::of_name(&about));
        Subject::Account(key.map_err(|_invalid| damaged())?)
    };
    Ok(KeptEntry {
        number: EntryNumber::new(number).ok_or_else(damaged)?,
        about,
        told_at: moment(told_at, 0)?,
        withdrawn_at: withdrawn_at.map(|at| moment(at, 0)).transpose()?,
        away: away::read(&content)?,
        entry: serde_json::from_str(&content)
            .map_err(|e| Error::damaged(format!("an entry: {e}")))?,
    })
}
