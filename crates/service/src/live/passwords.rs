//! Where the passwords of connections lie: a file beside the data file, sealed by a passphrase.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use inroad_secrets::{Cost, Passphrase, SealedFile, Secret, SecretKind, SecretName, Vault};
use tokio::task::spawn_blocking;

use super::fault::Fault;
use super::status::Trouble;
use super::turn::beside;
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
        Self { path, passphrase, ask, open: Arc::default() }
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

    /// Keeps the password of a connection.
    ///
    /// # Errors
    /// [`Error::Invalid`] without a passphrase, or with a wrong one; [`Error::File`].
    pub(crate) async fn put(&self, connection: i64, secret: String) -> Result<()> {
        let this = self.clone();
        let put = spawn_blocking(move || {
            let secret = Secret::new(secret).map_err(|no| invalid(&no))?;
            let vault = this.vault(true)?;
            vault.put(&name_of(connection)?, secret).map_err(|no| invalid(&no))
        });
        put.await.map_err(|task| Error::stopped(&task))?
    }

    /// Forgets the password of a connection, where there is a file of passwords.
    pub(crate) async fn forget(&self, connection: i64) -> Result<()> {
        if !self.path.exists() {
            return Ok(());
        }
        let this = self.clone();
        let forget = spawn_blocking(move || {
            let vault = this.vault(false)?;
            vault.remove(&name_of(connection)?).map(|_was| ()).map_err(|no| invalid(&no))
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
            vault.get(&name_of(connection)?).map_err(|no| invalid(&no))
        });
        let got = get.await.map_err(|task| Error::stopped(&task))?;
        match got {
            Ok(Some(secret)) => Ok(secret),
            Ok(None) => Err(no_password()),
            Err(Error::Invalid { what }) => Err(Fault::NeedsYou(Trouble {
                what,
                way_out: "Start inroad where it can ask you, or name the passphrase in \
                          INROAD_PASSPHRASE"
                    .to_owned(),
            })),
            Err(error) => Err(Fault::Own(error)),
        }
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

    fn vault(&self, may_make: bool) -> Result<Arc<Vault>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vault) = open.as_ref() {
            return Ok(Arc::clone(vault));
        }
        let is_new = !self.path.exists();
        if is_new && !may_make {
            return Err(Error::Invalid { what: "No passwords are kept yet".to_owned() });
        }
        let passphrase = self.passphrase_for(is_new)?;
        let file = if is_new {
            SealedFile::create(&self.path, &passphrase, Cost::USUAL)
        } else {
            SealedFile::open(&self.path, &passphrase)
        };
        let vault = Arc::new(Vault::Sealed(file.map_err(|no| invalid(&no))?));
        *open = Some(Arc::clone(&vault));
        Ok(vault)
    }
}

fn name_of(connection: i64) -> Result<SecretName> {
    SecretName::new(&format!("connection-{connection}"), SecretKind::Password)
        .map_err(|no| Error::Internal { what: no.to_string() })
}

fn invalid(no: &dyn std::error::Error) -> Error {
    Error::Invalid { what: no.to_string() }
}

fn no_password() -> Fault {
    Fault::NeedsYou(Trouble {
        what: "No password is kept for it".to_owned(),
        way_out: "Connect it once more: 'inroad connect' asks for the password".to_owned(),
    })
}
