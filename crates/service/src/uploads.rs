//! What is sent to the server lies in a private folder until it is read.
//!
//! It lies beside the data file, where there is room: the folder for temporary files is often in memory.
//! A name that is sent is never a path; files are called by numbers here. Each server holds a lock in its
//! folder, so that what a crash left behind is removed at the next start, and nothing else.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncWriteExt, BufWriter};

use crate::sources::ToImport;
use crate::{Error, Result};

/// The largest that is taken; more is better read from where it lies.
pub const UPLOAD_BYTES_MAX: u64 = 20_000_000_000;
/// The most files; a Maildir of more is better read from where it lies.
pub const UPLOAD_FILES_MAX: usize = 100_000;
/// So much of a name is kept, to be shown.
const NAME_CHARS_MAX: usize = 300;
const BUFFER_BYTES: usize = 256 << 10;

/// The uploads of one server; cloning shares them.
#[derive(Debug, Clone)]
pub(crate) struct Uploads {
    /// The folder of all servers of this data file.
    folder: PathBuf,
    own: Arc<Mutex<Option<Own>>>,
}

/// The folder of one server; it goes with the server.
#[derive(Debug)]
struct Own {
    folder: PathBuf,
    next: u32,
    /// Held as long as the server runs; the system lets go of it, also after a crash.
    _lock: File,
}

impl Uploads {
    /// Beside a data file. What servers that are gone left behind is removed.
    pub(crate) fn beside(data: &Path) -> Self {
        let mut name = data.as_os_str().to_owned();
        name.push(".uploads");
        let uploads = Self { folder: PathBuf::from(name), own: Arc::default() };
        uploads.sweep();
        uploads
    }

    /// A new upload, with a folder of its own.
    ///
    /// # Errors
    /// [`Error::File`].
    pub(crate) fn begin(&self) -> Result<Upload> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        let own = match own.as_mut() {
            Some(own) => own,
            None => own.insert(self.move_in()?),
        };
        let folder = own.folder.join(own.next.to_string());
        own.next += 1;
        make_folder(&folder).map_err(|cause| Error::file(&folder, cause))?;
        Ok(Upload { folder, inputs: Vec::new(), bytes: 0, under_way: None })
    }

    /// Takes the first number that nobody has.
    fn move_in(&self) -> Result<Own> {
        let failed = |cause| Error::file(&self.folder, cause);
        if !self.folder.is_dir() {
            make_folder(&self.folder).map_err(failed)?;
        }
        let mut number = 1_u32;
        let folder = loop {
            let folder = self.folder.join(number.to_string());
            match make_folder(&folder) {
                Ok(()) => break folder,
                Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
                Err(cause) => return Err(failed(cause)),
            }
        };
        let lock = File::create(folder.join(LOCK)).map_err(failed)?;
        lock.try_lock().map_err(|fault| match fault {
            TryLockError::Error(cause) => failed(cause),
            TryLockError::WouldBlock => failed(std::io::ErrorKind::WouldBlock.into()),
        })?;
        Ok(Own { folder, next: 1, _lock: lock })
    }

    /// Removes the folders whose servers are gone.
    fn sweep(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        for entry in entries.filter_map(std::result::Result::ok) {
            let folder = entry.path();
            // Who has no lock yet is moving in.
            let Ok(lock) = File::open(folder.join(LOCK)) else { continue };
            if lock.try_lock().is_ok() {
                // What cannot be removed now is tried again at the next start.
                let _left = std::fs::remove_dir_all(&folder);
            }
        }
        let _in_use = std::fs::remove_dir(&self.folder);
    }
}

const LOCK: &str = "lock";

impl Drop for Own {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.folder);
        // Other servers may still have theirs in it.
        let _in_use = self.folder.parent().map(std::fs::remove_dir);
    }
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Files that were sent, in a folder that is removed with this.
#[derive(Debug)]
pub struct Upload {
    folder: PathBuf,
    inputs: Vec<ToImport>,
    bytes: u64,
    under_way: Option<BufWriter<tokio::fs::File>>,
}

impl Upload {
    /// Begins a file, which the user knows by that name.
    ///
    /// # Errors
    /// [`Error::Invalid`] if there are too many; [`Error::File`].
    pub async fn begin_file(&mut self, name: &str) -> Result<()> {
        self.end_file().await?;
        if self.inputs.len() >= UPLOAD_FILES_MAX {
            return Err(Error::Invalid {
                what: format!(
                    "More than {UPLOAD_FILES_MAX} files; type the path of their folder instead"
                ),
            });
        }
        let path = self.folder.join(self.inputs.len().to_string());
        let file = tokio::fs::File::create_new(&path).await;
        let file = file.map_err(|cause| Error::file(&path, cause))?;
        self.under_way = Some(BufWriter::with_capacity(BUFFER_BYTES, file));
        let shown = fit_to_show(name);
        let of_folder = shown.contains('/');
        self.inputs.push(ToImport { path, shown, of_folder });
        Ok(())
    }

    /// Writes on at the file that was begun last.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is too much; [`Error::File`], as when the disk is full.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len() as u64;
        if self.bytes > UPLOAD_BYTES_MAX {
            return Err(Error::Invalid {
                what: format!(
                    "More than {} GB; type the path instead, so that it is read where it lies",
                    UPLOAD_BYTES_MAX / 1_000_000_000
                ),
            });
        }
        let Some(file) = &mut self.under_way else { return Ok(()) };
        file.write_all(bytes).await.map_err(|cause| Error::file(&self.folder, cause))
    }

    /// Ends the file that was begun last.
    ///
    /// # Errors
    /// [`Error::File`].
    pub async fn end_file(&mut self) -> Result<()> {
        let Some(mut file) = self.under_way.take() else { return Ok(()) };
        file.flush().await.map_err(|cause| Error::file(&self.folder, cause))
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was sent.
    pub(crate) fn inputs(&self) -> &[ToImport] {
        &self.inputs
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let _left = std::fs::remove_dir_all(&self.folder);
    }
}

/// A name of a file as it is shown: short, without what would disturb a page or a terminal.
fn fit_to_show(name: &str) -> String {
    let shown: String = name
        .chars()
        .take(NAME_CHARS_MAX)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if shown.trim().is_empty() { "a file without a name".to_owned() } else { shown }
}
