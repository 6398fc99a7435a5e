//! A data file: one writer, four readers, and a refusal of unsafe versions.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};

use super::{MINE, READERS, Store, migrations};
use crate::change::Watcher;
use crate::sql::Pool;
use crate::{Error, Result};

/// Marks a file as ours in the `SQLite` header (`"inrd"`).
const APPLICATION_ID: i32 = 0x696e_7264;
/// Earlier versions can corrupt a database when the write-ahead log is reset.
const SQLITE_VERSION_MIN: (&str, i64) = ("3.51.3", 3_051_003);

const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "initial", include_str!("../../migrations/sqlite/0001_initial.sql")),
    (2, "deal history", include_str!("../../migrations/sqlite/0002_deal_history.sql")),
    (3, "telling", include_str!("../../migrations/sqlite/0003_telling.sql")),
    (4, "telling touch", include_str!("../../migrations/sqlite/0004_telling_touch.sql")),
    (5, "lessons", include_str!("../../migrations/sqlite/0005_lessons.sql")),
    (6, "second reading", include_str!("../../migrations/sqlite/0006_second_reading.sql")),
    (7, "short gists", include_str!("../../migrations/sqlite/0007_short_gists.sql")),
    (8, "reading", include_str!("../../migrations/sqlite/0008_reading.sql")),
    (9, "insights", include_str!("../../migrations/sqlite/0009_insights.sql")),
    (10, "desk", include_str!("../../migrations/sqlite/0010_desk.sql")),
    (11, "accounts", include_str!("../../migrations/sqlite/0011_accounts.sql")),
    (12, "erased", include_str!("../../migrations/sqlite/0012_erased.sql")),
    (13, "members", include_str!("../../migrations/sqlite/0013_members.sql")),
    (14, "leads", include_str!("../../migrations/sqlite/0014_leads.sql")),
    (15, "sellers", include_str!("../../migrations/sqlite/0015_sellers.sql")),
    (16, "connections", include_str!("../../migrations/sqlite/0016_connections.sql")),
    (17, "card changes", include_str!("../../migrations/sqlite/0017_card_changes.sql")),
    (18, "logins", include_str!("../../migrations/sqlite/0018_logins.sql")),
    (19, "api", include_str!("../../migrations/sqlite/0019_api.sql")),
    (20, "webhooks", include_str!("../../migrations/sqlite/0020_webhooks.sql")),
    (21, "identity_providers", include_str!("../../migrations/sqlite/0021_identity_providers.sql")),
    (22, "passkeys", include_str!("../../migrations/sqlite/0022_passkeys.sql")),
    (23, "deal_names", include_str!("../../migrations/sqlite/0023_deal_names.sql")),
];

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
        let read = options.read_only(true).create_if_missing(false);
        let watcher = Some(Watcher::of_file(read.clone()));
        // Enough for what a review of 200 deals reads, if it is asked for again.
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(0)
            .connect_lazy_with(read.pragma("cache_size", "-40960"));
        let (readers, writer) = (Pool::sqlite(readers, MINE), Pool::sqlite(writer, MINE));
        let store = Self::of(path, readers, writer, watcher);
        store.clear_file().await?;
        Ok(store)
    }

    /// A store whose readers and writer are one connection.
    pub(crate) fn on_one_connection(path: &Path, connection: SqlitePool) -> Self {
        let pool = Pool::sqlite(connection, MINE);
        Self::of(path, pool.clone(), pool, None)
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
    migrations(MIGRATIONS).run(writer).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::VersionMissing(_) => Error::TooNew { path: path.to_owned() },
        sqlx::migrate::MigrateError::Execute(cause) => Error::Database(cause),
        other => Error::Database(sqlx::Error::Migrate(Box::new(other))),
    })
}

/// The number of the last one.
pub(super) fn newest_migration() -> Option<i64> {
    MIGRATIONS.last().map(|(number, ..)| *number)
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
