//! What is read by itself: mailboxes, calendars, address books, feeds, a folder of notes; how far each is, what
//! stands in the way, and the way out.
//!
//! Nothing here sends anything or puts anything into a mailbox: that is [`crate::outgoing`] alone. One program at a time reads what
//! is connected to a data file; every other shows how it is.
//!
//! Must not: keep a password in the data file, or change anything on a server but a card, where a person gave
//! leave for it and decided on it.

mod authority;
pub(crate) mod beside;
mod connections;
mod dav;
pub(crate) mod fault;
mod finding;
mod log;
pub(crate) mod mailbox;
mod notes;
mod numbered;
mod oauth;
mod obstacles;
mod passwords;
mod pending;
mod position;
mod read;
pub(crate) mod sign_in;
mod status;
mod tempo;
mod tokens;
mod wake;
mod watch;
mod write_back;

/// The turn of whoever reads what is connected.
pub(crate) const READING: &str = "live.lock";

pub use connections::Shown;
pub use finding::{Asking, FoundServers, ProposedServer, WayIn, find_servers, way_in_by_oauth};
pub(crate) use mailbox::folder_without_name;
pub use numbered::NumberedConnection;
pub use oauth::{ByBrowser, ByCode, SignInAsked};
pub use passwords::{AskPassphrase, Passwords, PasswordsAre};
pub use pending::{PendingSignIn, SignIns};
pub use read::{LiveReport, ReadOnce};
pub use status::{LiveState, LiveStatus, Trouble};
pub use tempo::Tempo;
pub use tokens::SignedIn;
pub(crate) use wake::Wake;
pub use write_back::WriteBack;
