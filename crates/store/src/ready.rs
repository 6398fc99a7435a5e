//! Whether the database answers, as this program knows it, and how busy the ways to it are.

use crate::sql;
use crate::{Result, Store};

/// The connections of one kind to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUse {
    /// What they are for: `readers` or `writer`.
    pub pool: &'static str,
    /// Those over which something is asked at the moment.
    pub busy: u32,
    /// Those that are open and wait.
    pub idle: u32,
}

impl Store {
    /// Asks the database for its schema, and tells whether it is the one of this program: another program may
    /// have brought it further meanwhile, or somebody put an older one in its place.
    ///
    /// # Errors
    /// [`crate::Error::Database`] if it does not answer.
    pub async fn has_own_schema(&self) -> Result<bool> {
        let newest: Option<i64> = sql::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&self.readers)
            .await?;
        Ok(newest == self.newest_migration())
    }

    /// The connections to the database.
    pub fn pools(&self) -> [PoolUse; 2] {
        [("readers", &self.readers), ("writer", &self.writer)].map(|(pool, of)| {
            let (open, idle) = of.open_and_idle();
            PoolUse { pool, busy: open.saturating_sub(idle), idle }
        })
    }
}
