//! Statements with their values, and what comes back.

use std::marker::PhantomData;

use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
#[cfg(feature = "postgres")]
use sqlx::AssertSqlSafe;
use sqlx::{SqlSafeStr, SqlStr};

use super::connection::Target;
#[cfg(feature = "postgres")]
use super::dialect;
use super::row::{FromRow, Row};
use super::value::{self, Value};

/// A statement of which rows are not read as tuples.
pub(crate) fn query<'q>(sql: impl SqlSafeStr) -> Query<'q> {
    Query::new(sql.into_sql_str(), Vec::new())
}

/// A statement with rows of several columns.
pub(crate) fn query_as<'q, O: FromRow>(sql: impl SqlSafeStr) -> QueryAs<'q, O> {
    QueryAs { query: query(sql), rows: PhantomData }
}

/// A statement with rows of one column.
pub(crate) fn query_scalar<'q, O>(sql: impl SqlSafeStr) -> QueryScalar<'q, O>
where
    (O,): FromRow,
{
    QueryScalar(query_as(sql))
}

/// A statement with its values.
#[derive(Debug)]
#[must_use = "a statement does nothing until it is sent"]
pub(crate) struct Query<'q> {
    sql: SqlStr,
    values: Vec<Value<'q>>,
}

/// A statement with its values, of which each row is read as an `O`.
#[derive(Debug)]
#[must_use = "a statement does nothing until it is sent"]
pub(crate) struct QueryAs<'q, O> {
    pub(super) query: Query<'q>,
    pub(super) rows: PhantomData<fn() -> O>,
}

/// A statement with its values, of which each row is one `O`.
#[derive(Debug)]
#[must_use = "a statement does nothing until it is sent"]
pub(crate) struct QueryScalar<'q, O>(pub(super) QueryAs<'q, (O,)>);

/// What a statement did.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    rows: u64,
}

impl Done {
    /// How many rows it wrote, changed or took out.
    pub(crate) fn rows_affected(self) -> u64 {
        self.rows
    }
}

/// Sends a statement to whichever database is there: `$how` is given the statement as that database takes it,
/// and where it goes.
macro_rules! sent {
    ($query:expr, $target:expr, $with:ident $(::<$row:ty>)?, |$ready:ident, $to:ident| $how:expr) => {{
        let Query { sql, values } = $query;
        match $target.into() {
            Target::SqlitePool($to) => {
                let $ready = sqlx::$with::<sqlx::Sqlite, $($row,)? _>(sql, value::for_sqlite(values)?);
                $how
            }
            Target::Sqlite($to) => {
                let $ready = sqlx::$with::<sqlx::Sqlite, $($row,)? _>(sql, value::for_sqlite(values)?);
                $how
            }
            #[cfg(feature = "postgres")]
            Target::PostgresPool($to) => {
                let sql = AssertSqlSafe(dialect::for_postgres(sql.as_str()));
                let $ready = sqlx::$with::<sqlx::Postgres, $($row,)? _>(sql, value::for_postgres(values)?);
                $how
            }
            #[cfg(feature = "postgres")]
            Target::Postgres($to) => {
                let sql = AssertSqlSafe(dialect::for_postgres(sql.as_str()));
                let $ready = sqlx::$with::<sqlx::Postgres, $($row,)? _>(sql, value::for_postgres(values)?);
                $how
            }
        }
    }};
}

impl<'q> Query<'q> {
    pub(super) fn new(sql: SqlStr, values: Vec<Value<'q>>) -> Self {
        Self { sql, values }
    }

    /// Adds the next value.
    pub(crate) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it, and says how many rows it wrote.
    pub(crate) async fn execute<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<Done> {
        let rows =
            sent!(self, on, query_with, |query, to| query.execute(to).await?.rows_affected());
        Ok(Done { rows })
    }

    /// All rows.
    pub(crate) async fn fetch_all<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<Vec<Row>> {
        sent!(self, on, query_with, |query, to| {
            Ok(query.fetch_all(to).await?.into_iter().map(Row::from).collect())
        })
    }

    /// All rows, one after the other.
    pub(crate) fn fetch<'c>(
        self,
        on: impl Into<Target<'c>>,
    ) -> sqlx::Result<BoxStream<'c, sqlx::Result<Row>>> {
        Ok(sent!(self, on, query_with, |query, to| Box::pin(query.fetch(to).map_ok(Row::from))))
    }

    /// The first row.
    pub(crate) async fn fetch_one<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<Row> {
        sent!(self, on, query_with, |query, to| query.fetch_one(to).await.map(Row::from))
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional<'c>(
        self,
        on: impl Into<Target<'c>>,
    ) -> sqlx::Result<Option<Row>> {
        sent!(self, on, query_with, |query, to| Ok(query.fetch_optional(to).await?.map(Row::from)))
    }
}

impl<'q, O: FromRow> QueryAs<'q, O> {
    /// Adds the next value.
    pub(crate) fn bind(mut self, value: impl Into<Value<'q>>) -> Self {
        self.query = self.query.bind(value);
        self
    }

    /// All rows.
    pub(crate) async fn fetch_all<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<Vec<O>> {
        sent!(self.query, on, query_as_with::<O>, |query, to| query.fetch_all(to).await)
    }

    /// The first row.
    pub(crate) async fn fetch_one<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<O> {
        sent!(self.query, on, query_as_with::<O>, |query, to| query.fetch_one(to).await)
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional<'c>(
        self,
        on: impl Into<Target<'c>>,
    ) -> sqlx::Result<Option<O>> {
        sent!(self.query, on, query_as_with::<O>, |query, to| query.fetch_optional(to).await)
    }
}

impl<'q, O> QueryScalar<'q, O>
where
    (O,): FromRow,
{
    /// Adds the next value.
    pub(crate) fn bind(self, value: impl Into<Value<'q>>) -> Self {
        Self(self.0.bind(value))
    }

    /// All rows.
    pub(crate) async fn fetch_all<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<Vec<O>> {
        Ok(self.0.fetch_all(on).await?.into_iter().map(|(one,)| one).collect())
    }

    /// The first row.
    pub(crate) async fn fetch_one<'c>(self, on: impl Into<Target<'c>>) -> sqlx::Result<O> {
        Ok(self.0.fetch_one(on).await?.0)
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_optional<'c>(
        self,
        on: impl Into<Target<'c>>,
    ) -> sqlx::Result<Option<O>> {
        Ok(self.0.fetch_optional(on).await?.map(|(one,)| one))
    }
}
