//! Vaults: what is kept comes back, what was touched is told, and no secret stands anywhere in clear.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod clear;
mod damage;
mod file;
#[cfg(feature = "keyring")]
mod keyring;
#[cfg(unix)]
mod killed;
mod properties;

use inroad_secrets::{Passphrase, Secret, SecretKind, SecretName};

fn passphrase() -> Passphrase {
    words("four plain words here")
}

fn words(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).unwrap()
}

fn password_of(connection: &str) -> SecretName {
    SecretName::new(connection, SecretKind::Password).unwrap()
}
