//! Messages as lines of a list: who, what about, and the writer's own words.

use inroad_model::{Mailbox, MessageId, Moment};

use crate::message::{moment, parse_address};
use crate::original::Unpacker;
use crate::sql::{self, list};
use crate::{Error, Result, Store};

/// A message as a line of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageLine {
    /// The row, by which the original is fetched.
    pub row: i64,
    /// The message.
    pub message: MessageId,
    /// When it was written.
    pub date: Option<Moment>,
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// What about.
    pub subject: String,
    /// Names and addresses of everybody it went to.
    pub to: String,
    /// The words that the writer added; empty for what is no letter.
    pub new_text: String,
    /// The words that state an illness.
    pub ill: Vec<String>,
}

/// Row, Message-ID, moment, offset, the writer's address and name, subject, recipients, illnesses,
/// text.
type LineRow =
    (i64, String, Option<i64>, i64, Option<String>, String, String, String, String, Vec<u8>);

impl Store {
    /// The lines of some messages, in the order of the rows given; rows that are not there are left
    /// out.
    pub async fn lines_of(&self, rows: &[i64]) -> Result<Vec<MessageLine>> {
        let found: Vec<LineRow> = sql::query_as(
            "SELECT m.id, m.message_id, m.sent_at, m.offset_seconds, a.email, m.from_name, \
               m.subject, \
               COALESCE((SELECT group_concat(r.name || ' ' || t.email, ' ' ORDER BY r.field, r.address_id) FROM recipient r \
                 JOIN address t ON t.id = r.address_id AND +t.workspace_id = r.workspace_id \
                 WHERE r.message_id = m.id AND +r.workspace_id = m.workspace_id), ''), \
               COALESCE((SELECT CAST(json_group_array(f.quote ORDER BY f.id) AS TEXT) FROM fact f \
                 WHERE f.message_id = m.id AND +f.workspace_id = m.workspace_id \
                   AND f.kind = 'ill'), '[]'), \
               m.new_text \
             FROM json_each(?2) w CROSS JOIN message m ON m.id = w.value \
             LEFT JOIN address a ON a.id = m.from_id AND +a.workspace_id = m.workspace_id \
             WHERE +m.workspace_id = ?1 ORDER BY w.key",
        )
        .bind(self.workspace)
        .bind(list(rows))
        .fetch_all(&self.readers)
        .await?;
        let mut unpacker = Unpacker::new()?;
        found.into_iter().map(|row| line(row, &mut unpacker)).collect()
    }
}

fn line(row: LineRow, unpacker: &mut Unpacker) -> Result<MessageLine> {
    let (row, id, sent_at, offset_seconds, email, name, subject, to, ill, new_text) = row;
    let message = MessageId::new(&id).map_err(|_cause| Error::damaged(format!("message {row}")))?;
    let address = email.as_deref().map(parse_address).transpose()?;
    let name = Some(name).filter(|name| !name.is_empty());
    Ok(MessageLine {
        row,
        message,
        date: sent_at.map(|at| moment(at, offset_seconds)).transpose()?,
        from: address.map(|address| Mailbox { name, address }),
        subject,
        to,
        new_text: unpacker.unpack_text(&new_text, &id)?,
        ill: serde_json::from_str(&ill)
            .map_err(|e| Error::damaged(format!("the facts of message {row}: {e}")))?,
    })
}
