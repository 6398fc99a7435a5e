//! Where the data lies: in one file, or in a workspace of a server.

mod file;
#[cfg(feature = "postgres")]
mod server;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use inroad_model::Contact;

use crate::change::Watcher;
use crate::deal::StoredDeal;
use crate::deal_change::DealStages;
use crate::do_not_contact::ListedRow;
use crate::remembered::Remembered;
use crate::sql::{Pool, Transaction};
use crate::{Result, sql};

pub(crate) use file::{make_private, migrate};

/// The data of one workspace, in one file or in a database that many share.
///
/// Reads run on several connections at once. Writes of a workspace go one after the other, so that no two
/// transactions ever wait for each other's locks. Cloning is cheap and shares all.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    /// Whose rows these are.
    pub(crate) workspace: i64,
    /// Who reads the messages that come in; empty if nobody said so.
    pub(crate) reader: Arc<str>,
    pub(crate) readers: Pool,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) remembered: Arc<Memory>,
    pub(crate) writer: Pool,
}

/// What every page asks for, and takes long to read of a large file.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) people_version: Remembered<str>,
    pub(crate) deals: Remembered<Vec<StoredDeal>>,
    pub(crate) deal_stages: Remembered<DealStages>,
    pub(crate) opted_out_contacts: Remembered<Vec<Contact>>,
    pub(crate) listed: Remembered<Vec<ListedRow>>,
}

/// The one workspace of a file.
const MINE: i64 = 1;
/// How many connections read a file at once.
pub(crate) const READERS: u32 = 4;

/// The number, the name and the statements of a migration.
type Step = (i64, &'static str, &'static str);

impl Store {
    fn of(path: &Path, readers: Pool, writer: Pool, watcher: Option<Watcher>) -> Self {
        Self {
            path: path.to_owned(),
            workspace: readers.workspace(),
            reader: "".into(),
            readers,
            watcher,
            remembered: Arc::default(),
            writer,
        }
    }

    /// Where the file lies; of a workspace on a server, beside which path its programs here keep their own
    /// files.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write. There is one at a time: callers wait for each other here, whichever process they are in.
    pub(crate) async fn write(&self) -> Result<Transaction> {
        let mut tx = self.writer.begin().await?;
        if !self.is_file() {
            // Whoever holds this row writes; another number tells everybody else that something was written. A
            // server that was set back to an earlier day comes to no number for a second time.
            sql::query(
                "UPDATE workspace SET version = CAST(random() * 9000000000000000000 AS BIGINT) \
                 WHERE id = ?",
            )
            .bind(self.workspace)
            .execute(&mut tx)
            .await?;
        }
        Ok(tx)
    }

    /// Begins a write that changes nothing of what is shown, so that nobody looks at all of it anew for its
    /// sake. It waits as the others do.
    pub(crate) async fn write_aside(&self) -> Result<Transaction> {
        let mut tx = self.writer.begin().await?;
        if !self.is_file() {
            sql::query("UPDATE workspace SET version = version WHERE id = ?")
                .bind(self.workspace)
                .execute(&mut tx)
                .await?;
        }
        Ok(tx)
    }

    /// Whether all lies in one file.
    pub fn is_file(&self) -> bool {
        self.writer.is_sqlite()
    }

    /// The number of the newest change of the schema that this program knows.
    pub(crate) fn newest_migration(&self) -> Option<i64> {
        if self.is_file() {
            return file::newest_migration();
        }
        #[cfg(feature = "postgres")]
        return server::newest_migration();
        #[cfg(not(feature = "postgres"))]
        None
    }

    /// Waits until everything written is in the file itself, and lets go of it.
    pub async fn close(self) -> Result<()> {
        self.readers.close().await;
        if let Some(watcher) = &self.watcher {
            watcher.close().await;
        }
        if self.is_file() {
            sql::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        }
        self.writer.close().await;
        Ok(())
    }
}

fn migrations(steps: &'static [Step]) -> Migrator {
    let steps = steps.iter().map(|(version, name, sql)| {
        let sql = (*sql).into_sql_str();
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}
