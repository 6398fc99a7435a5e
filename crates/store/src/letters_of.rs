//! The latest letters of a person as lines of a list: a page shows a few, and how many there are.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_model::{EmailAddress, MessageId, Moment};

use crate::message::{moment, parse_address};
use crate::sql::{self, list};
use crate::{Concerning, Error, Result, Store};

/// One message as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Which.
    pub id: MessageId,
    /// When it was written; `None` where no usable date stands.
    pub at: Option<Moment>,
    /// Who wrote it.
    pub from: Option<EmailAddress>,
    /// What about.
    pub subject: String,
}

type Row = (String, Option<i64>, i64, Option<String>, String);

impl Store {
    /// The latest messages from, to or about some addresses up to a moment, newest first, at most
    /// `limit`; and how many there are in all.
    pub async fn latest_letters(
        &self,
        emails: &BTreeSet<EmailAddress>,
        until: Moment,
        limit: u32,
    ) -> Result<(Vec<LetterLine>, usize)> {
        let concerning =
            Concerning { emails: emails.clone(), until: Some(until), ..Concerning::default() };
        let ids = self.message_rows_of(&concerning).await?;
        let rows: Vec<Row> = sql::query_as(
            "SELECT m.message_id, m.sent_at, m.offset_seconds, a.email, m.subject \
             FROM message m \
             LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
             WHERE +m.workspace_id = ? AND m.id IN (SELECT value FROM json_each(?)) \
             ORDER BY m.sent_at DESC NULLS LAST, m.id DESC LIMIT ?",
        )
        .bind(self.workspace)
        .bind(list(&ids))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let lines = rows.into_iter().map(read).collect::<Result<_>>()?;
        Ok((lines, ids.len()))
    }

    /// A text that stays the same as long as nothing changes of what is known of people from
    /// outside: mail and how it was read, address books, calendars, who is who, lists of whom
    /// not to write to, and who has a seat in a deal. What the user
    /// writes down of them is not part of it. It takes a while with a million letters, and is asked
    /// for by every page of people: while nothing is written, the last one is given.
    pub async fn people_version(&self) -> Result<Arc<str>> {
        let read = async { Ok(self.read_people_version().await?.into()) };
        self.remembered.people_version.or_read(self, read).await
    }

    async fn read_people_version(&self) -> Result<String> {
        type Mail = (i64, Option<i64>, Option<String>, Option<String>);
        // Contacts, who is one person, whom not to write to, what was put right, firms, which are one.
        type Said = (
            Option<i64>,
            i64,
            Option<i64>,
            Option<i64>,
            i64,
            Option<String>,
            Option<i64>,
            i64,
            Option<i64>,
        );
        type Events = (i64, Option<i64>, Option<i64>, Option<i64>, i64, i64);
        let mail: Mail = sql::query_as(
            "SELECT (SELECT COUNT(*) FROM message WHERE workspace_id = ?1), \
               (SELECT id FROM message WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1), \
               (SELECT group_concat(first_id || ' ' || last_id || ' ' || reader, ',' ORDER BY first_id) FROM reading \
                 WHERE workspace_id = ?1), \
               (SELECT value FROM setting WHERE workspace_id = ?1 AND name = 'seller')",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let said: Said = sql::query_as(
            "SELECT (SELECT id FROM contact WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1), \
               (SELECT COUNT(*) FROM contact WHERE workspace_id = ?1), \
               (SELECT id FROM same_person WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1), \
               (SELECT id FROM do_not_contact WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1), \
               (SELECT COUNT(withdrawn_at) FROM do_not_contact WHERE workspace_id = ?1), \
               (SELECT group_concat(CAST(id AS TEXT), ',') FROM (SELECT id FROM entry \
                 WHERE workspace_id = ?1 AND kind = 'record' AND withdrawn_at IS NULL ORDER BY id) records), \
               (SELECT id FROM account WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1), \
               (SELECT COUNT(withdrawn_at) FROM account WHERE workspace_id = ?1), \
               (SELECT id FROM same_account WHERE +workspace_id = ?1 ORDER BY id DESC LIMIT 1)",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let events: Events = sql::query_as(
            "SELECT COUNT(*), MAX(id), CAST(SUM(LENGTH(content)) AS BIGINT), \
               CAST(SUM(starts_at / 1000000) AS BIGINT), \
               COUNT(*) FILTER (WHERE instr(content, 'declined') > 0), \
               COUNT(*) FILTER (WHERE instr(content, '\"cancelled\":true') > 0) \
             FROM event WHERE workspace_id = ?1",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let mut hasher = blake3::Hasher::new();
        for deal in self.deals().await?.iter().map(|stored| &stored.deal) {
            let known = (&deal.people, &deal.organization, &deal.domain);
            let known = serde_json::to_vec(&known).map_err(|e| Error::damaged(e.to_string()))?;
            hasher.update(&known);
        }
        Ok(format!("{mail:?} {said:?} {events:?} {}", hasher.finalize()))
    }
}

fn read((id, at, offset, from, subject): Row) -> Result<LetterLine> {
    Ok(LetterLine {
        id: MessageId::new(&id).map_err(|_cause| Error::damaged(format!("the message {id}")))?,
        at: at.map(|at| moment(at, offset)).transpose()?,
        from: from.as_deref().map(parse_address).transpose()?,
        subject,
    })
}

/// A letter that somebody wrote, as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// Which.
    pub id: MessageId,
    /// When it was written; `None` where no usable date stands.
    pub at: Option<Moment>,
    /// To whom it went, copies too.
    pub to: Vec<EmailAddress>,
}

impl Store {
    /// The latest letters that some addresses wrote up to a moment, newest first; none that a machine
    /// wrote.
    pub async fn sent_by(
        &self,
        own: &BTreeSet<EmailAddress>,
        until: Moment,
        limit: u32,
    ) -> Result<Vec<SentLine>> {
        let own: Vec<&str> = own.iter().map(EmailAddress::as_str).collect();
        let rows: Vec<(String, Option<i64>, i64, Option<String>)> = sql::query_as(
            "SELECT m.message_id, m.sent_at, m.offset_seconds, \
               (SELECT group_concat(a.email, ' ' ORDER BY r.field, r.address_id) FROM recipient r \
                 JOIN address a ON a.id = r.address_id AND +a.workspace_id = r.workspace_id \
                 WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id AND r.field < 3) \
             FROM message m \
             WHERE m.workspace_id = ?1 AND m.nature = 'correspondence' AND m.sent_at <= ?2 \
               AND m.from_id IN (SELECT id FROM address \
                 WHERE workspace_id = ?1 AND email IN (SELECT value FROM json_each(?3))) \
             ORDER BY m.sent_at DESC, m.id DESC LIMIT ?4",
        )
        .bind(self.workspace)
        .bind(until.timestamp().as_microsecond())
        .bind(list(own))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(id, at, offset, to)| {
                let damaged = |_cause| Error::damaged(format!("the message {id}"));
                let to = to.unwrap_or_default();
                Ok(SentLine {
                    id: MessageId::new(&id).map_err(damaged)?,
                    at: at.map(|at| moment(at, offset)).transpose()?,
                    to: to.split_whitespace().map(parse_address).collect::<Result<_>>()?,
                })
            })
            .collect()
    }
}
