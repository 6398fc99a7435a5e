//! Changes of cards on a server that a person decided on, and how far each is.
//!
//! A row comes with the decision, in one transaction, and is marked as begun before anything is written to a
//! server: whoever was killed in between finds it, looks at the card, and knows.

use inroad_model::{EmailAddress, Entry, EntryNumber, Moment, Subject};

use crate::message::moment;
use crate::sql::{self, Transaction};
use crate::{Error, Result, Store};

/// How far a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardChangeState {
    /// It is to be written.
    Waiting,
    /// It may have been written; nobody knows yet.
    Begun,
    /// The card says it.
    Written,
    /// It was not written, and why is told.
    Refused,
    /// The decision was taken back, and the card says it no more or never did.
    TakenBack,
    /// The card said it before anything was written.
    There,
}

impl CardChangeState {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Begun => "begun",
            Self::Written => "written",
            Self::Refused => "refused",
            Self::TakenBack => "taken_back",
            Self::There => "there",
        }
    }

    fn from_name(name: &str) -> Result<Self> {
        let all = [
            Self::Waiting,
            Self::Begun,
            Self::Written,
            Self::Refused,
            Self::TakenBack,
            Self::There,
        ];
        let found = all.into_iter().find(|state| state.as_str() == name);
        found.ok_or_else(|| Error::damaged(format!("the state '{name}' of a card")))
    }
}

/// A change as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCardChange {
    /// Its row.
    pub id: i64,
    /// The connection over which it is written.
    pub connection: i64,
    /// The decision.
    pub entry: EntryNumber,
    /// Whether the decision counts; else it was taken back.
    pub counts: bool,
    /// Whose card it is.
    pub email: EmailAddress,
    /// The address of the address book.
    pub book: String,
    /// The path of the card there.
    pub card: String,
    /// When it was decided on.
    pub told_at: Moment,
    /// How far it is.
    pub state: CardChangeState,
    /// When it became so; `None` while it waits.
    pub settled_at: Option<Moment>,
    /// More of it, as JSON; the caller knows what it says.
    pub content: String,
}

/// A change that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCardChange {
    /// The connection over which it is written.
    pub connection: i64,
    /// Whose card it is.
    pub email: EmailAddress,
    /// The address of the address book.
    pub book: String,
    /// The path of the card there.
    pub card: String,
    /// More of it, as JSON.
    pub content: String,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledCard {
    /// Its row.
    pub id: i64,
    /// What it is now.
    pub state: CardChangeState,
    /// More of it from then on, as JSON.
    pub content: String,
    /// What was done, in words; nothing where nothing was.
    pub says: Option<String>,
    /// When.
    pub at: Moment,
}

type Row = (i64, i64, i64, bool, String, String, String, i64, String, Option<i64>, String);

impl Store {
    /// Keeps a decision with the changes of cards that follow from it, all or nothing; returns its number.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn add_entry_with_cards(
        &self,
        about: &Subject,
        entry: &Entry,
        cards: &[NewCardChange],
        at: Moment,
    ) -> Result<EntryNumber> {
        let mut tx = self.write().await?;
        let number = crate::entry::insert(&mut tx, about, entry, at).await?;
        for card in cards {
            // The leave is asked for while nobody else can write.
            sql::query(
                "INSERT INTO card_change (workspace_id, connection_id, entry_id, email, book, card, \
                 state, told_at, content) SELECT ?, id, ?, ?, ?, ?, 'waiting', ?, ? FROM connection \
                 WHERE workspace_id = ? AND id = ? AND removed_at IS NULL \
                   AND instr(content, '\"write_back\":true') > 0",
            )
            .bind(self.workspace)
            .bind(number.get())
            .bind(card.email.as_str())
            .bind(&card.book)
            .bind(&card.card)
            .bind(at.timestamp().as_microsecond())
            .bind(&card.content)
            .bind(self.workspace)
            .bind(card.connection)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(number)
    }

    /// The changes of a connection, in the order in which they were decided on.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn card_changes(&self, connection: i64) -> Result<Vec<KeptCardChange>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT c.id, c.connection_id, c.entry_id, e.withdrawn_at IS NULL, c.email, c.book, \
             c.card, c.told_at, c.state, c.settled_at, c.content \
             FROM card_change c JOIN entry e ON e.id = c.entry_id AND +e.workspace_id = c.workspace_id \
             WHERE +c.workspace_id = ? AND c.connection_id = ? ORDER BY c.id",
        )
        .bind(self.workspace)
        .bind(connection)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// The connections over which changes of a decision are written.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn connections_of_entry(&self, entry: EntryNumber) -> Result<Vec<i64>> {
        let found = sql::query_scalar(
            "SELECT DISTINCT connection_id FROM card_change \
             WHERE +workspace_id = ? AND entry_id = ? ORDER BY 1",
        );
        Ok(found.bind(self.workspace).bind(entry.get()).fetch_all(&self.readers).await?)
    }

    /// Marks a change as begun. Returns whether it may go on: it is there, and the decision `counts` or was
    /// taken back as the caller saw it.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn begin_card_change(&self, id: i64, counts: bool) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE card_change SET state = 'begun', settled_at = NULL WHERE workspace_id = ? AND id = ? \
             AND ? = (SELECT CASE WHEN e.withdrawn_at IS NULL THEN 1 ELSE 0 END FROM entry e \
               WHERE e.id = card_change.entry_id AND +e.workspace_id = card_change.workspace_id)",
        )
        .bind(self.workspace)
        .bind(id)
        .bind(counts)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps what became of a change.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn settle_card_change(&self, settled: &SettledCard) -> Result<()> {
        let mut tx = self.write().await?;
        settle(&mut tx, settled).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Keeps what became of a change, and what was done as a deed without an undo of its own.
pub(crate) async fn settle(tx: &mut Transaction, settled: &SettledCard) -> Result<()> {
    let at = settled.at.timestamp().as_microsecond();
    let done = sql::query(
        "UPDATE card_change SET state = ?, settled_at = ?, content = ? WHERE workspace_id = ? AND id = ?",
    )
    .bind(settled.state.as_str())
    .bind(at)
    .bind(&settled.content)
    .bind(tx.workspace())
    .bind(settled.id)
    .execute(&mut **tx)
    .await?;
    // Of somebody who was erased meanwhile nothing is told.
    if let (Some(says), true) = (&settled.says, done.rows_affected() > 0) {
        let nothing = "{\"undo\":\"nothing\"}";
        crate::deed::insert(tx, None, says, nothing, None, settled.at).await?;
    }
    Ok(())
}

/// Nothing is written over a connection any more.
pub(crate) async fn forget(tx: &mut Transaction, connection: i64) -> Result<()> {
    sql::query("DELETE FROM card_change WHERE +workspace_id = ? AND connection_id = ?")
        .bind(tx.workspace())
        .bind(connection)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn read(row: Row) -> Result<KeptCardChange> {
    let (id, connection, entry, counts, email, book, card, told_at, state, settled_at, content) =
        row;
    let damaged = || Error::damaged("a change of a card");
    Ok(KeptCardChange {
        id,
        connection,
        entry: EntryNumber::new(entry).ok_or_else(damaged)?,
        counts,
        email: email.parse().map_err(|_invalid| damaged())?,
        book,
        card,
        told_at: moment(told_at, 0)?,
        state: CardChangeState::from_name(&state)?,
        settled_at: settled_at.map(|at| moment(at, 0)).transpose()?,
        content,
    })
}
