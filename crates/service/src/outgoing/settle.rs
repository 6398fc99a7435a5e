//! What was begun and not settled, because the program was killed or the line broke: looked for in the mailbox by
//! its Message-ID, or settled by a person's word. Nothing is sent here.

use inroad_model::Moment;
use inroad_store::{Outgoing, OutgoingState};

use super::SENDING;
use super::act::SendWay;
use super::folders::{Shelf, Shelves};
use super::letter::sent_from;
use super::record::{CopyState, Record};
use crate::inroad::Inroad;
use crate::live::Passwords;
use crate::live::fault::Fault;
use crate::{Error, Result};

/// What came of looking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settling {
    /// Letters that were found where they lie once they went.
    pub found: usize,
    /// Letters of which nobody can tell.
    pub unknown: usize,
}

impl Inroad {
    /// Looks after every letter that was begun and not settled, or of which something is to be done yet. What is
    /// not found stays unknown, and is never sent again. While a letter is going out it waits for the next time.
    ///
    /// # Errors
    /// If the data file refuses; what stands in the way of a mailbox is told with its letters.
    pub async fn settle_what_was_begun(&self, passwords: &Passwords) -> Result<Settling> {
        let mut settling = Settling::default();
        if self.store.outgoing_open().await?.is_empty() {
            return Ok(settling);
        }
        let Some(_turn) = self.store.take_turn(SENDING).await? else { return Ok(settling) };
        // Whoever had the turn may have settled something meanwhile.
        let mut open: Option<(i64, std::result::Result<Shelves, String>)> = None;
        for row in self.store.outgoing_open().await? {
            if !matches!(row.state, OutgoingState::Begun | OutgoingState::Unknown) {
                // What stands in the way of one letter holds up no other; it stays open.
                let _open = self.finish(row.id, passwords).await;
                continue;
            }
            if open.as_ref().is_none_or(|(connection, _)| *connection != row.connection) {
                leave(open.take()).await;
                open = Some((row.connection, self.shelves_of(&row, passwords).await?));
            }
            let Some((_, shelves)) = &mut open else { continue };
            if self.settle_one(&row, shelves).await? {
                settling.found += 1;
                self.finish(row.id, passwords).await?;
            } else {
                settling.unknown += 1;
            }
        }
        leave(open).await;
        Ok(settling)
    }

    /// Looks for one letter. Returns whether it was found.
    async fn settle_one(
        &self,
        row: &Outgoing,
        shelves: &mut std::result::Result<Shelves, String>,
    ) -> Result<bool> {
        let Ok(mut record) = Record::of(row) else { return Ok(false) };
        let (shelf, place) = match record.way {
            SendWay::Now => (Shelf::Sent, "sent letters"),
            SendWay::Drafts => (Shelf::Drafts, "drafts"),
        };
        let found = match shelves {
            Ok(shelves) => match shelves.has(shelf, &row.message_id).await {
                Ok(true) => Ok(true),
                Ok(false) => Ok(false),
                Err(Fault::Own(error)) => return Err(error),
                Err(fault) => Err(fault.trouble().what),
            },
            Err(why) => Err(why.clone()),
        };
        let said = match &found {
            Ok(true) => format!("Found among your {place}"),
            Ok(false) => format!("It is not among your {place}; look in your mail program"),
            Err(why) => format!("Your {place} could not be looked through: {why}"),
        };
        let is_found = found == Ok(true);
        if !is_found {
            // What is said already is not written again.
            if row.state == OutgoingState::Begun || record.said != said {
                record.said = said;
                let details = record.to_json()?;
                let state = OutgoingState::Unknown;
                self.store.settle_outgoing(row.id, state, &details, crate::now()).await?;
            }
            return Ok(false);
        }
        match record.way {
            SendWay::Now => {
                record.was_sent(said);
                record.copy = CopyState::WasThere;
            }
            SendWay::Drafts => record.said = said,
        }
        let now = crate::now();
        let accepted = OutgoingState::Accepted;
        if self.store.settle_outgoing(row.id, accepted, &record.to_json()?, now).await? {
            self.tell_in_history(&record, now).await?;
        }
        Ok(true)
    }

    async fn shelves_of(
        &self,
        row: &Outgoing,
        passwords: &Passwords,
    ) -> Result<std::result::Result<Shelves, String>> {
        let connections = self.store.connections().await?;
        let Some((kept, mailbox)) = sent_from(row, &connections) else {
            return Ok(Err("The mailbox is not connected any more".to_owned()));
        };
        Ok(Shelves::open(kept, mailbox, passwords).await.map_err(|fault| fault.trouble().what))
    }

    /// A person says what became of a letter of which nobody could tell.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Conflict`] where it is settled.
    pub async fn say_what_became(&self, row: i64, went: bool, at: Moment) -> Result<()> {
        // Whoever has the turn may be sending it.
        let _turn = self.turn_to_send().await?;
        let Some(kept) = self.store.outgoing_row(row).await? else {
            return Err(Error::NotFound { what: "No letter was let go under that number".into() });
        };
        if !matches!(kept.state, OutgoingState::Unknown | OutgoingState::Begun) {
            return Err(Error::Conflict { what: "It is settled what became of it".to_owned() });
        }
        let mut record = Record::of(&kept)?;
        record.by_person = true;
        let state = match (went, record.way) {
            (true, SendWay::Now) => {
                record.was_sent("You said that it went".to_owned());
                record.copy = CopyState::None;
                OutgoingState::Accepted
            }
            (true, SendWay::Drafts) => {
                record.said = String::from("You said that it is there");
                OutgoingState::Accepted
            }
            (false, _) => {
                record.said = String::from("You said that it did not go");
                OutgoingState::Refused
            }
        };
        self.store.settle_outgoing(row, state, &record.to_json()?, at).await?;
        if state == OutgoingState::Accepted {
            self.tell_in_history(&record, at).await?;
        }
        self.keep_as_letter(row).await
    }
}

async fn leave(open: Option<(i64, std::result::Result<Shelves, String>)>) {
    if let Some((_, Ok(shelves))) = open {
        shelves.leave().await;
    }
}
