//! Taking in messages: a batch is one transaction, and what is there already is not taken again.
//!
//! Row ids follow the order of the input, so a stopped and repeated import ends with the same
//! rows as one that ran through.

use std::collections::{HashMap, HashSet};

use inroad_model::{EmailAddress, Mailbox, MessageId, Nature, Touch};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, Transaction};

use crate::address::AddressBook;
use crate::database::WORKSPACE;
use crate::letter::{Letter, Letters};
use crate::original::{ContentHash, Original, pack};
use crate::telling::insert_telling;
use crate::{Error, Result, Store, thread};

/// A message that was read and packed, ready to be kept.
#[derive(Debug)]
pub struct NewMessage {
    original: Original,
    source: String,
    touch: Touch,
    new_text: Vec<u8>,
}

impl NewMessage {
    /// Puts a read message beside its packed original. `source` names the file it came from.
    ///
    /// # Errors
    /// As [`Original::pack`].
    pub fn new(original: Original, source: String, touch: Touch) -> Result<Self> {
        // Only what people wrote is weighed later; the rest can be read again from the original.
        let new_text = if touch.message.nature.is_correspondence() {
            pack(touch.new_text.as_deref().unwrap_or_default().as_bytes())?
        } else {
            Vec::new()
        };
        Ok(Self { original, source, touch, new_text })
    }

    /// What was read.
    pub(crate) fn touch(&self) -> &Touch {
        &self.touch
    }
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Messages that are new.
    pub added: usize,
    /// Messages that were there already, byte for byte or as the same letter.
    pub doubles: usize,
    /// Facts that the new messages state.
    pub facts: usize,
}

/// What a dry run has seen so far: who sent which Message-ID.
#[derive(Debug, Default)]
pub struct Rehearsal {
    letters: Letters,
}

/// What the columns of `message` do not hold.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Details {
    pub(crate) in_reply_to: Vec<MessageId>,
    pub(crate) origin: inroad_model::BodyOrigin,
    pub(crate) nature: Nature,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) attachments: Vec<inroad_model::Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) invitation: Option<inroad_model::Invitation>,
    #[serde(default)]
    pub(crate) signature: inroad_model::Signature,
}

/// Rows per statement: enough to make the cost of a statement small, few enough that the
/// parameters stay below the database's limit.
const ROWS_PER_STATEMENT: usize = 200;

impl Store {
    /// Which of these contents are kept already.
    pub async fn known(&self, hashes: &[ContentHash]) -> Result<HashSet<ContentHash>> {
        let mut connection = self.readers.acquire().await?;
        kept_hashes(&mut connection, hashes).await
    }

    /// Keeps a batch in one transaction: all of it, or nothing.
    ///
    /// # Errors
    /// [`Error::Database`]; nothing of the batch is kept then.
    pub async fn add_messages(&self, batch: Vec<NewMessage>) -> Result<Imported> {
        let mut tx = self.write().await?;
        let mut letters = kept_letters(&mut tx, &batch).await?;
        let (fresh, doubles) = without_doubles(&mut tx, batch, &mut letters).await?;
        let book = AddressBook::load(&mut tx, fresh.iter().flat_map(mailboxes)).await?;
        let first_id = next_id(&mut tx).await?;
        let mut rows: Vec<(i64, NewMessage)> = (first_id..).zip(fresh).collect();
        let threads = thread::place(&mut tx, &rows_of_ids(&rows)).await?;
        insert_originals(&mut tx, &mut rows).await?;
        insert_messages(&mut tx, &rows, &threads, &book).await?;
        insert_recipients(&mut tx, &rows, &book).await?;
        let facts = insert_facts(&mut tx, &rows).await?;
        insert_telling(&mut tx, &rows).await?;
        insert_words(&mut tx, &rows).await?;
        book.save_names(&mut tx).await?;
        tx.commit().await?;
        Ok(Imported { added: rows.len(), doubles, facts })
    }

    /// Counts what [`Store::add_messages`] would make of a batch after those that `rehearsal`
    /// has seen, and keeps nothing.
    pub async fn rehearse_messages(
        &self,
        batch: Vec<NewMessage>,
        rehearsal: &mut Rehearsal,
    ) -> Result<Imported> {
        let mut connection = self.readers.acquire().await?;
        let kept = kept_letters(&mut connection, &batch).await?;
        rehearsal.letters.join(kept);
        let (fresh, doubles) =
            without_doubles(&mut connection, batch, &mut rehearsal.letters).await?;
        let facts = fresh.iter().map(|new| new.touch.facts.len()).sum();
        Ok(Imported { added: fresh.len(), doubles, facts })
    }
}

/// Everybody whom a message names in its headers.
fn mailboxes(new: &NewMessage) -> impl Iterator<Item = &Mailbox> {
    let message = &new.touch.message;
    message.from.iter().chain(fields(new).flat_map(|(_, list)| list))
}

/// The recipient headers with their number in the database.
fn fields(new: &NewMessage) -> impl Iterator<Item = (i64, &Vec<Mailbox>)> {
    let message = &new.touch.message;
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

/// Drops what is kept already or stands twice in the batch.
async fn without_doubles(
    connection: &mut SqliteConnection,
    batch: Vec<NewMessage>,
    letters: &mut Letters,
) -> Result<(Vec<NewMessage>, usize)> {
    let contents: Vec<ContentHash> = batch.iter().map(|new| new.original.hash).collect();
    let mut hashes = kept_hashes(connection, &contents).await?;
    let n_batch = batch.len();
    let mut fresh = Vec::with_capacity(n_batch);
    for mut new in batch {
        let hash = new.original.hash;
        if hashes.insert(hash) && letters.take(&mut new.touch.message, hash) {
            fresh.push(new);
        }
    }
    let doubles = n_batch - fresh.len();
    Ok((fresh, doubles))
}

/// Which of these contents have a row.
async fn kept_hashes(
    connection: &mut SqliteConnection,
    hashes: &[ContentHash],
) -> Result<HashSet<ContentHash>> {
    let mut kept = HashSet::new();
    for chunk in hashes.chunks(ROWS_PER_STATEMENT) {
        let mut query =
            QueryBuilder::<Sqlite>::new("SELECT hash FROM original WHERE workspace_id = ");
        query.push_bind(WORKSPACE).push(" AND hash IN (");
        let mut list = query.separated(", ");
        for hash in chunk {
            list.push_bind(hash.bytes());
        }
        query.push(")");
        let found: Vec<Vec<u8>> = query.build_query_scalar().fetch_all(&mut *connection).await?;
        kept.extend(found.iter().filter_map(|bytes| ContentHash::from_bytes(bytes)));
    }
    Ok(kept)
}

/// The kept letters that bear the Message-IDs of this batch.
async fn kept_letters(connection: &mut SqliteConnection, batch: &[NewMessage]) -> Result<Letters> {
    let mut letters = Letters::default();
    for chunk in batch.chunks(ROWS_PER_STATEMENT) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT m.message_id, COALESCE(a.email, ''), m.sent_at, m.subject FROM message m \
             LEFT JOIN address a ON a.id = m.from_id WHERE m.workspace_id = ",
        );
        query.push_bind(WORKSPACE).push(" AND m.message_id IN (");
        let mut list = query.separated(", ");
        for new in chunk {
            list.push_bind(new.touch.message.id.as_str());
        }
        query.push(")");
        let found: Vec<(String, String, Option<i64>, String)> =
            query.build_query_as().fetch_all(&mut *connection).await?;
        letters.extend(
            found
                .into_iter()
                .map(|(id, sender, sent_at, subject)| (id, Letter { sender, sent_at, subject })),
        );
    }
    Ok(letters)
}

async fn next_id(tx: &mut Transaction<'_, Sqlite>) -> Result<i64> {
    let (last,): (i64,) =
        sqlx::query_as("SELECT COALESCE(MAX(id), 0) FROM original").fetch_one(&mut **tx).await?;
    Ok(last + 1)
}

/// Takes the contents out of the rows: a large one is not held twice while it is written.
async fn insert_originals(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &mut [(i64, NewMessage)],
) -> Result<()> {
    // A row holds a whole message, so few rows make a statement.
    for chunk in rows.chunks_mut(20) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO original (id, workspace_id, hash, bytes, source, content) ",
        );
        query.push_values(chunk, |mut row, (id, new)| {
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
        let details = chunk.iter().map(|(_, new)| details_of(new)).collect::<Result<Vec<_>>>()?;
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

fn details_of(new: &NewMessage) -> Result<String> {
    let message = &new.touch.message;
    let details = Details {
        in_reply_to: message.in_reply_to.clone(),
        origin: message.origin,
        nature: message.nature.clone(),
        attachments: message.attachments.clone(),
        invitation: message.invitation.clone(),
        signature: new.touch.signature.clone(),
    };
    serde_json::to_string(&details).map_err(|e| Error::damaged(e.to_string()))
}

fn nature_name(nature: &Nature) -> &'static str {
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
        for (field, list) in fields(new) {
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

async fn insert_facts(
    tx: &mut Transaction<'_, Sqlite>,
    rows: &[(i64, NewMessage)],
) -> Result<usize> {
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
    Ok(facts.len())
}

async fn insert_words(tx: &mut Transaction<'_, Sqlite>, rows: &[(i64, NewMessage)]) -> Result<()> {
    for chunk in rows.chunks(20) {
        let people: Vec<String> = chunk.iter().map(|(_, new)| people_words(new)).collect();
        let mut query = QueryBuilder::<Sqlite>::new(
            "INSERT INTO message_words (rowid, subject, people, body) ",
        );
        query.push_values(chunk.iter().zip(&people), |mut row, ((id, new), people)| {
            row.push_bind(*id)
                .push_bind(new.touch.message.subject.as_str())
                .push_bind(people.as_str())
                .push_bind(new.touch.message.text.as_str());
        });
        query.build().execute(&mut **tx).await?;
    }
    Ok(())
}

/// Names and addresses by which a message is looked for. A mail to a thousand people is not
/// looked for by the thousandth name.
fn people_words(new: &NewMessage) -> String {
    let mut words = String::new();
    for mailbox in mailboxes(new).take(50) {
        words.push_str(mailbox.name.as_deref().unwrap_or(""));
        words.push(' ');
        words.push_str(mailbox.address.as_str());
        words.push(' ');
    }
    words
}
