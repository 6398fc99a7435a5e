//! What is bound to a statement.

use std::borrow::Cow;

use inroad_model::{EmailAddress, MessageId};
use sqlx::Sqlite;
use sqlx::sqlite::SqliteArguments;

/// A value of a statement.
#[derive(Debug, Clone)]
pub(crate) enum Value<'q> {
    /// A number, or none.
    Integer(Option<i64>),
    /// A text, or none.
    Text(Option<Cow<'q, str>>),
    /// Bytes, or none.
    Bytes(Option<Cow<'q, [u8]>>),
    /// What a statement goes through by `json_each`.
    List(List),
}

/// Many values as one: `SELECT value FROM json_each(?)` gives them one by one, each with its place from
/// 0 on as `key`.
#[derive(Debug, Clone)]
pub(crate) enum List {
    /// Numbers.
    Integers(Vec<i64>),
    /// Texts.
    Texts(Vec<String>),
}

/// What a [`List`] is made of.
pub(crate) trait Listed: Sized {
    fn into_list(items: impl Iterator<Item = Self>) -> List;
}

/// Many values as one.
pub(crate) fn list<T: Listed>(items: impl IntoIterator<Item = T>) -> List {
    T::into_list(items.into_iter())
}

impl Listed for &i64 {
    fn into_list(items: impl Iterator<Item = Self>) -> List {
        List::Integers(items.copied().collect())
    }
}

macro_rules! listed_as_text {
    ($($of:ty),*) => {
        $(impl Listed for $of {
            fn into_list(items: impl Iterator<Item = Self>) -> List {
                List::Texts(items.map(|item| item.to_string()).collect())
            }
        })*
    };
}

listed_as_text!(
    &str,
    &&str,
    String,
    &String,
    &EmailAddress,
    &&EmailAddress,
    &MessageId,
    &&MessageId
);

impl List {
    /// As one text, for a database without arrays.
    fn to_json(&self) -> String {
        let json = match self {
            Self::Integers(numbers) => serde_json::to_string(numbers),
            Self::Texts(texts) => serde_json::to_string(texts),
        };
        // Numbers and texts can always be written.
        json.unwrap_or_default()
    }
}

type Added = Result<(), sqlx::error::BoxDynError>;

impl Value<'_> {
    pub(super) fn add_to_sqlite(self, arguments: &mut SqliteArguments) -> Added {
        use sqlx::Arguments as _;
        match self {
            Self::Integer(number) => arguments.add::<Option<i64>>(number),
            Self::Text(text) => arguments.add(text.map(Cow::into_owned)),
            Self::Bytes(bytes) => arguments.add(bytes.map(Cow::into_owned)),
            Self::List(list) => arguments.add(list.to_json()),
        }
    }

    /// No text there can hold a zero byte; what came in with one is kept whole among the originals.
    #[cfg(feature = "postgres")]
    pub(super) fn add_to_postgres(self, arguments: &mut sqlx::postgres::PgArguments) -> Added {
        use sqlx::Arguments as _;
        let bare = |text: String| if text.contains('\0') { text.replace('\0', "") } else { text };
        match self {
            Self::Integer(number) => arguments.add(number),
            Self::Text(text) => arguments.add(text.map(|text| bare(text.into_owned()))),
            Self::Bytes(bytes) => arguments.add(bytes.map(Cow::into_owned)),
            Self::List(List::Integers(numbers)) => arguments.add(numbers),
            Self::List(List::Texts(texts)) => {
                arguments.add(texts.into_iter().map(bare).collect::<Vec<_>>())
            }
        }
    }
}

/// The arguments of a statement for `SQLite`.
pub(super) fn for_sqlite(values: Vec<Value<'_>>) -> sqlx::Result<SqliteArguments> {
    let mut arguments = <Sqlite as sqlx::Database>::Arguments::default();
    for value in values {
        value.add_to_sqlite(&mut arguments).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

/// The arguments of a statement for `PostgreSQL`.
#[cfg(feature = "postgres")]
pub(super) fn for_postgres(values: Vec<Value<'_>>) -> sqlx::Result<sqlx::postgres::PgArguments> {
    let mut arguments = sqlx::postgres::PgArguments::default();
    for value in values {
        value.add_to_postgres(&mut arguments).map_err(sqlx::Error::Encode)?;
    }
    Ok(arguments)
}

macro_rules! from {
    ($($of:ty => $variant:ident, |$value:ident| $into:expr;)*) => {
        $(impl<'q> From<$of> for Value<'q> {
            fn from($value: $of) -> Self {
                Self::$variant($into)
            }
        })*
    };
}

from! {
    i64 => Integer, |number| Some(number);
    Option<i64> => Integer, |number| number;
    u32 => Integer, |number| Some(number.into());
    &i64 => Integer, |number| Some(*number);
    &u32 => Integer, |number| Some((*number).into());
    bool => Integer, |yes| Some(yes.into());
    &'q str => Text, |text| Some(text.into());
    &'q &'q str => Text, |text| Some((*text).into());
    Option<&'q str> => Text, |text| text.map(Into::into);
    String => Text, |text| Some(text.into());
    &'q String => Text, |text| Some(text.into());
    Option<String> => Text, |text| text.map(Into::into);
    &'q [u8] => Bytes, |bytes| Some(bytes.into());
    &'q Vec<u8> => Bytes, |bytes| Some(bytes.into());
    Vec<u8> => Bytes, |bytes| Some(bytes.into());
    Option<Vec<u8>> => Bytes, |bytes| bytes.map(Into::into);
    Option<&'q [u8]> => Bytes, |bytes| bytes.map(Into::into);
    List => List, |list| list;
    &'q List => List, |list| list.clone();
}
