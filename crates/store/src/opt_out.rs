//! Who asked for no more mail, wherever it was said.

use std::sync::Arc;

use inroad_model::{Contact, Fact, FactKind, MessageId, Moment};

use crate::fact::FactRow;
use crate::message::moment;
use crate::sql;
use crate::{Error, Result, Store};

impl Store {
    /// Every opt-out that a message states, with the moment at which it was written; `None` where
    /// the message bears no date.
    pub async fn opt_outs(&self) -> Result<Vec<(Option<Moment>, Fact)>> {
        type Row = (String, String, String, String, Option<i64>, i64);
        let rows: Vec<Row> = sql::query_as(
            "SELECT f.email, f.details, f.quote, m.message_id, m.sent_at, m.offset_seconds \
             FROM fact f \
             JOIN message m ON m.id = f.message_id AND +m.workspace_id = f.workspace_id \
             WHERE f.workspace_id = ? AND f.kind = ? ORDER BY f.id",
        )
        .bind(self.workspace)
        .bind(FactKind::OptedOut.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|(email, details, quote, message, sent_at, offset_seconds)| {
                let id = MessageId::new(message)
                    .map_err(|_cause| Error::damaged(format!("the message {message}")))?;
                let row = FactRow { kind: FactKind::OptedOut.as_str(), email, details, quote };
                let at = sent_at.map(|at| moment(at, *offset_seconds)).transpose()?;
                Ok((at, row.to_fact(&id)?))
            })
            .collect()
    }

    /// Contacts whose address book or CRM says that they want no mail; while nothing is written, the same ones.
    pub async fn opted_out_contacts(&self) -> Result<Arc<Vec<Contact>>> {
        let read = async { Ok(Arc::new(self.read_opted_out_contacts().await?)) };
        self.remembered.opted_out_contacts.or_read(self, read).await
    }

    async fn read_opted_out_contacts(&self) -> Result<Vec<Contact>> {
        let rows: Vec<(String,)> = sql::query_as(
            "SELECT content FROM contact \
             WHERE workspace_id = ? AND content LIKE '%\"opted_out\":true%' ORDER BY id",
        )
        .bind(self.workspace)
        .fetch_all(&self.readers)
        .await?;
        let read = |content: &String| {
            serde_json::from_str(content).map_err(|e| Error::damaged(format!("a contact: {e}")))
        };
        let contacts: Vec<Contact> = rows.iter().map(|(c,)| read(c)).collect::<Result<_>>()?;
        // The same words may stand in a contact's free text.
        Ok(contacts.into_iter().filter(|contact| contact.opted_out).collect())
    }
}
