//! Letters that a person approved, and what became of each.
//!
//! A row is there before anything is handed to a server: what was begun and not settled, because the program
//! was killed or the line broke, is never begun again.

use inroad_model::{MessageId, Moment};

use crate::message::moment;
use crate::original::{Unpacker, pack};
use crate::sql;
use crate::{Error, Result, Store};

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutgoingState {
    /// It may be on its way; nobody knows yet.
    Begun,
    /// The server took it.
    Accepted,
    /// The server did not take it.
    Refused,
    /// Nobody can tell whether the server took it.
    Unknown,
}

impl OutgoingState {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    fn from_name(name: &str) -> Result<Self> {
        let all = [Self::Begun, Self::Accepted, Self::Refused, Self::Unknown];
        let found = all.into_iter().find(|state| state.as_str() == name);
        found.ok_or_else(|| Error::damaged(format!("the state '{name}' of a letter")))
    }
}

/// A letter that was approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its row.
    pub id: i64,
    /// The connection that it goes over.
    pub connection: i64,
    /// The id that it bears.
    pub message_id: MessageId,
    /// What became of it.
    pub state: OutgoingState,
    /// When somebody approved it.
    pub approved_at: Moment,
    /// When it was settled; `None` while it is begun.
    pub settled_at: Option<Moment>,
    /// More of it, as JSON; the caller knows what it says.
    pub details: String,
}

/// A letter that is about to go out.
#[derive(Debug, Clone, Copy)]
pub struct NewOutgoing<'a> {
    /// The connection that it goes over.
    pub connection: i64,
    /// The id that it bears.
    pub message_id: &'a MessageId,
    /// More of it, as JSON.
    pub details: &'a str,
    /// Its bytes.
    pub content: &'a [u8],
}

type Row = (i64, i64, String, String, i64, Option<i64>, String);

impl Store {
    /// Keeps a letter as begun, unless one with its id is there; returns its row, or `None` if it must not
    /// go on. `is_allowed` is asked while nobody else can write, so that what it finds still holds when
    /// the row is there.
    ///
    /// # Errors
    /// [`Error::Database`]; what `is_allowed` says no with. Nothing is kept then.
    pub async fn begin_outgoing<E: From<Error>>(
        &self,
        letter: &NewOutgoing<'_>,
        at: Moment,
        is_allowed: impl Future<Output = std::result::Result<(), E>>,
    ) -> std::result::Result<Option<i64>, E> {
        let content = pack(letter.content)?;
        let mut tx = self.write().await?;
        is_allowed.await?;
        let id = sql::query_scalar(
            "INSERT INTO outgoing \
             (workspace_id, connection_id, message_id, state, approved_at, details, content) \
             VALUES (?, ?, ?, 'begun', ?, ?, ?) \
             ON CONFLICT (workspace_id, message_id) DO NOTHING RETURNING id",
        )
        .bind(self.workspace)
        .bind(letter.connection)
        .bind(letter.message_id.as_str())
        .bind(at.timestamp().as_microsecond())
        .bind(letter.details)
        .bind(content)
        .fetch_optional(&mut *tx)
        .await
        .map_err(Error::from)?;
        tx.commit().await.map_err(Error::from)?;
        self.log_to_disk()?;
        Ok(id)
    }

    /// Makes sure that what was written last is on the disk: without it a power cut could take the word that
    /// a letter was begun, and leave the letter.
    fn log_to_disk(&self) -> Result<()> {
        let mut log = self.path().as_os_str().to_owned();
        log.push("-wal");
        // A file that is not there was written into the data file, which is on the disk by then.
        match std::fs::OpenOptions::new().write(true).open(&log) {
            Ok(file) => file
                .sync_all()
                .map_err(|cause| Error::File { path: std::path::PathBuf::from(&log), cause }),
            Err(_absent) => Ok(()),
        }
    }

    /// Keeps more of a letter that was settled. Returns whether it is there.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn note_outgoing(&self, id: i64, details: &str) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query("UPDATE outgoing SET details = ? WHERE workspace_id = ? AND id = ?")
            .bind(details)
            .bind(self.workspace)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Keeps what became of a letter. What is settled stays so, but for one of which nobody could tell.
    /// Returns whether that changed anything.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn settle_outgoing(
        &self,
        id: i64,
        state: OutgoingState,
        details: &str,
        at: Moment,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let done = sql::query(
            "UPDATE outgoing SET state = ?, details = ?, settled_at = ? \
             WHERE workspace_id = ? AND id = ? AND state IN ('begun', 'unknown')",
        )
        .bind(state.as_str())
        .bind(details)
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// All letters that were approved, the newest first.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing(&self) -> Result<Vec<Outgoing>> {
        self.outgoing_page(u32::MAX, 0).await
    }

    /// So many of the letters that were approved, the newest first, behind so many.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing_page(&self, limit: u32, behind: u64) -> Result<Vec<Outgoing>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, connection_id, message_id, state, approved_at, settled_at, details \
             FROM outgoing WHERE workspace_id = ? ORDER BY id DESC LIMIT ? OFFSET ?",
        )
        .bind(self.workspace)
        .bind(limit)
        .bind(i64::try_from(behind).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// How many letters were approved.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn outgoing_count(&self) -> Result<u64> {
        let count: i64 = sql::query_scalar("SELECT COUNT(*) FROM outgoing WHERE workspace_id = ?")
            .bind(self.workspace)
            .fetch_one(&self.readers)
            .await?;
        Ok(count.unsigned_abs())
    }

    /// The letter of a row.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing_row(&self, id: i64) -> Result<Option<Outgoing>> {
        let row: Option<Row> = sql::query_as(
            "SELECT id, connection_id, message_id, state, approved_at, settled_at, details \
             FROM outgoing WHERE workspace_id = ? AND id = ?",
        )
        .bind(self.workspace)
        .bind(id)
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    /// The letter that bears an id.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing_named(&self, id: &MessageId) -> Result<Option<Outgoing>> {
        let row: Option<Row> = sql::query_as(
            "SELECT id, connection_id, message_id, state, approved_at, settled_at, details \
             FROM outgoing WHERE workspace_id = ? AND message_id = ?",
        )
        .bind(self.workspace)
        .bind(id.as_str())
        .fetch_optional(&self.readers)
        .await?;
        row.map(read).transpose()
    }

    /// The letters of which something is to be found out or done yet, the oldest first: what is begun or
    /// unknown, and what says of itself that it is open, by a field `open` of its details.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing_open(&self) -> Result<Vec<Outgoing>> {
        let rows: Vec<Row> = sql::query_as(
            "SELECT id, connection_id, message_id, state, approved_at, settled_at, details \
             FROM outgoing WHERE workspace_id = ? \
             AND (state IN ('begun', 'unknown') OR instr(details, '\"open\":true') > 0) ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }

    /// The bytes of a letter that was approved; `None` if there is none of that row.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn outgoing_content(&self, id: i64) -> Result<Option<Vec<u8>>> {
        let content: Option<Vec<u8>> =
            sql::query_scalar("SELECT content FROM outgoing WHERE workspace_id = ? AND id = ?")
                .bind(self.workspace)
                .bind(id)
                .fetch_optional(&self.readers)
                .await?;
        content.map(|content| Unpacker::new()?.unpack(&content)).transpose()
    }
}

fn read(
    (id, connection, message, state, approved_at, settled_at, details): Row,
) -> Result<Outgoing> {
    let damaged = || Error::damaged(format!("the message {message}"));
    Ok(Outgoing {
        id,
        connection,
        message_id: MessageId::new(&message).map_err(|_cause| damaged())?,
        state: OutgoingState::from_name(&state)?,
        approved_at: moment(approved_at, 0)?,
        settled_at: settled_at.map(|at| moment(at, 0)).transpose()?,
        details,
    })
}
