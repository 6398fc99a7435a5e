//! A calendar or an address book on a server.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::multistatus::Props;

/// What a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Calendar entries, an item each (RFC 4791).
    Calendar,
    /// Cards, an item each (RFC 6352).
    AddressBook,
}

impl Kind {
    /// The name of its type in `DAV:resourcetype`.
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::AddressBook => "addressbook",
        }
    }

    /// In words, many of it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Calendar => "calendars",
            Self::AddressBook => "address books",
        }
    }

    /// Where every server has to tell the way (RFC 6764).
    pub(crate) fn well_known(self) -> &'static str {
        match self {
            Self::Calendar => "/.well-known/caldav",
            Self::AddressBook => "/.well-known/carddav",
        }
    }

    pub(crate) fn home(self) -> &'static str {
        match self {
            Self::Calendar => "C:calendar-home-set",
            Self::AddressBook => "A:addressbook-home-set",
        }
    }

    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::AddressBook => "text/vcard; charset=utf-8",
        }
    }
}

/// What the person may do in a collection, as far as the server tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Read.
    ReadOnly,
    /// Read and write.
    ReadWrite,
    /// The server does not say.
    NotSaid,
}

/// A calendar or an address book, as a server describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// What it holds.
    pub kind: Kind,
    /// Its address in full; it tells it from every other one.
    pub url: String,
    /// What the person calls it.
    pub name: Option<String>,
    /// What entries a calendar takes: `VEVENT`, `VTODO` and so on. Empty where the server does not
    /// say, which stands for all.
    pub components: BTreeSet<String>,
    /// A word that changes when anything in it changes, if the server gives one.
    pub ctag: Option<String>,
    /// Where it stands now (RFC 6578), if the server says.
    pub sync_token: Option<String>,
    /// Whether the server tells changes since a token.
    pub tells_changes: bool,
    /// What the person may do in it.
    pub access: Access,
}

impl Collection {
    /// One at an address that is known, of which nothing else was asked yet.
    pub fn at(kind: Kind, url: &str) -> Self {
        Self {
            kind,
            url: url.to_owned(),
            name: None,
            components: BTreeSet::new(),
            ctag: None,
            sync_token: None,
            tells_changes: true,
            access: Access::NotSaid,
        }
    }

    pub(crate) fn of(kind: Kind, url: String, props: Props) -> Self {
        Self {
            kind,
            url,
            name: props.name,
            components: props.components,
            ctag: props.ctag,
            tells_changes: props.sync_token.is_some() || props.reports.contains("sync-collection"),
            sync_token: props.sync_token,
            access: props.privileges.as_ref().map_or(Access::NotSaid, access),
        }
    }
}

/// To write an item takes one of these (RFC 3744, 3.12).
fn access(privileges: &BTreeSet<String>) -> Access {
    let writes = ["all", "write", "write-content", "bind"];
    if writes.iter().any(|name| privileges.contains(*name)) {
        return Access::ReadWrite;
    }
    Access::ReadOnly
}
