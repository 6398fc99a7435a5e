//! One face for all places where secrets lie.

#[cfg(feature = "keyring")]
use crate::Keyring;
use crate::{SealedFile, Secret, SecretName, VaultError};

/// Where secrets lie. All calls block, a keyring's for as long as somebody is asked to unlock it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Vault {
    /// A file that a passphrase opens.
    Sealed(SealedFile),
    /// The keyring of the operating system.
    #[cfg(feature = "keyring")]
    Keyring(Keyring),
}

impl Vault {
    /// One secret; `None` if none has that name.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn get(&self, name: &SecretName) -> Result<Option<Secret>, VaultError> {
        match self {
            Self::Sealed(file) => file.get(name),
            #[cfg(feature = "keyring")]
            Self::Keyring(keyring) => keyring.get(name),
        }
    }

    /// Keeps a secret, in the place of a former one of that name.
    ///
    /// # Errors
    /// [`VaultError`]; then the former is still kept.
    pub fn put(&self, name: &SecretName, secret: Secret) -> Result<(), VaultError> {
        match self {
            Self::Sealed(file) => file.put(name, secret),
            #[cfg(feature = "keyring")]
            Self::Keyring(keyring) => keyring.put(name, &secret),
        }
    }

    /// Forgets a secret; says whether there was one of that name.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn remove(&self, name: &SecretName) -> Result<bool, VaultError> {
        match self {
            Self::Sealed(file) => file.remove(name),
            #[cfg(feature = "keyring")]
            Self::Keyring(keyring) => keyring.remove(name),
        }
    }

    /// The names of the secrets that are kept, in order.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        match self {
            Self::Sealed(file) => file.names(),
            #[cfg(feature = "keyring")]
            Self::Keyring(keyring) => keyring.names(),
        }
    }
}
