//! Why a vault gives or takes nothing: one variant for each thing that a caller does next.
//!
//! Must not: hold a secret or a passphrase.

use std::path::PathBuf;

/// What went wrong with a vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Ask for the passphrase: none was given, or what was given is none.
    #[error("No passphrase: {why}")]
    NoPassphrase {
        /// What is missing.
        why: String,
    },
    /// Ask again: the file is whole, and another passphrase opens it.
    #[error("This passphrase does not open {}; the file itself is whole", path.display())]
    WrongPassphrase {
        /// The sealed file.
        path: PathBuf,
    },
    /// No passphrase helps: bring the file back from a backup, or begin a new one.
    #[error(
        "{} is damaged: {what}. Bring it back from a backup, or move it away and enter the passwords anew",
        path.display()
    )]
    Damaged {
        /// The sealed file.
        path: PathBuf,
        /// What is wrong with it, and where.
        what: String,
    },
    /// Take a newer program: this one does not know the layout.
    #[error("{} was written by a newer version of inroad (layout {version}); take that one", path.display())]
    Newer {
        /// The sealed file.
        path: PathBuf,
        /// The layout that it says.
        version: u8,
    },
    /// Close the file to others first; until then nothing is read from it.
    #[error("{} may be read by others (mode {mode:03o}); run: chmod 600 {}", path.display(), path.display())]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// There is none yet: make one.
    #[error("{} is not there", path.display())]
    Missing {
        /// The sealed file.
        path: PathBuf,
    },
    /// There is one already: open it instead.
    #[error("{} is there already", path.display())]
    AlreadyThere {
        /// The sealed file.
        path: PathBuf,
    },
    /// Try again in a moment: another process writes.
    #[error("{} is being written by another inroad; try again in a moment", path.display())]
    Busy {
        /// The sealed file.
        path: PathBuf,
    },
    /// It holds as many secrets as it may.
    #[error("A vault holds {max} secrets at most; remove those of connections that are gone")]
    Full {
        /// How many there may be.
        max: usize,
    },
    /// The file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system gave no random numbers, or no memory to derive a key in.
    #[error("The passwords cannot be sealed: {what}")]
    Unavailable {
        /// What was refused.
        what: String,
    },
    /// The keyring is locked, absent or refuses.
    #[error("The keyring of this system: {what}")]
    Keyring {
        /// What it says, without any secret.
        what: String,
    },
}
