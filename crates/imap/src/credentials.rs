//! What somebody signs in with. Secrets are shown to nobody but the server.

use std::fmt::{self, Debug, Formatter};

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Holds a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl Debug for Secret {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// What somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A name and a password.
    Password {
        /// The name, often the mail address.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A name and an access token that the provider gave out (OAuth 2.0).
    Token {
        /// The mail address.
        user: String,
        /// The access token, not the one that renews it.
        token: Secret,
    },
}

impl Credentials {
    /// Whose mailbox it is.
    pub fn user(&self) -> &str {
        match self {
            Self::Password { user, .. } | Self::Token { user, .. } => user,
        }
    }

    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Password { password: secret, .. } | Self::Token { token: secret, .. } => secret,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_printed() {
        let credentials =
            Credentials::Password { user: "anna".to_owned(), password: Secret::new("hunter22") };
        let shown = format!("{credentials:?}");
        assert!(shown.contains("anna") && !shown.contains("hunter22"), "{shown}");
    }
}
