//! What is read by itself: a mailbox, a calendar, an address book, a feed, a folder; and how it is reached.
//!
//! No password stands here, and no address of a feed, which is one: they lie in a sealed file.

use std::fmt;
use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{EmailAddress, SignIn};

/// The longest name, in characters.
const NAME_CHARS_MAX: usize = 120;

/// What the user calls a connection, mostly the address of the mailbox: no control characters, not empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ConnectionName(String);

/// A text that is no name of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The name of a connection is one line of 1 to {NAME_CHARS_MAX} characters")]
pub struct NotAConnectionName;

impl ConnectionName {
    /// The name that a text is, without blanks around it.
    ///
    /// # Errors
    /// [`NotAConnectionName`].
    pub fn new(text: &str) -> Result<Self, NotAConnectionName> {
        let text = text.trim();
        let fits = (1..=NAME_CHARS_MAX).contains(&text.chars().count());
        if !fits || text.chars().any(char::is_control) {
            return Err(NotAConnectionName);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConnectionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ConnectionName {
    type Error = NotAConnectionName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<ConnectionName> for String {
    fn from(name: ConnectionName) -> Self {
        name.0
    }
}

/// Something that is read by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// What the user calls it.
    pub name: ConnectionName,
    /// What it is, and where.
    pub reads: Reads,
}

/// What a connection reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reads {
    /// A mailbox, over IMAP.
    Mailbox(Box<Mailbox>),
    /// The calendars of somebody on a server, over `CalDAV`.
    Calendar(Box<CalendarServer>),
    /// The address books of somebody on a server, over `CardDAV`.
    Contacts(Box<AddressBooks>),
    /// A calendar file at an address.
    Feed(Box<CalendarFeed>),
    /// A folder on this machine where notes and transcripts of calls are put.
    Notes(Box<NotesFolder>),
}

/// A mailbox on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Its address.
    pub address: EmailAddress,
    /// By which name one signs in.
    pub user: String,
    /// Where it is read.
    pub imap: ServerAddress,
    /// Where letters are handed over that a person lets go, signed in as there; `None` where nothing is
    /// sent from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submission: Option<ServerAddress>,
    /// How one signs in.
    #[serde(default, skip_serializing_if = "SignIn::is_password")]
    pub sign_in: SignIn,
    /// A file with the certificates of authorities that are believed besides the well-known ones, as
    /// firms have their own; PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// Letters that arrived before that day are left there; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Which folders are read.
    #[serde(default)]
    pub folders: FoldersWanted,
    /// What becomes here of a letter that is deleted there.
    #[serde(default)]
    pub deleted: Deleted,
    /// Whether its servers have to lie in the public network: it was named from another machine, by somebody who
    /// must not reach through this one what they cannot reach themselves.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub public_only: bool,
}

/// Calendars on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarServer {
    /// Where one begins to look for them: a host, or an address in full.
    pub server: DavServer,
    /// Meetings that were over before that day are left there; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// Address books on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBooks {
    /// Where one begins to look for them.
    pub server: DavServer,
    /// Whether a person gave leave to write there what they decide on about people on its cards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub write_back: bool,
}

impl Reads {
    /// Whether what a person decides on is written there.
    pub fn writes_back(&self) -> bool {
        matches!(self, Self::Contacts(books) if books.write_back)
    }
}

/// A server for calendars and address books, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DavServer {
    /// A host, or an address in full: that of the server, or of a collection on it.
    pub address: String,
    /// By which name one signs in.
    pub user: String,
    /// As of a mailbox; where it is named, no other authority is believed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// The collections that are read, by what they are called there; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
}

/// A calendar file at an address, which is a secret as it stands and lies with the passwords.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFeed {
    /// The host of it.
    pub host: String,
    /// By which name one signs in, where it takes one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// As of a calendar server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<PathBuf>,
    /// As of a calendar server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// A folder with notes and transcripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesFolder {
    /// The folder, in full.
    pub folder: PathBuf,
}

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerAddress {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What guards the connection.
    pub security: Security,
}

/// What guards a connection to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS from an early command on, and nothing before.
    StartTls,
    /// Nothing; for a server on this machine alone.
    Plain,
}

/// Which folders of a mailbox are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldersWanted {
    /// All but junk, deleted mail and drafts.
    #[default]
    Usual,
    /// These, as the server calls them.
    These(Vec<String>),
}

/// What becomes of a letter here once it is in none of the folders that are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deleted {
    /// It stays, with what was learned from it.
    #[default]
    Keep,
    /// It goes, with what was learned from it.
    Forget,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line() {
        assert_eq!(ConnectionName::new(" a@b.example ").unwrap().as_str(), "a@b.example");
        for no in ["", "  ", "a\nb", &"x".repeat(121)] {
            assert!(ConnectionName::new(no).is_err(), "{no:?}");
        }
        assert!(serde_json::from_str::<ConnectionName>("\"\"").is_err());
    }

    #[test]
    fn what_a_later_program_leaves_out_is_as_usual() {
        let told = r#"{"name": "a@b.example", "reads": {"kind": "mailbox", "address": "a@b.example", "user": "a",
            "imap": {"host": "imap.b.example", "port": 993, "security": "tls"}}}"#;
        let connection: Connection = serde_json::from_str(told).unwrap();
        let Reads::Mailbox(mailbox) = &connection.reads else { panic!("{connection:?}") };
        assert_eq!((&mailbox.folders, mailbox.deleted), (&FoldersWanted::Usual, Deleted::Keep));
        assert_eq!(mailbox.submission, None);
        assert_eq!(mailbox.sign_in, SignIn::Password);
        let again = serde_json::to_string(&connection).unwrap();
        assert_eq!(serde_json::from_str::<Connection>(&again).unwrap(), connection);
    }
}
