//! Letters that somebody wrote to nobody but themselves: notes.

use std::collections::BTreeSet;

use inroad_model::{EmailAddress, MessageId, Moment};

use crate::message::moment;
use crate::original::unpack;
use crate::sql::{self, list};
use crate::{Error, Result, Store};

/// A letter to oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterToSelf {
    /// Its row; later ones came in later.
    pub row: i64,
    /// Which.
    pub id: MessageId,
    /// When it was written; `None` where no usable date stands.
    pub at: Option<Moment>,
    /// What about.
    pub subject: String,
    /// Its own words.
    pub text: String,
}

type Row = (i64, String, Option<i64>, i64, String, Vec<u8>);

impl Store {
    /// Letters from some addresses to none but these, behind a row, in the order in which they came in.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Damaged`].
    pub async fn letters_to_self(
        &self,
        own: &BTreeSet<EmailAddress>,
        after: i64,
        limit: u32,
    ) -> Result<Vec<LetterToSelf>> {
        let own: Vec<&str> = own.iter().map(EmailAddress::as_str).collect();
        let rows: Vec<Row> = sql::query_as(
            "SELECT m.id, m.message_id, m.sent_at, m.offset_seconds, m.subject, m.new_text \
             FROM message m \
             WHERE m.workspace_id = ?1 AND m.nature = 'correspondence' AND m.id > ?3 \
               AND +m.from_id IN (SELECT id FROM address \
                 WHERE workspace_id = ?1 AND email IN (SELECT value FROM json_each(?2))) \
               AND EXISTS (SELECT 1 FROM recipient r \
                 WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id AND r.field < 3) \
               AND NOT EXISTS (SELECT 1 FROM recipient r \
                 JOIN address a ON a.id = r.address_id AND +a.workspace_id = r.workspace_id \
                 WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id AND r.field < 3 \
                   AND a.email NOT IN (SELECT value FROM json_each(?2))) \
             ORDER BY m.id LIMIT ?4",
        )
        .bind(self.workspace)
        .bind(list(own))
        .bind(after)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(read).collect()
    }
}

fn read((row, id, at, offset, subject, text): Row) -> Result<LetterToSelf> {
    let damaged = |what: &str| Error::damaged(format!("{what} of the message {id}"));
    let text = String::from_utf8(unpack(&text)?).map_err(|_odd| damaged("the words"))?;
    Ok(LetterToSelf {
        row,
        id: MessageId::new(&id).map_err(|_odd| damaged("the name"))?,
        at: at.map(|at| moment(at, offset)).transpose()?,
        subject,
        text,
    })
}
