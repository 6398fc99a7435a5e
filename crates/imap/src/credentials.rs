//! What somebody signs in with. Secrets are shown to nobody but the server.

use inroad_secrets::Secret;

/// What somebody signs in with.
#[derive(Debug)]
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
        let password = Secret::new("hunter22".to_owned()).unwrap();
        let credentials = Credentials::Password { user: "anna".to_owned(), password };
        let shown = format!("{credentials:?}");
        assert!(shown.contains("anna") && !shown.contains("hunter22"), "{shown}");
    }
}
