//! One message as it was written: its formatting, and what came beside it, with nothing opened.
//!
//! Must not: load anything, or give a face any markup that `ingest` did not make harmless.

use inroad_ingest::{Limits, mail, written};
use inroad_model::{Attachment, MessageId};
use tokio::task::spawn_blocking;

use crate::inroad::Inroad;
use crate::{Error, Result};

/// A message as its writer made it, as far as it can be shown without doing anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsWritten {
    /// The subject, on one line; empty if it has none.
    pub subject: String,
    /// Harmless markup to stand within a body; `None` if the mail has no HTML.
    pub html: Option<String>,
    /// The text of the mail, for one without HTML.
    pub text: String,
    /// What the mail holds and is not shown, a clause each.
    pub left_out: Vec<String>,
    /// The files that came along: names only.
    pub attachments: Vec<Attachment>,
}

impl Inroad {
    /// A kept message as it was written.
    ///
    /// # Errors
    /// [`Error::NotFound`] if no such message is kept.
    pub async fn as_written(&self, id: &MessageId) -> Result<AsWritten> {
        let missing = || Error::NotFound { what: format!("No message <{id}> is kept") };
        let stored = self.store.message(id).await?.ok_or_else(missing)?;
        let original = self.store.original(stored.row).await?.ok_or_else(missing)?;
        let read = move || read(&original, &Limits::default());
        spawn_blocking(read).await.map_err(|task| Error::stopped(&task))
    }
}

fn read(original: &[u8], limits: &Limits) -> AsWritten {
    let (message, _) = mail::parse_message(original, limits);
    let written = written::as_written(original, limits);
    let left_out = written.as_ref().map(|written| written.left_out.in_words());
    AsWritten {
        subject: message.subject.trim().to_owned(),
        html: written.map(|written| written.html),
        text: message.text,
        left_out: left_out.unwrap_or_default(),
        attachments: message.attachments,
    }
}
