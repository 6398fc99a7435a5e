//! Where statements go: connections to one of the databases, each for the rows of one workspace.

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
#[cfg(feature = "postgres")]
use sqlx::{PgConnection, PgPool, Postgres};
use sqlx::{Sqlite, SqliteConnection, SqlitePool};

/// Connections to be taken one at a time.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    pub(super) of: PoolOf,
    workspace: i64,
}

#[derive(Debug, Clone)]
pub(super) enum PoolOf {
    Sqlite(SqlitePool),
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
}

impl Pool {
    /// Connections to a file.
    pub(crate) fn sqlite(pool: SqlitePool, workspace: i64) -> Self {
        Self { of: PoolOf::Sqlite(pool), workspace }
    }

    /// Connections to a server.
    #[cfg(feature = "postgres")]
    pub(crate) fn postgres(pool: PgPool, workspace: i64) -> Self {
        Self { of: PoolOf::Postgres(pool), workspace }
    }

    /// Whose rows are asked for.
    pub(crate) fn workspace(&self) -> i64 {
        self.workspace
    }

    /// Whether they lead to a file.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.of, PoolOf::Sqlite(_))
    }

    /// The connections, where they lead to a server.
    #[cfg(feature = "postgres")]
    pub(crate) fn as_postgres(&self) -> Option<&PgPool> {
        match &self.of {
            PoolOf::Sqlite(_) => None,
            PoolOf::Postgres(pool) => Some(pool),
        }
    }

    /// How many connections are open, and how many of them wait.
    pub(crate) fn open_and_idle(&self) -> (u32, u32) {
        let (open, idle) = match &self.of {
            PoolOf::Sqlite(pool) => (pool.size(), pool.num_idle()),
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => (pool.size(), pool.num_idle()),
        };
        (open, u32::try_from(idle).unwrap_or(u32::MAX))
    }

    /// One of the connections, until it is let go of.
    pub(crate) async fn acquire(&self) -> sqlx::Result<Connection> {
        let of = match &self.of {
            PoolOf::Sqlite(pool) => Of::Sqlite(pool.acquire().await?),
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => Of::Postgres(pool.acquire().await?),
        };
        Ok(Connection { of, workspace: self.workspace })
    }

    /// Begins a transaction, in the words with which the database begins one that writes.
    pub(crate) async fn begin(&self) -> sqlx::Result<Transaction> {
        let of = match &self.of {
            PoolOf::Sqlite(pool) => Of::SqliteTx(pool.begin_with("BEGIN IMMEDIATE").await?),
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => Of::PostgresTx(pool.begin().await?),
        };
        Ok(Transaction(Connection { of, workspace: self.workspace }))
    }

    /// Begins a transaction that only reads, and sees everything as it stood when it read first.
    pub(crate) async fn snapshot(&self) -> sqlx::Result<Transaction> {
        let of = match &self.of {
            PoolOf::Sqlite(pool) => Of::SqliteTx(pool.begin_with("BEGIN").await?),
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => Of::PostgresTx(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        };
        Ok(Transaction(Connection { of, workspace: self.workspace }))
    }

    /// Lets go of all connections.
    pub(crate) async fn close(&self) {
        match &self.of {
            PoolOf::Sqlite(pool) => pool.close().await,
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => pool.close().await,
        }
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Connection {
    of: Of,
    workspace: i64,
}

#[derive(Debug)]
enum Of {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTx(sqlx::Transaction<'static, Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(PoolConnection<Postgres>),
    #[cfg(feature = "postgres")]
    PostgresTx(sqlx::Transaction<'static, Postgres>),
}

impl Connection {
    /// Whose rows are asked for.
    pub(crate) fn workspace(&self) -> i64 {
        self.workspace
    }

    /// Whether a file is asked.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.of, Of::Sqlite(_) | Of::SqliteTx(_))
    }
}

/// A connection on which everything counts all together, or not at all.
#[derive(Debug)]
pub(crate) struct Transaction(Connection);

impl Transaction {
    /// Lets everything that was written count.
    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        match self.0.of {
            Of::SqliteTx(tx) => tx.commit().await,
            #[cfg(feature = "postgres")]
            Of::PostgresTx(tx) => tx.commit().await,
            _ => Ok(()),
        }
    }

    /// Lets nothing of it count.
    pub(crate) async fn rollback(self) -> sqlx::Result<()> {
        match self.0.of {
            Of::SqliteTx(tx) => tx.rollback().await,
            #[cfg(feature = "postgres")]
            Of::PostgresTx(tx) => tx.rollback().await,
            _ => Ok(()),
        }
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}

/// Where one statement goes.
pub(crate) enum Target<'c> {
    SqlitePool(&'c SqlitePool),
    Sqlite(&'c mut SqliteConnection),
    #[cfg(feature = "postgres")]
    PostgresPool(&'c PgPool),
    #[cfg(feature = "postgres")]
    Postgres(&'c mut PgConnection),
}

impl<'c> From<&'c Pool> for Target<'c> {
    fn from(pool: &'c Pool) -> Self {
        match &pool.of {
            PoolOf::Sqlite(pool) => Self::SqlitePool(pool),
            #[cfg(feature = "postgres")]
            PoolOf::Postgres(pool) => Self::PostgresPool(pool),
        }
    }
}

impl<'c> From<&'c mut Connection> for Target<'c> {
    fn from(connection: &'c mut Connection) -> Self {
        match &mut connection.of {
            Of::Sqlite(connection) => Self::Sqlite(connection),
            Of::SqliteTx(tx) => Self::Sqlite(tx),
            #[cfg(feature = "postgres")]
            Of::Postgres(connection) => Self::Postgres(connection),
            #[cfg(feature = "postgres")]
            Of::PostgresTx(tx) => Self::Postgres(tx),
        }
    }
}

impl<'c> From<&'c mut SqliteConnection> for Target<'c> {
    fn from(connection: &'c mut SqliteConnection) -> Self {
        Self::Sqlite(connection)
    }
}

impl<'c> From<&'c mut Transaction> for Target<'c> {
    fn from(tx: &'c mut Transaction) -> Self {
        (&mut tx.0).into()
    }
}
