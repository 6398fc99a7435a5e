//! What became of a letter. The three cases are exact: whoever reads one may act on it.

use std::fmt;

use inroad_model::EmailAddress;

/// Whether the server took the letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It did: it said so after the last byte of the letter.
    Accepted {
        /// Its words, such as `2.0.0 Ok: queued as 4X2`.
        words: String,
    },
    /// It certainly did not: the end of the letter was never sent to it, or it said no to the whole.
    Refused(Refusal),
    /// Nobody can tell: the end of the letter was on its way when the connection broke, or what was
    /// answered to it is no answer. Look for the Message-ID in the Sent folder, and ask the person. Never
    /// send it again by yourself.
    Unknown {
        /// What happened, in words for a person.
        because: String,
    },
}

/// How far a letter came that was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The leave and the bytes were looked at; nobody was asked.
    Before,
    /// Reaching the server.
    Connection,
    /// Making the connection private.
    Encryption,
    /// The server's first words and what it offers.
    Greeting,
    /// Signing in.
    SignIn,
    /// Naming the sender.
    Sender,
    /// Naming the recipients.
    Recipients,
    /// Handing over the letter, before its end.
    Content,
    /// The server's word on the whole letter.
    End,
}

/// A letter that was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// How far it came.
    pub at: Step,
    /// Why it went no further.
    pub why: Why,
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The leave is for another text, or for other recipients.
    NotThatText,
    /// The bytes cannot be carried: what is wrong with them.
    Unfit(String),
    /// The server cannot be reached: what the system says.
    Unreachable(String),
    /// The connection would not be private, or not with the server that was named.
    NotPrivate(String),
    /// The connection broke, took too long, or what came over it is no SMTP.
    Broken(String),
    /// The server offers no way to sign in that we have credentials for.
    NoWayToSignIn,
    /// The server said no.
    Said(Said),
    /// It takes the letter for nobody, since it does not take it for these.
    Recipients(Vec<RefusedRecipient>),
}

/// The server's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its code: 400 to 499 for a while, 500 to 599 for good.
    pub code: u16,
    /// The words behind it, on one line.
    pub words: String,
}

/// Somebody for whom the server takes no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRecipient {
    /// Who.
    pub address: EmailAddress,
    /// What it said.
    pub said: Said,
}

impl Refusal {
    /// Whether the same may go well later, without anything changed.
    pub fn is_temporary(&self) -> bool {
        match &self.why {
            Why::Unreachable(_) | Why::Broken(_) => true,
            Why::Said(said) => said.is_temporary(),
            Why::Recipients(refused) => refused.iter().all(|one| one.said.is_temporary()),
            Why::NotThatText | Why::Unfit(_) | Why::NotPrivate(_) | Why::NoWayToSignIn => false,
        }
    }
}

impl Said {
    fn is_temporary(&self) -> bool {
        (400..500).contains(&self.code)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.words)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.why, self.at) {
            (Why::NotThatText, _) => f.write_str(
                "The letter was changed after it was let go; look at it again and let it go anew",
            ),
            (Why::Unfit(what), _) => write!(f, "The letter cannot be sent as it is: {what}"),
            (Why::Unreachable(what), _) => write!(f, "The mail server cannot be reached: {what}"),
            (Why::NotPrivate(what), _) => {
                write!(f, "Nothing was sent, since the connection would not be private: {what}")
            }
            (Why::Broken(what), _) => write!(f, "The connection to the mail server broke: {what}"),
            (Why::NoWayToSignIn, _) => f.write_str(
                "The mail server offers no way to sign in with what is known of the account",
            ),
            (Why::Said(said), Step::SignIn) => {
                write!(f, "The mail server does not accept the sign-in: {said}")
            }
            (Why::Said(said), _) => write!(f, "The mail server does not take the letter: {said}"),
            (Why::Recipients(refused), _) => {
                f.write_str("The mail server takes no letter for ")?;
                for (index, one) in refused.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "; " };
                    write!(f, "{comma}{} ({})", one.address, one.said)?;
                }
                f.write_str(", so it was sent to nobody")
            }
        }
    }
}
