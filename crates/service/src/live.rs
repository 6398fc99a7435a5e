//! What is read by itself: mailboxes, calendars, address books, feeds, a folder of notes; how far each is, what
//! stands in the way, and the way out.
//!
//! Nothing here sends anything, and everything is only ever opened for reading. One program at a time reads what
//! is connected to a data file; every other shows how it is.
//!
//! Must not: keep a password in the data file, or change anything on a server.

mod connections;
mod dav;
mod fault;
mod mailbox;
mod notes;
mod passwords;
mod position;
mod read;
mod status;
mod turn;
mod watch;

pub use connections::Shown;
pub use passwords::{AskPassphrase, Passwords};
pub use read::{LiveReport, ReadOnce};
pub use status::{LiveState, LiveStatus, Trouble};
