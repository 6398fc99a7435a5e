//! What is kept of a letter beside its text, as JSON in its row.

use inroad_model::EmailAddress;
use inroad_store::Outgoing;
use serde::{Deserialize, Serialize};

use super::act::SendWay;
use super::checks::Overruled;
use crate::{Error, Result};

/// What became of the copy among the letters that were sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyState {
    /// None is made: it is a draft, or it was not sent.
    #[default]
    None,
    /// It is to be made.
    Wanted,
    /// It was put there.
    Filed,
    /// The server had put it there by itself.
    WasThere,
    /// The mailbox has no folder for it.
    NoFolder,
}

/// The rest of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub way: SendWay,
    pub from: EmailAddress,
    pub to: Vec<EmailAddress>,
    #[serde(default)]
    pub cc: Vec<EmailAddress>,
    #[serde(default)]
    pub bcc: Vec<EmailAddress>,
    pub subject: String,
    /// What the coach held up and a person let go all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overruled: Option<Overruled>,
    /// The server's words, or what stands in the way.
    #[serde(default)]
    pub said: String,
    #[serde(default)]
    pub copy: CopyState,
    /// What stood in the way of the copy the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_trouble: Option<String>,
    /// Whether it is among the letters of the data file.
    #[serde(default)]
    pub is_kept: bool,
    /// Whether a person said what became of it.
    #[serde(default)]
    pub by_person: bool,
    /// Whether something is to be done yet about what was settled.
    #[serde(default)]
    pub open: bool,
}

impl Record {
    pub(super) fn of(row: &Outgoing) -> Result<Self> {
        serde_json::from_str(&row.details).map_err(|cause| Error::Internal {
            what: format!("what is kept of the letter {}: {cause}", row.message_id),
        })
    }

    pub(super) fn to_json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|cause| Error::Internal { what: cause.to_string() })
    }

    /// Notes that it was sent: it is to be kept as a letter, and its copy to be filed.
    pub(super) fn was_sent(&mut self, said: String) {
        self.said = said;
        self.copy = CopyState::Wanted;
        self.open = true;
    }

    /// Closes it once nothing is left to be done.
    pub(super) fn close_if_done(&mut self) {
        self.open = !self.is_kept || self.copy == CopyState::Wanted;
    }
}
