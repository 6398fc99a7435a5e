//! The sealed file on disk: made, opened, read, written, and sealed by another passphrase.
//!
//! A write takes the turn, reads the file anew, changes one thing and replaces the file, so that two
//! processes lose nothing of each other. The passphrase is asked for once: the key stays in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::private_file::{self, Turn, Unreadable};
use crate::sealed::{CannotOpen, Damage, FILE_BYTES_MAX, Opened, Sealed, seal};
use crate::{Cost, Key, Passphrase, Secret, SecretName, VaultError};

/// A sealed file whose passphrase is known.
#[derive(Debug)]
pub struct SealedFile {
    path: PathBuf,
    key: Key,
}

/// All secrets of a file, by name.
type Secrets = BTreeMap<SecretName, Secret>;

impl SealedFile {
    /// Makes a new file without secrets.
    ///
    /// # Errors
    /// [`VaultError::AlreadyThere`], [`VaultError::Busy`], [`VaultError::Io`],
    /// [`VaultError::Unavailable`].
    pub fn create(path: &Path, passphrase: &Passphrase, cost: Cost) -> Result<Self, VaultError> {
        let key = Key::new(passphrase, cost)?;
        let turn = Turn::take(path)?;
        if path.symlink_metadata().is_ok() {
            return Err(VaultError::AlreadyThere { path: path.to_owned() });
        }
        turn.replace(&seal(&BTreeMap::new(), &key, 1)?)?;
        Ok(Self { path: path.to_owned(), key })
    }

    /// Opens a file that is there.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::OpenToOthers`], [`VaultError::Damaged`],
    /// [`VaultError::Newer`], [`VaultError::WrongPassphrase`], [`VaultError::Io`],
    /// [`VaultError::Unavailable`].
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, VaultError> {
        let bytes = bytes_of(path)?;
        let sealed = read(path, &bytes)?;
        let key = sealed.key(passphrase)?;
        sealed.open(&key).map_err(|error| not_opened(path, error))?;
        Ok(Self { path: path.to_owned(), key })
    }

    /// The names of the secrets in a file; takes no passphrase.
    ///
    /// # Errors
    /// As [`Self::open`], but for those of the passphrase.
    pub fn names_in(path: &Path) -> Result<Vec<SecretName>, VaultError> {
        let bytes = bytes_of(path)?;
        Ok(read(path, &bytes)?.names().cloned().collect())
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// One secret; `None` if none has that name.
    ///
    /// # Errors
    /// As [`Self::open`]; [`VaultError::WrongPassphrase`] if another process changed it meanwhile.
    pub fn get(&self, name: &SecretName) -> Result<Option<Secret>, VaultError> {
        self.opened(|opened| opened.get(name))
    }

    /// Keeps a secret, in the place of a former one of that name.
    ///
    /// # Errors
    /// As [`Self::get`], [`VaultError::Full`], [`VaultError::Busy`].
    pub fn put(&self, name: &SecretName, secret: Secret) -> Result<(), VaultError> {
        self.change(|secrets| {
            secrets.insert(name.clone(), secret);
            true
        })?;
        Ok(())
    }

    /// Forgets a secret; says whether there was one of that name.
    ///
    /// # Errors
    /// As [`Self::get`], [`VaultError::Busy`].
    pub fn remove(&self, name: &SecretName) -> Result<bool, VaultError> {
        self.change(|secrets| secrets.remove(name).is_some())
    }

    /// The names of the secrets, in order.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        Self::names_in(&self.path)
    }

    /// Seals everything by another passphrase, with fresh salt. Copies of the former file, in backups for
    /// example, still open by the former passphrase.
    ///
    /// # Errors
    /// As [`Self::get`], [`VaultError::Busy`].
    pub fn change_passphrase(
        &mut self,
        passphrase: &Passphrase,
        cost: Cost,
    ) -> Result<(), VaultError> {
        let key = Key::new(passphrase, cost)?;
        let turn = Turn::take(&self.path)?;
        let (secrets, generation) = self.all()?;
        turn.replace(&seal(&secrets, &key, generation.saturating_add(1))?)?;
        drop(turn);
        self.key = key;
        Ok(())
    }

    /// Changes what is kept, if `what` says that it changed anything, and passes on what it said.
    fn change(&self, what: impl FnOnce(&mut Secrets) -> bool) -> Result<bool, VaultError> {
        let turn = Turn::take(&self.path)?;
        let (mut secrets, generation) = self.all()?;
        let changed = what(&mut secrets);
        if changed {
            turn.replace(&seal(&secrets, &self.key, generation.saturating_add(1))?)?;
        }
        Ok(changed)
    }

    fn all(&self) -> Result<(Secrets, u64), VaultError> {
        self.opened(|opened| Ok((opened.all()?, opened.generation())))
    }

    fn opened<T>(
        &self,
        then: impl FnOnce(&Opened<'_>) -> Result<T, CannotOpen>,
    ) -> Result<T, VaultError> {
        let bytes = bytes_of(&self.path)?;
        let sealed = read(&self.path, &bytes)?;
        let opened = sealed.open(&self.key);
        opened.and_then(|opened| then(&opened)).map_err(|error| not_opened(&self.path, error))
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, VaultError> {
    private_file::read(path, FILE_BYTES_MAX).map_err(|error| match error {
        Unreadable::TooLarge => damaged(path, "It is too large for a file of passwords".to_owned()),
        Unreadable::For(error) => error,
    })
}

fn read<'a>(path: &Path, bytes: &'a [u8]) -> Result<Sealed<'a>, VaultError> {
    Sealed::read(bytes).map_err(|damage| match damage {
        Damage::Changed(what) => damaged(path, what),
        Damage::Newer(version) => VaultError::Newer { path: path.to_owned(), version },
    })
}

fn not_opened(path: &Path, error: CannotOpen) -> VaultError {
    match error {
        CannotOpen::WrongKey => VaultError::WrongPassphrase { path: path.to_owned() },
        CannotOpen::Changed(what) => damaged(path, what),
    }
}

fn damaged(path: &Path, what: String) -> VaultError {
    VaultError::Damaged { path: path.to_owned(), what }
}
