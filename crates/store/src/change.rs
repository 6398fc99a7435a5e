//! Whether anything was written since somebody looked, in this process or another: what is held in
//! memory is good for as long as nothing was.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::erase::erasures;
#[cfg(feature = "postgres")]
use crate::sql;
use crate::{Result, Store};

/// The state of a data file: as long as it is the same, nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileState {
    connection: u64,
    version: i64,
    erasures: i64,
}

impl FileState {
    /// Whether what was made of an `older` state may be shown for a moment in place of what is made of
    /// this one: not after somebody was erased.
    pub fn is_late_at_most(self, older: Self) -> bool {
        self.erasures == older.erasures
    }
}

/// How the state is found out.
#[derive(Debug, Clone)]
pub(crate) enum Watcher {
    /// One connection that never writes, so that every change is one of others. The database counts
    /// changes for each connection by itself.
    File { pool: SqlitePool, connections: Arc<AtomicU64> },
    /// Every write counts itself, in the row of its workspace.
    #[cfg(feature = "postgres")]
    Server,
}

impl Watcher {
    pub(crate) fn of_file(options: SqliteConnectOptions) -> Self {
        let connections = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&connections);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None::<Duration>)
            .max_lifetime(None::<Duration>)
            .after_connect(move |_, _| {
                count.fetch_add(1, Ordering::Relaxed);
                Box::pin(async { Ok(()) })
            })
            .connect_lazy_with(options);
        Self::File { pool, connections }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::File { pool, .. } => pool.close().await,
            #[cfg(feature = "postgres")]
            Self::Server => {}
        }
    }
}

impl Store {
    /// The state of the data; `None` where nobody can tell, as in a dry run.
    pub async fn file_state(&self) -> Result<Option<FileState>> {
        match &self.watcher {
            None => Ok(None),
            Some(Watcher::File { pool, connections }) => {
                let mut connection = pool.acquire().await?;
                let version =
                    sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut *connection).await?;
                let erasures = erasures(&mut *connection, self.workspace).await?;
                let connection = connections.load(Ordering::Relaxed);
                Ok(Some(FileState { connection, version, erasures }))
            }
            #[cfg(feature = "postgres")]
            Some(Watcher::Server) => {
                let (version, erasures): (i64, Option<i64>) = sql::query_as(
                    "SELECT w.version, CAST(s.value AS BIGINT) FROM workspace w \
                     LEFT JOIN setting s ON s.workspace_id = w.id AND s.name = 'erasures' WHERE w.id = ?",
                )
                .bind(self.workspace)
                .fetch_one(&self.readers)
                .await?;
                let erasures = erasures.unwrap_or_default();
                Ok(Some(FileState { connection: 0, version, erasures }))
            }
        }
    }

    /// How often somebody was erased. It grows within the transaction that does it.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn erasures(&self) -> Result<i64> {
        erasures(&self.readers, self.workspace).await
    }
}
