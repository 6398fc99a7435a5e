//! The index of words: which messages hold which words, in any case and with or without accents.
//!
//! Each database has an index of its own kind, so this is the one place that asks each in its own words.
//! Of a data file it is `FTS5`; on a server it is a column of type `tsvector` (see [`lexemes`]).
//!
//! Must not: decide what is looked for.

#[cfg(feature = "postgres")]
mod lexemes;

use futures_util::TryStreamExt as _;
use inroad_model::{Mailbox, Message};

use crate::import::fields;
use crate::search::Words;
use crate::sql::{self, Builder, Transaction};
use crate::{Result, Store};

/// Messages of which the words are put into one statement: their whole texts stand in it.
const MESSAGES_PER_STATEMENT: usize = 20;

/// Puts the words of messages into the index.
pub(crate) async fn put(tx: &mut Transaction, messages: &[(i64, &Message)]) -> Result<()> {
    for chunk in messages.chunks(MESSAGES_PER_STATEMENT) {
        let people: Vec<String> = chunk.iter().map(|(_, message)| people_words(message)).collect();
        let chunk = chunk.iter().zip(&people);
        #[cfg(feature = "postgres")]
        if !tx.is_sqlite() {
            for ((id, message), people) in chunk {
                let words = lexemes::of([&message.subject, people, &message.text]);
                sql::query(
                    "INSERT INTO message_words (workspace_id, message_id, words) \
                     VALUES (?, ?, CAST(CAST(? AS TEXT) AS TSVECTOR)) \
                     ON CONFLICT (workspace_id, message_id) DO UPDATE SET words = excluded.words",
                )
                .bind(tx.workspace())
                .bind(*id)
                .bind(words)
                .execute(&mut **tx)
                .await?;
            }
            continue;
        }
        let mut query = Builder::new("INSERT INTO message_words (rowid, subject, people, body) ");
        query.push_values(chunk, |mut row, ((id, message), people)| {
            row.push_bind(*id)
                .push_bind(message.subject.as_str())
                .push_bind(people.as_str())
                .push_bind(message.text.as_str());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes the words of a message out of the index, if they are there. That of a file is told them once more:
/// where they were read otherwise when they came in, what is left of them leads to no message.
pub(crate) async fn take_out(tx: &mut Transaction, row: i64, message: &Message) -> Result<()> {
    if !tx.is_sqlite() {
        return take_out_row(tx, row).await;
    }
    let people = people_words(message);
    let texts = [people.as_str(), message.subject.as_str(), message.text.as_str()];
    let Some(probe) = texts
        .into_iter()
        .find_map(|text| text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()))
    else {
        return Ok(());
    };
    let is_there: bool = sql::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM message_words WHERE message_words MATCH ? AND rowid = ?)",
    )
    .bind(format!("\"{probe}\""))
    .bind(row)
    .fetch_one(&mut **tx)
    .await?;
    if !is_there {
        return Ok(());
    }
    sql::query(
        "INSERT INTO message_words (message_words, rowid, subject, people, body) \
         VALUES ('delete', ?, ?, ?, ?)",
    )
    .bind(row)
    .bind(message.subject.as_str())
    .bind(people.as_str())
    .bind(message.text.as_str())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn take_out_row(tx: &mut Transaction, row: i64) -> Result<()> {
    sql::query("DELETE FROM message_words WHERE workspace_id = ? AND message_id = ?")
        .bind(tx.workspace())
        .bind(row)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Empties the index.
pub(crate) async fn clear(tx: &mut Transaction) -> Result<()> {
    if tx.is_sqlite() {
        sql::query("INSERT INTO message_words (message_words) VALUES ('delete-all')")
            .execute(&mut **tx)
            .await?;
    } else {
        sql::query("DELETE FROM message_words WHERE workspace_id = ?")
            .bind(tx.workspace())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

impl Store {
    /// The rows of all messages that hold all of `words` and none of `without`, in any case and
    /// with or without accents, in the order of the rows. No words, no rows. Some rows may lead to
    /// no message: the index of a file keeps the words of messages that another one took the place of.
    pub async fn rows_with(&self, words: &[Words], without: &[Words]) -> Result<Vec<i64>> {
        #[cfg(feature = "postgres")]
        if !self.is_file() {
            let Some(query) = lexemes::query(words, without) else { return Ok(Vec::new()) };
            return Ok(sql::query_scalar(
                "SELECT message_id FROM message_words WHERE workspace_id = ? \
                 AND words @@ CAST(CAST(? AS TEXT) AS TSQUERY) ORDER BY message_id",
            )
            .bind(self.workspace)
            .bind(query)
            .fetch_all(&self.readers)
            .await?);
        }
        let wanted = words.iter().map(term).collect::<Vec<_>>().join(" ");
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let unwanted = without.iter().map(term).collect::<Vec<_>>().join(" OR ");
        let query =
            if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({unwanted})") };
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(rowid) FROM message_words WHERE message_words MATCH ?",
        )
        .bind(query)
        .fetch_one(&self.readers)
        .await?;
        crate::search::numbers(found.as_deref(), ',')
    }
}

impl Store {
    /// Adds the index to a digest, by what it finds: every word with its messages.
    pub(crate) async fn digest_words(&self, hasher: &mut blake3::Hasher) -> Result<()> {
        let mut connection = self.readers.acquire().await?;
        if !self.is_file() {
            let mut rows = sql::query(
                "SELECT message_id, CAST(words AS TEXT) FROM message_words WHERE workspace_id = ? \
                 ORDER BY message_id",
            )
            .bind(self.workspace)
            .fetch(&mut connection)?;
            while let Some(row) = rows.try_next().await? {
                let (message, words): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
                hasher.update(format!("{message}\u{1f}{words}\u{1e}").as_bytes());
            }
            return Ok(());
        }
        sql::query(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_list \
             USING fts5vocab('main', 'message_words', 'col')",
        )
        .execute(&mut connection)
        .await?;
        let mut rows =
            sql::query("SELECT term, col, doc, cnt FROM temp.word_list").fetch(&mut connection)?;
        while let Some(row) = rows.try_next().await? {
            let (term, column): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            let (messages, times): (i64, i64) = (row.try_get(2)?, row.try_get(3)?);
            hasher.update(format!("{term}\u{1f}{column}\u{1f}{messages}\u{1f}{times}").as_bytes());
        }
        Ok(())
    }
}

/// Words as a string of the index's own language, in which nothing but the quotation mark, which
/// they cannot hold, has a meaning.
fn term(words: &Words) -> String {
    let text = words.text.replace(['"', '\0'], " ");
    format!("\"{text}\"{}", if words.open { "*" } else { "" })
}

/// Names and addresses by which a message is looked for. A mail to a thousand people is not
/// looked for by the thousandth name.
fn people_words(message: &Message) -> String {
    let mut words = String::new();
    for mailbox in everybody(message).take(50) {
        words.push_str(mailbox.name.as_deref().unwrap_or(""));
        words.push(' ');
        words.push_str(mailbox.address.as_str());
        words.push(' ');
    }
    words
}

/// Everybody whom a message names in its headers.
pub(crate) fn everybody(message: &Message) -> impl Iterator<Item = &Mailbox> {
    message.from.iter().chain(fields(message).flat_map(|(_, list)| list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_has_a_meaning_of_its_own() {
        for (text, open, expected) in [
            ("annual offer", false, "\"annual offer\""),
            ("a\" OR \"b", true, "\"a  OR  b\"*"),
            ("x\0NEAR(y)", false, "\"x NEAR(y)\""),
        ] {
            assert_eq!(term(&Words { text: text.to_owned(), open }), expected);
        }
    }
}
