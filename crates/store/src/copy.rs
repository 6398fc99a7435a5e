//! Everything of a workspace, from one database into another: a file to a server, a server to a file.
//!
//! Rows keep their numbers. The words of the index are read anew from the letters, since each database has an
//! index of its own kind.

use futures_util::TryStreamExt as _;

use crate::erase::{ReadMail, index_anew};
use crate::sql::{Builder, Connection, Row, Transaction, Value};
use crate::tables::{Kind, TABLES, Table};
use crate::{Error, Result, Store, digest, sql, statistics};

/// A table that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Its name.
    pub table: &'static str,
    /// How many rows it has, on both sides.
    pub rows: u64,
    /// A digest of every value in them, on both sides.
    pub digest: String,
}

/// A statement has so many rows at most, and so many bytes.
const ROWS_PER_STATEMENT: usize = 200;
const BYTES_PER_STATEMENT: usize = 8 << 20;

impl Store {
    /// Copies everything into `to`, which must be empty, and compares both sides, row by row and value by
    /// value: all of it is there then, or nothing. What is written here meanwhile is not copied. `read` reads a
    /// letter for its words; `tell` is told the table that comes next.
    ///
    /// # Errors
    /// [`Error::NotEmpty`], [`Error::Damaged`] if both sides are not the same, [`Error::Database`].
    pub async fn copy_to(
        &self,
        to: &Self,
        read: ReadMail,
        tell: &mut (dyn FnMut(&'static str) + Send),
    ) -> Result<Vec<Copied>> {
        let mut from = self.readers.snapshot().await?;
        let mut tx = to.write().await?;
        for table in TABLES {
            if has_rows(&mut tx, table).await? {
                return Err(Error::NotEmpty { table: table.name });
            }
        }
        let mut copied = Vec::with_capacity(TABLES.len());
        for table in TABLES {
            tell(table.name);
            copy_table(&mut from, &mut tx, table).await?;
            let (there, here) = (
                digest::of_table(&mut from, table).await?,
                digest::of_table(&mut tx, table).await?,
            );
            if there != here {
                return Err(Error::damaged(format!("the copy of {} is not the same", table.name)));
            }
            copied.push(Copied { table: table.name, rows: here.0, digest: here.1 });
        }
        if !to.is_file() {
            statistics::take(&mut tx).await?;
        }
        tell("message_words");
        index_anew(&mut tx, read).await?;
        tx.commit().await?;
        Ok(copied)
    }
}

async fn has_rows(connection: &mut Connection, table: &'static Table) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM {} WHERE workspace_id = ?)", table.name);
    let workspace = connection.workspace();
    Ok(sql::query_scalar(sqlx::AssertSqlSafe(sql)).bind(workspace).fetch_one(connection).await?)
}

/// Copies the rows of one table.
pub(crate) async fn copy_table(
    from: &mut Connection,
    tx: &mut Transaction,
    table: &'static Table,
) -> Result<()> {
    let workspace = from.workspace();
    let mut rows =
        sql::query(sqlx::AssertSqlSafe(table.select())).bind(workspace).fetch(&mut *from)?;
    let (mut batch, mut bytes) = (Vec::with_capacity(ROWS_PER_STATEMENT), 0);
    while let Some(row) = rows.try_next().await? {
        let values = values_of(&row, table)?;
        bytes += values.iter().map(size).sum::<usize>();
        batch.push(values);
        if batch.len() == ROWS_PER_STATEMENT || bytes > BYTES_PER_STATEMENT {
            put(tx, table, std::mem::take(&mut batch)).await?;
            bytes = 0;
        }
    }
    put(tx, table, batch).await
}

fn values_of(row: &Row, table: &Table) -> Result<Vec<Value<'static>>> {
    let value = |(at, column): (usize, &crate::tables::Column)| {
        Ok(match column.kind {
            Kind::Integer => row.try_get::<Option<i64>>(at)?.into(),
            Kind::Text => row.try_get::<Option<String>>(at)?.into(),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>>(at)?.into(),
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

fn size(value: &Value<'_>) -> usize {
    match value {
        Value::Text(Some(text)) => text.len(),
        Value::Bytes(Some(bytes)) => bytes.len(),
        _ => 8,
    }
}

async fn put(
    tx: &mut Transaction,
    table: &'static Table,
    rows: Vec<Vec<Value<'static>>>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let workspace = tx.workspace();
    let mut query = Builder::new("INSERT INTO ");
    query.push(table.name).push(" (workspace_id");
    for column in table.columns {
        query.push(", ").push(column.name);
    }
    query.push(") ").push_values(rows, |mut row, values| {
        row.push_bind(workspace);
        for value in values {
            row.push_bind(value);
        }
    });
    query.build().execute(&mut **tx).await?;
    Ok(())
}
