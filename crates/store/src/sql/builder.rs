//! Statements of which the number of values is known only when they are made.

use std::marker::PhantomData;

use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::query::{Query, QueryAs};
use super::row::FromRow;
use super::value::Value;

/// A statement that is being written.
#[derive(Debug)]
pub(crate) struct Builder<'q> {
    sql: String,
    values: Vec<Value<'q>>,
}

/// One row of values within a statement that is being written.
#[derive(Debug)]
pub(crate) struct Tuple<'b, 'q> {
    builder: &'b mut Builder<'q>,
    is_first: bool,
}

impl<'q> Tuple<'_, 'q> {
    /// Adds a value to the row.
    pub(crate) fn push_bind(&mut self, value: impl Into<Value<'q>>) -> &mut Self {
        if !std::mem::take(&mut self.is_first) {
            self.builder.push(", ");
        }
        self.builder.push_bind(value);
        self
    }
}

impl<'q> Builder<'q> {
    /// Begins with these words.
    pub(crate) fn new(sql: &'static str) -> Self {
        Self { sql: sql.to_owned(), values: Vec::new() }
    }

    /// Adds words.
    pub(crate) fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Adds a value.
    pub(crate) fn push_bind(&mut self, value: impl Into<Value<'q>>) -> &mut Self {
        self.sql.push('?');
        self.values.push(value.into());
        self
    }

    /// Adds values as a list in brackets.
    pub(crate) fn push_list<V: Into<Value<'q>>>(
        &mut self,
        values: impl IntoIterator<Item = V>,
    ) -> &mut Self {
        self.push("(");
        for (at, value) in values.into_iter().enumerate() {
            self.push(if at == 0 { "" } else { ", " }).push_bind(value);
        }
        self.push(")")
    }

    /// Adds rows of values, as what is inserted.
    pub(crate) fn push_values<I: IntoIterator>(
        &mut self,
        items: I,
        mut row: impl FnMut(Tuple<'_, 'q>, I::Item),
    ) -> &mut Self {
        self.push("VALUES ");
        for (at, item) in items.into_iter().enumerate() {
            self.push(if at == 0 { "(" } else { ", (" });
            row(Tuple { builder: &mut *self, is_first: true }, item);
            self.push(")");
        }
        self
    }

    /// The statement, to be run.
    pub(crate) fn build(self) -> Query<'q> {
        Query::new(AssertSqlSafe(self.sql).into_sql_str(), self.values)
    }

    /// The statement, of which rows are read.
    pub(crate) fn build_query_as<O: FromRow>(self) -> QueryAs<'q, O> {
        QueryAs { query: self.build(), rows: PhantomData }
    }
}
