//! What is read by itself: connected, shown, read, let go of.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use inroad_model::EmailAddress;
use inroad_service::Asking;
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum ConnectAction {
    /// A mailbox, over IMAP; it is only ever opened for reading
    ///
    /// Without --imap its server is found: what inroad knows of the address's domain, and who else may be
    /// asked by --ask. Of a mailbox that is connected already, what is not named stays as it is.
    Mailbox(Box<MailboxArgs>),
}

#[derive(Debug, Args)]
pub(crate) struct MailboxArgs {
    /// Its address
    #[arg(value_name = "ADDRESS")]
    pub address: EmailAddress,
    /// The mail server, with its port if that is not the usual one [default: it is found]
    #[arg(long, value_name = "HOST[:PORT]")]
    pub imap: Option<String>,
    #[command(flatten)]
    pub finding: FindingArgs,
    /// What guards the way there
    #[arg(long, value_enum, default_value_t = Guard::Tls, requires = "imap")]
    pub security: Guard,
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
    /// A file with the certificate of your firm's own authority, as PEM
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// Another name for it [default: the address]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub secrets: SecretArgs,
    /// A file whose first line is the password; - for the input [default: it is asked]
    #[arg(long, value_name = "FILE", conflicts_with = "oauth")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub sign_in: OAuthArgs,
}

/// How its server is found.
#[derive(Debug, Clone, Args)]
pub(crate) struct FindingArgs {
    /// Who may be asked for the server, and so learns that somebody here looks for it
    #[arg(long, value_enum, value_name = "WHO")]
    pub ask: Option<Ask>,
    /// Take the first server that is found, if it is of a provider that inroad knows or below the domain
    #[arg(long)]
    pub yes: bool,
}

/// Who may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ask {
    /// Nobody: only what inroad knows itself
    Nobody,
    /// The domain of the address: its name servers and its web server
    Domain,
    /// Thunderbird's public directory as well
    Directory,
}

impl From<Ask> for Asking {
    fn from(ask: Ask) -> Self {
        match ask {
            Ask::Nobody => Self::Nobody,
            Ask::Domain => Self::OwnDomain,
            Ask::Directory => Self::PublicDirectory,
        }
    }
}

/// A sign-in at the provider.
#[derive(Debug, Clone, Args)]
pub(crate) struct OAuthArgs {
    /// Sign in at your provider in a browser (OAuth 2), and give inroad no password
    #[arg(long)]
    pub oauth: bool,
    /// The id that you got when you registered inroad there
    #[arg(long, value_name = "ID", requires = "oauth")]
    pub client_id: Option<String>,
    /// A file whose first line is the secret that came with the id; - for the input
    #[arg(long, value_name = "FILE", requires = "oauth")]
    pub client_secret_file: Option<PathBuf>,
    /// Sign in by a code that you enter on another device
    #[arg(long, requires = "oauth")]
    pub device: bool,
    /// A sign-in server of your firm's own: where you say yes
    #[arg(long, value_name = "URL", requires = "oauth", requires = "token_url")]
    pub authorize_url: Option<String>,
    /// The same: where tokens are given out
    #[arg(long, value_name = "URL", requires = "oauth", requires = "authorize_url")]
    pub token_url: Option<String>,
    /// The same: where codes for another device are given out
    #[arg(long, value_name = "URL", requires = "token_url")]
    pub device_url: Option<String>,
    /// The same: for what is asked
    #[arg(long, value_name = "WORD", num_args = 1.., requires = "token_url")]
    pub scope: Vec<String>,
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
