//! Writing the rows of new messages, and taking out those of a message that is replaced.
//!
//! Must not: decide which messages are new.

use std::collections::{HashMap, HashSet};

use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Nature};

use super::{Details, NewMessage, ROWS_PER_STATEMENT};
use crate::address::AddressBook;
use crate::letter::Came;
use crate::sql::{self, Builder, Transaction};
use crate::telling::insert_telling;
use crate::{Result, thread, words};

/// A message with the row that it gets.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) came: Came,
    pub(super) new: NewMessage,
}

/// Writes rows that replace nothing which is among them.
pub(super) async fn insert(tx: &mut Transaction, mut rows: Vec<Row>) -> Result<()> {
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
pub(crate) async fn rewrite(tx: &mut Transaction, rows: &[(i64, NewMessage)]) -> Result<()> {
    let book = AddressBook::load(tx, rows.iter().flat_map(|(_, new)| mailboxes(new))).await?;
    for (id, new) in rows {
        for sql in [
            "DELETE FROM telling WHERE +workspace_id = ? AND message_id = ?",
            "DELETE FROM fact WHERE +workspace_id = ? AND message_id = ?",
            "DELETE FROM recipient WHERE +workspace_id = ? AND message_id = ?",
        ] {
            sql::query(sql).bind(tx.workspace()).bind(*id).execute(&mut **tx).await?;
        }
        let message = &new.touch.message;
        let from = message.from.as_ref();
        sql::query(
            "UPDATE message SET sent_at = ?, offset_seconds = ?, from_id = ?, from_name = ?, \
             subject = ?, nature = ?, details = ?, new_text = ? WHERE +workspace_id = ? AND id = ?",
        )
        .bind(message.date.map(|date| date.timestamp().as_microsecond()))
        .bind(message.date.map_or(0, |date| i64::from(date.offset().seconds())))
        .bind(from.and_then(|from| book.id(&from.address)))
        .bind(from.and_then(|from| from.name.as_deref()).unwrap_or(""))
        .bind(message.subject.as_str())
        .bind(nature_name(&message.nature))
        .bind(Details::of(&new.touch).to_json()?)
        .bind(new.new_text.as_slice())
        .bind(tx.workspace())
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
pub(super) async fn remove_message(tx: &mut Transaction, id: &MessageId) -> Result<()> {
    for sql in [
        "DELETE FROM telling WHERE +workspace_id = ?1 AND message_id IN \
           (SELECT id FROM message WHERE workspace_id = ?1 AND message_id = ?2)",
        "DELETE FROM fact WHERE +workspace_id = ?1 AND message_id IN \
           (SELECT id FROM message WHERE workspace_id = ?1 AND message_id = ?2)",
        "DELETE FROM recipient WHERE +workspace_id = ?1 AND message_id IN \
           (SELECT id FROM message WHERE workspace_id = ?1 AND message_id = ?2)",
        "DELETE FROM message WHERE workspace_id = ?1 AND message_id = ?2",
    ] {
        sql::query(sql).bind(tx.workspace()).bind(id.as_str()).execute(&mut **tx).await?;
    }
    Ok(())
}

fn mailboxes(new: &NewMessage) -> impl Iterator<Item = &Mailbox> {
    words::everybody(&new.touch.message)
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
async fn insert_originals(tx: &mut Transaction, rows: &mut [Row]) -> Result<()> {
    // A row holds a whole message, so few rows make a statement.
    for chunk in rows.chunks_mut(20) {
        let mut query =
            Builder::new("INSERT INTO original (id, workspace_id, hash, bytes, source, content) ");
        query.push_values(chunk, |mut row, Row { id, new, .. }| {
            row.push_bind(*id)
                .push_bind(tx.workspace())
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
    tx: &mut Transaction,
    rows: &[(i64, NewMessage)],
    threads: &HashMap<i64, i64>,
    book: &AddressBook,
) -> Result<()> {
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let details = chunk
            .iter()
            .map(|(_, new)| Details::of(&new.touch).to_json())
            .collect::<Result<Vec<_>>>()?;
        let mut query = Builder::new(
            "INSERT INTO message (id, workspace_id, message_id, thread_id, sent_at, \
             offset_seconds, from_id, from_name, subject, nature, details, new_text) ",
        );
        query.push_values(chunk.iter().zip(&details), |mut row, ((id, new), details)| {
            let message = &new.touch.message;
            let from = message.from.as_ref();
            row.push_bind(*id)
                .push_bind(tx.workspace())
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
    tx: &mut Transaction,
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
        let mut query = Builder::new(
            "INSERT INTO recipient (message_id, address_id, workspace_id, field, name) ",
        );
        query.push_values(chunk, |mut values, (row, field, address, name)| {
            values
                .push_bind(*row)
                .push_bind(*address)
                .push_bind(tx.workspace())
                .push_bind(*field)
                .push_bind(*name);
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

async fn insert_facts(tx: &mut Transaction, rows: &[(i64, NewMessage)]) -> Result<()> {
    let facts: Vec<_> = rows
        .iter()
        .flat_map(|(row, new)| new.touch.facts.iter().map(move |fact| (*row, fact)))
        .collect();
    for chunk in facts.chunks(ROWS_PER_STATEMENT) {
        let details = chunk
            .iter()
            .map(|(_, fact)| crate::fact::FactDetails::of(fact).to_json())
            .collect::<Result<Vec<_>>>()?;
        let mut query = Builder::new(
            "INSERT INTO fact (workspace_id, message_id, kind, email, details, quote) ",
        );
        query.push_values(chunk.iter().zip(&details), |mut row, ((message, fact), details)| {
            row.push_bind(tx.workspace())
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

async fn insert_words(tx: &mut Transaction, rows: &[(i64, NewMessage)]) -> Result<()> {
    let messages = rows.iter().map(|(id, new)| (*id, &new.touch.message));
    words::put(tx, &messages.collect::<Vec<_>>()).await
}
