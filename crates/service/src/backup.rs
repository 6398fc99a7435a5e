//! Backup and restore in one file.

use std::path::{Path, PathBuf};

use crate::inroad::{Inroad, read_mail};
use crate::place::{Place, ServerPlace};
use crate::{Error, Result};

impl Inroad {
    /// Writes everything into one new file.
    ///
    /// # Errors
    /// [`Error::Conflict`] if the file is there already.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return Err(Error::Conflict {
                what: format!("{} is there already; name a new file", to.display()),
            });
        }
        let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Error::Invalid {
                what: format!("There is no folder {}; make it first", folder.display()),
            });
        }
        Ok(self.store.backup(to, read_mail()).await?)
    }

    /// Puts a backup in the place of the data file. The backup is checked first; the data file
    /// that was there is kept beside it. A workspace on a server must be empty: nothing there is overwritten.
    /// Returns how many messages the backup holds, and where the former data file lies now.
    ///
    /// # Errors
    /// If the backup cannot be trusted; nothing is changed then.
    pub async fn restore(from: &Path, data: &Path) -> Result<(u64, Option<PathBuf>)> {
        if let Place::Server(place) = Place::at(data)? {
            return Ok((Self::restore_to(from, &place, data).await?, None));
        }
        let folder = data.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|cause| Error::file(folder, cause))?;
        let arriving = beside(data, "restoring");
        remove(&arriving)?;
        std::fs::copy(from, &arriving).map_err(|cause| Error::file(from, cause))?;
        let checked = inroad_store::check_backup(&arriving).await;
        let messages = match checked {
            Ok(messages) => messages,
            Err(error) => {
                remove(&arriving)?;
                return Err(as_named(error, from));
            }
        };
        let put_in_place = async {
            let former = if data.exists() { Some(set_aside(data).await?) } else { None };
            std::fs::rename(&arriving, data).map_err(|cause| Error::file(data, cause))?;
            Ok(former)
        };
        let former = match put_in_place.await {
            Ok(former) => former,
            Err(error) => {
                remove(&arriving)?;
                return Err(error);
            }
        };
        Ok((messages, former))
    }
}

impl Inroad {
    /// Puts a backup into an empty workspace. Returns how many messages it holds.
    async fn restore_to(from: &Path, place: &ServerPlace, beside: &Path) -> Result<u64> {
        if !from.exists() {
            return Err(Error::NotFound { what: format!("There is no file {}", from.display()) });
        }
        let folder = folder_beside(beside)?;
        let done = Self::restore_from(from, &folder.join("backup.db"), place, beside).await;
        let removed = std::fs::remove_dir_all(&folder);
        let messages = done?;
        removed.map_err(|cause| Error::file(&folder, cause))?;
        Ok(messages)
    }

    /// The backup stays as it is, also one of an earlier version: its copy is brought up to date first.
    async fn restore_from(
        from: &Path,
        copy: &Path,
        place: &ServerPlace,
        beside: &Path,
    ) -> Result<u64> {
        std::fs::copy(from, copy).map_err(|cause| Error::file(from, cause))?;
        let messages =
            inroad_store::check_backup(copy).await.map_err(|error| as_named(error, from))?;
        let (backup, server) = (Self::open(copy).await?, place.open(beside).await?);
        let copied = backup.store.copy_to(&server, read_mail(), &mut |_table| {}).await;
        backup.close().await?;
        server.close().await?;
        copied?;
        Ok(messages)
    }
}

/// A new folder beside a file, for what vanishes again; nobody else looks into it.
fn folder_beside(path: &Path) -> Result<PathBuf> {
    let folder = free_name(&beside(path, "restoring"));
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).map_err(|cause| Error::file(&folder, cause))?;
    Ok(folder)
}

/// Gives the data file a second name under which it stays, so that at no moment there is none.
/// It may be damaged or of a later version: that is when a backup is needed most.
async fn set_aside(data: &Path) -> Result<PathBuf> {
    // What is still in the log belongs to the former file.
    let emptied = match Inroad::open(data).await {
        Ok(inroad) => inroad.close().await.is_ok(),
        Err(_unusable) => false,
    };
    let former = free_name(data);
    if std::fs::hard_link(data, &former).is_err() {
        // Some file systems know no second names.
        std::fs::copy(data, &former).map_err(|cause| Error::file(&former, cause))?;
    }
    for suffix in ["-wal", "-shm"] {
        let log = with_suffix(data, suffix);
        if emptied {
            remove(&log)?;
        } else if log.exists() {
            std::fs::rename(&log, with_suffix(&former, suffix))
                .map_err(|cause| Error::file(&log, cause))?;
        }
    }
    Ok(former)
}

/// The store saw only the copy; the user knows the file that was copied.
fn as_named(error: inroad_store::Error, from: &Path) -> Error {
    let path = from.to_owned();
    match error {
        inroad_store::Error::NotOurs { .. } => inroad_store::Error::NotOurs { path }.into(),
        inroad_store::Error::TooNew { .. } => inroad_store::Error::TooNew { path }.into(),
        other => other.into(),
    }
}

fn beside(data: &Path, word: &str) -> PathBuf {
    with_suffix(data, &format!(".{word}"))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The first free name for the former file.
fn free_name(data: &Path) -> PathBuf {
    let mut n = 1_u32;
    loop {
        let name = beside(data, &format!("before-restore-{n}"));
        if !name.exists() {
            return name;
        }
        n += 1;
    }
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path, cause)),
        _ => Ok(()),
    }
}
