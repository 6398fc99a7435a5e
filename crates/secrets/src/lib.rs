//! Where passwords and tokens of the user's accounts lie: in a file that is sealed by a passphrase,
//! or in the keyring of the operating system.
//!
//! A [`Secret`] is handed in and out by its [`SecretName`] through a [`Vault`]. In memory it is wiped
//! when it is no longer held, it shows itself to no `Debug`, and no error holds one. On disk it is
//! never in clear: [`sealed`] says how the file is laid out, [`SealedFile`] how it is kept.
//!
//! Must not: know what a secret is for, read arguments or the environment, ask anybody, or write a
//! secret anywhere but into a vault.

mod cost;
mod error;
mod key;
#[cfg(feature = "keyring")]
mod keyring;
mod name;
mod passphrase;
mod private_file;
pub mod sealed;
mod sealed_file;
mod secret;
mod vault;

pub use cost::Cost;
pub use error::VaultError;
pub use key::Key;
#[cfg(feature = "keyring")]
pub use keyring::Keyring;
pub use name::{InvalidSecretName, SecretKind, SecretName};
pub use passphrase::{InvalidPassphrase, PASSPHRASE_VARIABLE, Passphrase};
pub use sealed_file::SealedFile;
pub use secret::{InvalidSecret, SECRET_BYTES_MAX, Secret};
pub use vault::Vault;
