//! A copy of everything but mail that vanishes when it is let go of: on it an import can be tried
//! with the very functions that would keep it.

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::database::migrate;
use crate::{Error, Result, Store};

/// What is copied; each has the same columns here and there.
const COPIED: [&str; 7] = [
    "INSERT INTO setting SELECT * FROM kept.setting",
    "INSERT INTO deal SELECT * FROM kept.deal",
    "INSERT INTO deal_change SELECT * FROM kept.deal_change",
    "INSERT INTO event SELECT * FROM kept.event",
    "INSERT INTO contact SELECT * FROM kept.contact",
    "INSERT INTO account SELECT * FROM kept.account",
    "INSERT INTO do_not_contact SELECT * FROM kept.do_not_contact",
];

impl Store {
    /// Copies deals, calendar, contacts, firms and settings. Mail stays where it is: it is most of a
    /// file, and [`Store::rehearse_messages`] counts it without keeping it.
    ///
    /// The copy has one connection, so a read waits for a write that is under way. It is in
    /// memory up to 32 MB, then in a file without a name.
    ///
    /// # Errors
    /// [`Error::Database`].
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
        let path =
            self.path().to_str().ok_or_else(|| Error::NotOurs { path: self.path().into() })?;
        sqlx::query("ATTACH DATABASE ? AS kept").bind(path).execute(&connection).await?;
        for copy in COPIED {
            sqlx::query(copy).execute(&connection).await?;
        }
        sqlx::query("DETACH DATABASE kept").execute(&connection).await?;
        Ok(Self::on_one_connection(self.path(), connection))
    }
}
