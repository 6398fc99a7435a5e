//! Why nobody was signed in, in sentences for a person. Words of the provider stand in none of them.

use std::fmt;

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No answer, or not in time, or none of a size that is read.
    #[error("The sign-in service does not answer ({cause})")]
    Unreached {
        /// What the system says.
        cause: String,
    },
    /// It does not describe itself, or in a way that cannot be used.
    #[error("The sign-in service answers in a way that cannot be used: {what}")]
    Unclear {
        /// What is wrong.
        what: &'static str,
    },
    /// It does not take the code: it was used, belongs to another browser, or inroad is not known there.
    #[error("The sign-in service did not confirm the sign-in ({code})")]
    Refused {
        /// Its code for that, of a list that is known.
        code: &'static str,
    },
    /// What it says is not believed.
    #[error("What the sign-in service says is not believed: {0}")]
    NotBelieved(Doubt),
}

/// Why it is not believed who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It comes back from another provider than the one to which the browser was sent, or names another.
    Issuer,
    /// It is meant for another program.
    Audience,
    /// It belongs to another sign-in.
    Nonce,
    /// Its time is over.
    Expired,
    /// It is not signed, or by somebody else.
    Signature,
    /// It is not there, or cannot be read.
    Form,
}

impl Doubt {
    /// In one word, for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Nonce => "nonce",
            Self::Expired => "expired",
            Self::Signature => "signature",
            Self::Form => "form",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Issuer => "it comes from another service",
            Self::Audience => "it is meant for another program",
            Self::Nonce => "it belongs to another sign-in",
            Self::Expired => "its time is over",
            Self::Signature => "it is not signed by that service",
            Self::Form => "it cannot be read",
        })
    }
}
