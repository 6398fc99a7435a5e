//! What a look at somebody's selling asks of all letters at once: who wrote when to whom, and nothing of
//! what they wrote.
//!
//! Must not: bring a word of a letter but of those whose writer is named.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, MessageId, Moment};
use jiff::civil::Date;

use crate::fact::FactRow;
use crate::message::moment;
use crate::original::Unpacker;
use crate::sql::{self, list};
use crate::{Error, Result, Store};

/// A letter without its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BriefLetter {
    /// The message's row.
    pub row: i64,
    /// In microseconds.
    pub at: i64,
    /// The row of the writer's address.
    pub from: i64,
    /// Whether it answers another one.
    pub answers: bool,
}

/// Days on which somebody said to be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnAbsence {
    /// When they said so.
    pub said_at: Moment,
    /// The first day; that on which it was said where the words name none.
    pub from: Date,
    /// The last.
    pub until: Date,
}

impl Store {
    /// All dated letters that a person wrote, in no order: no automatic replies, notices or lists.
    pub async fn brief_letters(&self) -> Result<Vec<BriefLetter>> {
        let found: Option<String> = sql::query_scalar(
            "SELECT group_concat(id || ' ' || sent_at || ' ' || from_id || ' ' || \
               CASE WHEN instr(details, '\"in_reply_to\":[]') = 0 THEN 1 ELSE 0 END, ' ') \
             FROM message WHERE workspace_id = ? AND nature = 'correspondence' \
               AND sent_at IS NOT NULL AND from_id IS NOT NULL",
        )
        .bind(self.workspace)
        .fetch_one(&self.readers)
        .await?;
        let text = found.unwrap_or_default();
        let numbers: Vec<i64> = text
            .split_ascii_whitespace()
            .map(|number| number.parse().map_err(|_odd| Error::damaged("a list of letters")))
            .collect::<Result<_>>()?;
        let rows = numbers.as_chunks::<4>().0.iter();
        Ok(rows
            .map(|&[row, at, from, answers]| BriefLetter { row, at, from, answers: answers != 0 })
            .collect())
    }

    /// The own words of the latest letters that some addresses wrote since a moment and up to another,
    /// newest first, each with its moment.
    pub async fn own_words(
        &self,
        own: &BTreeSet<EmailAddress>,
        since: Moment,
        until: Moment,
        limit: u32,
    ) -> Result<Vec<(Moment, String)>> {
        let own: Vec<&str> = own.iter().map(EmailAddress::as_str).collect();
        let rows: Vec<(String, i64, i64, Vec<u8>)> = sql::query_as(
            "SELECT message_id, sent_at, offset_seconds, new_text FROM message \
             WHERE workspace_id = ?1 AND nature = 'correspondence' \
               AND sent_at BETWEEN ?2 AND ?3 \
               AND from_id IN (SELECT id FROM address \
                 WHERE workspace_id = ?1 AND email IN (SELECT value FROM json_each(?4))) \
             ORDER BY sent_at DESC, id DESC LIMIT ?5",
        )
        .bind(self.workspace)
        .bind(since.timestamp().as_microsecond())
        .bind(until.timestamp().as_microsecond())
        .bind(list(own))
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let mut unpacker = Unpacker::new()?;
        rows.into_iter()
            .map(|(id, at, offset, packed)| {
                Ok((moment(at, offset)?, unpacker.unpack_text(&packed, &id)?))
            })
            .collect()
    }

    /// When the owners of some addresses said to be away, in letters or by a machine of theirs.
    pub async fn own_absences(&self, own: &BTreeSet<EmailAddress>) -> Result<Vec<OwnAbsence>> {
        let own: Vec<&str> = own.iter().map(EmailAddress::as_str).collect();
        let rows: Vec<(String, i64, i64, String, String)> = sql::query_as(
            "SELECT m.message_id, m.sent_at, m.offset_seconds, f.email, f.details FROM fact f \
             JOIN message m ON m.id = f.message_id AND +m.workspace_id = f.workspace_id \
             WHERE f.workspace_id = ?1 AND f.kind = 'out_of_office' AND m.sent_at IS NOT NULL \
               AND f.email IN (SELECT value FROM json_each(?2)) ORDER BY f.id",
        )
        .bind(self.workspace)
        .bind(list(own))
        .fetch_all(&self.readers)
        .await?;
        let mut absences = Vec::new();
        for (id, at, offset, email, details) in rows {
            let said_at = moment(at, offset)?;
            let id = MessageId::new(&id).map_err(|_odd| Error::damaged("a message's id"))?;
            let row =
                FactRow { kind: "out_of_office", email: &email, details: &details, quote: "" };
            let fact = row.to_fact(&id)?;
            if let Some(until) = fact.until {
                let from = fact.from.unwrap_or_else(|| said_at.date());
                absences.push(OwnAbsence { said_at, from, until });
            }
        }
        Ok(absences)
    }
}
