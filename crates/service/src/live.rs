//! What is read by itself: mailboxes; how far each is, what stands in the way, and the way out.
//!
//! Nothing here sends anything, and a mailbox is only ever opened for reading. One program at a time reads what
//! is connected to a data file; every other shows how it is.
//!
//! Must not: keep a password in the data file, or change anything on a server.

mod authority;
mod connections;
mod fault;
mod finding;
mod mailbox;
mod oauth;
mod passwords;
mod pending;
mod position;
mod read;
mod sign_in;
mod status;
mod tokens;
mod turn;
mod wake;
mod watch;

pub use connections::Shown;
pub use finding::{Asking, FoundServers, ProposedServer, WayIn, find_servers, way_in_by_oauth};
pub use oauth::{ByBrowser, ByCode, SignInAsked};
pub use passwords::{AskPassphrase, Passwords, PasswordsAre};
pub use pending::{PendingSignIn, SignIns};
pub use read::{LiveReport, ReadOnce};
pub use status::{LiveState, LiveStatus, Trouble};
pub use tokens::SignedIn;
pub(crate) use wake::Wake;
