//! What is read by itself: connected, shown, read, let go of.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use inroad_model::EmailAddress;
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum ConnectAction {
    /// A mailbox, over IMAP; it is read, and nothing is put there but what you approve
    Mailbox(Box<MailboxArgs>),
}

#[derive(Debug, Args)]
pub(crate) struct MailboxArgs {
    /// Its address
    #[arg(value_name = "ADDRESS")]
    pub address: EmailAddress,
    /// The mail server, with its port if that is not the usual one
    #[arg(long, value_name = "HOST[:PORT]")]
    pub imap: String,
    /// What guards the way there
    #[arg(long, value_enum, default_value_t = Guard::Tls)]
    pub security: Guard,
    /// The server that takes what you send, with its port if that is not the usual one
    #[arg(long, value_name = "HOST[:PORT]")]
    pub smtp: Option<String>,
    /// What guards the way there
    #[arg(long, value_enum, default_value_t = Guard::Tls, requires = "smtp")]
    pub smtp_security: Guard,
    /// By which name one signs in [default: the address]
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// Letters that arrived before that day stay there [default: two years ago]
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Read all letters, however old
    #[arg(long, conflicts_with = "since")]
    pub all: bool,
    /// Only these folders, as the server calls them [default: all but junk, deleted mail and drafts]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub folders: Vec<String>,
    /// What becomes here of a letter that is in none of these folders any more
    #[arg(long, value_enum, default_value_t = DeletedThere::Keep)]
    pub deleted: DeletedThere,
    /// A file with the certificate of your firm's own authority, as PEM
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// Another name for it [default: the address]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub secrets: SecretArgs,
    /// A file whose first line is the password; - for the input [default: it is asked]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// By what the passwords are opened.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SecretArgs {
    /// A file, which you alone may read, with the passphrase of your passwords
    /// [default: `$INROAD_PASSPHRASE`, else it is asked]
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// What guards a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Guard {
    /// TLS from the first byte
    Tls,
    /// TLS from an early command on
    Starttls,
    /// Nothing; only for a server on this machine
    None,
}

/// What becomes of a letter that is deleted on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DeletedThere {
    /// It stays, with what was learned from it
    Keep,
    /// It goes, with what was learned from it
    Forget,
}
