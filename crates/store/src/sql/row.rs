//! A row, for what does not fit into a tuple.

use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, Type};

/// What a column can be read as, in every database.
#[cfg(not(feature = "postgres"))]
pub(crate) trait Column: for<'r> Decode<'r, Sqlite> + Type<Sqlite> {}
#[cfg(not(feature = "postgres"))]
impl<T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>> Column for T {}

/// What a column can be read as, in every database.
#[cfg(feature = "postgres")]
pub(crate) trait Column:
    for<'r> Decode<'r, Sqlite>
    + Type<Sqlite>
    + for<'r> Decode<'r, sqlx::Postgres>
    + Type<sqlx::Postgres>
{
}
#[cfg(feature = "postgres")]
impl<T> Column for T where
    T: for<'r> Decode<'r, Sqlite>
        + Type<Sqlite>
        + for<'r> Decode<'r, sqlx::Postgres>
        + Type<sqlx::Postgres>
{
}

/// What a row can be read as, in every database.
#[cfg(not(feature = "postgres"))]
pub(crate) trait FromRow: for<'r> sqlx::FromRow<'r, SqliteRow> + Send + Unpin {}
#[cfg(not(feature = "postgres"))]
impl<T: for<'r> sqlx::FromRow<'r, SqliteRow> + Send + Unpin> FromRow for T {}

/// What a row can be read as, in every database.
#[cfg(feature = "postgres")]
pub(crate) trait FromRow:
    for<'r> sqlx::FromRow<'r, SqliteRow>
    + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
    + Send
    + Unpin
{
}
#[cfg(feature = "postgres")]
impl<T> FromRow for T where
    T: for<'r> sqlx::FromRow<'r, SqliteRow>
        + for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow>
        + Send
        + Unpin
{
}

/// A row, column by column.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::postgres::PgRow),
}

impl Row {
    /// The column at a place, from 0 on.
    ///
    /// # Errors
    /// [`sqlx::Error`] if there is none, or it holds something else.
    pub(crate) fn try_get<T: Column>(&self, at: usize) -> sqlx::Result<T> {
        match self {
            Self::Sqlite(row) => row.try_get(at),
            #[cfg(feature = "postgres")]
            Self::Postgres(row) => row.try_get(at),
        }
    }
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

#[cfg(feature = "postgres")]
impl From<sqlx::postgres::PgRow> for Row {
    fn from(row: sqlx::postgres::PgRow) -> Self {
        Self::Postgres(row)
    }
}
