//! What can go wrong, at which step, and what helps.

use std::fmt::{self, Display, Formatter};

use crate::UidSet;

/// What went wrong. Its text is one sentence with a way out; what the server said stands apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What it is.
    pub kind: Kind,
    /// While what was done.
    pub step: Step,
    /// The server's own words, or those of the system, without control characters, cut short, and
    /// without the secret that was sent.
    pub said: Option<String>,
    /// How many bytes the server had sent when it broke the protocol.
    pub place: Option<u64>,
    /// The messages that were asked for when it happened, if some were.
    pub asked_for: Option<Box<UidSet>>,
}

/// What was being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Finding the host and connecting.
    Connect,
    /// Agreeing on encryption.
    Encrypt,
    /// Waiting for the server's first words.
    Greet,
    /// Asking what the server offers.
    Capabilities,
    /// Signing in.
    SignIn,
    /// Agreeing on extensions.
    Enable,
    /// Listing the folders.
    Folders,
    /// Opening a folder.
    Open,
    /// Asking which messages there are.
    Search,
    /// Asking how large messages are.
    Sizes,
    /// Fetching messages.
    Fetch,
    /// Asking what changed.
    Changes,
    /// Waiting for news.
    Wait,
    /// Putting a message into a folder.
    Append,
    /// Looking for a message by its id.
    Find,
    /// Signing out.
    Leave,
}

/// What it is, one for each decision of whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// There is no such host, or nothing listens there, or the network is away.
    Unreachable,
    /// The server did not answer in time.
    TimedOut,
    /// The connection broke.
    Closed,
    /// The server said good-bye.
    Bye,
    /// The server has no time now, or takes no more of us at once.
    Busy,
    /// The server's certificate is not trusted, is not for that host, or is out of date.
    Certificate,
    /// The two sides do not agree on encryption.
    Encryption,
    /// The server does not offer encryption, which was asked for.
    NoEncryption,
    /// Without encryption only this machine may be asked.
    PlainToOthers,
    /// Name or password are not accepted.
    Password,
    /// The token is out of date; a fresh one may do.
    TokenExpired,
    /// The token is not accepted at all.
    TokenRefused,
    /// The server offers no way to sign in that we have what is needed for.
    NoWayToSignIn,
    /// The account may not do this.
    NotAllowed,
    /// There is no such folder, or not any more.
    FolderGone,
    /// The mailbox is full.
    Full,
    /// The server refused, for a reason of its own.
    Refused,
    /// What was to be sent cannot be.
    CannotSend,
    /// The server sent what it must not.
    Protocol,
    /// The server sent more than may be.
    TooLarge,
    /// An error came before, or the server left; a new session is needed.
    Over,
    /// No folder is open.
    NoFolder,
}

/// Who can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Time: the same may work later, in a new session.
    Later,
    /// The person whose mailbox it is.
    Person,
    /// Who runs the server, or another way of asking.
    Server,
    /// Whoever wrote what drives us: a new session, or another order of commands.
    Caller,
}

impl Kind {
    /// Who can help.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Closed | Self::Bye | Self::Busy => {
                Remedy::Later
            }
            Self::Certificate
            | Self::Encryption
            | Self::NoEncryption
            | Self::PlainToOthers
            | Self::Password
            | Self::TokenExpired
            | Self::TokenRefused
            | Self::NoWayToSignIn
            | Self::NotAllowed
            | Self::FolderGone
            | Self::Full => Remedy::Person,
            Self::Refused | Self::Protocol | Self::TooLarge => Remedy::Server,
            Self::CannotSend | Self::Over | Self::NoFolder => Remedy::Caller,
        }
    }

    /// Whether the session can go on after it. All others end it.
    pub fn leaves_session(self) -> bool {
        matches!(
            self,
            Self::Busy
                | Self::NotAllowed
                | Self::FolderGone
                | Self::Full
                | Self::Refused
                | Self::CannotSend
                | Self::NoFolder
        )
    }

    /// What it is, for a person: a sentence without its stop.
    pub fn what(self) -> &'static str {
        match self {
            Self::Unreachable => "The mail server cannot be reached",
            Self::TimedOut => "The mail server did not answer in time",
            Self::Closed => "The connection to the mail server broke",
            Self::Bye => "The mail server ended the connection",
            Self::Busy => "The mail server has no time for us now",
            Self::Certificate => "The mail server could not prove that it is the right one",
            Self::Encryption => "No encryption could be agreed on with the mail server",
            Self::NoEncryption => "The mail server does not offer encryption",
            Self::PlainToOthers => "Without encryption, the password could be read on the way",
            Self::Password => "The mail server does not accept this name and password",
            Self::TokenExpired => "The permission to read this mailbox has run out",
            Self::TokenRefused => "The mail server does not accept the permission it was shown",
            Self::NoWayToSignIn => "The mail server does not offer this way of signing in",
            Self::NotAllowed => "The mail server does not allow this",
            Self::FolderGone => "The mail server does not know this folder",
            Self::Full => "The mailbox is full",
            Self::Refused => "The mail server refused",
            Self::CannotSend => "This cannot be sent to a mail server",
            Self::Protocol => "The mail server sent something that no mail server should",
            Self::TooLarge => "The mail server sent more than can be taken",
            Self::Over => "The connection to the mail server has ended",
            Self::NoFolder => "No folder is open",
        }
    }

    /// What helps: a sentence without its stop.
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Unreachable => "Check the connection and the server's name, or try again later",
            Self::TimedOut | Self::Closed | Self::Bye | Self::Busy => "Try again later",
            Self::Certificate => {
                "Check the server's name; if your company signs its own certificates, give \
                 that certificate"
            }
            Self::Encryption => "Ask whoever runs the server for TLS 1.2 or newer",
            Self::NoEncryption => "Use the port for encrypted connections, usually 993",
            Self::PlainToOthers => "Choose TLS or STARTTLS",
            Self::Password => {
                "Check both; many providers want a password made for this program, an app password"
            }
            Self::TokenExpired => "Renew it, or sign in with the provider again",
            Self::TokenRefused => "Sign in with the provider again",
            Self::NoWayToSignIn => {
                "Choose another way: a password, or signing in with the provider"
            }
            Self::NotAllowed => "Ask whoever runs the mailbox",
            Self::FolderGone => "Look at the list of folders again",
            Self::Full => "Make room in it",
            Self::Refused => "Read what it said, or ask whoever runs it",
            Self::CannotSend => "Take out control characters, or make it smaller",
            Self::Protocol => "Try once more; if it stays so, tell whoever runs the server",
            Self::TooLarge => "Leave out the largest messages",
            Self::Over => "Connect again",
            Self::NoFolder => "Open one first",
        }
    }
}

impl Step {
    /// The step in words that follow "while".
    pub fn words(self) -> &'static str {
        match self {
            Self::Connect => "connecting",
            Self::Encrypt => "agreeing on encryption",
            Self::Greet => "waiting for its greeting",
            Self::Capabilities => "asking what it offers",
            Self::SignIn => "signing in",
            Self::Enable => "agreeing on extensions",
            Self::Folders => "listing folders",
            Self::Open => "opening a folder",
            Self::Search => "asking which messages there are",
            Self::Sizes => "asking how large messages are",
            Self::Fetch => "fetching messages",
            Self::Changes => "asking what changed",
            Self::Wait => "waiting for news",
            Self::Append => "putting a message into a folder",
            Self::Find => "looking for a message",
            Self::Leave => "signing out",
        }
    }
}

/// The longest that a server's words are kept.
const SAID_CHARS_MAX: usize = 200;

impl Error {
    pub(crate) fn new(kind: Kind, step: Step) -> Self {
        Self { kind, step, said: None, place: None, asked_for: None }
    }

    /// With somebody's words: one line, cut short.
    pub(crate) fn saying(mut self, words: &str) -> Self {
        let shown: String = words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(SAID_CHARS_MAX)
            .collect();
        let shown = shown.trim();
        self.said = (!shown.is_empty()).then(|| shown.to_owned());
        self
    }

    pub(crate) fn at(mut self, place: u64) -> Self {
        self.place = Some(place);
        self
    }

    pub(crate) fn of(mut self, uids: UidSet) -> Self {
        self.asked_for = Some(Box::new(uids));
        self
    }

    /// Takes a secret out of what was said, should a server have repeated it.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        if secret.is_empty() {
            return self;
        }
        // A few letters could be part of any word, so whole words go then.
        self.said = self.said.map(|said| {
            if secret.chars().count() < 4 && said.contains(secret) {
                String::from("(what it said held the password)")
            } else {
                said.replace(secret, "…")
            }
        });
        self
    }

    /// Who can help.
    pub fn remedy(&self) -> Remedy {
        self.kind.remedy()
    }
}

impl Display for Error {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut way_out = self.kind.way_out().chars();
        let first = way_out.next().map(|c| c.to_ascii_lowercase()).unwrap_or_default();
        write!(out, "{} (while {})", self.kind.what(), self.step.words())?;
        write!(out, "; {first}{}", way_out.as_str())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_with_a_way_out() {
        let error = Error::new(Kind::Password, Step::SignIn);
        assert_eq!(
            error.to_string(),
            "The mail server does not accept this name and password (while signing in); check \
             both; many providers want a password made for this program, an app password"
        );
    }

    #[test]
    fn what_was_said_is_one_short_line_without_the_secret() {
        let check = |words: &str, secret: &str, expected: Option<&str>| {
            let error = Error::new(Kind::Refused, Step::SignIn).saying(words).without(secret);
            assert_eq!(error.said.as_deref(), expected);
        };
        check("no\r\nway\u{1b}[1m", "", Some("no  way [1m"));
        check("LOGIN anna hunter22 failed", "hunter22", Some("LOGIN anna … failed"));
        check("LOGIN a failed", "a", Some("(what it said held the password)"));
        check(" \r\n", "x", None);
        let long = Error::new(Kind::Refused, Step::Open).saying(&"ä".repeat(500));
        assert_eq!(long.said.map(|said| said.chars().count()), Some(200));
    }
}
