//! Reading messages back: everything that touches some people up to some moment.

use std::collections::{BTreeMap, BTreeSet};

use inroad_model::{EmailAddress, Mailbox, Message, MessageId, Moment, Touch};
use jiff::Timestamp;
use jiff::tz::Offset;

use crate::fact::FactRow;
use crate::import::Details;
use crate::original::Unpacker;
use crate::sql::{self, List, list};
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
}

/// A touch with its row and thread. Its `message.text` is empty: the original holds it. It has its
/// `new_text` and no gist.
#[derive(Debug, Clone)]
pub struct StoredMessage {
    /// The row, by which the original is fetched.
    pub row: i64,
    /// The thread: the row of the first message of it that came in.
    pub thread: i64,
    /// What was read.
    pub touch: Touch,
}

impl Concerning {
    /// The last moment in microseconds, and that of an undated message: after every moment, and
    /// known when no moment is given.
    pub(crate) fn until(&self) -> (i64, i64) {
        match self.until {
            Some(moment) => (moment.timestamp().as_microsecond(), i64::MAX),
            None => (i64::MAX, 0),
        }
    }
}

/// Row, id, thread, when, the writer's clock, the writer's address and name, subject, details, words.
type MessageRow =
    (i64, String, i64, Option<i64>, i64, Option<String>, String, String, String, Vec<u8>);

const SELECT_MESSAGES: &str = "SELECT m.id, m.message_id, m.thread_id, m.sent_at, \
     m.offset_seconds, a.email, m.from_name, m.subject, m.details, m.new_text \
     FROM message m LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
     WHERE +m.workspace_id = ? AND m.id IN (SELECT value FROM json_each(?)) \
     ORDER BY m.sent_at NULLS FIRST, m.id";

/// The rows of messages from, to or about the wanted addresses.
const SELECT_ROWS: &str = "WITH wanted AS (\
       SELECT id, email FROM address WHERE workspace_id = ?1 \
         AND email IN (SELECT value FROM json_each(?2)) \
       UNION SELECT id, email FROM address WHERE workspace_id = ?1 \
         AND domain IN (SELECT value FROM json_each(?3))), \
     found AS (\
       SELECT m.id FROM wanted w CROSS JOIN message m ON m.from_id = w.id \
         WHERE m.workspace_id = ?1 \
       UNION SELECT r.message_id FROM wanted w CROSS JOIN recipient r ON r.address_id = w.id \
         WHERE r.workspace_id = ?1 \
       UNION SELECT f.message_id FROM wanted w CROSS JOIN fact f ON f.email = w.email \
         WHERE f.workspace_id = ?1 \
       UNION SELECT f.message_id FROM wanted w \
         CROSS JOIN fact f ON json_extract(f.details, '$.to') = w.email \
         WHERE f.workspace_id = ?1) \
     SELECT m.id FROM found CROSS JOIN message m ON m.id = found.id AND +m.workspace_id = ?1 \
     WHERE COALESCE(m.sent_at, ?5) <= ?4 ORDER BY m.id";

impl Store {
    /// All messages from, to or about some people, oldest first.
    pub async fn messages(&self, concerning: &Concerning) -> Result<Vec<StoredMessage>> {
        let ids = self.message_rows_of(concerning).await?;
        self.messages_by_row(&ids).await
    }

    /// The messages of these rows, oldest first; rows that are not there are left out.
    pub async fn messages_by_row(&self, rows: &[i64]) -> Result<Vec<StoredMessage>> {
        let list = list(rows);
        let messages: Vec<MessageRow> = sql::query_as(SELECT_MESSAGES)
            .bind(self.workspace)
            .bind(&list)
            .fetch_all(&self.readers)
            .await?;
        let mut recipients = self.recipients(&list).await?;
        let mut facts = self.facts_of(&list).await?;
        let mut unpacker = Unpacker::new()?;
        messages
            .into_iter()
            .map(|row| {
                let recipients = recipients.remove(&row.0).unwrap_or_default();
                let facts = facts.remove(&row.0).unwrap_or_default();
                stored_message(row, &recipients, &facts, &mut unpacker)
            })
            .collect()
    }

    /// The message with that Message-ID.
    pub async fn message(&self, id: &MessageId) -> Result<Option<StoredMessage>> {
        let row: Option<(i64,)> =
            sql::query_as("SELECT id FROM message WHERE workspace_id = ? AND message_id = ?")
                .bind(self.workspace)
                .bind(id.as_str())
                .fetch_optional(&self.readers)
                .await?;
        let Some((row,)) = row else { return Ok(None) };
        Ok(self.messages_by_row(&[row]).await?.pop())
    }

    /// How many messages are kept.
    pub async fn message_count(&self) -> Result<u64> {
        let (count,): (i64,) = sql::query_as("SELECT COUNT(*) FROM message WHERE workspace_id = ?")
            .bind(self.workspace)
            .fetch_one(&self.readers)
            .await?;
        Ok(count.unsigned_abs())
    }

    /// The hosts of kept addresses that are one of these domains or lie below one.
    pub(crate) async fn hosts_at(&self, domains: &BTreeSet<String>) -> Result<BTreeSet<String>> {
        if domains.is_empty() {
            return Ok(BTreeSet::new());
        }
        let wanted: BTreeSet<String> = domains
            .iter()
            .map(|domain| domain.trim().trim_start_matches('@').to_lowercase())
            .collect();
        let hosts: Vec<(String,)> =
            sql::query_as("SELECT DISTINCT domain FROM address WHERE workspace_id = ?")
                .bind(self.workspace)
                .fetch_all(&self.readers)
                .await?;
        let is_wanted = |host: &str| {
            let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
            std::iter::once(host).chain(above).any(|domain| wanted.contains(domain))
        };
        Ok(hosts.into_iter().map(|(host,)| host).filter(|host| is_wanted(host)).collect())
    }

    /// The rows of the messages from, to or about some people, in the order in which they came in.
    pub(crate) async fn message_rows_of(&self, concerning: &Concerning) -> Result<Vec<i64>> {
        let emails = list(&concerning.emails);
        let domains = list(self.hosts_at(&concerning.domains).await?);
        let (until, undated) = concerning.until();
        let rows: Vec<(i64,)> = sql::query_as(SELECT_ROWS)
            .bind(self.workspace)
            .bind(emails)
            .bind(domains)
            .bind(until)
            .bind(undated)
            .fetch_all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn recipients(&self, list: &List) -> Result<BTreeMap<i64, Vec<(i64, Mailbox)>>> {
        // One row for each message: a row costs more than what stands in it.
        let rows: Vec<(i64, String)> = sql::query_as(
            "SELECT r.message_id, CAST(json_group_array(json_array(r.field, a.email, r.name) \
               ORDER BY r.field, r.address_id) AS TEXT) FROM recipient r \
             JOIN address a ON a.id = r.address_id AND +a.workspace_id = r.workspace_id \
             WHERE +r.workspace_id = ? AND r.message_id IN (SELECT value FROM json_each(?)) \
             GROUP BY r.message_id",
        )
        .bind(self.workspace)
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

    async fn facts_of(&self, list: &List) -> Result<BTreeMap<i64, Vec<[String; 4]>>> {
        let rows: Vec<(i64, String, String, String, String)> = sql::query_as(
            "SELECT message_id, kind, email, details, quote FROM fact \
             WHERE +workspace_id = ? AND message_id IN (SELECT value FROM json_each(?)) \
             ORDER BY message_id, id",
        )
        .bind(self.workspace)
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

pub(crate) fn parse_address(email: &str) -> Result<EmailAddress> {
    email.parse().map_err(|e: inroad_model::InvalidAddress| Error::damaged(e.to_string()))
}

pub(crate) fn moment(micros: i64, offset_seconds: i64) -> Result<Moment> {
    let damaged = |_cause| Error::damaged(format!("the time {micros}"));
    let timestamp = Timestamp::from_microsecond(micros).map_err(damaged)?;
    let offset = i32::try_from(offset_seconds).ok().and_then(|s| Offset::from_seconds(s).ok());
    Ok(Moment::new(timestamp, offset.unwrap_or(Offset::UTC)))
}

fn stored_message(
    row: MessageRow,
    recipients: &[(i64, Mailbox)],
    facts: &[[String; 4]],
    unpacker: &mut Unpacker,
) -> Result<StoredMessage> {
    let (row, message_id, thread, sent_at, offset, from_email, from_name, subject, details, words) =
        row;
    let what = || format!("message {row}");
    let id = MessageId::new(&message_id).map_err(|_cause| Error::damaged(what()))?;
    let details: Details =
        serde_json::from_str(&details).map_err(|e| Error::damaged(format!("{}: {e}", what())))?;
    let field = |wanted: i64| {
        recipients.iter().filter(|(f, _)| *f == wanted).map(|(_, m)| m.clone()).collect()
    };
    let facts = facts
        .iter()
        .map(|[kind, email, details, quote]| FactRow { kind, email, details, quote }.to_fact(&id))
        .collect::<Result<Vec<_>>>()?;
    let from = from_email.as_deref().map(parse_address).transpose()?;
    let name = Some(from_name).filter(|name| !name.is_empty());
    let message = Message {
        id,
        in_reply_to: details.in_reply_to,
        references: Vec::new(),
        date: sent_at.map(|at| moment(at, offset)).transpose()?,
        from: from.map(|address| Mailbox { name, address }),
        reply_to: field(3),
        to: field(0),
        cc: field(1),
        bcc: field(2),
        subject,
        text: String::new(),
        origin: details.origin,
        attachments: details.attachments,
        nature: details.nature,
        invitation: details.invitation,
    };
    let new_text = Some(unpacker.unpack_text(&words, &message_id)?);
    let touch = Touch { message, new_text, gist: None, signature: details.signature, facts };
    Ok(StoredMessage { row, thread, touch })
}
