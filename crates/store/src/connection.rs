//! What is read by itself, and how far it was read.

use std::collections::BTreeMap;

use inroad_model::{Connection, ConnectionName, Moment};

use crate::card_change;
use crate::message::moment;
use crate::original::ContentHash;
use crate::sql::{self, Builder, list};
use crate::{Error, Result, Store};

/// A connection as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptConnection {
    /// Its row.
    pub id: i64,
    /// What it is.
    pub connection: Connection,
    /// When it was connected, or connected once more.
    pub told_at: Moment,
}

/// A folder on a server, and how far it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncFolder {
    /// Its row.
    pub id: i64,
    /// As the server calls it.
    pub path: String,
    /// What the protocol needs to go on from there, as JSON; the caller knows what it says.
    pub position: String,
}

/// A message on a server, and which original it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncMail {
    /// The number by which the server knows it.
    pub uid: u32,
    /// Of its bytes.
    pub hash: ContentHash,
    /// Its flags, separated by blanks, in their order.
    pub flags: String,
}

/// What is known of the messages of a folder by now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SyncStep {
    /// Messages that were read.
    pub read: Vec<SyncMail>,
    /// Flags that changed, by number.
    pub flags: BTreeMap<u32, String>,
    /// Messages that are gone from the server.
    pub gone: Vec<u32>,
    /// Whether the server gave all numbers anew, so that the former ones mean nothing.
    pub is_renumbered: bool,
    /// From where to go on; `None` leaves it where it was.
    pub position: Option<String>,
}

/// So many rows a statement.
const ROWS_PER_STATEMENT: usize = 200;

/// Notes how far a folder was read: the place, the folder, the workspace.
pub(crate) const SET_POSITION: &str =
    "UPDATE sync_folder SET position = ?1 WHERE +workspace_id = ?3 AND id = ?2 AND position <> ?1";

impl Store {
    /// Keeps a connection. One of that name is replaced, and what was read of it stays known, unless it is
    /// `elsewhere` now. Changes of cards wait for it no more unless it has leave to write them.
    /// `keep_password` is given the row while nobody sees it yet, so that a connection
    /// is there with its password or not at all.
    ///
    /// # Errors
    /// [`Error::Database`]; what `keep_password` says no with. Nothing is kept then.
    pub async fn put_connection<E: From<Error>>(
        &self,
        connection: &Connection,
        elsewhere: bool,
        at: Moment,
        keep_password: impl AsyncFnOnce(i64) -> std::result::Result<(), E>,
    ) -> std::result::Result<i64, E> {
        let content =
            serde_json::to_string(connection).map_err(|e| Error::damaged(e.to_string()))?;
        let mut tx = self.write().await?;
        let id = sql::query_scalar(
            "INSERT INTO connection (workspace_id, name, told_at, content) VALUES (?, ?, ?, ?) \
             ON CONFLICT (workspace_id, name) WHERE removed_at IS NULL \
             DO UPDATE SET content = excluded.content, told_at = excluded.told_at RETURNING id",
        )
        .bind(self.workspace)
        .bind(connection.name.as_str())
        .bind(at.timestamp().as_microsecond())
        .bind(content)
        .fetch_one(&mut *tx)
        .await
        .map_err(Error::from)?;
        // Without leave nothing waits, also not for a leave of some later day.
        if elsewhere || !connection.reads.writes_back() {
            card_change::forget(&mut tx, id).await?;
        }
        if elsewhere {
            sql::query("DELETE FROM sync_folder WHERE workspace_id = ? AND connection_id = ?")
                .bind(self.workspace)
                .bind(id)
                .execute(&mut *tx)
                .await
                .map_err(Error::from)?;
        }
        keep_password(id).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(id)
    }

    /// Nothing is read of a connection from now on; what was read stays. Returns whether there was one.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn remove_connection(&self, name: &ConnectionName, at: Moment) -> Result<bool> {
        let mut tx = self.write().await?;
        let gone: Option<i64> = sql::query_scalar(
            "UPDATE connection SET removed_at = ? \
             WHERE workspace_id = ? AND name = ? AND removed_at IS NULL RETURNING id",
        )
        .bind(at.timestamp().as_microsecond())
        .bind(self.workspace)
        .bind(name.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(id) = gone {
            card_change::forget(&mut tx, id).await?;
        }
        tx.commit().await?;
        Ok(gone.is_some())
    }

    /// All connections that are read, by name.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn connections(&self) -> Result<Vec<KeptConnection>> {
        let rows: Vec<(i64, i64, String)> = sql::query_as(
            "SELECT id, told_at, content FROM connection \
             WHERE workspace_id = ? AND removed_at IS NULL ORDER BY name",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |(id, told_at, content): (i64, i64, String)| {
            Ok(KeptConnection {
                id,
                connection: serde_json::from_str(&content)
                    .map_err(|e| Error::damaged(format!("a connection: {e}")))?,
                told_at: moment(told_at, 0)?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// The folders of a connection that were read before, by path.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn sync_folders(&self, connection: i64) -> Result<Vec<SyncFolder>> {
        let rows: Vec<(i64, String, String)> = sql::query_as(
            "SELECT id, path, position FROM sync_folder \
             WHERE workspace_id = ? AND connection_id = ? ORDER BY path",
        )
        .bind(self.workspace)
        .bind(connection)
        .fetch_all(&self.readers)
        .await?;
        let read = |(id, path, position)| SyncFolder { id, path, position };
        Ok(rows.into_iter().map(read).collect())
    }

    /// A folder of a connection, which is there from now on.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn sync_folder(
        &self,
        connection: i64,
        path: &str,
        begin: &str,
    ) -> Result<SyncFolder> {
        // Looked for first: a look that finds nothing new must write nothing.
        let known = self.sync_folders(connection).await?;
        if let Some(folder) = known.into_iter().find(|folder| folder.path == path) {
            return Ok(folder);
        }
        let mut tx = self.write().await?;
        let id = sql::query_scalar(
            "INSERT INTO sync_folder (workspace_id, connection_id, path, position) \
             VALUES (?, ?, ?, ?) RETURNING id",
        )
        .bind(self.workspace)
        .bind(connection)
        .bind(path)
        .bind(begin)
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(SyncFolder { id, path: path.to_owned(), position: begin.to_owned() })
    }

    /// The numbers of a folder's messages that were read and were not gone, in their order.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn sync_uids(&self, folder: i64) -> Result<Vec<u32>> {
        // As one text: it is asked each time something may be new, and to fetch a row costs more.
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(CAST(uid AS TEXT), ',') FROM (SELECT uid FROM sync_mail \
             WHERE workspace_id = ? AND folder_id = ? AND gone_at IS NULL ORDER BY uid) uids",
        )
        .bind(self.workspace)
        .bind(folder)
        .fetch_one(&self.readers)
        .await?;
        let number =
            |text: &str| text.parse().map_err(|_cause| Error::damaged("a list of numbers"));
        found.iter().flat_map(|list| list.split(',')).map(number).collect()
    }

    /// The numbers of a folder's messages that were read and were not gone, with their flags.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn sync_mails(&self, folder: i64) -> Result<BTreeMap<u32, String>> {
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT uid, flags FROM sync_mail \
             WHERE workspace_id = ? AND folder_id = ? AND gone_at IS NULL ORDER BY uid",
        )
        .bind(self.workspace)
        .bind(folder)
        .fetch_all(&self.readers)
        .await?;
        let number = |uid| u32::try_from(uid).map_err(|_odd| Error::damaged("a list of numbers"));
        rows.into_iter().map(|(uid, flags)| Ok((number(uid)?, flags))).collect()
    }

    /// Keeps what is known of a folder by now, all or nothing. A message that is gone stays with the moment.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn sync_step(&self, folder: i64, step: &SyncStep, at: Moment) -> Result<()> {
        let at = at.timestamp().as_microsecond();
        let mut tx = self.write().await?;
        if step.is_renumbered {
            sql::query("DELETE FROM sync_mail WHERE workspace_id = ? AND folder_id = ?")
                .bind(self.workspace)
                .bind(folder)
                .execute(&mut *tx)
                .await?;
        }
        // A faulty server may name a message twice; the last word on it counts.
        let read: BTreeMap<u32, &SyncMail> =
            step.read.iter().map(|mail| (mail.uid, mail)).collect();
        let read: Vec<&SyncMail> = read.into_values().collect();
        for some in read.chunks(ROWS_PER_STATEMENT) {
            let uids: Vec<i64> = some.iter().map(|mail| mail.uid.into()).collect();
            sql::query(
                "DELETE FROM sync_mail WHERE workspace_id = ? AND folder_id = ? \
                 AND uid IN (SELECT value FROM json_each(?))",
            )
            .bind(self.workspace)
            .bind(folder)
            .bind(list(&uids))
            .execute(&mut *tx)
            .await?;
            let mut query =
                Builder::new("INSERT INTO sync_mail (folder_id, uid, workspace_id, hash, flags) ");
            query.push_values(some, |mut row, mail| {
                row.push_bind(folder)
                    .push_bind(mail.uid)
                    .push_bind(self.workspace)
                    .push_bind(mail.hash.bytes())
                    .push_bind(mail.flags.as_str());
            });
            query.build().execute(&mut *tx).await?;
        }
        for (uid, flags) in &step.flags {
            sql::query(
                "UPDATE sync_mail SET flags = ?1 \
                 WHERE workspace_id = ?4 AND folder_id = ?2 AND uid = ?3 AND flags <> ?1",
            )
            .bind(flags)
            .bind(folder)
            .bind(uid)
            .bind(self.workspace)
            .execute(&mut *tx)
            .await?;
        }
        for uid in &step.gone {
            sql::query(
                "UPDATE sync_mail SET gone_at = ? \
                 WHERE workspace_id = ? AND folder_id = ? AND uid = ? AND gone_at IS NULL",
            )
            .bind(at)
            .bind(self.workspace)
            .bind(folder)
            .bind(uid)
            .execute(&mut *tx)
            .await?;
        }
        if let Some(position) = &step.position {
            sql::query(SET_POSITION)
                .bind(position)
                .bind(folder)
                .bind(self.workspace)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
