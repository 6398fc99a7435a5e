//! Full-text search over every message, by the database's own index, and what else a search asks of
//! all messages at once.
//!
//! Answers over all messages come as one text: to fetch a row costs more than what stands in it.
//! Must not: rank, or decide what is shown.

use inroad_model::EmailAddress;

use crate::person::AddressRow;
use crate::sql::{self, list};
use crate::{Error, Result, Store};

/// A word, or several that stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The words; whatever is no letter and no digit cuts them.
    pub text: String,
    /// Whether the last one may go on.
    pub open: bool,
}

/// When a message was written, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The message's row.
    pub row: i64,
    /// The row of the writer's address; 0 if there is none.
    pub from: i64,
    /// In microseconds; the first of all moments if it is undated.
    pub at: i64,
}

/// What messages can bring, beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bringing {
    /// A file.
    Attachment,
    /// A dated statement.
    Fact,
    /// An invitation or an answer to one.
    Invitation,
    /// A cue of the price, in a letter.
    Price,
}

impl Bringing {
    /// The rows of the messages, as one list. In JSON no text holds these marks, since a quotation
    /// mark within a text stands behind a backslash; to read it all takes five times longer.
    const fn query(self) -> &'static str {
        match self {
            Self::Attachment => {
                "SELECT group_concat(CAST(id AS TEXT), ',') FROM message \
                 WHERE workspace_id = ? AND instr(details, '\"attachments\":[') > 0"
            }
            Self::Fact => {
                "SELECT group_concat(CAST(message_id AS TEXT), ',') \
                 FROM (SELECT DISTINCT message_id FROM fact WHERE workspace_id = ?) stating"
            }
            Self::Invitation => {
                "SELECT group_concat(CAST(id AS TEXT), ',') FROM message \
                 WHERE workspace_id = ? AND instr(details, '\"invitation\":{') > 0"
            }
            Self::Price => {
                "SELECT group_concat(CAST(message_id AS TEXT), ',') FROM telling WHERE workspace_id = ? \
                 AND (instr(touch, '[\"asks_price\",') > 0 OR instr(touch, '[\"too_dear\",') > 0 \
                   OR instr(touch, '[\"too_cheap\",') > 0)"
            }
        }
    }
}

impl Store {
    /// Who got which message, also as a copy: rows of messages with rows of addresses, in no order.
    pub async fn all_received(&self) -> Result<Vec<(i64, i64)>> {
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(message_id || ' ' || address_id, ' ') FROM recipient \
             WHERE workspace_id = ? AND field < 3",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let numbers = numbers(found.as_deref(), ' ')?;
        Ok(numbers
            .as_chunks::<2>()
            .0
            .iter()
            .map(|&[message, address]| (message, address))
            .collect())
    }

    /// The rows of all messages that bring something, in no order.
    pub async fn rows_bringing(&self, what: Bringing) -> Result<Vec<i64>> {
        let found: Option<String> =
            sql::query_scalar(what.query()).bind(self.workspace).fetch_one(&self.readers).await?;
        numbers(found.as_deref(), ',')
    }

    /// When all messages were written and by whom, in no order.
    pub async fn all_sent(&self) -> Result<Vec<Sent>> {
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(id || ' ' || COALESCE(from_id, 0) || ' ' || COALESCE(sent_at, ?2), ' ') \
             FROM message WHERE workspace_id = ?1",
        )
        .bind(self.workspace)
        .bind(i64::MIN)
        .fetch_one(&self.readers)
        .await?;
        let numbers = numbers(found.as_deref(), ' ')?;
        let sent = numbers.as_chunks::<3>().0.iter();
        Ok(sent.map(|&[row, from, at]| Sent { row, from, at }).collect())
    }

    /// All addresses with their rows, in the order of the rows.
    pub async fn address_rows(&self) -> Result<Vec<(i64, AddressRow)>> {
        let found: Option<String> = sql::query_scalar(
            "SELECT CAST(json_group_array(json_array(id, email, name) ORDER BY id) AS TEXT) FROM address \
             WHERE workspace_id = ?",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let rows: Vec<(i64, EmailAddress, String)> =
            serde_json::from_str(found.as_deref().unwrap_or("[]"))
                .map_err(|e| Error::damaged(format!("the addresses: {e}")))?;
        let named = |name: String| Some(name).filter(|name| !name.is_empty());
        let row = |(row, email, name)| (row, AddressRow { email, name: named(name) });
        Ok(rows.into_iter().map(row).collect())
    }

    /// Of some messages the offset of the writer's clock, in seconds.
    pub async fn offsets_of(&self, rows: &[i64]) -> Result<Vec<(i64, i64)>> {
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(id || ' ' || offset_seconds, ' ') FROM message \
             WHERE id IN (SELECT value FROM json_each(?2)) AND +workspace_id = ?1",
        )
        .bind(self.workspace)
        .bind(list(rows))
        .fetch_one(&self.readers)
        .await?;
        let numbers = numbers(found.as_deref(), ' ')?;
        Ok(numbers.as_chunks::<2>().0.iter().map(|&[row, offset]| (row, offset)).collect())
    }
}

/// The numbers of a list as one text.
pub(crate) fn numbers(list: Option<&str>, cut: char) -> Result<Vec<i64>> {
    let Some(list) = list.filter(|list| !list.is_empty()) else { return Ok(Vec::new()) };
    let number = |text: &str| text.parse().map_err(|_cause| Error::damaged("a list of rows"));
    list.split(cut).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whole_or_refused() {
        assert_eq!(numbers(Some("1,-2,30"), ',').unwrap(), [1, -2, 30]);
        assert!(numbers(None, ',').unwrap().is_empty());
        assert!(numbers(Some("1,x"), ',').is_err());
    }
}
