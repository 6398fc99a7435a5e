//! What a path that names the data leads to: a data file, or a small file that names a workspace on a server.
//!
//! Passwords, the playbook and whatever else belongs to one machine lie beside either.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use inroad_store::Store;
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a data file.
    File(PathBuf),
    /// In a workspace on a server.
    Server(ServerPlace),
}

/// A workspace on a server, as a workspace file names it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerPlace {
    /// The database, as `postgres://user@host/name`.
    pub database: String,
    /// The name of the workspace in it.
    pub workspace: String,
}

impl std::fmt::Debug for ServerPlace {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerPlace").field("workspace", &self.workspace).finish_non_exhaustive()
    }
}

/// How a workspace file is known.
const ENDING: &str = "toml";
/// How the address of a database begins.
const URLS: [&str; 2] = ["postgres://", "postgresql://"];
/// It names two things.
const BYTES_MAX: u64 = 64 << 10;

impl Place {
    /// What is at a path. A path with the ending `.toml` is a workspace file, which must be there.
    ///
    /// # Errors
    /// [`Error::Invalid`] if a workspace file cannot be read as one, [`Error::File`].
    pub fn at(path: &Path) -> Result<Self> {
        let begins = path.to_string_lossy().to_ascii_lowercase();
        if URLS.iter().any(|url| begins.starts_with(url)) {
            let what = "A database is named by a workspace file: two lines, database = \"postgres://…\" and \
                        workspace = \"…\", in a file that ends in .toml";
            return Err(Error::Invalid { what: what.to_owned() });
        }
        if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) {
            return Ok(Self::File(path.to_owned()));
        }
        let size = path.metadata().map_err(|cause| Error::file(path, cause))?.len();
        let invalid = |why: &str| Error::Invalid {
            what: format!(
                "{} is no workspace file ({why}); it has two lines, database = \"postgres://…\" and \
                 workspace = \"…\"",
                path.display()
            ),
        };
        if size > BYTES_MAX {
            return Err(invalid("it is too large"));
        }
        let text = std::fs::read_to_string(path).map_err(|cause| Error::file(path, cause))?;
        // What the reader says quotes the line, and a line may hold a password.
        let place = toml::from_str(&text).map_err(|why| invalid(why.message()))?;
        Ok(Self::Server(place))
    }

    /// Opens it, making a data file or a workspace that is missing.
    pub(crate) async fn open(&self, path: &Path) -> Result<Store> {
        match self {
            Self::File(file) => Ok(Store::open(file).await?),
            Self::Server(place) => place.open(path).await,
        }
    }
}

impl ServerPlace {
    /// Opens the workspace, making it if it is missing.
    #[cfg(feature = "postgres")]
    pub(crate) async fn open(&self, beside: &Path) -> Result<Store> {
        Ok(Store::connect(&self.database, &self.workspace, beside).await?)
    }

    /// This program was built without a way to a server.
    #[cfg(not(feature = "postgres"))]
    #[expect(clippy::unused_async, reason = "with the feature it waits")]
    pub(crate) async fn open(&self, _beside: &Path) -> Result<Store> {
        Err(Error::Unavailable {
            what:
                "This inroad was built for data files alone; build it with --features postgres to \
                   use a database that a team shares"
                    .to_owned(),
        })
    }

    /// Writes the workspace file, which only its owner may read: an address may hold a password.
    ///
    /// # Errors
    /// [`Error::Conflict`] if another file is there, [`Error::File`].
    pub fn write(&self, path: &Path) -> Result<()> {
        let text = toml::to_string(self).map_err(|e| Error::Internal { what: e.to_string() })?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).map_err(|cause| Error::file(path, cause))
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
                if matches!(Self::at(path), Ok(there) if there == *self) {
                    return Ok(());
                }
                let what = format!("{} is there already; name a new file", path.display());
                Err(Error::Conflict { what })
            }
            Err(cause) => Err(Error::file(path, cause)),
        }
    }

    fn at(path: &Path) -> Result<Self> {
        match Place::at(path)? {
            Place::Server(place) => Ok(place),
            Place::File(_) => {
                Err(Error::Invalid { what: format!("{} does not end in .toml", path.display()) })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_file_names_two_things_and_tells_no_password() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("team.toml");
        let place = ServerPlace {
            database: "postgres://me:secret@db.example/inroad".to_owned(),
            workspace: "north".to_owned(),
        };
        place.write(&path).unwrap();
        assert_eq!(Place::at(&path).unwrap(), Place::Server(place.clone()));
        place.write(&path).unwrap();
        let other = ServerPlace { workspace: "south".to_owned(), ..place };
        assert!(matches!(other.write(&path), Err(Error::Conflict { .. })));
        other.write(&folder.path().join("south.toml")).unwrap();
        let path = folder.path().join("south.toml");
        let place_of = |path: &Path| ServerPlace::at(path).unwrap();
        assert!(!format!("{:?}", Place::Server(place_of(&path))).contains("secret"));
        for text in ["database = \"postgres://me:secret@db\"", "secret", "a = 1\nsecret = \"x", ""]
        {
            std::fs::write(&path, text).unwrap();
            let why = Place::at(&path).unwrap_err().to_string();
            assert!(why.contains("is no workspace file") && !why.contains("secret@"), "{why}");
        }
        let why = Place::at(Path::new("Postgres://me:secret@db/x")).unwrap_err().to_string();
        assert!(why.contains(".toml") && !why.contains("secret"), "{why}");
        let file = folder.path().join("data.db");
        assert_eq!(Place::at(&file).unwrap(), Place::File(file));
    }
}
