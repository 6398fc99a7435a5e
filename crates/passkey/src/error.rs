//! Why a passkey is not taken. Words of a browser stand in none of it.

use std::fmt;

use webauthn_rs::prelude::WebauthnError;

/// Why a passkey is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// What a browser answers is not believed.
    #[error("The passkey is not believed: {0}")]
    NotBelieved(Doubt),
    /// What was kept of it cannot be read, or nothing can be asked.
    #[error("What is kept of a passkey cannot be used: {cause}")]
    Damaged {
        /// What is wrong.
        cause: String,
    },
}

/// What of an answer is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A page elsewhere asked for it.
    Origin,
    /// It is for another site.
    Site,
    /// It answers something else than was asked.
    Challenge,
    /// Whoever made it did not make sure who was there, by a fingerprint, a face or a PIN.
    Unverified,
    /// It is not signed by that passkey.
    Signature,
    /// It was used less often than it was used here before: there may be a copy.
    Counter,
    /// It says otherwise than before whether it may be copied.
    Backup,
    /// It will not be offered on the page of signing in.
    Hidden,
    /// It cannot be read, or is too long.
    Form,
}

impl Doubt {
    /// In one word, for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Site => "site",
            Self::Challenge => "challenge",
            Self::Unverified => "unverified",
            Self::Signature => "signature",
            Self::Counter => "counter",
            Self::Backup => "backup",
            Self::Hidden => "hidden",
            Self::Form => "form",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Origin => "a page elsewhere asked for it",
            Self::Site => "it is for another site",
            Self::Challenge => "it answers something else than was asked",
            Self::Unverified => "it was shown without a fingerprint, a face or a PIN",
            Self::Signature => "it is not signed by that passkey",
            Self::Counter => "its counter went backwards, so that there may be a copy",
            Self::Backup => "it says otherwise than before whether it may be copied",
            Self::Hidden => "the device does not keep it for signing in without a name",
            Self::Form => "it cannot be read",
        })
    }
}

impl From<WebauthnError> for Error {
    fn from(why: WebauthnError) -> Self {
        Self::NotBelieved(match why {
            WebauthnError::Configuration => {
                return Self::Damaged { cause: "the site has no name".to_owned() };
            }
            WebauthnError::InvalidRPOrigin | WebauthnError::CredentialCrossOrigin => Doubt::Origin,
            WebauthnError::InvalidRPIDHash => Doubt::Site,
            WebauthnError::MismatchedChallenge | WebauthnError::InvalidClientDataType => {
                Doubt::Challenge
            }
            WebauthnError::UserNotPresent | WebauthnError::UserNotVerified => Doubt::Unverified,
            WebauthnError::AuthenticationFailure => Doubt::Signature,
            WebauthnError::CredentialPossibleCompromise => Doubt::Counter,
            WebauthnError::CredentialBackupEligibilityInconsistent
            | WebauthnError::CredentialMayNotBeHardwareBound => Doubt::Backup,
            _ => Doubt::Form,
        })
    }
}
