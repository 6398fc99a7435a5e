//! Why something did not come about: at which request, what helps, and the way out in words.
//!
//! Must not: hold a secret. The path of a feed is one, so it is left out there.

use std::fmt;
use std::time::Duration;

/// What went wrong, at which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The method, as in `PROPFIND`; empty where nothing was asked yet.
    pub method: &'static str,
    /// The host, with its port if it is not the usual one.
    pub host: String,
    /// The path, without what stands behind a question mark; `None` where it is a secret.
    pub path: Option<String>,
    /// What happened.
    pub why: Why,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Nobody answers at that host.
    #[error("cannot be reached ({0})")]
    NotReached(String),
    /// It takes too long.
    #[error("takes too long")]
    TooSlow,
    /// The connection ended in the middle of an answer.
    #[error("ended the connection in the middle of its answer")]
    Broken,
    /// It has too much to do.
    #[error("has too much to do at the moment ({status})")]
    Busy {
        /// The HTTP status, 429 or 503.
        status: u16,
        /// How long it wants us to wait, if it says so.
        after: Option<Duration>,
    },
    /// A fault of its own.
    #[error("has a fault of its own ({0})")]
    Fault(u16),
    /// It does not know this user name and password.
    #[error("does not accept the user name and password")]
    Password,
    /// It does not know this token, or not any more.
    #[error("does not accept the access that it gave")]
    Token,
    /// It wants to know who asks, and nothing was given to tell.
    #[error("wants a user name and a password")]
    NoCredentials,
    /// It wants a kind of log-in that this program does not know.
    #[error("wants a kind of log-in that is not known here ({0})")]
    LoginKind(String),
    /// Who asks may not do this.
    #[error("does not allow this")]
    Forbidden,
    /// Its certificate is not to be trusted.
    #[error("shows a certificate that is not to be trusted ({0})")]
    Certificate(String),
    /// What was asked for is not there any more.
    #[error("does not have this any more")]
    Gone,
    /// There are no calendars or address books at that address.
    #[error("shows no {0} at this address")]
    NothingThere(&'static str),
    /// It points to an address that the person did not name.
    #[error("points to {0}, and nothing was sent there")]
    Elsewhere(String),
    /// It points to an address without encryption.
    #[error("points to an address without encryption, and nothing was sent there")]
    Unencrypted,
    /// What it answers is larger than is taken.
    #[error("answered with more than {} KB", .0 >> 10)]
    TooLarge(u64),
    /// A collection holds more than is taken.
    #[error("lists more than {0} items")]
    TooMany(usize),
    /// It lists only a part of what it holds, and gives no way to the rest.
    #[error("lists only a part of what it holds")]
    Partial,
    /// What it answers is not what was asked for, in these words.
    #[error("broke the protocol: {0}")]
    Protocol(String),
    /// What lies at the address of a feed is no calendar.
    #[error("gave something that is no calendar")]
    NotACalendar,
    /// It refuses with a status that has no meaning here.
    #[error("refused the request ({0})")]
    Refused(u16),
    /// The caller wanted no more.
    #[error("was asked no further")]
    Stopped,
}

/// What may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Help {
    /// Trying again later, after this time if it is known.
    Later(Option<Duration>),
    /// Something that only the person can do.
    Person,
    /// Nothing on this side: the server does not keep to the protocol.
    Server,
}

impl Why {
    /// What may help.
    pub fn help(&self) -> Help {
        match self {
            Self::NotReached(_) | Self::TooSlow | Self::Broken | Self::Fault(_) => {
                Help::Later(None)
            }
            Self::Stopped => Help::Later(None),
            Self::Busy { after, .. } => Help::Later(*after),
            Self::Password
            | Self::Token
            | Self::NoCredentials
            | Self::LoginKind(_)
            | Self::Forbidden
            | Self::Certificate(_)
            | Self::Gone
            | Self::NothingThere(_)
            | Self::Elsewhere(_)
            | Self::Unencrypted
            | Self::TooLarge(_)
            | Self::TooMany(_)
            | Self::NotACalendar => Help::Person,
            Self::Partial | Self::Protocol(_) | Self::Refused(_) => Help::Server,
        }
    }

    /// The way out, as the end of a sentence.
    pub fn way_out(&self) -> &'static str {
        match self {
            Self::NotReached(_) => "check the address and the connection, or try again later",
            Self::TooSlow | Self::Broken | Self::Fault(_) => "try again later",
            Self::Busy { .. } => "wait a while, then try again",
            Self::Password => "enter them again; some services want a password for apps",
            Self::Token => "sign in there again",
            Self::NoCredentials => "enter them",
            Self::LoginKind(_) => "ask its provider for a password for apps",
            Self::Forbidden => "ask its owner for leave, or choose another one",
            Self::Certificate(_) => "check the address, or ask whoever runs the server",
            Self::Gone => "choose it anew, or take it off the list",
            Self::NothingThere(_) => "check the address; the provider's help names it",
            Self::Elsewhere(_) => "if that address is yours as well, name it yourself",
            Self::Unencrypted => "ask whoever runs the server for an address with https",
            Self::TooLarge(_) | Self::TooMany(_) => "choose a smaller one",
            Self::Partial | Self::Protocol(_) | Self::Refused(_) => {
                "ask whoever runs the server; nothing that is kept was changed"
            }
            Self::NotACalendar => "check the address; it should end in a calendar file (.ics)",
            Self::Stopped => "go on whenever you like",
        }
    }
}

impl Error {
    /// What may help.
    pub fn help(&self) -> Help {
        self.why.help()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.host, self.why)?;
        if let (Some(path), false) = (&self.path, self.method.is_empty()) {
            write!(f, " at {} {path}", self.method)?;
        }
        write!(f, "; {}", self.why.way_out())
    }
}

impl std::error::Error for Error {}

/// Somebody else's words: short, on one line, without control characters.
pub(crate) fn shown(words: &str) -> String {
    let folded = words.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.chars().filter(|c| !c.is_control()).take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let error = |path: Option<&str>, why| Error {
            method: "PROPFIND",
            host: "dav.example".to_owned(),
            path: path.map(str::to_owned),
            why,
        };
        assert_eq!(
            error(Some("/cal/"), Why::Password).to_string(),
            "dav.example does not accept the user name and password at PROPFIND /cal/; enter them \
             again; some services want a password for apps"
        );
        assert_eq!(
            error(None, Why::TooLarge(2 << 20)).to_string(),
            "dav.example answered with more than 2048 KB; choose a smaller one"
        );
        let busy = Why::Busy { status: 503, after: Some(Duration::from_secs(9)) };
        assert_eq!(error(None, busy).help(), Help::Later(Some(Duration::from_secs(9))));
        assert_eq!(shown(" a\n\u{7}b "), "a b");
    }
}
