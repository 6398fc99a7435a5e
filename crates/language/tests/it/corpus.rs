//! Finds the shared corpora. They are no part of the project, so a test that needs them says
//! that it was skipped where they are missing.

use std::path::{Path, PathBuf};

/// The folder of a corpus, or `None` after saying so.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("SKIPPED: {} is not here", path.display());
    None
}

/// The files of a folder whose names end in `end`, sorted by name, with their bytes.
pub(crate) fn files(folder: &Path, end: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.filter_map(|path| {
        let name = path.file_name()?.to_str()?.to_owned();
        name.ends_with(end).then(|| (name, std::fs::read(path).unwrap()))
    });
    let mut found: Vec<(String, Vec<u8>)> = named.collect();
    found.sort();
    found
}
