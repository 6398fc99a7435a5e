//! Knowing whether anybody wrote, here or in another process.

use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

use crate::{Result, Store};

/// Watches a data file: its version differs after every write of anybody else's connection.
#[derive(Debug, Clone)]
pub struct Watch {
    /// One connection that stays: the versions of two are not comparable.
    connection: SqlitePool,
}

impl Store {
    /// Begins to watch.
    pub fn watch(&self) -> Watch {
        let options = self.readers.connect_options();
        let pool =
            SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        Watch { connection: pool.connect_lazy_with((*options).clone()) }
    }
}

impl Watch {
    /// A number that stays the same as long as nobody writes.
    pub async fn version(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("PRAGMA data_version").fetch_one(&self.connection).await?)
    }
}
