//! What is kept, in one short text: two databases with the same digest hold the same.

use futures_util::TryStreamExt;

use crate::sql::{self, Connection, Row};
use crate::tables::{Counts, Kind, TABLES, Table};
use crate::{Result, Store};

/// How much of a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What the same input gives, however often its import was stopped and repeated.
    Content,
    /// Every value of every column.
    Everything,
}

/// Stands behind each value, each row and each table.
const ENDS_VALUE: u8 = 0x1f;
const ENDS_ROW: u8 = 0x1e;
const ENDS_TABLE: u8 = 0x1d;

impl Store {
    /// A digest of everything that was imported and decided. The same input gives the same
    /// digest, however often the import was stopped and repeated.
    pub async fn digest(&self) -> Result<String> {
        let mut hasher = blake3::Hasher::new();
        let mut connection = self.readers.acquire().await?;
        for table in TABLES.iter().filter(|table| table.counts()) {
            take_table(&mut connection, table, Extent::Content, &mut hasher).await?;
            hasher.update(&[ENDS_TABLE]);
        }
        drop(connection);
        self.digest_words(&mut hasher).await?;
        Ok(short(&hasher))
    }
}

/// How many rows a table has, and a digest of every value in them.
pub(crate) async fn of_table(
    connection: &mut Connection,
    table: &'static Table,
) -> Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let rows = take_table(connection, table, Extent::Everything, &mut hasher).await?;
    Ok((rows, short(&hasher)))
}

fn short(hasher: &blake3::Hasher) -> String {
    hasher.finalize().to_hex().chars().take(32).collect()
}

async fn take_table(
    connection: &mut Connection,
    table: &'static Table,
    extent: Extent,
    hasher: &mut blake3::Hasher,
) -> Result<u64> {
    let workspace = connection.workspace();
    let mut rows =
        sql::query(sqlx::AssertSqlSafe(table.select())).bind(workspace).fetch(&mut *connection)?;
    let mut count = 0;
    while let Some(row) = rows.try_next().await? {
        count += 1;
        take_row(&row, table, extent, hasher)?;
        hasher.update(&[ENDS_ROW]);
    }
    Ok(count)
}

fn take_row(row: &Row, table: &Table, extent: Extent, hasher: &mut blake3::Hasher) -> Result<()> {
    for (at, column) in table.columns.iter().enumerate() {
        let counts = if extent == Extent::Everything { Counts::Whole } else { column.counts };
        if counts == Counts::Not {
            continue;
        }
        let value = match column.kind {
            Kind::Integer => {
                row.try_get::<Option<i64>>(at)?.map(|number| number.to_string().into_bytes())
            }
            // Not every database can keep a zero byte in a text.
            Kind::Text => {
                row.try_get::<Option<String>>(at)?.map(|text| text.replace('\0', "").into_bytes())
            }
            Kind::Bytes => row.try_get::<Option<Vec<u8>>>(at)?,
        };
        match (counts, value) {
            (Counts::Whole, Some(value)) => {
                // With its length, no value can look like two.
                hasher.update(&(value.len() as u64).to_le_bytes()).update(&value);
            }
            (_, value) => {
                hasher.update(&[u8::from(value.is_some())]);
            }
        }
        hasher.update(&[ENDS_VALUE]);
    }
    Ok(())
}

impl Table {
    /// Whether anything in it is the same for the same input.
    fn counts(&self) -> bool {
        self.columns.iter().any(|column| column.counts != Counts::Not)
    }

    /// All its rows of a workspace, column by column, in their order.
    pub(crate) fn select(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        format!(
            "SELECT {} FROM {} WHERE workspace_id = ? ORDER BY {}",
            names.join(", "),
            self.name,
            self.order
        )
    }
}
