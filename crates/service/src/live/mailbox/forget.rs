//! Letters that are deleted on the server go here, too, with what was learned from them, where the user
//! wishes it. Moved is not deleted: a letter goes once it was in none of the folders that are read, for two
//! whole rounds.
//!
//! Whoever asked in such a letter for no more mail is left alone as before: that is put on the list.

use std::collections::BTreeSet;

use inroad_imap::Kind;
use inroad_ingest::{Limits, mail};
use inroad_model::MessageId;
use inroad_store::SyncStep;

use super::super::fault::Fault;
use super::super::position::Position;
use super::names::Names;
use super::{Mail, Reading};
use crate::Result;
use crate::import::ImportReport;
use crate::inroad::read_mail;

/// Letters that go in one transaction.
const LETTERS_AT_ONCE: usize = 100;

/// Why somebody is listed whose letter went.
const REASON: &str = "Asked for in a letter that was deleted on the server";

impl Reading<'_> {
    /// The rows of letters that came from this mailbox and are in none of the folders of any by now.
    pub(super) async fn gone(&self) -> Result<BTreeSet<i64>> {
        let came_from = self.label("");
        let mut gone = self.inroad.store.gone_letters(self.kept.id).await?;
        // What the user brought by hand does not depend on a server.
        gone.retain(|letter| letter.source.starts_with(&came_from));
        // A note to oneself that names no deal stays until it is placed.
        let waiting = self.inroad.rows_of_waiting_notes((self.tempo.now)()).await?;
        gone.retain(|letter| !waiting.contains(&letter.row));
        let ids: BTreeSet<&MessageId> = gone.iter().filter_map(|one| one.id.as_ref()).collect();
        if ids.is_empty() {
            return Ok(gone.iter().map(|one| one.row).collect());
        }
        let stays = self.ids_of_copies(&gone.iter().map(|one| one.row).collect()).await?;
        let is_there = |id: &Option<MessageId>| id.as_ref().is_some_and(|id| stays.contains(id));
        Ok(gone.iter().filter(|one| !is_there(&one.id)).map(|one| one.row).collect())
    }

    /// The ids of letters of which a second copy, that came by a list, is here and not gone.
    async fn ids_of_copies(&self, gone: &BTreeSet<i64>) -> Result<BTreeSet<MessageId>> {
        let mut copies = self.inroad.store.copies_of_letters().await?;
        copies.retain(|row| !gone.contains(row));
        let mut ids = BTreeSet::new();
        for some in copies.chunks(LETTERS_AT_ONCE) {
            let raws = self.inroad.store.originals(some).await?;
            ids.extend(raws.values().map(|raw| mail::parse_message(raw, &Limits::default()).0.id));
        }
        Ok(ids)
    }

    /// Takes letters out with what was learned from them.
    pub(super) async fn forget(
        &self,
        gone: BTreeSet<i64>,
        report: &mut ImportReport,
    ) -> Result<()> {
        let rows: Vec<i64> = gone.into_iter().collect();
        let read = read_mail();
        for some in rows.chunks(LETTERS_AT_ONCE) {
            let ids = self.inroad.store.ids_of_rows(some).await?;
            for (at, listed) in self.inroad.opt_outs_asked_in(&ids, REASON).await? {
                self.inroad.store.add_listed(&[listed], at).await?;
            }
            self.inroad.store.forget_letters(some, &read).await?;
        }
        if !rows.is_empty() {
            self.inroad.after_mail(report).await?;
        }
        Ok(())
    }

    /// Of folders that were read and are not listed any more, the server is asked once more; where it says
    /// that there is none, its messages are gone.
    pub(super) async fn look_for_lost_folders(
        &self,
        session: &mut Mail,
        names: &Names,
        listed: BTreeSet<&str>,
    ) -> std::result::Result<(), Fault> {
        for folder in names.by_name().filter(|folder| !listed.contains(folder.path.as_str())) {
            let known = self.inroad.store.sync_uids(folder.id).await?;
            if known.is_empty() {
                continue;
            }
            let is_gone = match session.examine(&folder.path, None).await {
                Err(error) if error.kind == Kind::FolderGone => true,
                Err(error) if !error.kind.leaves_session() => return Err(error.into()),
                _ => false,
            };
            if is_gone {
                let position = Some(Position::default().to_json()?);
                let step = SyncStep { gone: known, position, ..SyncStep::default() };
                self.inroad.store.sync_step(folder.id, &step, (self.tempo.now)()).await?;
            }
        }
        Ok(())
    }
}
