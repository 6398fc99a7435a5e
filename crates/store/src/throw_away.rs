//! A copy of everything but mail that vanishes when it is let go of: on it an import can be tried
//! with the very functions that would keep it.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::copy::copy_table;
use crate::database::migrate;
use crate::tables::TABLES;
use crate::{Result, Store};

/// What is copied.
const COPIED: [&str; 7] =
    ["setting", "deal", "deal_change", "event", "contact", "account", "do_not_contact"];

impl Store {
    /// Copies deals, calendar, contacts, firms and settings. Mail stays where it is: it is most of what is
    /// kept, and [`Store::rehearse_messages`] counts it without keeping it.
    ///
    /// The copy has one connection, so a read waits for a write that is under way. It is in
    /// memory up to 32 MB, then in a file without a name.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn throw_away_copy(&self) -> Result<Self> {
        // A database without a name vanishes with its connection, so that one must stay.
        let connection = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(
                SqliteConnectOptions::new()
                    .filename("")
                    .foreign_keys(true)
                    .pragma("cache_size", "-32768"),
            )
            .await?;
        migrate(&connection, self.path()).await?;
        let copy = Self::on_one_connection(self.path(), connection);
        let mut from = self.readers.snapshot().await?;
        let mut tx = copy.write().await?;
        for table in TABLES.iter().filter(|table| COPIED.contains(&table.name)) {
            copy_table(&mut from, &mut tx, table).await?;
        }
        tx.commit().await?;
        Ok(copy)
    }
}
