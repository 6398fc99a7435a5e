//! Opening the data file: one writer, four readers, migrations, and a refusal of unsafe versions.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqlSafeStr, Sqlite, SqliteConnection, SqlitePool, Transaction};

use inroad_model::Contact;

use crate::change::Watcher;
use crate::deal::StoredDeal;
use crate::deal_change::DealStages;
use crate::do_not_contact::ListedRow;
use crate::remembered::Remembered;
use crate::{Error, Result};

/// The data of one installation, in one `SQLite` file.
///
/// Reads run on up to four connections; all writes go through one, so that no two transactions
/// ever wait for each other's locks. Cloning is cheap and shares both.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    /// Who reads the messages that come in; empty if nobody said so.
    pub(crate) reader: Arc<str>,
    pub(crate) readers: SqlitePool,
    pub(crate) watcher: Option<Watcher>,
    pub(crate) remembered: Arc<Memory>,
    writer: SqlitePool,
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

/// Marks a file as ours in the `SQLite` header (`"inrd"`).
const APPLICATION_ID: i32 = 0x696e_7264;
/// Earlier versions can corrupt a database when the write-ahead log is reset.
const SQLITE_VERSION_MIN: (&str, i64) = ("3.51.3", 3_051_003);
/// The one workspace of a single seller's file.
pub(crate) const WORKSPACE: i64 = 1;

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "initial", include_str!("../migrations/0001_initial.sql")),
    (2, "deal history", include_str!("../migrations/0002_deal_history.sql")),
    (3, "telling", include_str!("../migrations/0003_telling.sql")),
    (4, "telling touch", include_str!("../migrations/0004_telling_touch.sql")),
    (5, "lessons", include_str!("../migrations/0005_lessons.sql")),
    (6, "second reading", include_str!("../migrations/0006_second_reading.sql")),
    (7, "short gists", include_str!("../migrations/0007_short_gists.sql")),
    (8, "reading", include_str!("../migrations/0008_reading.sql")),
    (9, "insights", include_str!("../migrations/0009_insights.sql")),
    (10, "desk", include_str!("../migrations/0010_desk.sql")),
    (11, "accounts", include_str!("../migrations/0011_accounts.sql")),
    (12, "erased", include_str!("../migrations/0012_erased.sql")),
    (13, "members", include_str!("../migrations/0013_members.sql")),
    (14, "leads", include_str!("../migrations/0014_leads.sql")),
    (15, "sellers", include_str!("../migrations/0015_sellers.sql")),
    (16, "connections", include_str!("../migrations/0016_connections.sql")),
    (17, "card changes", include_str!("../migrations/0017_card_changes.sql")),
];

/// How many connections read at once.
pub(crate) const READERS: u32 = 4;

impl Store {
    /// Opens the file, creating it if it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error::NotOurs`] for a foreign database, [`Error::TooNew`] for one of a later version,
    /// [`Error::UnsafeSqlite`], [`Error::File`] if the folder cannot be made, [`Error::Database`].
    pub async fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|cause| Error::File { path: folder.to_owned(), cause })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(200)
            .row_buffer_size(500)
            .pragma("temp_store", "memory");
        refuse_foreign(path).await?;
        make_private(path)?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(
                options
                    .clone()
                    .pragma("application_id", APPLICATION_ID.to_string())
                    .pragma("cache_size", "-32768"),
            )
            .await?;
        let (version,): (String,) =
            sqlx::query_as("SELECT sqlite_version()").fetch_one(&writer).await?;
        if version_number(&version) < SQLITE_VERSION_MIN.1 {
            return Err(Error::UnsafeSqlite { found: version, wanted: SQLITE_VERSION_MIN.0 });
        }
        migrate(&writer, path).await?;
        crate::erase::clear_if_begun(&writer).await?;
        let read = options.read_only(true).create_if_missing(false);
        let watcher = Some(Watcher::new(read.clone()));
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(0)
            .connect_lazy_with(read
                    // Enough for what a review of 200 deals reads, if it is asked for again.
                    .pragma("cache_size", "-40960"));
        Ok(Self {
            path: path.to_owned(),
            reader: "".into(),
            readers,
            watcher,
            remembered: Arc::default(),
            writer,
        })
    }

    /// A store whose readers and writer are one connection.
    pub(crate) fn on_one_connection(path: &Path, connection: SqlitePool) -> Self {
        Self {
            path: path.to_owned(),
            reader: "".into(),
            readers: connection.clone(),
            watcher: None,
            remembered: Arc::default(),
            writer: connection,
        }
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write. There is one writer: callers wait for each other here, never in `SQLite`.
    pub(crate) async fn write(&self) -> Result<Transaction<'static, Sqlite>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// The writer outside a transaction, for the few statements that refuse to run inside one.
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// Waits until everything written is in the file itself, and lets go of it.
    pub async fn close(self) -> Result<()> {
        self.readers.close().await;
        if let Some(watcher) = &self.watcher {
            watcher.close().await;
        }
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await?;
        self.writer.close().await;
        Ok(())
    }
}

/// Makes a missing file, readable by nobody but its owner: it will hold other people's letters.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::File { path: path.to_owned(), cause })
        }
        _ => Ok(()),
    }
}

/// A file that is a database of something else is left alone, untouched.
async fn refuse_foreign(path: &Path) -> Result<()> {
    let not_ours = || Error::NotOurs { path: path.to_owned() };
    let mut header = [0_u8; 16];
    let read = std::fs::File::open(path)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header));
    match read {
        Ok(()) if header == *b"SQLite format 3\0" => {}
        Ok(()) => return Err(not_ours()),
        Err(cause) => match cause.kind() {
            std::io::ErrorKind::NotFound => return Ok(()),
            std::io::ErrorKind::UnexpectedEof if is_empty(path) => return Ok(()),
            std::io::ErrorKind::UnexpectedEof => return Err(not_ours()),
            _ => return Err(Error::File { path: path.to_owned(), cause }),
        },
    }
    if was_being_made(path) {
        return Ok(());
    }
    let look = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = SqliteConnection::connect_with(&look).await?;
    let id: i32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await?;
    let tables: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await?;
    connection.close().await?;
    if id == APPLICATION_ID || (id == 0 && tables == 0) { Ok(()) } else { Err(not_ours()) }
}

/// Whether the journal beside the file says that the file was empty before a write that was cut
/// off. Such a file cannot be looked into before that write is undone, and nothing is in it.
fn was_being_made(path: &Path) -> bool {
    const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    // Of the journal's header: the magic number, two fields, and the former size in pages.
    let mut header = [0_u8; 20];
    let read = std::fs::File::open(journal)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut header));
    read.is_ok() && header.starts_with(&MAGIC) && header.ends_with(&[0; 4])
}

fn is_empty(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0)
}

pub(crate) async fn migrate(writer: &SqlitePool, path: &Path) -> Result<()> {
    let migrations = MIGRATIONS
        .iter()
        .map(|(version, name, sql)| {
            let sql = (*sql).into_sql_str();
            Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations).run(writer).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::VersionMissing(_) => Error::TooNew { path: path.to_owned() },
        sqlx::migrate::MigrateError::Execute(cause) => Error::Database(cause),
        other => Error::Database(sqlx::Error::Migrate(Box::new(other))),
    })
}

fn version_number(text: &str) -> i64 {
    let mut parts = text.split('.').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    next() * 1_000_000 + next() * 1000 + next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version_number(SQLITE_VERSION_MIN.0), SQLITE_VERSION_MIN.1);
        assert!(version_number("3.9.0") < version_number("3.51.3"));
    }
}
