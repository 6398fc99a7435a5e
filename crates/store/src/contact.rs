//! Contacts of address books and exports, kept once by content.

use inroad_model::{Contact, EmailAddress};

use crate::database::WORKSPACE;
use crate::original::ContentHash;
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
    pub(crate) fn count(&mut self, is_new: bool) {
        if is_new {
            self.added += 1;
        } else {
            self.doubles += 1;
        }
    }
}

impl Store {
    /// Keeps contacts.
    pub async fn put_contacts(&self, contacts: &[Contact]) -> Result<Counted> {
        let mut tx = self.write().await?;
        let mut counted = Counted::default();
        for contact in contacts {
            let content =
                serde_json::to_string(contact).map_err(|e| Error::damaged(e.to_string()))?;
            let done = sqlx::query(
                "INSERT INTO contact (workspace_id, hash, email, content) VALUES (?, ?, ?, ?) \
                 ON CONFLICT (workspace_id, hash) DO NOTHING",
            )
            .bind(WORKSPACE)
            .bind(ContentHash::of(content.as_bytes()).bytes())
            .bind(contact.emails.first().map_or("", EmailAddress::as_str))
            .bind(&content)
            .execute(&mut *tx)
            .await?;
            counted.count(done.rows_affected() > 0);
        }
        tx.commit().await?;
        Ok(counted)
    }

    /// All contacts, in the order in which they came in.
    pub async fn contacts(&self) -> Result<Vec<Contact>> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT content FROM contact WHERE workspace_id = ? ORDER BY id")
                .bind(WORKSPACE)
                .fetch_all(&self.readers)
                .await?;
        rows.iter()
            .map(|(content,)| {
                serde_json::from_str(content).map_err(|e| Error::damaged(format!("a contact: {e}")))
            })
            .collect()
    }
}
