//! Finding messages by their words.

use inroad_model::{Mailbox, MessageId, Moment};
use serde::Serialize;

use crate::Result;
use crate::inroad::Inroad;

/// One message that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The message.
    pub message: MessageId,
    /// When it was written.
    pub date: Option<Moment>,
    /// Who wrote it.
    pub from: Option<Mailbox>,
    /// What about.
    pub subject: String,
}

impl Inroad {
    /// The newest messages that hold all the words; words in double quotes stand side by side.
    pub async fn search(&self, words: &str, limit: u32) -> Result<Vec<Found>> {
        let hits = self.store.search(words, limit).await?;
        let rows: Vec<i64> = hits.iter().map(|hit| hit.row).collect();
        let mut found: Vec<Found> = self
            .store
            .messages_by_row(&rows)
            .await?
            .into_iter()
            .map(|stored| {
                let message = stored.touch.message;
                Found {
                    message: message.id,
                    date: message.date,
                    from: message.from,
                    subject: message.subject,
                }
            })
            .collect();
        found.reverse();
        Ok(found)
    }
}
