//! Backup in one file, and the check that comes before a restore.

use std::path::{Path, PathBuf};

use crate::erase::ReadMail;
use crate::sql;
use crate::{Error, Result, Store};

impl Store {
    /// Writes everything into one new file, while others go on reading. Of a workspace on a server it is a
    /// data file with the same in it, for which `read` reads the words of letters anew.
    ///
    /// # Errors
    /// [`Error::File`] if the file is there already, [`Error::Database`].
    pub async fn backup(&self, to: &Path, read: ReadMail) -> Result<()> {
        if to.exists() {
            let cause = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            return Err(Error::File { path: to.to_owned(), cause });
        }
        let name = to.to_str().ok_or_else(|| Error::File {
            path: to.to_owned(),
            cause: std::io::Error::from(std::io::ErrorKind::InvalidInput),
        })?;
        if !self.is_file() {
            // Half a backup must not look like one.
            let mut part = to.as_os_str().to_owned();
            part.push(".part");
            let part = PathBuf::from(part);
            // What a killed program left of an earlier one.
            let _removed = std::fs::remove_file(&part);
            let failed = |cause| Error::File { path: part.clone(), cause };
            let done = async {
                let file = Self::open(&part).await?;
                let copied = self.copy_to(&file, read, &mut |_table| {}).await;
                file.close().await?;
                copied.map(|_tables| ())
            };
            return match done.await {
                Ok(()) => std::fs::rename(&part, to).map_err(failed),
                Err(error) => {
                    // What went wrong first is what is told.
                    let _removed = std::fs::remove_file(&part);
                    Err(error)
                }
            };
        }
        // An empty file is as good as none to the statement, and keeps its rights.
        crate::database::make_private(to)?;
        sql::query("VACUUM INTO ?").bind(name).execute(&self.writer).await?;
        Ok(())
    }
}

/// Opens a backup, brings a copy of an older one up to date, and reads every page of it.
/// Returns how many messages it holds.
///
/// # Errors
/// As [`Store::open`]; [`Error::Damaged`] if a page cannot be trusted.
pub async fn check_backup(path: &Path) -> Result<u64> {
    let store = Store::open(path).await?;
    let row = sql::query("PRAGMA integrity_check(1)").fetch_one(&store.writer).await?;
    let verdict: String = row.try_get(0)?;
    let count = store.message_count().await?;
    store.close().await?;
    if verdict == "ok" { Ok(count) } else { Err(Error::damaged(verdict)) }
}
