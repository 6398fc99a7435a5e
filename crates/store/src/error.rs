//! What can go wrong with the database, one variant per decision that a caller makes.

use std::path::PathBuf;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is there and is no database of ours.
    #[error("{path} is not an inroad data file; name another file or restore a backup")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version.
    #[error(
        "{path} was written by a newer inroad; install that version or restore an older backup"
    )]
    TooNew {
        /// The file.
        path: PathBuf,
    },
    /// The bundled `SQLite` has a known defect.
    #[error("SQLite {found} can damage data; this program needs {wanted} or later")]
    UnsafeSqlite {
        /// The version that answered.
        found: String,
        /// The first safe version.
        wanted: &'static str,
    },
    /// The address of a server cannot be read.
    #[error(
        "The address of the database is none ({cause}); it looks like postgres://user@host/name"
    )]
    BadAddress {
        /// What is wrong with it; never its password.
        cause: String,
    },
    /// A pooler between here and the server mixes up sessions.
    #[error(
        "The pooler before the database gives each transaction another session, which mixes up answers; \
         set pool_mode = session there, or name the database itself"
    )]
    MixesSessions,
    /// What everything is to be copied into holds something.
    #[error(
        "There is something in it already ({table}); copy into an empty data file or workspace"
    )]
    NotEmpty {
        /// A table that has rows.
        table: &'static str,
    },
    /// Another process is writing, or the disk is full, or the file is damaged.
    #[error("The data file could not be read or written: {0}")]
    Database(#[from] sqlx::Error),
    /// A file beside the database could not be read or written.
    #[error("{path} could not be read or written: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        cause: std::io::Error,
    },
    /// A row does not hold what this program writes.
    #[error("The data file holds a row that cannot be read ({what}); run 'inroad doctor'")]
    Damaged {
        /// Which row.
        what: String,
    },
}

impl Error {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

/// The result of a store function.
pub type Result<T> = std::result::Result<T, Error>;
