//! What is connected: named, shown with how it is, and let go of.

use inroad_imap::{Credentials, Limits};
use inroad_model::{Connection, ConnectionName, DavServer, MailboxConnection, Moment, Reads};

use super::READING;
use super::fault::Fault;
use super::mailbox::{self, wanted::wanted};
use super::passwords::Passwords;
use super::sign_in::Key;
use super::status::{LiveState, LiveStatus, forget, statuses};
use super::tokens::SignedIn;
use super::write_back::WriteBack;
use super::{dav, notes};
use crate::{Error, Inroad, Result};

/// A connection, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub connection: Connection,
    /// How it is by the last word on it.
    pub status: LiveStatus,
    /// How far what is written there is; `None` where it is only read.
    pub write_back: Option<WriteBack>,
}

impl Inroad {
    /// Keeps a connection, or what is wished of it now, with its password. It is tried first, so that what
    /// is kept works; nothing is read by that.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the server's words and the way out where it does not work,
    /// [`Error::Invalid`] for folders that are not there; as [`Passwords`]. Nothing is kept then.
    pub async fn connect(
        &self,
        connection: &Connection,
        password: String,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<()> {
        self.connect_with(connection, Key::Password(password), passwords, at).await
    }

    /// The same with what a person gave leave for at their provider.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub async fn connect_signed_in(
        &self,
        connection: &Connection,
        signed_in: SignedIn,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<()> {
        self.connect_with(connection, Key::SignedIn(signed_in), passwords, at).await
    }

    async fn connect_with(
        &self,
        connection: &Connection,
        key: Key,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<()> {
        let tried = match (&connection.reads, &key) {
            (Reads::Mailbox(mailbox), _) => {
                absent_folders(mailbox, &key.credentials(&mailbox.user)?).await
            }
            (Reads::Notes(notes), _) => notes::tried(notes).map(|()| Vec::new()),
            (reads, Key::Password(password)) => dav::tried(reads, password).await,
            (_, Key::SignedIn(_)) => {
                let what = "Calendars and address books are signed in to by password".to_owned();
                return Err(Error::Invalid { what });
            }
        };
        let absent = tried.map_err(Fault::into_error)?;
        if !absent.is_empty() {
            let noun = match &connection.reads {
                Reads::Mailbox(_) => "folder",
                Reads::Contacts(_) => "address book",
                _ => "calendar",
            };
            let what = format!("The server has no {noun} called {}", absent.join(", "));
            return Err(Error::Invalid { what });
        }
        if let Reads::Mailbox(mailbox) = &connection.reads
            && mailbox.submission.is_some()
        {
            crate::outgoing::try_server(mailbox, &key).await?;
        }
        let has_secret = has_secret(&connection.reads);
        if has_secret {
            passwords.open().await?;
        }
        let before = self.store.connections().await?;
        let before = before.iter().find(|kept| kept.connection.name == connection.name);
        if let Some(other) = before
            && std::mem::discriminant(&other.connection.reads)
                != std::mem::discriminant(&connection.reads)
        {
            let name = &connection.name;
            let what = format!("Something else is connected as '{name}'; say another name: --name");
            return Err(Error::Conflict { what });
        }
        let is_elsewhere =
            before.is_some_and(|kept| is_elsewhere(&kept.connection.reads, &connection.reads));
        let keep_password = async |id| {
            if has_secret { key.keep(passwords, id).await } else { Ok(()) }
        };
        self.store.put_connection(connection, is_elsewhere, at, keep_password).await?;
        forget(self.path(), &connection.name)?;
        // Whose mailbox it is says who the user is, where nobody said so before.
        if let Reads::Mailbox(mailbox) = &connection.reads
            && self.seller().await?.is_none()
        {
            self.set_seller(None, vec![mailbox.address.clone()]).await?;
        }
        Ok(())
    }

    /// Nothing is read of a connection from now on. What was read stays. Returns why its password could not
    /// be forgotten, if it could not.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn disconnect(
        &self,
        name: &ConnectionName,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<Option<Error>> {
        let known = self.store.connections().await?;
        let Some(kept) = known.iter().find(|kept| kept.connection.name == *name) else {
            let known: Vec<&str> = known.iter().map(|kept| kept.connection.name.as_str()).collect();
            let there = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
            let what = format!("'{name}' is not connected; there is {there}");
            return Err(Error::NotFound { what });
        };
        self.store.remove_connection(name, at).await?;
        forget(self.path(), name)?;
        if !has_secret(&kept.connection.reads) {
            return Ok(None);
        }
        Ok(passwords.forget(kept.id).await.err())
    }

    /// One of them is read now, if this program reads it and is not at it already.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn read_now(&self, name: &ConnectionName) -> Result<()> {
        let kept = self.store.connections().await?;
        if !kept.iter().any(|kept| kept.connection.name == *name) {
            return Err(Error::NotFound { what: format!("'{name}' is not connected") });
        }
        self.wake.wish(name);
        Ok(())
    }

    /// Opens the passwords, and makes a file of them where there is none, before something is kept in it.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    pub async fn make_passwords(&self, passwords: &Passwords) -> Result<()> {
        passwords.open().await
    }

    /// Opens the passwords of what is connected, so that nobody is asked later.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    pub async fn open_passwords(&self, passwords: &Passwords) -> Result<()> {
        let has_some = passwords.are_there() && !self.store.connections().await?.is_empty();
        if has_some { passwords.open().await } else { Ok(()) }
    }

    /// Everything that is connected, by name, and how it is.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn connections(&self) -> Result<Vec<Shown>> {
        let mut statuses = statuses(self.path(), self.store.is_turn_taken(READING).await?);
        let mut shown = Vec::new();
        for kept in self.store.connections().await? {
            let status = statuses.remove(&kept.connection.name).unwrap_or(LiveStatus {
                state: LiveState::Off { trouble: None },
                since: kept.told_at,
                worked_at: None,
                left_out: Vec::new(),
            });
            let write_back = self.write_back_of(kept.id, &kept.connection.reads).await?;
            shown.push(Shown { connection: kept.connection, status, write_back });
        }
        Ok(shown)
    }
}

/// Whether it is opened by something that nobody else may know.
fn has_secret(reads: &Reads) -> bool {
    !matches!(reads, Reads::Notes(_))
}

/// Whether a connection of the same name is another one now, of which nothing that was read is known.
fn is_elsewhere(was: &Reads, is: &Reads) -> bool {
    let of_server = |server: &DavServer| (server.address.clone(), server.user.clone());
    match (was, is) {
        (Reads::Mailbox(was), Reads::Mailbox(is)) => (&was.imap, &was.user) != (&is.imap, &is.user),
        (Reads::Calendar(was), Reads::Calendar(is)) => {
            of_server(&was.server) != of_server(&is.server)
        }
        (Reads::Contacts(was), Reads::Contacts(is)) => {
            of_server(&was.server) != of_server(&is.server)
        }
        (Reads::Feed(was), Reads::Feed(is)) => was.host != is.host,
        (Reads::Notes(was), Reads::Notes(is)) => was.folder != is.folder,
        _ => true,
    }
}

/// Signs in once. Returns the folders that are asked for and are not there.
async fn absent_folders(
    mailbox: &MailboxConnection,
    credentials: &Credentials,
) -> std::result::Result<Vec<String>, Fault> {
    let mut session = mailbox::open(mailbox, credentials, &Limits::default()).await?;
    let folders = wanted(session.folders().await?, &mailbox.folders);
    let _left = session.leave().await;
    Ok(folders.absent)
}
