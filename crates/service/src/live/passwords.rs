//! Where the passwords and tokens of connections lie: a file beside the data file, sealed by a passphrase.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use inroad_secrets::{Cost, Passphrase, SealedFile, Secret, SecretKind, SecretName, Vault};
use tokio::task::spawn_blocking;

use super::beside::beside;
use super::fault::Fault;
use super::status::Trouble;
use super::tokens::Held;
use crate::{Error, Result};

/// Asks for the passphrase, once it is needed: `true` where a new file is made and a typing mistake would
/// shut its maker out. `None` where nobody can be asked.
pub type AskPassphrase = dyn Fn(bool) -> Result<Option<String>> + Send + Sync;

/// The passwords of one data file; cloning is cheap and shares them.
#[derive(Clone)]
pub struct Passwords {
    path: Arc<Path>,
    /// A file with the passphrase, which its owner alone may read.
    passphrase: Option<Arc<Path>>,
    ask: Arc<AskPassphrase>,
    open: Arc<Mutex<Option<Arc<Vault>>>>,
    /// Whether the passphrase that was told opened nothing.
    is_wrong: Arc<AtomicBool>,
    /// Tokens that count now, in memory alone.
    pub(super) held: Held,
}

/// Whether the passwords are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordsAre {
    /// Open for as long as this program runs, or opened by itself when they are needed.
    Open,
    /// Sealed, and nobody told the passphrase yet.
    Sealed,
    /// Not there yet; who keeps the first one chooses a passphrase.
    NotMade,
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Passwords {
    /// Those beside a data file. The passphrase is asked, or read from a file which its owner alone may
    /// read.
    pub fn beside(data: &Path, passphrase: Option<&Path>, ask: Arc<AskPassphrase>) -> Self {
        let (path, passphrase) = (beside(data, "secrets").into(), passphrase.map(Arc::from));
        Self {
            path,
            passphrase,
            ask,
            open: Arc::default(),
            is_wrong: Arc::default(),
            held: Held::default(),
        }
    }

    /// How they are. Whoever is asked for the passphrase is asked, if it is needed to know.
    pub fn are(&self) -> PasswordsAre {
        let is_known = || self.passphrase.is_some() || matches!((self.ask)(false), Ok(Some(_)));
        if self.are_open() || (!self.is_wrong.load(Ordering::Relaxed) && is_known()) {
            return PasswordsAre::Open;
        }
        if self.path.exists() { PasswordsAre::Sealed } else { PasswordsAre::NotMade }
    }

    /// Opens them by a passphrase that somebody just told; it is kept in memory alone. A file is made where
    /// there is none.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a wrong passphrase, or one that is none; [`Error::File`].
    pub async fn unlock(&self, passphrase: String) -> Result<()> {
        let this = self.clone();
        let unlock = spawn_blocking(move || {
            let passphrase = Passphrase::new(passphrase).map_err(|no| invalid(&no))?;
            let mut open = this.open.lock().unwrap_or_else(PoisonError::into_inner);
            if open.is_none() {
                *open = Some(this.opened_by(&passphrase)?);
            }
            Ok(())
        });
        unlock.await.map_err(|task| Error::stopped(&task))?
    }

    /// Whether there is a file of them.
    pub(super) fn are_there(&self) -> bool {
        self.path.exists()
    }

    /// Whether somebody opened them.
    pub fn are_open(&self) -> bool {
        // Whoever is being asked has not opened them yet.
        self.open.try_lock().is_ok_and(|open| open.is_some())
    }

    /// Opens them, so that what follows asks nobody; a file is made where there is none.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    pub(crate) async fn open(&self) -> Result<()> {
        let this = self.clone();
        let open = spawn_blocking(move || this.vault(true).map(|_vault| ()));
        open.await.map_err(|task| Error::stopped(&task))?
    }

    /// Keeps the password of a connection, in the place of whatever opened it before.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    pub(crate) async fn put(&self, connection: i64, secret: String) -> Result<()> {
        let this = self.clone();
        let put = spawn_blocking(move || {
            let secret = Secret::new(secret).map_err(|no| invalid(&no))?;
            let vault = this.vault(true)?;
            keep(&vault, connection, SecretKind::Password, Some(secret))?;
            keep(&vault, connection, SecretKind::RefreshToken, None)?;
            keep(&vault, connection, SecretKind::ClientSecret, None)
        });
        put.await.map_err(|task| Error::stopped(&task))?
    }

    /// Forgets what opens a connection, where there is a file of passwords.
    pub(crate) async fn forget(&self, connection: i64) -> Result<()> {
        self.held.forget(connection);
        if !self.path.exists() {
            return Ok(());
        }
        let this = self.clone();
        let forget = spawn_blocking(move || {
            let vault = this.vault(false)?;
            let kinds = [SecretKind::Password, SecretKind::RefreshToken, SecretKind::ClientSecret];
            kinds.into_iter().try_for_each(|kind| keep(&vault, connection, kind, None))
        });
        forget.await.map_err(|task| Error::stopped(&task))?
    }

    /// The password of a connection.
    pub(crate) async fn get(&self, connection: i64) -> std::result::Result<Secret, Fault> {
        if !self.path.exists() {
            return Err(no_password());
        }
        let this = self.clone();
        let get = spawn_blocking(move || {
            let vault = this.vault(false)?;
            vault.get(&name_of(connection, SecretKind::Password)?).map_err(|no| invalid(&no))
        });
        match get.await.map_err(|task| Error::stopped(&task))? {
            Ok(Some(secret)) => Ok(secret),
            Ok(None) => Err(no_password()),
            Err(error) => Err(unopened(error)),
        }
    }

    /// Keeps what inroad proves itself by at an identity provider, or forgets it.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    #[cfg(feature = "oidc")]
    pub(crate) async fn put_of_provider(
        &self,
        provider: i64,
        secret: Option<String>,
    ) -> Result<()> {
        if secret.is_none() && !self.path.exists() {
            return Ok(());
        }
        let this = self.clone();
        let put = spawn_blocking(move || {
            let secret = secret.map(Secret::new).transpose().map_err(|no| invalid(&no))?;
            let (vault, name) = (this.vault(secret.is_some())?, name_of_provider(provider)?);
            match secret {
                Some(secret) => vault.put(&name, secret),
                None => vault.remove(&name).map(|_was| ()),
            }
            .map_err(|no| invalid(&no))
        });
        put.await.map_err(|task| Error::stopped(&task))?
    }

    /// What inroad proves itself by at an identity provider.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    #[cfg(feature = "oidc")]
    pub(crate) async fn of_provider(&self, provider: i64) -> Result<Option<Secret>> {
        let this = self.clone();
        let get = spawn_blocking(move || {
            this.vault(false)?.get(&name_of_provider(provider)?).map_err(|no| invalid(&no))
        });
        get.await.map_err(|task| Error::stopped(&task))?
    }

    fn passphrase_for(&self, is_new: bool) -> Result<Passphrase> {
        if let Some(path) = &self.passphrase {
            return Passphrase::from_file(path).map_err(|no| invalid(&no));
        }
        let Some(typed) = (self.ask)(is_new)? else {
            let what = "The passwords are sealed, and nobody told the passphrase".to_owned();
            return Err(Error::Invalid { what });
        };
        Passphrase::new(typed).map_err(|no| invalid(&no))
    }

    pub(super) fn vault(&self, may_make: bool) -> Result<Arc<Vault>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vault) = open.as_ref() {
            return Ok(Arc::clone(vault));
        }
        let is_new = !self.path.exists();
        if is_new && !may_make {
            return Err(Error::Invalid { what: "No passwords are kept yet".to_owned() });
        }
        let passphrase = self.passphrase_for(is_new)?;
        let vault = self.opened_by(&passphrase)?;
        *open = Some(Arc::clone(&vault));
        Ok(vault)
    }

    fn opened_by(&self, passphrase: &Passphrase) -> Result<Arc<Vault>> {
        let file = if self.path.exists() {
            SealedFile::open(&self.path, passphrase)
        } else {
            SealedFile::create(&self.path, passphrase, Cost::USUAL)
        };
        self.is_wrong.store(file.is_err(), Ordering::Relaxed);
        Ok(Arc::new(Vault::Sealed(file.map_err(|no| invalid(&no))?)))
    }
}

/// Keeps a secret of a connection, or nothing of that kind.
pub(super) fn keep(
    vault: &Vault,
    connection: i64,
    kind: SecretKind,
    secret: Option<Secret>,
) -> Result<()> {
    let name = name_of(connection, kind)?;
    let done = match secret {
        Some(secret) => vault.put(&name, secret),
        None => vault.remove(&name).map(|_was| ()),
    };
    done.map_err(|no| invalid(&no))
}

/// Why nothing can be read with what is sealed.
pub(super) fn unopened(error: Error) -> Fault {
    match error {
        Error::Invalid { what } => Fault::NeedsYou(Trouble {
            what,
            way_out: "Enter the passphrase on the page Connections, or start inroad where it can \
                      ask you, or name it in INROAD_PASSPHRASE"
                .to_owned(),
        }),
        error => Fault::Own(error),
    }
}

#[cfg(feature = "oidc")]
fn name_of_provider(provider: i64) -> Result<SecretName> {
    SecretName::new(&format!("identity-provider-{provider}"), SecretKind::ClientSecret)
        .map_err(|no| Error::Internal { what: no.to_string() })
}

pub(super) fn name_of(connection: i64, kind: SecretKind) -> Result<SecretName> {
    SecretName::new(&format!("connection-{connection}"), kind)
        .map_err(|no| Error::Internal { what: no.to_string() })
}

pub(super) fn invalid(no: &dyn std::error::Error) -> Error {
    Error::Invalid { what: no.to_string() }
}

fn no_password() -> Fault {
    Fault::NeedsYou(Trouble {
        what: "No password is kept for it".to_owned(),
        way_out: "Connect it once more: 'inroad connect' asks for the password".to_owned(),
    })
}
