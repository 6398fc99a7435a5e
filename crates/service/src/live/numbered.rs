//! How connections are, for those who may not know whose they are: by number and kind, without a name, an
//! address or a word of a server.

use inroad_model::{Moment, Reads};

use super::READING;
use super::fault::Fault;
use super::status::{LiveState, statuses};
use crate::{Inroad, Result};

/// A connection without anything that tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberedConnection {
    /// Its number; another one of the same name later has another.
    pub number: i64,
    /// `mailbox`, `calendar`, `contacts`, `feed` or `notes`.
    pub kind: &'static str,
    /// What is being done about it: `off`, `reaching`, `reading`, `listening`, `asking`, `trying_again` or
    /// `needs_you`.
    pub state: &'static str,
    /// When the other side last answered all that was asked.
    pub worked_at: Option<Moment>,
}

impl Inroad {
    /// Everything that is connected, without what tells of a person.
    ///
    /// # Errors
    /// If the data file refuses.
    pub async fn numbered_connections(&self) -> Result<Vec<NumberedConnection>> {
        let statuses = statuses(self.path(), self.store.is_turn_taken(READING).await?);
        let kept = self.store.connections().await?;
        Ok(kept
            .iter()
            .map(|kept| {
                let status = statuses.get(&kept.connection.name);
                NumberedConnection {
                    number: kept.id,
                    kind: kind(&kept.connection.reads),
                    state: status.map_or("off", |status| state(&status.state)),
                    worked_at: status.and_then(|status| status.worked_at),
                }
            })
            .collect())
    }
}

/// What is read, in one word.
pub(super) fn kind(reads: &Reads) -> &'static str {
    match reads {
        Reads::Mailbox(_) => "mailbox",
        Reads::Calendar(_) => "calendar",
        Reads::Contacts(_) => "contacts",
        Reads::Feed(_) => "feed",
        Reads::Notes(_) => "notes",
    }
}

/// What is being done, in one word.
pub(super) fn state(state: &LiveState) -> &'static str {
    match state {
        LiveState::Off { .. } => "off",
        LiveState::Reaching => "reaching",
        LiveState::Reading { .. } => "reading",
        LiveState::Listening => "listening",
        LiveState::Asking { .. } => "asking",
        LiveState::TryingAgain { .. } => "trying_again",
        LiveState::NeedsYou { .. } => "needs_you",
    }
}

/// Why it did not work, in a word or two: whatever a server said may name somebody.
pub(super) fn cause(fault: &Fault) -> String {
    match fault {
        Fault::Mail(error) | Fault::InFolder(_, error) => format!("mail server: {:?}", error.kind),
        Fault::Dav(_) => "calendar server".to_owned(),
        Fault::Away(_) => "away".to_owned(),
        Fault::SignIn(_) => "sign-in".to_owned(),
        Fault::NeedsYou(_) => "needs somebody".to_owned(),
        Fault::Own(error) => format!("here: {}", error.kind()),
    }
}
