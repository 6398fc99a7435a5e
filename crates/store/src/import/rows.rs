//! Writing the rows of new messages, and taking out those of a message that is replaced.
//!
//! Must not: decide which messages are new.

use std::collections::{HashMap, HashSet};

use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Nature};
use sqlx::{QueryBuilder, Sqlite, Transaction};

use super::{Details, NewMessage, ROWS_PER_STATEMENT};
use crate::address::AddressBook;
use crate::database::WORKSPACE;
use crate::letter::Came;
use crate::telling::insert_telling;
use crate::{Result, thread};

/// A message with the row that it gets.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) came: Came,
    pub(super) new: NewMessage,
}

/// Writes rows that replace nothing which is among them.
pub(super) async fn insert(tx: &mut Transaction<'_, Sqlite>, mut rows: Vec<Row>) -> Result<()> {
    insert_originals(tx, &mut rows).await?;
    // Of a list's copy the original is enough: what the review sees is there already.
    rows.retain(|row| row.came != Came::ListCopy);
    let rows: Vec<(i64, NewMessage)> = rows.into_iter().map(|row| (row.id, row.new)).collect();
    let book = AddressBook::load(tx, rows.iter().flat_map(|(_, new)| mailboxes(new))).await?;
    let threads = thread::place(tx, &rows_of_ids(&rows)).await?;
    insert_messages(tx, &rows, &threads, &book).await?;
    insert_recipients(tx, &rows, &book).await?;
    insert_facts(tx, &rows).await?;
    insert_telling(tx, &rows).await?;
    insert_words(tx, &rows).await?;
    book.save_names(tx).await
}

/// Writes kept messages as they were read anew. Their words stay in the index as they are, and the
/// names of addresses: an old letter does not tell the last one.
pub(crate) async fn rewrite(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &[(i64, NewMessage)],
) -> Result<()> {
    let book = AddressBook::load(tx, rows.iter().flat_map(|(_, new)| mailboxes(new))).await?;
    for (id, new) in rows {
        for sql in [
            "DELETE FROM telling WHERE message_id = ?",
            "DELETE FROM fact WHERE message_id = ?",
            "DELETE FROM recipient WHERE message_id = ?",
        ] {
            sqlx::query(sql).bind(*id).execute(&mut **tx).await?;
        }
        let message = &new.touch.message;
        let from = message.from.as_ref();
        sqlx::query(
            "UPDATE message SET sent_at = ?, offset_seconds = ?, from_id = ?, from_name = ?, \
             subject = ?, nature = ?, details = ?, new_text = ? WHERE id = ?",
        )
        .bind(message.date.map(|date| date.timestamp().as_microsecond()))
        .bind(message.date.map_or(0, |date| i64::from(date.offset().seconds())))
        .bind(from.and_then(|from| book.id(&from.address)))
        .bind(from.and_then(|from| from.name.as_deref()).unwrap_or(""))
        .bind(message.subject.as_str())
        .bind(nature_name(&message.nature))
        .bind(Details::of(&new.touch).to_json()?)
        .bind(new.new_text.as_slice())
        .bind(*id)
        .execute(&mut **tx)
        .await?;
    }
    insert_recipients(tx, rows, &book).await?;
    insert_facts(tx, rows).await?;
    insert_telling(tx, rows).await
}

/// Takes a message out, but not its original. Its words stay in the index, where they lead to no
/// message: to take them out, the index would have to be told the whole text once more.
pub(super) async fn remove_message(tx: &mut Transaction<'_, Sqlite>, id: &MessageId) -> Result<()> {
    for sql in [
        "DELETE FROM telling WHERE message_id IN \
           (SELECT id FROM message WHERE workspace_id = ? AND message_id = ?)",
        "DELETE FROM fact WHERE message_id IN \
           (SELECT id FROM message WHERE workspace_id = ? AND message_id = ?)",
        "DELETE FROM recipient WHERE message_id IN \
           (SELECT id FROM message WHERE workspace_id = ? AND message_id = ?)",
        "DELETE FROM message WHERE workspace_id = ? AND message_id = ?",
    ] {
        sqlx::query(sql).bind(WORKSPACE).bind(id.as_str()).execute(&mut **tx).await?;
    }
    Ok(())
}

/// Everybody whom a message names in its headers.
fn mailboxes(new: &NewMessage) -> impl Iterator<Item = &Mailbox> {
    everybody(&new.touch.message)
}

fn everybody(message: &Message) -> impl Iterator<Item = &Mailbox> {
    message.from.iter().chain(fields(message).flat_map(|(_, list)| list))
}

/// The recipient headers with their number in the database.
pub(crate) fn fields(message: &Message) -> impl Iterator<Item = (i64, &Vec<Mailbox>)> {
    [(0, &message.to), (1, &message.cc), (2, &message.bcc), (3, &message.reply_to)].into_iter()
}

fn rows_of_ids(rows: &[(i64, NewMessage)]) -> Vec<thread::Member<'_>> {
    rows.iter()
        .map(|(row, new)| {
            let message = &new.touch.message;
            let related = message.references.iter().chain(&message.in_reply_to).collect();
            // A delivery report hangs on the message that it is about.
            let original = match &message.nature {
                Nature::Bounce(bounce) => bounce.original.as_ref(),
                _ => None,
            };
            thread::Member { row: *row, id: &message.id, related, original }
        })
        .collect()
}

/// Takes the contents out of the rows: a large one is not held twice while it is written.
async fn insert_originals(tx: &mut Transaction<'_, Sqlite>, rows: &mut [Row]) -> Result<()> {
    // A row holds a whole message, so few rows make a statement.
    for chunk in rows.chunks_mut(20) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO original (id, workspace_id, hash, bytes, source, content) ",
        );
        query.push_values(chunk, |mut row, Row { id, new, .. }| {
            row.push_bind(*id)
                .push_bind(WORKSPACE)
                .push_bind(new.original.hash.bytes())
                .push_bind(new.original.bytes)
                .push_bind(new.source.as_str())
                .push_bind(std::mem::take(&mut new.original.content));
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_messages(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &[(i64, NewMessage)],
    threads: &HashMap<i64, i64>,
    book: &AddressBook,
) -> Result<()> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let details = chunk
            .iter()
            .map(|(_, new)| Details::of(&new.touch).to_json())
            .collect::<Result<Vec<_>>>()?;
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO message (id, workspace_id, message_id, thread_id, sent_at, \
             offset_seconds, from_id, from_name, subject, nature, details, new_text) ",
        );
        query.push_values(chunk.iter().zip(&details), |mut row, ((id, new), details)| {
            let message = &new.touch.message;
            let from = message.from.as_ref();
            row.push_bind(*id)
                .push_bind(WORKSPACE)
                .push_bind(message.id.as_str())
                .push_bind(threads.get(id).copied().unwrap_or(*id))
                .push_bind(message.date.map(|date| date.timestamp().as_microsecond()))
                .push_bind(message.date.map_or(0, |date| i64::from(date.offset().seconds())))
                .push_bind(from.and_then(|from| book.id(&from.address)))
                .push_bind(from.and_then(|from| from.name.as_deref()).unwrap_or(""))
                .push_bind(message.subject.as_str())
                .push_bind(nature_name(&message.nature))
                .push_bind(details.as_str())
                .push_bind(new.new_text.as_slice());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

pub(super) fn nature_name(nature: &Nature) -> &'static str {
    match nature {
        Nature::Correspondence => "correspondence",
        Nature::AutomaticReply { .. } => "automatic_reply",
        Nature::AutomaticNotice { .. } => "automatic_notice",
        Nature::Bounce(_) => "bounce",
        Nature::MailingList { .. } => "mailing_list",
        Nature::Newsletter { .. } => "newsletter",
    }
}

async fn insert_recipients(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &[(i64, NewMessage)],
    book: &AddressBook,
) -> Result<()> {
    let mut seen = HashSet::new();
    let mut recipients: Vec<(i64, i64, i64, &str)> = Vec::new();
    for (row, new) in rows {
        for (field, list) in fields(&new.touch.message) {
            for mailbox in list {
                let Some(address) = book.id(&mailbox.address) else { continue };
                if seen.insert((*row, field, address)) {
                    let name = mailbox.name.as_deref().unwrap_or("");
                    recipients.push((*row, field, address, name));
                }
            }
        }
    }
    for chunk in recipients.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO recipient (message_id, address_id, workspace_id, field, name) ",
        );
        query.push_values(chunk, |mut values, (row, field, address, name)| {
            values
                .push_bind(*row)
                .push_bind(*address)
                .push_bind(WORKSPACE)
                .push_bind(*field)
                .push_bind(*name);
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_facts(tx: &mut Transaction<'_, Sqlite>, rows: &[(i64, NewMessage)]) -> Result<()> {
    let facts: Vec<_> = rows
        .iter()
        .flat_map(|(row, new)| new.touch.facts.iter().map(move |fact| (*row, fact)))
        .collect();
    for chunk in facts.chunks(ROWS_PER_STATEMENT) {
        let details = chunk
            .iter()
            .map(|(_, fact)| crate::fact::FactDetails::of(fact).to_json())
            .collect::<Result<Vec<_>>>()?;
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO fact (workspace_id, message_id, kind, email, details, quote) ",
        );
        query.push_values(chunk.iter().zip(&details), |mut row, ((message, fact), details)| {
            row.push_bind(WORKSPACE)
                .push_bind(*message)
                .push_bind(fact.kind.as_str())
                .push_bind(fact.email.as_ref().map_or("", EmailAddress::as_str))
                .push_bind(details.as_str())
                .push_bind(fact.quote.as_str());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_words(tx: &mut Transaction<'_, Sqlite>, rows: &[(i64, NewMessage)]) -> Result<()> {
    let messages = rows.iter().map(|(id, new)| (*id, &new.touch.message));
    put_words(tx, &messages.collect::<Vec<_>>()).await
}

/// Puts the words of messages that are there into the index.
pub(crate) async fn insert_words_of(
    tx: &mut Transaction<'_, Sqlite>,
    messages: &[(i64, Message)],
) -> Result<()> {
    let messages = messages.iter().map(|(id, message)| (*id, message));
    put_words(tx, &messages.collect::<Vec<_>>()).await
}

async fn put_words(tx: &mut Transaction<'_, Sqlite>, messages: &[(i64, &Message)]) -> Result<()> {
    for chunk in messages.chunks(20) {
        let people: Vec<String> = chunk.iter().map(|(_, message)| people_words(message)).collect();
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO message_words (rowid, subject, people, body) ",
        );
        query.push_values(chunk.iter().zip(&people), |mut row, ((id, message), people)| {
            row.push_bind(*id)
                .push_bind(message.subject.as_str())
                .push_bind(people.as_str())
                .push_bind(message.text.as_str());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes the words of a message out of the index, if they are there. The index is told them once more: where
/// they were read otherwise when they came in, what is left of them leads to no message.
pub(crate) async fn take_out_words(
    tx: &mut Transaction<'_, Sqlite>,
    row: i64,
    message: &Message,
) -> Result<()> {
    let people = people_words(message);
    let texts = [people.as_str(), message.subject.as_str(), message.text.as_str()];
    let Some(probe) = texts
        .into_iter()
        .find_map(|text| text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()))
    else {
        return Ok(());
    };
    let is_there: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM message_words WHERE message_words MATCH ? AND rowid = ?)",
    )
    .bind(format!("\"{probe}\""))
    .bind(row)
    .fetch_one(&mut **tx)
    .await?;
    if !is_there {
        return Ok(());
    }
    sqlx::query(
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
