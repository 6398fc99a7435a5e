//! The same in backups: each is written anew beside itself, and then takes its own place.

use std::path::{Path, PathBuf};

use inroad_model::{EmailAddress, Moment};

use super::Whom;
use crate::do_not_contact::hashed::FileKey;
use crate::inroad::Inroad;
use crate::{Error, Result};

/// Erases somebody in a backup, who is known from the data file or from the backup itself.
pub(super) async fn erase_in(
    backup: &Path,
    email: &EmailAddress,
    whom: &Whom,
    key: FileKey,
    at: Moment,
) -> Result<()> {
    let anew = with_suffix(backup, ".erasing");
    remove_all(&anew)?;
    std::fs::copy(backup, &anew).map_err(|cause| Error::file(backup, cause))?;
    let done = Box::pin(in_copy(&anew, email, whom, key, at)).await;
    if let Err(error) = done {
        remove_all(&anew)?;
        return Err(match error {
            Error::Store(inroad_store::Error::NotOurs { .. }) => {
                inroad_store::Error::NotOurs { path: backup.to_owned() }.into()
            }
            other => other,
        });
    }
    std::fs::rename(&anew, backup).map_err(|cause| Error::file(backup, cause))?;
    remove_all(&anew)
}

async fn in_copy(
    copy: &Path,
    email: &EmailAddress,
    whom: &Whom,
    key: FileKey,
    at: Moment,
) -> Result<()> {
    let inroad = Inroad::open(copy).await?;
    let there = inroad.whom_to_erase(email, whom, at).await?;
    let key = inroad.make_file_key(Some(key)).await?;
    let (_, is_cleared) = Box::pin(inroad.erase_here(&there, key, at)).await?;
    inroad.close().await?;
    if !is_cleared {
        return Err(Error::Conflict {
            what: format!("{} is in use by another program; close it first", copy.display()),
        });
    }
    let file = std::fs::File::open(copy).map_err(|cause| Error::file(copy, cause))?;
    file.sync_all().map_err(|cause| Error::file(copy, cause))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a copy with its logs, as far as they are there.
fn remove_all(copy: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let path = with_suffix(copy, suffix);
        match std::fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file(&path, cause));
            }
            _ => {}
        }
    }
    Ok(())
}
