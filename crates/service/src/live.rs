//! What is read by itself: mailboxes, calendars, address books, feeds, a folder of notes; how far each is, what
//! stands in the way, and the way out.
//!
//! Nothing here sends anything or puts anything into a mailbox: that is [`crate::outgoing`] alone. One program at a time reads what
//! is connected to a data file; every other shows how it is.
//!
//! Must not: keep a password in the data file, or change anything on a server.

mod connections;
mod dav;
pub(crate) mod fault;
pub(crate) mod mailbox;
mod notes;
mod obstacles;
mod passwords;
mod position;
mod read;
mod status;
mod tempo;
pub(crate) mod turn;
mod watch;

pub use connections::Shown;
pub(crate) use mailbox::folder_without_name;
pub use passwords::{AskPassphrase, Passwords};
pub use read::{LiveReport, ReadOnce};
pub use status::{LiveState, LiveStatus, Trouble};
pub use tempo::Tempo;
