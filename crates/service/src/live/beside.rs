//! Files that belong to the data file, beside it.

use std::path::{Path, PathBuf};

/// A file beside the data file that belongs to it.
pub(crate) fn beside(data: &Path, ending: &str) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
