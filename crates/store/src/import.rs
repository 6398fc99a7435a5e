//! Taking in messages: a batch is one transaction, and what is there already is not taken again.
//!
//! Row ids follow the order of the input, so a stopped and repeated import ends with the same
//! rows as one that ran through.

mod rows;

use std::collections::HashSet;

use inroad_model::{MessageId, Nature, Touch};
use serde::{Deserialize, Serialize};

use crate::letter::{Came, Letter, Letters};
use crate::original::{ContentHash, Original, pack, unpack};
use crate::reading;
use crate::sql::{self, Builder, Connection, Transaction};
use crate::telling::telling_line;
use crate::{Error, Result, Store};
pub(crate) use rows::fields;
pub(crate) use rows::rewrite;
use rows::{Row, insert, remove_message};

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
        // Only what may tell of people is weighed later; the rest can be read again from the original.
        let tells =
            matches!(touch.message.nature, Nature::Correspondence | Nature::AutomaticReply { .. });
        let new_text = if tells {
            pack(touch.new_text.as_deref().unwrap_or_default().as_bytes())?
        } else {
            Vec::new()
        };
        Ok(Self { original, source, touch, new_text })
    }

    /// The bytes that were packed, the hash by which they are known, and where they came from.
    ///
    /// # Errors
    /// [`Error::Damaged`] if they cannot be unpacked.
    pub fn taken_apart(self) -> Result<(Vec<u8>, ContentHash, String)> {
        Ok((unpack(&self.original.content)?, self.original.hash, self.source))
    }

    /// A message that is kept, read anew: its original stays where it is.
    pub(crate) fn reread(touch: Touch) -> Result<Self> {
        Self::new(Original::elsewhere(), String::new(), touch)
    }

    /// What of it stands in rows of one message: nature, details, the line of telling, the sender's
    /// address and name, the subject.
    pub(crate) fn texts(&self) -> Result<[String; 6]> {
        let message = &self.touch.message;
        let from = message.from.as_ref();
        Ok([
            rows::nature_name(&message.nature).to_owned(),
            Details::of(&self.touch).to_json()?,
            telling_line(&self.touch)?.unwrap_or_default(),
            from.map_or_else(String::new, |from| from.address.to_string()),
            from.and_then(|from| from.name.clone()).unwrap_or_default(),
            message.subject.clone(),
        ])
    }

    /// The writer's words, packed.
    pub(crate) fn new_text(&self) -> &[u8] {
        &self.new_text
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

impl Details {
    pub(crate) fn of(touch: &Touch) -> Self {
        let message = &touch.message;
        Self {
            in_reply_to: message.in_reply_to.clone(),
            origin: message.origin,
            nature: message.nature.clone(),
            attachments: message.attachments.clone(),
            invitation: message.invitation.clone(),
            signature: touch.signature.clone(),
        }
    }

    fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| Error::damaged(e.to_string()))
    }
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
    /// [`crate::Error::Database`]; nothing of the batch is kept then.
    pub async fn add_messages(&self, batch: Vec<NewMessage>) -> Result<Imported> {
        let tx = self.write().await?;
        add(tx, batch, &self.reader).await
    }

    /// As [`Store::add_messages`], for a batch that was read when so many people were erased. If somebody
    /// was erased since, nothing is kept, and the batch is given back.
    ///
    /// # Errors
    /// As [`Store::add_messages`].
    pub async fn add_messages_read_at(
        &self,
        batch: Vec<NewMessage>,
        erasures: i64,
    ) -> Result<std::result::Result<Imported, Vec<NewMessage>>> {
        let mut tx = self.write().await?;
        if crate::erase::erasures(&mut tx, self.workspace).await? != erasures {
            return Ok(Err(batch));
        }
        add(tx, batch, &self.reader).await.map(Ok)
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
        let n_batch = batch.len();
        let fresh = without_doubles(&mut connection, batch, &mut rehearsal.letters).await?;
        Ok(counted(&fresh, n_batch))
    }
}

/// Keeps a batch, and ends the transaction.
async fn add(mut tx: Transaction, batch: Vec<NewMessage>, reader: &str) -> Result<Imported> {
    let mut letters = kept_letters(&mut tx, &batch).await?;
    let n_batch = batch.len();
    let fresh = without_doubles(&mut tx, batch, &mut letters).await?;
    let imported = counted(&fresh, n_batch);
    let mut run = Vec::new();
    let first = next_id(&mut tx).await?;
    let mut id = first;
    for (came, new) in fresh {
        // What came before has to be there before it is replaced, wherever a batch begins.
        if came == Came::InPlaceOfListCopy {
            insert(&mut tx, std::mem::take(&mut run)).await?;
            remove_message(&mut tx, &new.touch.message.id).await?;
        }
        run.push(Row { id, came, new });
        id += 1;
    }
    insert(&mut tx, run).await?;
    if id > first {
        reading::note(&mut tx, (first, id - 1), reader).await?;
    }
    tx.commit().await?;
    Ok(imported)
}

/// The figures of a batch of which these were not doubles. A letter of which another copy is there
/// is one for whoever counts, though its bytes are kept.
fn counted(fresh: &[(Came, NewMessage)], n_batch: usize) -> Imported {
    let new = || fresh.iter().filter(|(came, _)| *came == Came::New);
    let facts = new().map(|(_, new)| new.touch.facts.len()).sum();
    Imported { added: new().count(), doubles: n_batch - new().count(), facts }
}

/// Drops what is kept already or stands twice in the batch, and says what the others are.
async fn without_doubles(
    connection: &mut Connection,
    batch: Vec<NewMessage>,
    letters: &mut Letters,
) -> Result<Vec<(Came, NewMessage)>> {
    let contents: Vec<ContentHash> = batch.iter().map(|new| new.original.hash).collect();
    let mut hashes = kept_hashes(connection, &contents).await?;
    let mut fresh = Vec::with_capacity(batch.len());
    for mut new in batch {
        let hash = new.original.hash;
        if !hashes.insert(hash) {
            continue;
        }
        match letters.take(&mut new.touch.message, hash) {
            Came::Double => {}
            came => fresh.push((came, new)),
        }
    }
    Ok(fresh)
}

/// Which of these contents have a row.
async fn kept_hashes(
    connection: &mut Connection,
    hashes: &[ContentHash],
) -> Result<HashSet<ContentHash>> {
    let mut kept = HashSet::new();
    for chunk in hashes.chunks(ROWS_PER_STATEMENT) {
        let mut query = Builder::new("SELECT hash FROM original WHERE workspace_id = ");
        query
            .push_bind(connection.workspace())
            .push(" AND hash IN ")
            .push_list(chunk.iter().map(ContentHash::bytes));
        let found: Vec<(Vec<u8>,)> = query.build_query_as().fetch_all(&mut *connection).await?;
        kept.extend(found.iter().filter_map(|(bytes,)| ContentHash::from_bytes(bytes)));
    }
    Ok(kept)
}

/// The kept letters that bear the Message-IDs of this batch.
async fn kept_letters(connection: &mut Connection, batch: &[NewMessage]) -> Result<Letters> {
    let mut letters = Letters::default();
    for chunk in batch.chunks(ROWS_PER_STATEMENT) {
        let mut query = Builder::new(
            "SELECT m.message_id, COALESCE(a.email, ''), m.sent_at, m.subject, \
             m.nature IN ('mailing_list', 'newsletter') FROM message m \
             LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
             WHERE m.workspace_id = ",
        );
        query
            .push_bind(connection.workspace())
            .push(" AND m.message_id IN ")
            .push_list(chunk.iter().map(|new| new.touch.message.id.as_str()));
        let found: Vec<(String, String, Option<i64>, String, bool)> =
            query.build_query_as().fetch_all(&mut *connection).await?;
        letters.extend(found.into_iter().map(|(id, sender, sent_at, subject, from_list)| {
            (id, Letter { sender, sent_at, subject, from_list })
        }));
    }
    Ok(letters)
}

async fn next_id(tx: &mut Transaction) -> Result<i64> {
    let (last,): (i64,) = sql::query_as(
        "SELECT COALESCE((SELECT id FROM original WHERE +workspace_id = ? \
             ORDER BY id DESC LIMIT 1), 0)",
    )
    .bind(tx.workspace())
    .fetch_one(&mut **tx)
    .await?;
    Ok(last + 1)
}
