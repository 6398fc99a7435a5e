//! Reading messages back: everything that touches some people up to some moment.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Moment, Touch};
use jiff::Timestamp;
use jiff::tz::Offset;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row as _};
use tokio::task::spawn_blocking;

use crate::database::WORKSPACE;
use crate::fact::FactRow;
use crate::import::Details;
use crate::original::Unpacker;
use crate::telling::gist_of;
use crate::{Error, Result, Store};

/// Whose messages are wanted.
#[derive(Debug, Clone, Default)]
pub struct Concerning {
    /// Messages from, to or about these addresses.
    pub emails: BTreeSet<EmailAddress>,
    /// Messages from, to or about anybody at these domains or below them, in any case.
    pub domains: BTreeSet<String>,
    /// Only what was written up to then, if given. Undated messages are left out then.
    pub until: Option<Moment>,
    /// Without mail to lists and newsletters that states nothing: most mailboxes hold far more
    /// of it than of letters, and it tells nothing about a deal.
    pub telling_only: bool,
}

/// A touch with its row and thread. Its `message.text` is empty: the original holds it. Its
/// `new_text` is left in the file where a gist was taken of it: [`Store::texts`] fetches it.
#[derive(Debug, Clone)]
pub struct StoredMessage {
    /// The row, by which the original is fetched.
    pub row: i64,
    /// The thread: the row of the first message of it that came in.
    pub thread: i64,
    /// What was read.
    pub touch: Touch,
}

#[derive(Debug)]
struct MessageRow {
    id: i64,
    message_id: String,
    thread_id: i64,
    sent_at: Option<i64>,
    offset_seconds: i64,
    from_email: Option<String>,
    from_name: String,
    subject: String,
    details: String,
    words: Option<i64>,
    names: Option<String>,
    /// Empty where a gist was taken.
    new_text: Vec<u8>,
}

impl<'r> FromRow<'r, SqliteRow> for MessageRow {
    fn from_row(row: &'r SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            message_id: row.try_get(1)?,
            thread_id: row.try_get(2)?,
            sent_at: row.try_get(3)?,
            offset_seconds: row.try_get(4)?,
            from_email: row.try_get(5)?,
            from_name: row.try_get(6)?,
            subject: row.try_get(7)?,
            details: row.try_get(8)?,
            words: row.try_get(9)?,
            names: row.try_get(10)?,
            new_text: row.try_get(11)?,
        })
    }
}

const SELECT_MESSAGES: &str = "SELECT m.id, m.message_id, m.thread_id, m.sent_at, \
     m.offset_seconds, a.email, m.from_name, m.subject, m.details, t.words, t.names, \
     CASE WHEN t.words IS NULL THEN m.new_text ELSE x'' END \
     FROM message m LEFT JOIN address a ON a.id = m.from_id \
     LEFT JOIN telling t ON t.message_id = m.id \
     WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.sent_at, m.id";

/// The addresses that are wanted. The rows that follow are named by them.
macro_rules! of_wanted {
    ($rows:literal) => {
        concat!(
            "WITH wanted AS (\
               SELECT id, email FROM address WHERE workspace_id = ?1 \
                 AND email IN (SELECT value FROM json_each(?2)) \
               UNION SELECT id, email FROM address WHERE workspace_id = ?1 \
                 AND domain IN (SELECT value FROM json_each(?3)))",
            $rows
        )
    };
}

const SELECT_ROWS: &str = of_wanted!(
    ", found AS (\
       SELECT m.id FROM message m JOIN wanted w ON m.from_id = w.id WHERE m.workspace_id = ?1 \
       UNION SELECT r.message_id FROM recipient r JOIN wanted w ON r.address_id = w.id \
         WHERE r.workspace_id = ?1 \
       UNION SELECT f.message_id FROM fact f JOIN wanted w \
         ON w.email IN (f.email, json_extract(f.details, '$.to')) \
         WHERE f.workspace_id = ?1) \
     SELECT m.id FROM message m JOIN found ON found.id = m.id \
     WHERE COALESCE(m.sent_at, ?5) <= ?4 ORDER BY m.id"
);

/// The same of messages that tell something. What does not is dropped where it is found: there is
/// far more of it.
const SELECT_TELLING_ROWS: &str = of_wanted!(
    ", found AS (\
       SELECT t.message_id AS id FROM message m JOIN wanted w ON m.from_id = w.id \
         JOIN telling t ON t.message_id = m.id WHERE m.workspace_id = ?1 \
       UNION SELECT t.message_id FROM recipient r JOIN wanted w ON r.address_id = w.id \
         JOIN telling t ON t.message_id = r.message_id WHERE r.workspace_id = ?1 \
       UNION SELECT f.message_id FROM fact f JOIN wanted w \
         ON w.email IN (f.email, json_extract(f.details, '$.to')) \
         WHERE f.workspace_id = ?1) \
     SELECT t.message_id FROM telling t JOIN found ON found.id = t.message_id \
     WHERE COALESCE(t.sent_at, ?5) <= ?4 ORDER BY t.message_id"
);

/// The same for many people. Asking each telling message for them takes half the time of asking
/// for the messages of each.
const SELECT_TELLING_ROWS_OF_MANY: &str = of_wanted!(
    " SELECT t.message_id FROM telling t JOIN message m ON m.id = t.message_id \
     WHERE t.workspace_id = ?1 AND COALESCE(t.sent_at, ?5) <= ?4 \
       AND (m.from_id IN (SELECT id FROM wanted) \
         OR EXISTS (SELECT 1 FROM recipient r WHERE r.message_id = t.message_id \
           AND r.address_id IN (SELECT id FROM wanted)) \
         OR EXISTS (SELECT 1 FROM fact f WHERE f.message_id = t.message_id \
           AND (f.email IN (SELECT email FROM wanted) \
             OR json_extract(f.details, '$.to') IN (SELECT email FROM wanted)))) \
     ORDER BY t.message_id"
);

/// From so many addresses and domains on people are many.
const WANTED_MANY_MIN: usize = 50;

impl Store {
    /// All messages from, to or about some people, oldest first.
    pub async fn messages(&self, concerning: &Concerning) -> Result<Vec<StoredMessage>> {
        let ids = self.message_rows_of(concerning).await?;
        self.messages_by_row(&ids).await
    }

    /// The messages of these rows, oldest first; rows that are not there are left out.
    pub async fn messages_by_row(&self, rows: &[i64]) -> Result<Vec<StoredMessage>> {
        let list = json_list(rows)?;
        // On three connections, so that two cores share the work of a large review.
        let messages = async {
            let query = sqlx::query_as::<_, MessageRow>(SELECT_MESSAGES).bind(&list);
            Ok(query.fetch_all(&self.readers).await?)
        };
        let (messages, mut recipients, mut facts) =
            tokio::try_join!(messages, self.recipients(&list), self.facts_of(&list))?;
        let rows: Vec<Row> = messages
            .into_iter()
            .map(|row| {
                let recipients = recipients.remove(&row.id).unwrap_or_default();
                let facts = facts.remove(&row.id).unwrap_or_default();
                (row, recipients, facts)
            })
            .collect();
        if rows.len() < ROWS_SHARED_MIN {
            return read_rows(&rows);
        }
        spawn_blocking(move || read_on_all_cores(&rows))
            .await
            .map_err(|stopped| Error::damaged(stopped.to_string()))?
    }

    /// The message with that Message-ID.
    pub async fn message(&self, id: &MessageId) -> Result<Option<StoredMessage>> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT id FROM message WHERE workspace_id = ? AND message_id = ?")
                .bind(WORKSPACE)
                .bind(id.as_str())
                .fetch_optional(&self.readers)
                .await?;
        let Some((row,)) = row else { return Ok(None) };
        Ok(self.messages_by_row(&[row]).await?.pop())
    }

    /// How many messages are kept.
    pub async fn message_count(&self) -> Result<u64> {
        let (count,): (i64,) =
            sqlx::query_as("SELECT COUNT(*) FROM message WHERE workspace_id = ?")
                .bind(WORKSPACE)
                .fetch_one(&self.readers)
                .await?;
        Ok(count.unsigned_abs())
    }

    /// The hosts of kept addresses that are one of these domains or lie below one.
    async fn hosts_at(&self, domains: &BTreeSet<String>) -> Result<Vec<String>> {
        if domains.is_empty() {
            return Ok(Vec::new());
        }
        let wanted: BTreeSet<String> = domains
            .iter()
            .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
            .collect();
        let hosts: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT domain FROM address WHERE workspace_id = ?")
                .bind(WORKSPACE)
                .fetch_all(&self.readers)
                .await?;
        let is_wanted = |host: &str| {
            let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
            std::iter::once(host).chain(above).any(|domain| wanted.contains(domain))
        };
        Ok(hosts.into_iter().map(|(host,)| host).filter(|host| is_wanted(host)).collect())
    }

    async fn message_rows_of(&self, concerning: &Concerning) -> Result<Vec<i64>> {
        let emails = json_list(&concerning.emails)?;
        let domains = json_list(self.hosts_at(&concerning.domains).await?)?;
        let until = concerning.until.map_or(i64::MAX, |m| m.timestamp().as_microsecond());
        // An undated message is after every moment, and known when no moment is given.
        let undated = if concerning.until.is_some() { i64::MAX } else { 0 };
        let many = concerning.emails.len() + concerning.domains.len() >= WANTED_MANY_MIN;
        let sql = match (concerning.telling_only, many) {
            (true, true) => SELECT_TELLING_ROWS_OF_MANY,
            (true, false) => SELECT_TELLING_ROWS,
            (false, _) => SELECT_ROWS,
        };
        let rows: Vec<(i64,)> = sqlx::query_as(sql)
            .bind(WORKSPACE)
            .bind(emails)
            .bind(domains)
            .bind(until)
            .bind(undated)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn recipients(&self, list: &str) -> Result<BTreeMap<i64, Vec<(i64, Mailbox)>>> {
        // One row for each message: a row costs more than what stands in it.
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT r.message_id, json_group_array(json_array(r.field, a.email, r.name) \
               ORDER BY r.field, r.address_id) \
             FROM recipient r JOIN address a ON a.id = r.address_id \
             WHERE r.message_id IN (SELECT value FROM json_each(?)) GROUP BY r.message_id",
        )
        .bind(list)
        .fetch_all(&self.readers)
        .await?;
        let mut recipients: BTreeMap<i64, Vec<(i64, Mailbox)>> = BTreeMap::new();
        for (message, listed) in rows {
            let listed: Vec<(i64, String, String)> = serde_json::from_str(&listed)
                .map_err(|e| Error::damaged(format!("the recipients of message {message}: {e}")))?;
            let read = |(field, email, name): (i64, String, String)| {
                let name = Some(name).filter(|name| !name.is_empty());
                Ok((field, Mailbox { name, address: parse_address(&email)? }))
            };
            recipients.insert(message, listed.into_iter().map(read).collect::<Result<_>>()?);
        }
        Ok(recipients)
    }

    async fn facts_of(&self, list: &str) -> Result<BTreeMap<i64, Vec<[String; 4]>>> {
        let rows: Vec<(i64, String, String, String, String)> = sqlx::query_as(
            "SELECT message_id, kind, email, details, quote FROM fact \
             WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, id",
        )
        .bind(list)
        .fetch_all(&self.readers)
        .await?;
        let mut facts: BTreeMap<i64, Vec<[String; 4]>> = BTreeMap::new();
        for (message, kind, email, details, quote) in rows {
            facts.entry(message).or_default().push([kind, email, details, quote]);
        }
        Ok(facts)
    }
}

/// A list as one parameter; the database unfolds it.
pub(crate) fn json_list(items: impl serde::Serialize) -> Result<String> {
    serde_json::to_string(&items).map_err(|e| Error::damaged(e.to_string()))
}

pub(crate) fn parse_address(email: &str) -> Result<EmailAddress> {
    email.parse().map_err(|e: inroad_model::InvalidAddress| Error::damaged(e.to_string()))
}

pub(crate) fn moment(micros: i64, offset_seconds: i64) -> Result<Moment> {
    let damaged = |_cause| Error::damaged(format!("the time {micros}"));
    let timestamp = Timestamp::from_microsecond(micros).map_err(damaged)?;
    let offset = i32::try_from(offset_seconds).ok().and_then(|s| Offset::from_seconds(s).ok());
    Ok(Moment::new(timestamp, offset.unwrap_or(Offset::UTC)))
}

/// A message with its recipients and its facts.
type Row = (MessageRow, Vec<(i64, Mailbox)>, Vec<[String; 4]>);

/// Fewer rows are not worth a thread.
const ROWS_SHARED_MIN: usize = 256;

fn read_rows(rows: &[Row]) -> Result<Vec<StoredMessage>> {
    let mut unpacker = Unpacker::new()?;
    rows.iter()
        .map(|(row, recipients, facts)| stored_message(row, recipients, facts, &mut unpacker))
        .collect()
}

/// Unpacking and reading costs more than fetching, so the cores share it; the order stays.
fn read_on_all_cores(rows: &[Row]) -> Result<Vec<StoredMessage>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rows.len().div_ceil(cores).max(ROWS_SHARED_MIN);
    std::thread::scope(|scope| {
        // All parts start before one is waited for.
        let parts: Vec<_> =
            rows.chunks(share).map(|rows| scope.spawn(|| read_rows(rows))).collect();
        let mut messages = Vec::with_capacity(rows.len());
        for part in parts {
            // A part that panics is a fault of this program; it is passed on as such.
            let read = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            messages.extend(read);
        }
        Ok(messages)
    })
}

fn stored_message(
    row: &MessageRow,
    recipients: &[(i64, Mailbox)],
    facts: &[[String; 4]],
    unpacker: &mut Unpacker,
) -> Result<StoredMessage> {
    let what = || format!("message {}", row.id);
    let id = MessageId::new(&row.message_id).map_err(|_cause| Error::damaged(what()))?;
    let details: Details = serde_json::from_str(&row.details)
        .map_err(|e| Error::damaged(format!("{}: {e}", what())))?;
    let field = |wanted: i64| {
        recipients.iter().filter(|(f, _)| *f == wanted).map(|(_, m)| m.clone()).collect()
    };
    let facts = facts
        .iter()
        .map(|[kind, email, details, quote]| FactRow { kind, email, details, quote }.to_fact(&id))
        .collect::<Result<Vec<_>>>()?;
    let from = row.from_email.as_deref().map(parse_address).transpose()?;
    let name = Some(row.from_name.clone()).filter(|name| !name.is_empty());
    let message = Message {
        id,
        in_reply_to: details.in_reply_to,
        references: Vec::new(),
        date: row.sent_at.map(|at| moment(at, row.offset_seconds)).transpose()?,
        from: from.map(|address| Mailbox { name, address }),
        reply_to: field(3),
        to: field(0),
        cc: field(1),
        bcc: field(2),
        subject: row.subject.clone(),
        text: String::new(),
        origin: details.origin,
        attachments: details.attachments,
        nature: details.nature,
        invitation: details.invitation,
    };
    let gist = gist_of(row.words, row.names.as_deref());
    let new_text = match gist {
        Some(_) => None,
        None => Some(unpacker.unpack_text(&row.new_text, &row.message_id)?),
    };
    let touch = Touch { message, new_text, gist, signature: details.signature, facts };
    Ok(StoredMessage { row: row.id, thread: row.thread_id, touch })
}
