//! What was let go, with what became of each.

use inroad_model::{EmailAddress, MessageId, Moment};
use inroad_store::{Outgoing, OutgoingState};
use serde::Serialize;

use super::SENDING;
use super::act::SendWay;
use super::checks::Overruled;
use super::record::{CopyState, Record};
use crate::inroad::Inroad;
use crate::{Error, Result};

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LetGoState {
    /// It is just going out.
    OnItsWay,
    /// It was begun, and the program ended; it is not looked for yet.
    NotLookedFor,
    /// The server took it, or it lies among the drafts.
    Went,
    /// It did not go.
    DidNotGo,
    /// Nobody can tell.
    Unknown,
}

/// A letter that was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetGo {
    /// Its number.
    pub number: i64,
    /// Which way.
    pub way: SendWay,
    /// What became of it.
    pub state: LetGoState,
    /// When a person let it go.
    pub approved_at: Moment,
    /// When it was settled.
    pub settled_at: Option<Moment>,
    /// Its id.
    pub message_id: MessageId,
    /// From whom.
    pub from: EmailAddress,
    /// To whom.
    pub to: Vec<EmailAddress>,
    /// To whom as a copy.
    pub cc: Vec<EmailAddress>,
    /// To whom as a blind copy.
    pub bcc: Vec<EmailAddress>,
    /// Its subject.
    pub subject: String,
    /// The server's words, or what stood in the way.
    pub said: String,
    /// What became of the copy.
    pub copy: CopyState,
    /// What stood in the way of the copy.
    pub copy_trouble: Option<String>,
    /// Whether it is among the letters of the data file.
    pub is_kept: bool,
    /// What the coach held up, and why it went all the same.
    pub overruled: Option<Overruled>,
    /// Whether a person said what became of it.
    pub by_person: bool,
}

/// A page of what was let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetGoPage {
    /// The letters, the newest first.
    pub letters: Vec<LetGo>,
    /// How many there are in all.
    pub count: u64,
}

impl Inroad {
    /// So many of the letters that were let go, the newest first, behind so many.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn let_go_letters(&self, limit: u32, behind: u64) -> Result<LetGoPage> {
        let is_sending = self.store.is_turn_taken(SENDING).await?;
        let rows = self.store.outgoing_page(limit, behind).await?;
        let letters = rows.iter().filter_map(|row| shown(row, is_sending).ok()).collect();
        Ok(LetGoPage { letters, count: self.store.outgoing_count().await? })
    }

    /// One of them.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn let_go_letter(&self, number: i64) -> Result<LetGo> {
        let row = self.store.outgoing_row(number).await?;
        let absent =
            || Error::NotFound { what: format!("No letter was let go as number {number}") };
        // Whoever asks for the one that is just settled holds the turn.
        let row = row.ok_or_else(absent)?;
        let is_sending =
            row.state == OutgoingState::Begun && self.store.is_turn_taken(SENDING).await?;
        shown(&row, is_sending)
    }
}

fn shown(row: &Outgoing, is_sending: bool) -> Result<LetGo> {
    let record = Record::of(row)?;
    Ok(LetGo {
        number: row.id,
        way: record.way,
        state: match row.state {
            OutgoingState::Begun if is_sending => LetGoState::OnItsWay,
            OutgoingState::Begun => LetGoState::NotLookedFor,
            OutgoingState::Accepted => LetGoState::Went,
            OutgoingState::Refused => LetGoState::DidNotGo,
            OutgoingState::Unknown => LetGoState::Unknown,
        },
        approved_at: row.approved_at,
        settled_at: row.settled_at,
        message_id: row.message_id.clone(),
        from: record.from,
        to: record.to,
        cc: record.cc,
        bcc: record.bcc,
        subject: record.subject,
        said: record.said,
        copy: record.copy,
        copy_trouble: record.copy_trouble,
        is_kept: record.is_kept,
        overruled: record.overruled,
        by_person: record.by_person,
    })
}
