//! By what name a secret is found: the connection that it opens, and what it is there.

use std::fmt;
use std::str::FromStr;

/// What a secret is to its connection. Its words stand in files and are never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretKind {
    /// What a person types to sign in, or a password made for one program.
    Password,
    /// What opens an account for an hour or so.
    AccessToken,
    /// What new access tokens are asked for with.
    RefreshToken,
    /// What a program that was registered with a service proves itself by.
    ClientSecret,
}

impl SecretKind {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Password, "password"),
        (Self::AccessToken, "access-token"),
        (Self::RefreshToken, "refresh-token"),
        (Self::ClientSecret, "client-secret"),
    ];

    /// The word by which it is kept.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
}

/// The name of a secret. It is no secret itself: it stands in the sealed file in clear.
///
/// ```
/// use inroad_secrets::{SecretKind, SecretName};
/// let name = SecretName::new("work-mail", SecretKind::Password).unwrap();
/// assert_eq!(name.to_string(), "work-mail/password");
/// assert_eq!("work-mail/password".parse(), Ok(name));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SecretName {
    connection: Box<str>,
    kind: SecretKind,
}

/// Why a text names no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' names no secret; a connection is 1 to {CONNECTION_BYTES_MAX} of a-z, 0-9, '.', '_', '-'"
)]
pub struct InvalidSecretName {
    /// The text as it was given, cut to 80 characters.
    pub text: String,
}

/// Longest name of a connection.
const CONNECTION_BYTES_MAX: usize = 64;

impl SecretName {
    /// The secret of that kind of a connection, which is named as the caller's records name it.
    ///
    /// # Errors
    /// [`InvalidSecretName`] if the connection's name is empty, too long or holds other characters.
    pub fn new(connection: &str, kind: SecretKind) -> Result<Self, InvalidSecretName> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
        let fits = (1..=CONNECTION_BYTES_MAX).contains(&connection.len());
        if fits && connection.bytes().all(plain) {
            return Ok(Self { connection: connection.into(), kind });
        }
        Err(InvalidSecretName { text: connection.chars().take(80).collect() })
    }

    /// The connection that it opens.
    pub fn connection(&self) -> &str {
        &self.connection
    }

    /// What it is to its connection.
    pub fn kind(&self) -> SecretKind {
        self.kind
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.connection, self.kind.word())
    }
}

impl FromStr for SecretName {
    type Err = InvalidSecretName;

    fn from_str(text: &str) -> Result<Self, InvalidSecretName> {
        let invalid = || InvalidSecretName { text: text.chars().take(80).collect() };
        let (connection, word) = text.split_once('/').ok_or_else(invalid)?;
        let kind = SecretKind::ALL.iter().find(|(_, known)| *known == word);
        Self::new(connection, kind.ok_or_else(invalid)?.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_again() {
        for (kind, word) in SecretKind::ALL {
            let name = SecretName::new("mail.2_a-b", kind).unwrap();
            assert_eq!(name.to_string(), format!("mail.2_a-b/{word}"));
            assert_eq!(name.to_string().parse(), Ok(name));
        }
    }

    #[test]
    fn what_names_nothing() {
        let long = format!("{}/password", "x".repeat(CONNECTION_BYTES_MAX + 1));
        for bad in [
            "",
            "mail",
            "/password",
            "mail/",
            "mail/pin",
            "Mail/password",
            "a b/password",
            "a/b/password",
            "ä/password",
            "a\n/password",
            &long,
        ] {
            assert!(bad.parse::<SecretName>().is_err(), "{bad:?}");
        }
    }
}
