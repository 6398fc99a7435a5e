//! What can go wrong with an action. The list is closed: faces map it to exit codes and statuses.

use std::path::{Path, PathBuf};

/// Why an action was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("{what}")]
    NotFound {
        /// What was looked for, and what there is.
        what: String,
    },
    /// It would undo or double something that is there.
    #[error("{what}")]
    Conflict {
        /// What stands in the way, and the way out.
        what: String,
    },
    /// The input cannot be used.
    #[error("{what}")]
    Invalid {
        /// What is wrong, where, and the way out.
        what: String,
    },
    /// Somebody tried too often in vain to come in.
    #[error("That was tried too often. Try again in {} min", seconds.div_ceil(60))]
    TooOften {
        /// For so long whoever tries has to wait.
        seconds: u64,
    },
    /// Whoever asks may not.
    #[error("{what}")]
    Forbidden {
        /// Who may, or what they may instead.
        what: String,
    },
    /// A file cannot be read or written.
    #[error("{path} could not be read or written: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        cause: std::io::Error,
    },
    /// The data file refuses.
    #[error(transparent)]
    Store(#[from] inroad_store::Error),
    /// Somebody else who was asked gives no answer that can be used.
    #[error("{what}")]
    Unavailable {
        /// Who, why, and the way out.
        what: String,
    },
    /// A fault of this program.
    #[error("Something went wrong inside inroad: {what}; please report it")]
    Internal {
        /// What.
        what: String,
    },
}

/// Which kind of fault an answer tells, in one word that names nothing and nobody: answers carry it beside what they
/// say, for those who run the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault(pub &'static str);

impl Error {
    /// Which kind it is, in one word that names nothing and nobody.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Conflict { .. } => "conflict",
            Self::Invalid { .. } => "invalid",
            Self::TooOften { .. } => "too_often",
            Self::Forbidden { .. } => "forbidden",
            Self::File { .. } => "file",
            Self::Store(_) => "store",
            Self::Unavailable { .. } => "unavailable",
            Self::Internal { .. } => "internal",
        }
    }

    pub(crate) fn file(path: &Path, cause: std::io::Error) -> Self {
        Self::File { path: path.to_owned(), cause }
    }

    pub(crate) fn stopped(task: &tokio::task::JoinError) -> Self {
        Self::Internal { what: task.to_string() }
    }
}

/// The result of an action.
pub type Result<T> = std::result::Result<T, Error>;
