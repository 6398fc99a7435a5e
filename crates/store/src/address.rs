//! Addresses: one row each, found by spelling, with the name that was seen last.

use std::collections::{BTreeMap, HashMap};

use inroad_model::{EmailAddress, Mailbox};

use crate::Result;
use crate::sql::{self, Builder, Transaction};

/// The rows of all addresses in a batch.
#[derive(Debug)]
pub(crate) struct AddressBook {
    ids: HashMap<EmailAddress, i64>,
    /// Names to be written: the batch's last one for each address whose row says otherwise.
    names: BTreeMap<i64, String>,
}

const ROWS_PER_STATEMENT: usize = 200;

impl AddressBook {
    /// Finds the rows of these addresses and adds those that are missing, in order.
    pub(crate) async fn load<'a>(
        tx: &mut Transaction,
        mailboxes: impl Iterator<Item = &'a Mailbox>,
    ) -> Result<Self> {
        let mut order: Vec<&EmailAddress> = Vec::new();
        let mut wanted: HashMap<&EmailAddress, &str> = HashMap::new();
        for mailbox in mailboxes {
            let name = mailbox.name.as_deref().unwrap_or("").trim();
            let last = wanted.entry(&mailbox.address).or_insert_with(|| {
                order.push(&mailbox.address);
                ""
            });
            if !name.is_empty() && !name.contains('@') {
                *last = name;
            }
        }
        let mut book = Self { ids: HashMap::new(), names: BTreeMap::new() };
        for chunk in order.chunks(ROWS_PER_STATEMENT) {
            book.find(tx, chunk, &wanted).await?;
            book.add_missing(tx, chunk, &wanted).await?;
        }
        Ok(book)
    }

    /// The row of an address of this batch.
    pub(crate) fn id(&self, address: &EmailAddress) -> Option<i64> {
        self.ids.get(address).copied()
    }

    async fn find(
        &mut self,
        tx: &mut Transaction,
        chunk: &[&EmailAddress],
        wanted: &HashMap<&EmailAddress, &str>,
    ) -> Result<()> {
        let mut query = Builder::new("SELECT id, email, name FROM address WHERE workspace_id = ");
        query
            .push_bind(tx.workspace())
            .push(" AND email IN ")
            .push_list(chunk.iter().map(|address| address.as_str()));
        let rows: Vec<(i64, String, String)> = query.build_query_as().fetch_all(&mut **tx).await?;
        let by_email: HashMap<&str, &(i64, String, String)> =
            rows.iter().map(|row| (row.1.as_str(), row)).collect();
        for address in chunk {
            let Some((id, _, name)) = by_email.get(address.as_str()) else { continue };
            self.ids.insert((*address).clone(), *id);
            match wanted.get(address) {
                Some(last) if !last.is_empty() && *last != name => {
                    self.names.insert(*id, (*last).to_owned());
                }
                _ => {}
            }
        }
        Ok(())
    }

    async fn add_missing(
        &mut self,
        tx: &mut Transaction,
        chunk: &[&EmailAddress],
        wanted: &HashMap<&EmailAddress, &str>,
    ) -> Result<()> {
        let missing: Vec<_> = chunk.iter().filter(|a| !self.ids.contains_key(**a)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let (last,): (i64,) = sql::query_as(
            "SELECT COALESCE((SELECT id FROM address WHERE +workspace_id = ? \
                 ORDER BY id DESC LIMIT 1), 0)",
        )
        .bind(tx.workspace())
        .fetch_one(&mut **tx)
        .await?;
        let rows: Vec<_> = (last + 1..).zip(missing).collect();
        let mut query =
            Builder::new("INSERT INTO address (id, workspace_id, email, domain, name) ");
        query.push_values(&rows, |mut row, (id, address)| {
            row.push_bind(*id)
                .push_bind(tx.workspace())
                .push_bind(address.as_str())
                .push_bind(address.domain())
                .push_bind(wanted.get(**address).copied().unwrap_or(""));
        });
        query.build().execute(&mut **tx).await?;
        self.ids.extend(rows.into_iter().map(|(id, address)| ((*address).clone(), id)));
        Ok(())
    }

    /// Writes the names that changed.
    pub(crate) async fn save_names(self, tx: &mut Transaction) -> Result<()> {
        for (id, name) in self.names {
            sql::query("UPDATE address SET name = ? WHERE +workspace_id = ? AND id = ?")
                .bind(name)
                .bind(tx.workspace())
                .bind(id)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}
