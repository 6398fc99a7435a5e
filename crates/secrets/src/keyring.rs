//! The keyring of the operating system: Keychain, Credential Manager, or the Secret Service.
//!
//! Built with the feature `keyring` alone: on Linux it brings D-Bus and an encryption of its own with
//! it, seventy crates, and a server without a desktop has nobody who answers.
//!
//! Not every keyring can be searched, so the names that are kept stand in an entry of their own. A name
//! is written there before its secret and taken away after it, so that none is ever forgotten; names
//! whose secret is gone are not listed.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use crate::{Secret, SecretName, VaultError};

/// The entries of one data file in the keyring.
pub struct Keyring {
    store: Arc<CredentialStore>,
    /// Which data file they belong to.
    scope: Box<str>,
    /// One change of the list of names at a time.
    turn: Mutex<()>,
}

/// Under what service all entries stand.
const SERVICE: &str = "inroad";
/// The entry that holds the names; no secret is called so, since it has no `/`.
const LIST: &str = "names";

impl Keyring {
    /// The keyring of this system, with the entries of one data file, which `scope` names: 1 to 64
    /// letters, digits and `-`.
    ///
    /// # Errors
    /// [`VaultError::Keyring`] if there is none or the scope is no such name.
    pub fn of_this_system(scope: &str) -> Result<Self, VaultError> {
        Self::with(system_store()?, scope)
    }

    /// A keyring of any store, for tests.
    ///
    /// # Errors
    /// [`VaultError::Keyring`] if the scope is no such name.
    pub fn with(store: Arc<CredentialStore>, scope: &str) -> Result<Self, VaultError> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if !(1..=64).contains(&scope.len()) || !scope.bytes().all(plain) {
            return Err(keyring_error(
                "The name of a data file is 1 to 64 letters, digits and '-'",
            ));
        }
        Ok(Self { store, scope: scope.into(), turn: Mutex::new(()) })
    }

    /// One secret; `None` if none has that name.
    ///
    /// # Errors
    /// [`VaultError::Keyring`].
    pub fn get(&self, name: &SecretName) -> Result<Option<Secret>, VaultError> {
        let Some(text) = self.read(&name.to_string())? else { return Ok(None) };
        let secret =
            Secret::new(text).map_err(|error| keyring_error(&format!("{name}: {error}")))?;
        Ok(Some(secret))
    }

    /// Keeps a secret, in the place of a former one of that name.
    ///
    /// # Errors
    /// [`VaultError::Keyring`].
    pub fn put(&self, name: &SecretName, secret: &Secret) -> Result<(), VaultError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut names = self.list()?;
        if names.insert(name.clone()) {
            self.write_list(&names)?;
        }
        self.entry(&name.to_string())?.set_password(secret.expose()).map_err(told)
    }

    /// Forgets a secret; says whether there was one of that name.
    ///
    /// # Errors
    /// [`VaultError::Keyring`].
    pub fn remove(&self, name: &SecretName) -> Result<bool, VaultError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let removed = match self.entry(&name.to_string())?.delete_credential() {
            Ok(()) => true,
            Err(Error::NoEntry) => false,
            Err(error) => return Err(told(error)),
        };
        let mut names = self.list()?;
        if names.remove(name) {
            self.write_list(&names)?;
        }
        Ok(removed)
    }

    /// The names of the secrets that are kept, in order.
    ///
    /// # Errors
    /// [`VaultError::Keyring`].
    pub fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        let mut kept = Vec::new();
        for name in self.list()? {
            if self.read(&name.to_string())?.map(Zeroizing::new).is_some() {
                kept.push(name);
            }
        }
        Ok(kept)
    }

    fn list(&self) -> Result<BTreeSet<SecretName>, VaultError> {
        let text = self.read(LIST)?.unwrap_or_default();
        Ok(text.lines().filter_map(|line| line.parse().ok()).collect())
    }

    fn write_list(&self, names: &BTreeSet<SecretName>) -> Result<(), VaultError> {
        let lines: Vec<String> = names.iter().map(ToString::to_string).collect();
        // With a line end, since not every keyring keeps an empty text.
        let text = lines.join("\n") + "\n";
        self.entry(LIST)?.set_password(&text).map_err(told)
    }

    fn read(&self, user: &str) -> Result<Option<String>, VaultError> {
        match self.entry(user)?.get_password() {
            Ok(text) => Ok(Some(text)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(told(error)),
        }
    }

    fn entry(&self, user: &str) -> Result<Entry, VaultError> {
        self.store.build(SERVICE, &format!("{}/{user}", self.scope), None).map_err(told)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// What went wrong, in words that hold no secret: some errors carry what was read.
fn told(error: Error) -> VaultError {
    keyring_error(&match error {
        Error::BadEncoding(bytes) => {
            drop(Zeroizing::new(bytes));
            "An entry is no text".to_owned()
        }
        Error::BadDataFormat(bytes, _source) => {
            drop(Zeroizing::new(bytes));
            "An entry is of an unknown format".to_owned()
        }
        Error::NoStorageAccess(source) => {
            format!("It is locked or not there; unlock it and try again ({source})")
        }
        Error::Ambiguous(entries) => format!("{} entries have the same name", entries.len()),
        error => error.to_string(),
    })
}

fn keyring_error(what: &str) -> VaultError {
    VaultError::Keyring { what: what.to_owned() }
}

#[cfg(target_os = "macos")]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    Ok(apple_native_keyring_store::keychain::Store::new().map_err(told)?)
}

#[cfg(target_os = "windows")]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    Ok(windows_native_keyring_store::Store::new().map_err(told)?)
}

#[cfg(target_os = "linux")]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    Ok(zbus_secret_service_keyring_store::Store::new().map_err(told)?)
}

#[cfg(not(any(target_os = "macos", target_os = "windows", target_os = "linux")))]
fn system_store() -> Result<Arc<CredentialStore>, VaultError> {
    Err(keyring_error("It is not known on this system; take a sealed file"))
}
