//! What folders are called: by the server, in the data file, and before people. A folder that was named after
//! somebody who was erased is known by a hash from then on, and its name stands nowhere.

use inroad_store::SyncFolder;

use crate::do_not_contact::hashed::FileKey;

/// What stands in the place of a name that went with somebody.
const SHOWN: &str = "a folder of somebody who was erased";

/// The folders of a connection that are known.
#[derive(Debug)]
pub(super) struct Names {
    key: Option<FileKey>,
    folders: Vec<SyncFolder>,
}

impl Names {
    pub(super) fn new(key: Option<FileKey>, folders: Vec<SyncFolder>) -> Self {
        Self { key, folders }
    }

    /// Under which name a folder of the server is kept.
    pub(super) fn kept_as(&self, path: &str) -> String {
        self.hidden(path).unwrap_or_else(|| path.to_owned())
    }

    /// How a folder of the server is called before people.
    pub(super) fn shown<'a>(&self, path: &'a str) -> &'a str {
        if self.hidden(path).is_some() { SHOWN } else { path }
    }

    /// What is known of a folder of the server, if it was seen before.
    pub(super) fn known(&self, path: &str) -> Option<&SyncFolder> {
        let kept_as = self.kept_as(path);
        self.folders.iter().find(|folder| folder.path == kept_as)
    }

    /// The folders that are known by their names.
    pub(super) fn by_name(&self) -> impl Iterator<Item = &SyncFolder> {
        self.folders.iter().filter(|folder| !folder.path.starts_with(PREFIX))
    }

    fn hidden(&self, path: &str) -> Option<String> {
        let hidden = folder_without_name(self.key.as_ref()?, path);
        self.folders.iter().any(|folder| folder.path == hidden).then_some(hidden)
    }
}

/// No server's folder begins so: a control character.
const PREFIX: &str = "\u{1}";

/// Under which a folder is kept whose name points to somebody who is erased.
pub(crate) fn folder_without_name(key: &FileKey, path: &str) -> String {
    format!("{PREFIX}{}", blake3::keyed_hash(key, path.as_bytes()).to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_again_without_its_name() {
        let key = [7; 32];
        let folder = |id, path: String| SyncFolder { id, path, position: String::new() };
        let hidden = folder_without_name(&key, "Clients/Jana Kühn");
        assert!(!hidden.contains("Jana"));
        let kept = vec![folder(1, "INBOX".to_owned()), folder(2, hidden.clone())];
        let names = Names::new(Some(key), kept);
        assert_eq!(names.kept_as("Clients/Jana Kühn"), hidden);
        assert_eq!(names.shown("Clients/Jana Kühn"), SHOWN);
        assert_eq!(names.known("Clients/Jana Kühn").unwrap().id, 2);
        assert_eq!((names.shown("INBOX"), names.known("INBOX").unwrap().id), ("INBOX", 1));
        assert_eq!((names.shown("New"), names.known("New")), ("New", None));
        assert_eq!(names.by_name().count(), 1);
    }
}
