//! What is connected: named, shown with how it is, and let go of.

use inroad_model::{Connection, ConnectionName, Moment};

use super::status::{LiveState, LiveStatus, statuses};
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
    /// Keeps a connection, or what is wished of it now. Nothing is read by that.
    ///
    /// # Errors
    /// [`Error::Invalid`] for servers without a name; if the data file refuses.
    pub async fn connect(&self, connection: &Connection, at: Moment) -> Result<()> {
        self.store.put_connection(connection, at).await?;
        Ok(())
    }

    /// Nothing is read of a connection from now on. What was read stays.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn disconnect(&self, name: &ConnectionName, at: Moment) -> Result<()> {
        if self.store.remove_connection(name, at).await? {
            return Ok(());
        }
        let known = self.store.connections().await?;
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
            status: statuses.remove(&kept.connection.name).unwrap_or_else(|| LiveStatus {
                state: LiveState::Off,
                since: kept.told_at,
                worked_at: None,
            }),
            connection: kept.connection,
        });
        Ok(shown.collect())
    }
}
