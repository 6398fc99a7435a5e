//! Where the data lies when nothing else is said.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// The file that the environment names. A variable that is empty names none: that is how scripts
/// clear one.
pub(crate) fn from_environment() -> Option<PathBuf> {
    std::env::var_os("INROAD_DATA").filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The folder of this program in the user's data folder.
pub(crate) fn folder() -> Result<PathBuf> {
    let folder =
        dirs::data_dir().context("There is no data folder for you; name a file with --data")?;
    Ok(folder.join("inroad"))
}

/// The data file: the one named, or the usual one.
pub(crate) fn path(named: Option<PathBuf>) -> Result<PathBuf> {
    match named {
        Some(path) => Ok(path),
        None => Ok(folder()?.join("inroad.db")),
    }
}
