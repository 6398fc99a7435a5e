//! Taking one person out of everything that is kept, in one transaction, and out of the file's own bytes.
//!
//! Who is meant, and which letters go, the caller knows. What happens to each column stands in [`plan`].
//!
//! Must not: decide what points to somebody.

mod cell;
mod every_value;
mod file;
mod letters;
pub(crate) mod plan;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use inroad_model::{EmailAddress, Message, MessageId, Moment, Touch};

use crate::do_not_contact::{ListedKind, NewListed};
use crate::{Result, Store};

pub use cell::{Cell, cell_of};
pub(crate) use file::{begin as begin_clearing, erasures};
pub(crate) use letters::{index_anew, remove};

/// Tells what points to the person.
pub trait Trace: Send + Sync {
    /// Whether an address is theirs.
    fn has(&self, email: &EmailAddress) -> bool;
    /// The text without what points to them; `None` if nothing does.
    fn blank(&self, text: &str) -> Option<String>;
}

/// Reads a mail, for the words by which it is found.
pub type ReadMail = Arc<dyn Fn(&[u8]) -> Message + Send + Sync>;

/// A letter that stays without what pointed to them.
#[derive(Debug, Clone)]
pub struct RewrittenLetter {
    /// Its row.
    pub row: i64,
    /// Its bytes from now on.
    pub raw: Vec<u8>,
    /// What is read of them; `None` where the row has no message of its own.
    pub touch: Option<Touch>,
}

/// Who is erased, and what becomes of letters.
#[derive(Clone)]
pub struct Erasure {
    /// All their addresses.
    pub emails: BTreeSet<EmailAddress>,
    /// What points to them.
    pub traces: Arc<dyn Trace>,
    /// Under which a folder on a server is known whose name points to them.
    pub folder_without_name: Arc<dyn Fn(&str) -> String + Send + Sync>,
    /// The user's own addresses and their house's: an appointment with these alone tells of nobody.
    pub ours: BTreeSet<EmailAddress>,
    /// Rows of letters that go as a whole.
    pub letters_gone: BTreeSet<i64>,
    /// The ids of those.
    pub ids_gone: BTreeSet<MessageId>,
    /// Letters that stay without them.
    pub letters_rewritten: Vec<RewrittenLetter>,
    /// What is listed in their place.
    pub listed: Vec<NewListed>,
    /// When.
    pub at: Moment,
}

impl std::fmt::Debug for Erasure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Erasure").field("emails", &self.emails).finish_non_exhaustive()
    }
}

/// What becomes of the rows of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Rows that go.
    pub gone: u64,
    /// Rows that stay without what pointed to the person.
    pub changed: u64,
}

/// Whether it is done, or only tried.
#[derive(Clone)]
pub enum Erasing {
    /// Nothing is kept of it; it is told what would become of what.
    Tried,
    /// It is done. The words of what is left are read anew.
    Done(ReadMail),
}

impl std::fmt::Debug for Erasing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Tried) { "Tried" } else { "Done" })
    }
}

impl Store {
    /// Takes somebody out of every table, all or nothing, and tells by table what became of it.
    ///
    /// The bytes stay in the file until [`Store::clear_file`]; the file notes that, so that a program that
    /// is killed in between does it at the next start.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Damaged`]; nothing is changed then.
    pub async fn erase(
        &self,
        erasure: &Erasure,
        erasing: Erasing,
    ) -> Result<BTreeMap<&'static str, Erased>> {
        let mut tx = self.write().await?;
        let mut told = BTreeMap::new();
        letters::take_out(&mut tx, erasure, &mut told).await?;
        for table in plan::tables() {
            rows::take_out(&mut tx, table, erasure, &mut told).await?;
        }
        rows::take_out_leads(&mut tx).await?;
        letters::take_out_addresses(&mut tx, erasure, &mut told).await?;
        let Erasing::Done(read) = erasing else {
            tx.rollback().await?;
            return Ok(told);
        };
        index_anew(&mut tx, read).await?;
        rows::list(&mut tx, &erasure.listed, erasure.at).await?;
        file::begin(&mut tx).await?;
        tx.commit().await?;
        Ok(told)
    }

    /// What every table but those of letters holds of somebody, by table: the very rows of which
    /// [`Store::erase`] would take something out.
    ///
    /// # Errors
    /// [`crate::Error::Database`], [`crate::Error::Damaged`].
    pub async fn rows_about(
        &self,
        erasure: &Erasure,
    ) -> Result<BTreeMap<&'static str, Vec<serde_json::Value>>> {
        let mut about = BTreeMap::new();
        for table in plan::tables() {
            let rows = rows::concerning(self, table, erasure).await?;
            if !rows.is_empty() {
                about.insert(table.name, rows);
            }
        }
        Ok(about)
    }

    /// The rows of the letters of which the bytes are kept, in their order, behind a row: at most so many,
    /// each with the id of its message, where it has one.
    pub async fn letters_after(
        &self,
        row: i64,
        letters_max: u32,
    ) -> Result<Vec<(i64, Option<MessageId>)>> {
        letters::after(self, row, letters_max).await
    }

    /// Every display name that was seen beside some addresses.
    pub async fn names_beside(&self, emails: &BTreeSet<EmailAddress>) -> Result<BTreeSet<String>> {
        letters::names_beside(self, emails).await
    }
}

/// What is listed of an erased address.
pub fn listed_as_erased(hash: String) -> NewListed {
    NewListed {
        kind: ListedKind::Erased,
        value: hash,
        reason: String::new(),
        source: String::new(),
        since: String::new(),
    }
}
