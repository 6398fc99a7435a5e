//! People as address books and CRM exports hold them.

use serde::{Deserialize, Serialize};

use crate::EmailAddress;

/// One person of an address book, a CRM export or a vCard. Empty cells are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The whole name, given name first.
    pub name: Option<String>,
    /// All addresses, the first one preferred.
    pub emails: Vec<EmailAddress>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
    /// Title or position.
    pub title: Option<String>,
    /// Company.
    pub organization: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// The identifier in the system it came from, if any.
    pub external_id: Option<String>,
    /// The contact asked not to be written to.
    pub opted_out: bool,
}
