//! What only one program at a time may do with the same data, on this machine or on another.
//!
//! It is no lock on rows: everybody else goes on reading and writing meanwhile.

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use crate::{Error, Result, Store};

/// The right to do it, for as long as it lives.
#[derive(Debug)]
pub struct Turn {
    held: Held,
}

/// What the system or the server lets go of by itself when the program is gone.
#[derive(Debug)]
enum Held {
    File(#[expect(dead_code, reason = "it is held, and never looked at")] File),
    #[cfg(feature = "postgres")]
    Session(sqlx::PgConnection),
}

impl Turn {
    /// Whether it is still held. A session ends with the server or the line to it, and the turn with the session.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(clippy::unused_async, reason = "a server is waited for")
    )]
    pub async fn is_held(&mut self) -> bool {
        match &mut self.held {
            Held::File(_) => true,
            #[cfg(feature = "postgres")]
            Held::Session(session) => sqlx::Connection::ping(session).await.is_ok(),
        }
    }
}

/// A server that no longer hears of whoever holds a turn lets go of it after a minute.
#[cfg(feature = "postgres")]
const HEARD_OF: &str = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; \
     SET tcp_keepalives_count = 3";

/// A server learns of the end of a session only a moment later, so a turn that was just let go of is asked for
/// so often, with so long in between.
#[cfg(feature = "postgres")]
const TRIES: u32 = 6;
#[cfg(feature = "postgres")]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(40);

impl Store {
    /// Takes a turn by its name; `None` if another program has it.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Database`].
    #[cfg_attr(
        not(feature = "postgres"),
        expect(clippy::unused_async, reason = "a server is waited for")
    )]
    pub async fn take_turn(&self, name: &str) -> Result<Option<Turn>> {
        #[cfg(feature = "postgres")]
        if let Some(pool) = self.writer.as_postgres() {
            use sqlx::Connection as _;
            // A session of its own: it holds the turn until it ends.
            let mut session = sqlx::PgConnection::connect_with(&pool.connect_options()).await?;
            sqlx::raw_sql(HEARD_OF).execute(&mut session).await?;
            for _ in 0..TRIES {
                let is_ours: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1, $2)")
                    .bind(key(name))
                    .bind(self.workspace_key())
                    .fetch_one(&mut session)
                    .await?;
                if is_ours {
                    return Ok(Some(Turn { held: Held::Session(session) }));
                }
                tokio::time::sleep(PAUSE).await;
            }
            return Ok(None);
        }
        let path = self.lock_of(name);
        let lock =
            File::create(&path).map_err(|cause| Error::File { path: path.clone(), cause })?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Turn { held: Held::File(lock) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => Err(Error::File { path, cause }),
        }
    }

    /// Whether some program has a turn now.
    ///
    /// # Errors
    /// [`Error::Database`].
    #[cfg_attr(
        not(feature = "postgres"),
        expect(clippy::unused_async, reason = "a server is waited for")
    )]
    pub async fn is_turn_taken(&self, name: &str) -> Result<bool> {
        #[cfg(feature = "postgres")]
        if let Some(pool) = self.writer.as_postgres() {
            let is_taken = sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database \
                 WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database() \
                   AND l.classid = CAST($1 AS OID) AND l.objid = CAST($2 AS OID))",
            )
            // The server shows them as numbers without a sign.
            .bind(i64::from(key(name).cast_unsigned()))
            .bind(i64::from(self.workspace_key().cast_unsigned()))
            .fetch_one(pool)
            .await?;
            return Ok(is_taken);
        }
        let Ok(lock) = File::open(self.lock_of(name)) else { return Ok(false) };
        // Shared with others who look, so that none of them takes it for somebody's turn.
        Ok(matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    fn lock_of(&self, name: &str) -> PathBuf {
        let mut path = self.path().as_os_str().to_owned();
        path.push(".");
        path.push(name);
        PathBuf::from(path)
    }

    /// Two workspaces of the same key would wait for each other, which costs nothing but time.
    #[cfg(feature = "postgres")]
    fn workspace_key(&self) -> i32 {
        i32::try_from(self.workspace & i64::from(i32::MAX)).unwrap_or_default()
    }
}

#[cfg(feature = "postgres")]
fn key(name: &str) -> i32 {
    let mut short = [0; 4];
    short
        .iter_mut()
        .zip(blake3::hash(name.as_bytes()).as_bytes())
        .for_each(|(to, from)| *to = *from);
    i32::from_be_bytes(short)
}
