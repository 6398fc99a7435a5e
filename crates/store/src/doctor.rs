//! Looking after the data file: is it whole, how large is it, what is in it.

use crate::sql;
use crate::{Result, Store};

/// What the doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The database and its version.
    pub database: String,
    /// What is wrong with the data; empty if nothing is.
    pub faults: Vec<String>,
    /// Rows by noun, in a fixed order.
    pub counts: Vec<(&'static str, u64)>,
    /// The size of the file, or of the tables of all workspaces, in bytes.
    pub bytes: u64,
}

const COUNTS: [(&str, &str); 11] = [
    ("messages", "SELECT COUNT(*) FROM message WHERE workspace_id = ?"),
    ("addresses", "SELECT COUNT(*) FROM address WHERE workspace_id = ?"),
    ("facts", "SELECT COUNT(*) FROM fact WHERE workspace_id = ?"),
    ("deals", "SELECT COUNT(*) FROM deal WHERE workspace_id = ?"),
    ("lessons", "SELECT COUNT(*) FROM lesson WHERE workspace_id = ?"),
    ("insights", "SELECT COUNT(*) FROM insight WHERE workspace_id = ?"),
    ("calendar entries", "SELECT COUNT(*) FROM event WHERE workspace_id = ?"),
    ("contacts", "SELECT COUNT(*) FROM contact WHERE workspace_id = ?"),
    ("leads", "SELECT COUNT(*) FROM lead WHERE workspace_id = ?"),
    ("companies", "SELECT COUNT(DISTINCT account_key) FROM account WHERE workspace_id = ?"),
    (
        "people and firms on lists not to write to",
        "SELECT COUNT(*) FROM do_not_contact WHERE workspace_id = ? AND withdrawn_at IS NULL",
    ),
];

impl Store {
    /// Rows by noun, in a fixed order.
    ///
    /// # Errors
    /// [`crate::Error::Database`].
    pub async fn counts(&self) -> Result<Vec<(&'static str, u64)>> {
        let mut counts = Vec::new();
        for (noun, sql) in COUNTS {
            let n: i64 =
                sql::query_scalar(sql).bind(self.workspace).fetch_one(&self.readers).await?;
            counts.push((noun, n.unsigned_abs()));
        }
        Ok(counts)
    }

    /// Reads every page of a file and every reference between rows. A server answers for its own pages.
    pub async fn health(&self) -> Result<Health> {
        let counts = self.counts().await?;
        if !self.is_file() {
            let (version, bytes): (String, i64) = sql::query_as(
                "SELECT current_setting('server_version'), CAST(COALESCE(SUM(pg_total_relation_size( \
                   quote_ident(table_name))), 0) AS BIGINT) \
                 FROM information_schema.tables WHERE table_schema = current_schema()",
            )
            .fetch_one(&self.readers)
            .await?;
            let database = format!("PostgreSQL {version}");
            return Ok(Health {
                database,
                faults: Vec::new(),
                counts,
                bytes: bytes.unsigned_abs(),
            });
        }
        let version: String =
            sql::query_scalar("SELECT sqlite_version()").fetch_one(&self.readers).await?;
        let mut faults = Vec::new();
        for row in sql::query("PRAGMA integrity_check").fetch_all(&self.readers).await? {
            let line: String = row.try_get(0)?;
            if line != "ok" {
                faults.push(line);
            }
        }
        for row in sql::query("PRAGMA foreign_key_check").fetch_all(&self.readers).await? {
            let (table, id): (String, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
            faults.push(format!("{table} {} refers to a row that is gone", id.unwrap_or(0)));
        }
        let (pages,): (i64,) = sql::query_as("PRAGMA page_count").fetch_one(&self.readers).await?;
        let (size,): (i64,) = sql::query_as("PRAGMA page_size").fetch_one(&self.readers).await?;
        let database = format!("SQLite {version}");
        Ok(Health { database, faults, counts, bytes: (pages * size).unsigned_abs() })
    }
}
