//! The user's own rules and proofs, in the folder `coach` beside the data file.

use std::path::{Path, PathBuf};

use inroad_coach::audience::{Proof, read_proofs};
use inroad_coach::rules::Pack;

use crate::{Error, Result};

/// A larger file is no file of rules.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// The file of proofs.
const PROOFS: &str = "proofs.toml";

/// The folder for rules and proofs of one's own: `coach` beside the data file.
pub fn coach_folder(data: &Path) -> PathBuf {
    data.parent().unwrap_or(Path::new(".")).join("coach")
}

/// What a user added.
pub(super) struct Own {
    pub(super) pack: Pack,
    pub(super) proofs: Option<Vec<Proof>>,
}

/// What a folder adds, or nothing with the reason why it cannot be used.
pub(super) fn read_at_least(folder: &Path) -> (Own, Option<Error>) {
    match read(Some(folder)) {
        Ok(own) => (own, None),
        Err(why) => (Own { pack: Pack::shipped().clone(), proofs: None }, Some(why)),
    }
}

/// Reads the `.toml` files of a folder; one that is not there adds nothing.
///
/// # Errors
/// [`Error::Invalid`] with the file, line and rule; [`Error::File`].
pub(super) fn read(folder: Option<&Path>) -> Result<Own> {
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        return Ok(Own { pack: Pack::shipped().clone(), proofs: None });
    };
    let invalid = |what: String| Error::Invalid { what: format!("{}/{what}", folder.display()) };
    let mut files = crate::playbook::own_files(folder, FILE_BYTES_MAX)?;
    let at = files.iter().position(|(name, _)| format!("{name}.toml") == PROOFS);
    let proofs = match at.map(|at| files.remove(at)) {
        None => None,
        Some((_, text)) => {
            Some(read_proofs(&text).map_err(|cause| invalid(format!("{PROOFS}: {cause}")))?)
        }
    };
    let pack = Pack::shipped().with(&files).map_err(|error| invalid(error.to_string()))?;
    Ok(Own { pack, proofs })
}
