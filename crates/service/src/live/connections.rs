//! What is connected: named, shown with how it is, and let go of.

use inroad_model::{Connection, ConnectionName, Moment, Reads};

use super::mailbox;
use super::passwords::Passwords;
use super::status::{LiveState, LiveStatus, Trouble, statuses};
use crate::{Error, Inroad, Result};

/// A connection, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is.
    pub connection: Connection,
    /// How it is by the last word on it.
    pub status: LiveStatus,
}

impl Inroad {
    /// Keeps a connection, or what is wished of it now, and its password where one is given. It is
    /// tried first, so that what is kept works; nothing is read by that.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the server's words and the way out where it does not work, and nothing
    /// is kept then; as [`Passwords`].
    pub async fn connect(
        &self,
        connection: &Connection,
        password: Option<String>,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<()> {
        let Reads::Mailbox(mailbox) = &connection.reads;
        if let Some(password) = &password {
            let tried = mailbox::open(mailbox, password).await;
            let session = tried.map_err(|fault| {
                let Trouble { what, way_out } = fault.trouble();
                Error::Unavailable { what: format!("{what}. {way_out}") }
            })?;
            let _left = session.leave().await;
        }
        let id = self.store.put_connection(connection, at).await?;
        // Whose mailbox it is says who the user is, where nobody said so before.
        if self.seller().await?.is_none() {
            self.set_seller(None, vec![mailbox.address.clone()]).await?;
        }
        if let Some(password) = password {
            passwords.put(id, password).await?;
        }
        Ok(())
    }

    /// Nothing is read of a connection from now on. What was read stays.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn disconnect(
        &self,
        name: &ConnectionName,
        passwords: &Passwords,
        at: Moment,
    ) -> Result<()> {
        let known = self.store.connections().await?;
        let found = known.iter().find(|kept| kept.connection.name == *name);
        if let Some(kept) = found {
            passwords.forget(kept.id).await?;
        }
        if self.store.remove_connection(name, at).await? {
            return Ok(());
        }
        let known: Vec<&str> = known.iter().map(|kept| kept.connection.name.as_str()).collect();
        let there = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        Err(Error::NotFound { what: format!("'{name}' is not connected; there is {there}") })
    }

    /// Everything that is connected, by name, and how it is.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn connections(&self) -> Result<Vec<Shown>> {
        let mut statuses = statuses(self.path());
        let kept = self.store.connections().await?.into_iter();
        let shown = kept.map(|kept| Shown {
            status: statuses.remove(&kept.connection.name).unwrap_or(LiveStatus {
                state: LiveState::Off,
                since: kept.told_at,
                worked_at: None,
            }),
            connection: kept.connection,
        });
        Ok(shown.collect())
    }
}
