//! The latest letters of a person as lines of a list: a page shows a few, and how many there are.

use std::collections::BTreeSet;
use std::sync::Arc;

use inroad_model::{EmailAddress, MessageId, Moment};

use crate::database::WORKSPACE;
use crate::message::{json_list, moment, parse_address};
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
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT m.message_id, m.sent_at, m.offset_seconds, a.email, m.subject \
             FROM message m LEFT JOIN address a ON a.id = m.from_id \
             WHERE m.id IN (SELECT value FROM json_each(?)) \
             ORDER BY m.sent_at DESC, m.id DESC LIMIT ?",
        )
        .bind(json_list(&ids)?)
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
        Ok(sqlx::query_scalar(
            "SELECT json_array( \
               (SELECT COUNT(*) FROM message WHERE workspace_id = ?1), \
               (SELECT MAX(id) FROM message), \
               (SELECT json_group_array(json_array(first_id, last_id, reader)) FROM reading \
                 WHERE workspace_id = ?1), \
               (SELECT json_array(MAX(id), COUNT(*)) FROM contact), (SELECT MAX(id) FROM same_person), \
               (SELECT json_array(MAX(id), COUNT(withdrawn_at)) FROM do_not_contact), \
               (SELECT json_group_array(id) FROM entry WHERE workspace_id = ?1 AND kind = 'record' \
                 AND withdrawn_at IS NULL), \
               (SELECT json_array(MAX(id), COUNT(withdrawn_at)) FROM account), (SELECT MAX(id) FROM same_account), \
               (SELECT json_array(COUNT(*), MAX(id), SUM(LENGTH(content)), SUM(starts_at / 1000000), \
                   SUM(INSTR(content, 'declined')), SUM(content ->> '$.cancelled')) FROM event), \
               (SELECT json_array(COUNT(*), SUM(LENGTH(content -> '$.people')), \
                   SUM(LENGTH(content -> '$.organization')), \
                   json_group_array(content -> '$.domain')) \
                 FROM deal WHERE workspace_id = ?1), \
               (SELECT value FROM setting WHERE workspace_id = ?1 AND name = 'seller'))",
        )
        .bind(WORKSPACE)
        .fetch_one(&self.readers)
        .await?)
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
        let rows: Vec<(String, Option<i64>, i64, Option<String>)> = sqlx::query_as(
            "SELECT m.message_id, m.sent_at, m.offset_seconds, \
               (SELECT group_concat(a.email, ' ') FROM recipient r JOIN address a ON a.id = r.address_id \
                 WHERE r.message_id = m.id AND r.field < 3) \
             FROM message m \
             WHERE m.workspace_id = ?1 AND m.nature = 'correspondence' AND m.sent_at <= ?2 \
               AND m.from_id IN (SELECT id FROM address \
                 WHERE workspace_id = ?1 AND email IN (SELECT value FROM json_each(?3))) \
             ORDER BY m.sent_at DESC, m.id DESC LIMIT ?4",
        )
        .bind(WORKSPACE)
        .bind(until.timestamp().as_microsecond())
        .bind(json_list(own)?)
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
