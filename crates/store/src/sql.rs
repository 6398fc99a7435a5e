//! One way to ask, whichever database answers: statements with `?` for their values, rows as tuples.
//!
//! Every statement of the store goes through here. It is written once, in the words that both databases
//! understand; where they have no common words, it is written twice, side by side.
//!
//! Must not: know a table.

mod builder;
mod connection;
#[cfg(feature = "postgres")]
mod dialect;
mod query;
mod row;
#[cfg(test)]
mod statements;
mod value;

pub(crate) use builder::Builder;
pub(crate) use connection::{Connection, Pool, Target, Transaction};
pub(crate) use query::{QueryAs, query, query_as, query_scalar};
pub(crate) use row::Row;
pub(crate) use value::{List, Value, list};
