//! A workspace on a `PostgreSQL` server, which many programs on many machines share.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{Connection as _, Executor as _, PgConnection, PgPool};
use tokio::time::timeout;

use super::{Step, Store, migrations};
use crate::change::Watcher;
use crate::sql::Pool;
use crate::{Error, Result};

/// The first one stands for all migrations that data files had gone through by then.
const MIGRATIONS: &[Step] = &[
    (17, "as a file", include_str!("../../migrations/postgres/0017_as_a_file.sql")),
    (18, "logins", include_str!("../../migrations/postgres/0018_logins.sql")),
    (19, "api", include_str!("../../migrations/postgres/0019_api.sql")),
    (20, "webhooks", include_str!("../../migrations/postgres/0020_webhooks.sql")),
    (
        21,
        "identity_providers",
        include_str!("../../migrations/postgres/0021_identity_providers.sql"),
    ),
    (22, "passkeys", include_str!("../../migrations/postgres/0022_passkeys.sql")),
    (23, "deal_names", include_str!("../../migrations/postgres/0023_deal_names.sql")),
];

/// How many connections of one program read at once; one more writes.
const CONNECTIONS_MAX: u32 = 8;
/// A server that is not told otherwise believes that its rows lie on a turning disk, and reads the table of all
/// workspaces for the tenth that is one's. An index leads straight to that, and hardly a disk turns any more.
const ROWS_ARE_NEAR: &str = "SET random_page_cost = 1.1";
/// How long somebody else's write is waited for.
const WAIT_FOR_WRITER: &str = "SET lock_timeout = '30s'";
/// How long a write waits for those of its own program.
const WAITS_AT_MOST: Duration = Duration::from_mins(1);
/// So many others ask.
const PROBES: usize = 2;
/// How long a server may take to answer the simplest of questions.
const PATIENCE: Duration = Duration::from_secs(5);

impl Store {
    /// Opens a workspace on a server by its name, making it if it is missing, and brings the schema up to
    /// date. `url` is as in `postgres://user@host/database`; with another machine it is spoken encrypted, and
    /// only if its certificate proves it, unless `sslmode` says otherwise. `beside` is a path beside which
    /// programs on this machine keep files of their own.
    ///
    /// # Errors
    /// [`Error::BadAddress`], [`Error::MixesSessions`] behind a pooler that gives each transaction another
    /// session, [`Error::NotOurs`] and [`Error::TooNew`] as for a file, [`Error::Database`].
    pub async fn connect(url: &str, workspace: &str, beside: &Path) -> Result<Self> {
        let options = options(url)?;
        refuse_mixed_sessions(&options).await?;
        // As with a file: writes wait for each other before they take a connection, and never keep readers
        // from one.
        let writer = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAITS_AT_MOST)
            // Not among the words with which a session begins: poolers refuse those that they do not know.
            .after_connect(|connection, _| {
                Box::pin(async {
                    connection.execute(ROWS_ARE_NEAR).await?;
                    connection.execute(WAIT_FOR_WRITER).await.map(|_done| ())
                })
            })
            .connect_with(options.clone())
            .await?;
        migrate(&writer, beside).await?;
        let id = workspace_id(&writer, workspace).await?;
        let readers = PgPoolOptions::new()
            .max_connections(CONNECTIONS_MAX)
            .after_connect(|connection, _| {
                Box::pin(async { connection.execute(ROWS_ARE_NEAR).await.map(|_done| ()) })
            })
            .connect_lazy_with(options);
        let (readers, writer) = (Pool::postgres(readers, id), Pool::postgres(writer, id));
        let store = Self::of(beside, readers, writer, Some(Watcher::Server));
        store.clear_file().await?;
        Ok(store)
    }
}

fn options(url: &str) -> Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|cause| Error::BadAddress { cause: cause.to_string() })?;
    let is_here = options.get_socket().is_some() || is_here(options.get_host());
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let says_how = query
        .split('&')
        .any(|part| matches!(part.split_once('='), Some(("sslmode" | "ssl-mode", _))));
    let options =
        if is_here || says_how { options } else { options.ssl_mode(PgSslMode::VerifyFull) };
    // We keep no floating-point numbers, and poolers refuse what they do not know.
    let options = options.extra_float_digits(None);
    Ok(options.application_name("inroad").statement_cache_capacity(300))
}

fn is_here(host: &str) -> bool {
    host.starts_with('/') || matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
}

/// A pooler that gives each transaction another session mixes up prepared statements, so that one question
/// gets the answer to another. It shows while others are within transactions: one of them has the session of
/// whoever asked before, or whoever asked before has another.
async fn refuse_mixed_sessions(options: &PgConnectOptions) -> Result<()> {
    let mut one = PgConnection::connect_with(options).await?;
    let looked = timeout(PATIENCE, async {
        let before = session(&mut one).await?;
        let mut others = Vec::new();
        for _ in 0..PROBES {
            let mut other = PgConnection::connect_with(options).await?;
            sqlx::raw_sql("BEGIN").execute(&mut other).await?;
            if session(&mut other).await? == before || session(&mut one).await? != before {
                return Ok::<_, sqlx::Error>(false);
            }
            others.push(other);
        }
        for mut other in others {
            sqlx::raw_sql("ROLLBACK").execute(&mut other).await?;
            other.close().await?;
        }
        Ok(true)
    })
    .await;
    // Where only one session is to be had, the question waits for the transaction for ever.
    let is_same = match looked {
        Ok(answer) => answer?,
        Err(_elapsed) => false,
    };
    if !is_same {
        return Err(Error::MixesSessions);
    }
    // What it says of that no longer matters.
    let _closed = one.close().await;
    Ok(())
}

/// The number of the session that answers, by the simple protocol, which no pooler mixes up.
async fn session(connection: &mut PgConnection) -> sqlx::Result<i32> {
    use sqlx::Row as _;
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}

async fn migrate(pool: &PgPool, beside: &Path) -> Result<()> {
    let is_foreign: bool = sqlx::query_scalar(
        "SELECT to_regclass('_sqlx_migrations') IS NULL AND to_regclass('workspace') IS NOT NULL",
    )
    .fetch_one(pool)
    .await?;
    if is_foreign {
        return Err(Error::NotOurs { path: beside.to_owned() });
    }
    migrations(MIGRATIONS).run(pool).await.map_err(|cause| match cause {
        sqlx::migrate::MigrateError::VersionMissing(_) => Error::TooNew { path: beside.to_owned() },
        sqlx::migrate::MigrateError::Execute(cause) => Error::Database(cause),
        other => Error::Database(sqlx::Error::Migrate(Box::new(other))),
    })
}

/// The number of the last one.
pub(super) fn newest_migration() -> Option<i64> {
    MIGRATIONS.last().map(|(number, ..)| *number)
}

async fn workspace_id(pool: &PgPool, name: &str) -> Result<i64> {
    let mut tx = pool.begin().await?;
    // Two programs that make one at once would give it the same number.
    sqlx::query("LOCK TABLE workspace IN SHARE ROW EXCLUSIVE MODE").execute(&mut *tx).await?;
    let made: Option<i64> = sqlx::query_scalar(
        "INSERT INTO workspace (id, name) SELECT COALESCE(MAX(id), 0) + 1, $1 FROM workspace \
         ON CONFLICT (name) DO NOTHING RETURNING id",
    )
    .bind(name)
    .fetch_optional(&mut *tx)
    .await?;
    let id = match made {
        Some(id) => id,
        None => {
            sqlx::query_scalar("SELECT id FROM workspace WHERE name = $1")
                .bind(name)
                .fetch_one(&mut *tx)
                .await?
        }
    };
    tx.commit().await?;
    Ok(id)
}
