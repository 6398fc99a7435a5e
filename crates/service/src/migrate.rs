//! From a data file to a workspace on a server, and what belongs to this machine along with it.

use std::path::Path;

use inroad_store::Copied;

use crate::inroad::{Inroad, read_mail};
use crate::live::beside::beside;
use crate::place::ServerPlace;
use crate::{Error, Result};

impl Inroad {
    /// Copies everything into an empty workspace on a server, compares both sides, and writes the workspace
    /// file that opens it from then on. What is here stays as it is. Passwords that lie in a sealed file go
    /// along beside the workspace file. `tell` is told the table that comes next.
    ///
    /// # Errors
    /// [`Error::Conflict`] if another workspace file is there; if the workspace is not empty, or the copy is not
    /// the same: then nothing is kept there.
    pub async fn migrate(
        &self,
        to: &ServerPlace,
        file: &Path,
        tell: &mut (dyn FnMut(&'static str) + Send),
    ) -> Result<Vec<Copied>> {
        let (passwords, there) = (beside(self.path(), "secrets"), beside(file, "secrets"));
        for new in [file, &there] {
            if new.exists() {
                let what = format!("{} is there already; name a new file", new.display());
                return Err(Error::Conflict { what });
            }
        }
        // First what this machine may refuse: a full workspace that nothing opens would be in the way.
        to.write(file)?;
        let copied = async {
            if passwords.exists() {
                std::fs::copy(&passwords, &there).map_err(|cause| Error::file(&there, cause))?;
            }
            let server = to.open(file).await?;
            let copied = self.store.copy_to(&server, read_mail(), tell).await;
            server.close().await?;
            Ok(copied?)
        }
        .await;
        if copied.is_err() {
            // What went wrong first is what is told.
            for new in [file, &there] {
                let _removed = std::fs::remove_file(new);
            }
        }
        copied
    }
}
