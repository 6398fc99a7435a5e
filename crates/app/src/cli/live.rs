//! What is read by itself: connected, shown, read, let go of.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use inroad_model::EmailAddress;
use inroad_service::Asking;
use jiff::civil::Date;

#[derive(Debug, Subcommand)]
pub(crate) enum ConnectAction {
    /// A mailbox, over IMAP; it is read, and nothing is put there but what you approve
    ///
    /// Without --imap its server is found: what inroad knows of the address's domain, and who else may be
    /// asked by --ask. Of a mailbox that is connected already, what is not named stays as it is.
    Mailbox(Box<MailboxArgs>),
    /// The calendars that you have on a server; they are only read
    Calendar(Box<CalendarArgs>),
    /// The address books that you have on a server; they are only read, unless you give leave by --write-back
    Contacts(Box<ContactsArgs>),
    /// A calendar at an address (.ics, webcal), as calendars give it out
    Feed(Box<FeedArgs>),
    /// A folder on this machine where notes and transcripts of calls are put
    Notes(NotesArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CalendarArgs {
    #[command(flatten)]
    pub server: DavArgs,
    /// Only these calendars, by their names there [default: all]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub only: Vec<String>,
    #[command(flatten)]
    pub since: SinceArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ContactsArgs {
    #[command(flatten)]
    pub server: DavArgs,
    /// Only these address books, by their names there [default: all]
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub only: Vec<String>,
    /// Write to these address books what you decide on about people on their cards; without it they are only
    /// read, also where you gave that leave before
    #[arg(long)]
    pub write_back: bool,
}

/// A server for calendars and address books.
#[derive(Debug, Args)]
pub(crate) struct DavArgs {
    /// The server, or the address of one calendar or address book there
    #[arg(value_name = "HOST|URL")]
    pub address: String,
    /// By which name one signs in
    #[arg(long, value_name = "NAME")]
    pub user: String,
    #[command(flatten)]
    pub common: CommonArgs,
}

#[derive(Debug, Args)]
pub(crate) struct FeedArgs {
    /// Its address, which is kept like a password; - for the first line of the input [default: it is asked]
    #[arg(value_name = "URL")]
    pub address: Option<String>,
    /// By which name one signs in, where it asks
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    #[command(flatten)]
    pub common: CommonArgs,
    #[command(flatten)]
    pub since: SinceArgs,
}

#[derive(Debug, Args)]
pub(crate) struct NotesArgs {
    /// The folder
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Another name for it [default: the folder's]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// From when on meetings are read.
#[derive(Debug, Args)]
pub(crate) struct SinceArgs {
    /// Meetings that were over before that day stay there [default: two years ago]
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Read all meetings, however old
    #[arg(long, conflicts_with = "since")]
    pub all: bool,
}

/// What all that is reached over the network has.
#[derive(Debug, Args)]
pub(crate) struct CommonArgs {
    /// A file with the certificate of the server's own authority, as PEM
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
    /// Another name for it [default: its address, or what it is and where]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub secrets: SecretArgs,
    /// A file whose first line is the password; - for the input [default: it is asked]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
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
    /// What becomes here of a letter that is in none of these folders any more [default: it stays]
    #[arg(long, value_enum)]
    pub deleted: Option<DeletedThere>,
    #[command(flatten)]
    pub common: CommonArgs,
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
    #[arg(long, conflicts_with = "password_file")]
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

/// What becomes of a letter that is deleted on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DeletedThere {
    /// It stays, with what was learned from it
    Keep,
    /// It goes, with what was learned from it
    Forget,
}
