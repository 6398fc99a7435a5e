//! What can go wrong, in sentences for a person: what happened and the way out.

use std::time::Duration;

/// Why servers were not found, or a person is not signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What was typed is no address.
    #[error("'{shown}' is no e-mail address; write it like jana@lindner.example")]
    NotAnAddress {
        /// What was typed, short.
        shown: String,
    },
    /// An address of a server that is never asked.
    #[error("'{shown}' is not asked: {why}")]
    NotAllowed {
        /// The address, short.
        shown: String,
        /// What is wrong with it, and what would be right.
        why: &'static str,
    },
    /// A person confirmed another host than the one that is proposed.
    #[error("The server is {host}, which is not the one that was confirmed; look at it again")]
    NotConfirmed {
        /// The host that is proposed.
        host: String,
    },
    /// The client id is missing or is none.
    #[error(
        "There is no client id for this provider; register inroad there as a desktop app and enter the id that \
         it gives you"
    )]
    NoClientId,
    /// The provider signs nobody in that way.
    #[error("{host} offers no sign-in by a code; use the sign-in by browser")]
    NoCodes {
        /// Who was to be asked.
        host: String,
    },
    /// No connection came about, or it broke.
    #[error("{host} was not reached: {cause}; check the connection, then try again")]
    NotReached {
        /// Who was asked.
        host: String,
        /// What the system says.
        cause: String,
    },
    /// Nothing came in time.
    #[error("{host} did not answer within {seconds} seconds; try again later")]
    TooSlow {
        /// Who was asked.
        host: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The answer is larger than any true one.
    #[error(
        "{host} sent more than {bytes_max} bytes, which no such server does; check the address"
    )]
    TooLarge {
        /// Who was asked.
        host: String,
        /// How much is read at the most.
        bytes_max: u64,
    },
    /// The server has too much to do, or is out of order.
    #[error("{host} is busy or out of order (status {status}); try again later")]
    Busy {
        /// Who was asked.
        host: String,
        /// HTTP's number, 200 where the server said it in words.
        status: u16,
        /// How long the server asks to wait.
        wait: Option<Duration>,
    },
    /// The answer is none that can be read.
    #[error(
        "{host} answered in a way that cannot be read ({what}); try again, then ask whoever runs it"
    )]
    Unclear {
        /// Who was asked.
        host: String,
        /// What is wrong with the answer, without its words.
        what: &'static str,
    },
    /// The server says no to how inroad is set up.
    #[error("{host} refused ({code}: {words}); {way_out}")]
    Refused {
        /// Who was asked.
        host: String,
        /// The server's code for it.
        code: String,
        /// The server's own words, short.
        words: String,
        /// What to do.
        way_out: &'static str,
    },
    /// The sign-in that is kept counts no longer.
    #[error("{host} no longer accepts this sign-in; sign in again")]
    SignInAgain {
        /// Who was asked.
        host: String,
    },
    /// A person, or their administrator, said no.
    #[error(
        "Access was declined at {host}; if that was not meant, begin again or ask your administrator"
    )]
    Declined {
        /// Who asked the person.
        host: String,
    },
    /// The code was not entered while it counted.
    #[error("The code was not entered at {host} in time; begin again")]
    TooLate {
        /// Where the code was to be entered.
        host: String,
    },
    /// The browser never came back.
    #[error("Nobody came back from the browser within {minutes} minutes; begin again")]
    NobodyCame {
        /// How long was waited, rounded up.
        minutes: u64,
    },
    /// An answer of another sign-in, or somebody else's.
    #[error(
        "The browser brought an answer that does not belong to this sign-in, so nothing was accepted; begin again"
    )]
    NotOurs,
    /// The browser's answer has nowhere to come to.
    #[error(
        "No place for the browser's answer could be opened on this machine ({cause}); try again"
    )]
    NoDoor {
        /// What the system says.
        cause: String,
    },
    /// This machine gives no random numbers.
    #[error("This machine gives no random numbers, without which no sign-in is safe; restart it")]
    NoChance,
    /// The caller wants no more of it.
    #[error("The sign-in was stopped")]
    Stopped,
}

impl Error {
    /// Whether the same may work later without anybody doing anything.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NotReached { .. }
                | Self::TooSlow { .. }
                | Self::Busy { .. }
                | Self::NoDoor { .. }
        )
    }

    /// How long to wait before trying again, where the server says so.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Self::Busy { wait, .. } => *wait,
            _ => None,
        }
    }

    /// Whether a person has to do something: type it again, sign in again, change a setting.
    pub fn needs_person(&self) -> bool {
        !self.may_pass() && *self != Self::Stopped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do() {
        let host = || "id.example".to_owned();
        let wait = Some(Duration::from_secs(7));
        let busy = Error::Busy { host: host(), status: 503, wait };
        assert!(busy.may_pass() && !busy.needs_person() && busy.wait() == wait);
        let again = Error::SignInAgain { host: host() };
        assert!(!again.may_pass() && again.needs_person() && again.wait().is_none());
        assert!(!Error::Stopped.needs_person() && !Error::Stopped.may_pass());
    }
}
