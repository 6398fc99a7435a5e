//! What is to be done once a letter was sent: it becomes one of the letters of the data file, as if it had been
//! imported, and a copy lies among those that were sent. Both by its Message-ID, so that neither is made twice.

use std::time::Duration;

use inroad_store::{ContentHash, Outgoing, OutgoingState};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::folders::{Shelf, Shelves};
use super::letter::{KeptLetter, sent_from};
use super::record::{CopyState, Record};
use crate::import::{ImportOptions, ImportReport, Told, one_letter};
use crate::inroad::Inroad;
use crate::live::Passwords;
use crate::live::fault::Fault;
use crate::{Error, Result};

/// A server that files by itself what is sent over it may take a moment.
const FILED_WITHIN: Duration = Duration::from_millis(700);

impl Inroad {
    /// Does for one row what is to be done yet. What stands in the way is kept with it, and tried at the next
    /// start again.
    pub(super) async fn finish(&self, row: i64, passwords: &Passwords) -> Result<()> {
        let Some(kept) = self.store.outgoing_row(row).await? else { return Ok(()) };
        let mut record = Record::of(&kept)?;
        if kept.state != OutgoingState::Accepted || !record.open {
            return Ok(());
        }
        let content = self.store.outgoing_content(row).await?;
        let Some(letter) = content.as_deref().and_then(KeptLetter::parse) else {
            // It was written by another program; there is nothing to file.
            record.open = false;
            self.store.note_outgoing(row, &record.to_json()?).await?;
            return Ok(());
        };
        let (id, date) = (letter.message_id.clone(), letter.date);
        let copy = letter.written()?.copy;
        if !record.is_kept {
            self.keep_letter(copy.clone(), &kept).await?;
            record.is_kept = true;
            record.close_if_done();
            self.store.note_outgoing(row, &record.to_json()?).await?;
        }
        if record.copy == CopyState::Wanted {
            match self.file_copy(&kept, passwords, &id, date, &copy).await {
                Ok(state) => (record.copy, record.copy_trouble) = (state, None),
                Err(Fault::Own(Error::Store(error))) => return Err(error.into()),
                Err(fault) => record.copy_trouble = Some(fault.trouble().what),
            }
        }
        record.close_if_done();
        self.store.note_outgoing(row, &record.to_json()?).await?;
        Ok(())
    }

    /// Keeps a letter as one of the data file's, where a person said that it went. Its copy is theirs.
    pub(super) async fn keep_as_letter(&self, row: i64) -> Result<()> {
        let Some(kept) = self.store.outgoing_row(row).await? else { return Ok(()) };
        let mut record = Record::of(&kept)?;
        if !record.open {
            return Ok(());
        }
        let content = self.store.outgoing_content(row).await?;
        if let Some(letter) = content.as_deref().and_then(KeptLetter::parse) {
            self.keep_letter(letter.written()?.copy, &kept).await?;
            record.is_kept = true;
        }
        record.open = false;
        self.store.note_outgoing(row, &record.to_json()?).await?;
        Ok(())
    }

    /// Keeps it as every letter that comes in.
    async fn keep_letter(&self, bytes: Vec<u8>, row: &Outgoing) -> Result<()> {
        let (to, batches) = mpsc::channel(1);
        let source = format!("sent from here, {}", row.approved_at.date());
        let batch = one_letter(ContentHash::of(&bytes), bytes, &source);
        // The channel holds one, and nobody is waited for.
        let _listening = to.send(batch).await;
        drop(to);
        let (options, mut report) = (ImportOptions::default(), ImportReport::default());
        let quiet = |_| ();
        self.take_mail(batches, &options, &mut report, &mut Told::of(&quiet)).await
    }

    async fn file_copy(
        &self,
        row: &Outgoing,
        passwords: &Passwords,
        id: &inroad_model::MessageId,
        date: inroad_model::Moment,
        copy: &[u8],
    ) -> std::result::Result<CopyState, Fault> {
        let connections = self.store.connections().await?;
        // What is connected no more is not written into.
        let Some((kept, mailbox)) = sent_from(row, &connections) else {
            return Ok(CopyState::NoFolder);
        };
        let mut shelves = Shelves::open(kept, mailbox, passwords).await?;
        if shelves.name(Shelf::Sent).is_none() {
            shelves.leave().await;
            return Ok(CopyState::NoFolder);
        }
        let mut is_there = shelves.has(Shelf::Sent, id).await?;
        if !is_there {
            sleep(FILED_WITHIN).await;
            is_there = shelves.has(Shelf::Sent, id).await?;
        }
        let is_filed = !is_there
            && !shelves.files_by_itself()
            && shelves.put(Shelf::Sent, id, date, copy).await?;
        let state = if is_filed { CopyState::Filed } else { CopyState::WasThere };
        shelves.leave().await;
        Ok(state)
    }
}
