//! Rows that another program sends: each is told what became of it, and none is lost for another's fault.

use inroad_model::{Contact, Deal, DealId, EmailAddress};
use inroad_store::contact_hash;

use super::ImportReport;
use crate::Result;
use crate::deal_match::Incoming;
use crate::erase::guard::OfErased;
use crate::inroad::Inroad;

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowCame<T> {
    /// It is new.
    New(T),
    /// It was there already; what was typed by hand stays.
    There(T),
    /// It is about somebody who was erased, and was left out.
    LeftOut,
}

impl Inroad {
    /// Takes in deals, as an import of a deals file does. Tells what became of each, in their order.
    ///
    /// # Errors
    /// If the data file refuses; then none came in.
    pub async fn import_deal_rows(&self, deals: Vec<Deal>) -> Result<Vec<RowCame<DealId>>> {
        let typed = |deal| Incoming { deal, typed: true, closed_at: None };
        let mut report = ImportReport::default();
        let deals: Vec<Incoming> = deals.into_iter().map(typed).collect();
        let came = self.take_deals(deals, &mut report).await?;
        self.note_rows(report.deals, "deals").await?;
        Ok(came)
    }

    /// Takes in contacts, each once by its content, as an import of an address book does. Tells what became of
    /// each, in their order, by the first of its addresses.
    ///
    /// # Errors
    /// If the data file refuses; then none came in.
    pub async fn import_contact_rows(
        &self,
        contacts: Vec<Contact>,
    ) -> Result<Vec<RowCame<Option<EmailAddress>>>> {
        let guard = self.guard(crate::now()).await?;
        let mut of_erased = OfErased::default();
        let left = |contact: Contact| {
            let left = match &guard {
                Some(guard) => guard.left_of(&contact, &mut of_erased),
                None => Some(contact),
            };
            left.map(|contact| Ok((contact_hash(&contact)?, contact))).transpose()
        };
        let left = contacts.into_iter().map(left).collect::<Result<Vec<_>>>()?;
        let hashes = left.iter().flatten().map(|(hash, _)| *hash).collect();
        let mut there = self.store.contacts_there(&hashes).await?;
        let mut came = Vec::with_capacity(left.len());
        let mut fresh = Vec::new();
        for contact in left {
            let Some((hash, contact)) = contact else {
                came.push(RowCame::LeftOut);
                continue;
            };
            let email = contact.emails.first().cloned();
            if there.insert(hash) {
                fresh.push(contact);
                came.push(RowCame::New(email));
            } else {
                came.push(RowCame::There(email));
            }
        }
        let counted = self.store.put_contacts(&fresh).await?;
        self.note_rows(counted.added, "contacts").await?;
        Ok(came)
    }

    /// What came in stands in the history, as with every import.
    async fn note_rows(&self, count: usize, noun: &str) -> Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.note_import(&format!("Imported {count} {noun} from another program")).await
    }
}
