//! One program at a time reads what is connected to a data file: the others see how it is.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// The right to read what is connected, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Turn {
    _lock: File,
}

impl Turn {
    /// Takes the turn; `None` if another program has it.
    pub(crate) fn take(data: &Path) -> Result<Option<Self>> {
        Self::take_of(data, "live.lock")
    }

    /// Takes another turn that belongs to the data file, by the ending of its lock.
    pub(crate) fn take_of(data: &Path, ending: &str) -> Result<Option<Self>> {
        let path = beside(data, ending);
        let lock = File::create(&path).map_err(|cause| Error::file(&path, cause))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { _lock: lock })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(cause)) => Err(Error::file(&path, cause)),
        }
    }

    /// Whether some program has it now.
    pub(crate) fn is_taken(data: &Path) -> bool {
        Self::is_taken_of(data, "live.lock")
    }

    /// The same of another turn.
    pub(crate) fn is_taken_of(data: &Path, ending: &str) -> bool {
        let Ok(lock) = File::open(beside(data, ending)) else { return false };
        // Shared with others who look, so that none of them takes it for somebody's turn.
        matches!(lock.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock))
    }
}

/// A file beside the data file that belongs to it.
pub(crate) fn beside(data: &Path, ending: &str) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_it_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data.db");
        assert!(!Turn::is_taken(&data));
        let turn = Turn::take(&data).unwrap();
        assert!(turn.is_some() && Turn::is_taken(&data));
        assert!(Turn::take(&data).unwrap().is_none());
        drop(turn);
        assert!(!Turn::is_taken(&data) && Turn::take(&data).unwrap().is_some());
    }
}
