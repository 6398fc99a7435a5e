//! Looking after the data file: is it whole, how large is it, what is in it.

use sqlx::Row;

use crate::database::WORKSPACE;
use crate::{Result, Store};

/// What the doctor found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// The version of `SQLite`.
    pub sqlite: String,
    /// What is wrong with the file; empty if nothing is.
    pub faults: Vec<String>,
    /// Rows by noun, in a fixed order.
    pub counts: Vec<(&'static str, u64)>,
    /// The size of the file in bytes.
    pub bytes: u64,
}

const COUNTS: [(&str, &str); 6] = [
    ("messages", "SELECT COUNT(*) FROM message WHERE workspace_id = ?"),
    ("addresses", "SELECT COUNT(*) FROM address WHERE workspace_id = ?"),
    ("facts", "SELECT COUNT(*) FROM fact WHERE workspace_id = ?"),
    ("deals", "SELECT COUNT(*) FROM deal WHERE workspace_id = ?"),
    ("calendar entries", "SELECT COUNT(*) FROM event WHERE workspace_id = ?"),
    ("contacts", "SELECT COUNT(*) FROM contact WHERE workspace_id = ?"),
];

impl Store {
    /// Reads every page and every reference between rows.
    pub async fn health(&self) -> Result<Health> {
        let (sqlite,): (String,) =
            sqlx::query_as("SELECT sqlite_version()").fetch_one(&self.readers).await?;
        let mut faults = Vec::new();
        for row in sqlx::query("PRAGMA integrity_check").fetch_all(&self.readers).await? {
            let line: String = row.try_get(0)?;
            if line != "ok" {
                faults.push(line);
            }
        }
        for row in sqlx::query("PRAGMA foreign_key_check").fetch_all(&self.readers).await? {
            let (table, id): (String, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
            faults.push(format!("{table} {} refers to a row that is gone", id.unwrap_or(0)));
        }
        let mut counts = Vec::new();
        for (noun, sql) in COUNTS {
            let (n,): (i64,) = sqlx::query_as(sql).bind(WORKSPACE).fetch_one(&self.readers).await?;
            counts.push((noun, n.unsigned_abs()));
        }
        let (pages,): (i64,) = sqlx::query_as("PRAGMA page_count").fetch_one(&self.readers).await?;
        let (size,): (i64,) = sqlx::query_as("PRAGMA page_size").fetch_one(&self.readers).await?;
        Ok(Health { sqlite, faults, counts, bytes: (pages * size).unsigned_abs() })
    }
}
