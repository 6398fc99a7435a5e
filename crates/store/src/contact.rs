//! Contacts of address books and exports, kept once by content.

use std::collections::BTreeSet;

use inroad_model::{Contact, EmailAddress};

use crate::card_change::{self, SettledCard};
use crate::connection::SET_POSITION;
use crate::original::ContentHash;
use crate::sql::{self, Builder, Transaction};
use crate::{Error, Result, Store};

/// How many of the items given were new, and how many were there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// New or changed.
    pub added: usize,
    /// There already.
    pub doubles: usize,
}

impl Counted {
    /// Counts what a statement did of which only new rows came in.
    pub(crate) fn count_rows(&mut self, came_in: u64, given: usize) {
        let added = usize::try_from(came_in).unwrap_or(given).min(given);
        self.added += added;
        self.doubles += given - added;
    }
}

/// What a look at an address book found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactsStep {
    /// The folder that stands for the address book.
    pub folder: i64,
    /// Cards that are new or changed.
    pub put: Vec<Contact>,
    /// What stood before on cards that changed.
    pub replaced: Vec<ContentHash>,
    /// From where to go on; `None` leaves it where it was.
    pub position: Option<String>,
    /// The change of a card that was written, of which this is what the card says.
    pub settled: Option<SettledCard>,
}

/// By what a contact is known again.
///
/// # Errors
/// [`Error::Damaged`] if it cannot be written down.
pub fn contact_hash(contact: &Contact) -> Result<ContentHash> {
    Ok(ContentHash::of(content_of(contact)?.as_bytes()))
}

/// More rows in a statement bring nothing any more.
pub(crate) const ROWS_PER_STATEMENT: usize = 200;

impl Store {
    /// Keeps contacts, each once by content.
    pub async fn put_contacts(&self, contacts: &[Contact]) -> Result<Counted> {
        let mut tx = self.write().await?;
        let counted = put(&mut tx, contacts).await?;
        tx.commit().await?;
        Ok(counted)
    }

    /// Keeps what a look found, all or nothing: a card that changed takes the place of what it was. If
    /// somebody was erased since so many erasures, nothing is kept, and `None` comes back.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn follow_contacts(
        &self,
        step: &ContactsStep,
        erasures: i64,
    ) -> Result<Option<Counted>> {
        let mut tx = self.write().await?;
        if crate::erase::erasures(&mut tx, self.workspace).await? != erasures {
            return Ok(None);
        }
        let counted = put(&mut tx, &step.put).await?;
        for hash in &step.replaced {
            sql::query("DELETE FROM contact WHERE workspace_id = ? AND hash = ?")
                .bind(self.workspace)
                .bind(hash.bytes())
                .execute(&mut *tx)
                .await?;
        }
        if let Some(position) = &step.position {
            sql::query(SET_POSITION)
                .bind(position)
                .bind(step.folder)
                .bind(self.workspace)
                .execute(&mut *tx)
                .await?;
        }
        if let Some(settled) = &step.settled {
            card_change::settle(&mut tx, settled).await?;
        }
        tx.commit().await?;
        Ok(Some(counted))
    }

    /// Which of these contacts are kept already.
    pub async fn contacts_there(
        &self,
        hashes: &BTreeSet<ContentHash>,
    ) -> Result<BTreeSet<ContentHash>> {
        let hashes: Vec<&ContentHash> = hashes.iter().collect();
        let mut there = BTreeSet::new();
        for chunk in hashes.chunks(ROWS_PER_STATEMENT) {
            let mut query = Builder::new("SELECT hash FROM contact WHERE workspace_id = ");
            query.push_bind(self.workspace).push(" AND hash IN ");
            query.push_list(chunk.iter().map(|hash| hash.bytes().to_vec()));
            let rows: Vec<(Vec<u8>,)> = query.build_query_as().fetch_all(&self.readers).await?;
            there.extend(rows.iter().filter_map(|(hash,)| ContentHash::from_bytes(hash)));
        }
        Ok(there)
    }

    /// All contacts, in the order in which they came in.
    pub async fn contacts(&self) -> Result<Vec<Contact>> {
        let rows: Vec<(String,)> =
            sql::query_as("SELECT content FROM contact WHERE workspace_id = ? ORDER BY id")
                .bind(self.workspace)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|(content,)| {
                serde_json::from_str(content).map_err(|e| Error::damaged(format!("a contact: {e}")))
            })
            .collect()
    }
}

/// Puts contacts, each once by content.
async fn put(tx: &mut Transaction, contacts: &[Contact]) -> Result<Counted> {
    let mut counted = Counted::default();
    for chunk in contacts.chunks(ROWS_PER_STATEMENT) {
        let contents = chunk.iter().map(content_of).collect::<Result<Vec<String>>>()?;
        let mut query = Builder::new("INSERT INTO contact (workspace_id, hash, email, content) ");
        query.push_values(chunk.iter().zip(&contents), |mut row, (contact, content)| {
            row.push_bind(tx.workspace())
                .push_bind(ContentHash::of(content.as_bytes()).bytes().to_vec())
                .push_bind(contact.emails.first().map_or("", EmailAddress::as_str))
                .push_bind(content.as_str());
        });
        // Rows of one statement that are alike conflict with each other too.
        query.push(" ON CONFLICT (workspace_id, hash) DO NOTHING");
        let done = query.build().execute(&mut **tx).await?;
        counted.count_rows(done.rows_affected(), chunk.len());
    }
    Ok(counted)
}

/// What is kept of one, by which it is known again.
pub(crate) fn content_of(of: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(of).map_err(|e| Error::damaged(e.to_string()))
}
