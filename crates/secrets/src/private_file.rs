//! Files that nobody but their owner may read: read only if that is so, written whole or not at all.
//!
//! On systems without modes of files the folder of the user's profile is what keeps others out.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::VaultError;

/// Why a private file is not read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It is larger than asked for.
    TooLarge,
    /// For another reason.
    For(VaultError),
}

/// How long a writer waits for another, in steps of `STEP`.
const STEPS_MAX: u32 = 250;
const STEP: Duration = Duration::from_millis(20);

/// Reads a file of at most so many bytes.
pub(crate) fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>, Unreadable> {
    let failed = |source: std::io::Error| {
        let path = path.to_owned();
        Unreadable::For(match source.kind() {
            ErrorKind::NotFound => VaultError::Missing { path },
            _ => VaultError::Io { path, source },
        })
    };
    let file = File::open(path).map_err(failed)?;
    // Asked of the open file: what the name points to may change meanwhile.
    let metadata = file.metadata().map_err(failed)?;
    if let Some(mode) = open_to_others(&metadata) {
        return Err(Unreadable::For(VaultError::OpenToOthers { path: path.to_owned(), mode }));
    }
    if metadata.is_file() && metadata.len() > bytes_max {
        return Err(Unreadable::TooLarge);
    }
    // At its full length at once: a vector that grows leaves pieces behind in memory.
    let mut bytes =
        Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).saturating_add(1));
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > bytes_max {
        return Err(Unreadable::TooLarge);
    }
    Ok(bytes)
}

/// Its mode, if anybody but the owner may do anything with the file.
#[cfg(unix)]
fn open_to_others(metadata: &std::fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_to_others(_metadata: &std::fs::Metadata) -> Option<u32> {
    None
}

/// The right to write a file, which one process has at a time; it ends with this value.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    path: &'a Path,
    _lock: File,
}

impl<'a> Turn<'a> {
    /// Waits for the turn, a few seconds at most.
    pub(crate) fn take(path: &'a Path) -> Result<Self, VaultError> {
        let lock_path = beside(path, "lock");
        let failed = |source| VaultError::Io { path: lock_path.clone(), source };
        // The file itself is replaced at each write, so that a lock on it would hold nobody.
        let lock =
            private(&mut OpenOptions::new()).create(true).open(&lock_path).map_err(failed)?;
        for _ in 0..STEPS_MAX {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { path, _lock: lock }),
                Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(STEP),
                Err(std::fs::TryLockError::Error(source)) => return Err(failed(source)),
            }
        }
        Err(VaultError::Busy { path: path.to_owned() })
    }

    /// Puts these bytes in the place of the file: whoever reads it, now or after the power failed,
    /// finds the former or these.
    pub(crate) fn replace(&self, bytes: &[u8]) -> Result<(), VaultError> {
        let new = beside(self.path, "new");
        write_anew(&new, bytes).map_err(|source| VaultError::Io { path: new.clone(), source })?;
        let failed = |source| VaultError::Io { path: self.path.to_owned(), source };
        std::fs::rename(&new, self.path).map_err(failed)?;
        sync_folder(self.path).map_err(failed)
    }
}

/// The bytes as a new file, on the disk when this returns.
fn write_anew(new: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // Left behind by one that was killed; nobody else is at it while the caller has the turn.
    match std::fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private(&mut OpenOptions::new()).create_new(true).open(new)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Options that write a file for the owner alone.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.write(true).mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.write(true)
}

/// The name of a file becomes lasting with its folder.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// `passwords.sealed` and `new` to `passwords.sealed.new`, in the same folder.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
