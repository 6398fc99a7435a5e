//! The playbook as a review uses it: ours, with the files that a user laid beside the data file.

use std::path::{Path, PathBuf};

use inroad_advice::playbook::Playbook;
use inroad_advice::playbook::diagnosis::{diagnose, supposed};

use crate::{Error, Inroad, Result};

/// A file larger than this is no scenario.
const FILE_BYTES_MAX: u64 = 256 * 1024;

/// The folder for scenarios of one's own: `playbook` beside the data file.
pub fn playbook_folder(data: &Path) -> PathBuf {
    data.parent().unwrap_or(Path::new(".")).join("playbook")
}

impl Inroad {
    /// The playbook as it is used here: ours, with the files of the user's own folder.
    ///
    /// # Errors
    /// As [`read_playbook`].
    pub fn playbook(&self) -> Result<Playbook> {
        read_playbook(Some(&playbook_folder(self.path())))
    }
}

/// Reads the playbook, with the `.toml` files of a folder in place of ours of the same name, or
/// beside them. A folder that is not there adds nothing.
///
/// # Errors
/// [`Error::Invalid`] with the file and the line of what cannot be used, [`Error::File`].
pub fn read_playbook(folder: Option<&Path>) -> Result<Playbook> {
    let files =
        folder.map_or_else(|| Ok(Vec::new()), |folder| own_files(folder, FILE_BYTES_MAX))?;
    let (playbook, broken) = Playbook::shipped().with(&files);
    match broken.first() {
        Some(error) => {
            let folder = folder.unwrap_or(Path::new("playbook"));
            Err(Error::Invalid { what: format!("{}/{error}", folder.display()) })
        }
        None => Ok(playbook),
    }
}

/// The `.toml` files of a folder by name, without its ending, and text; none may be larger.
pub(crate) fn own_files(folder: &Path, bytes_max: u64) -> Result<Vec<(String, String)>> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |cause| Error::File { path, cause }
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in folder.read_dir().map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        if path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        if path.metadata().map_err(at(&path))?.len() > bytes_max {
            let what = format!("{} is too large for that", path.display());
            return Err(Error::Invalid { what });
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(&path).map_err(at(&path))?));
    }
    files.sort();
    Ok(files)
}

/// A test case of a scenario that does not come out as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedCase {
    /// The file, without its ending.
    pub file: String,
    /// Which case of the file, from 1.
    pub case: usize,
    /// The place that the file wants at least.
    pub wanted: usize,
    /// The place that came out; `None` if it was not among those told.
    pub place: Option<usize>,
}

/// Runs the test cases of every scenario.
pub fn check_playbook(playbook: &Playbook) -> Vec<FailedCase> {
    let mut failed = Vec::new();
    for (file, scenario) in playbook.scenarios() {
        for (case, number) in scenario.case.iter().zip(1..) {
            let found = diagnose(playbook, &supposed(&case.signs), None);
            let place = match scenario.cause {
                None => found.likeliest().is_none_or(|(_, p)| p < found.healthy).then_some(1),
                Some(cause) => found.causes.iter().position(|c| c.cause == cause).map(|at| at + 1),
            };
            if place.is_none_or(|place| place > case.place) {
                let file = file.to_owned();
                failed.push(FailedCase { file, case: number, wanted: case.place, place });
            }
        }
    }
    failed
}
