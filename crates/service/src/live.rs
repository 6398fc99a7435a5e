//! What is read by itself: mailboxes, calendars, address books, feeds and folders; how far each is, what stands
//! in the way, and the way out.
//!
//! Nothing here sends anything, and a mailbox is only ever opened for reading.
//!
//! Must not: keep a password, or change anything on a server.

mod connections;
mod position;
mod status;
mod turn;

pub use connections::Shown;
pub use status::{LiveState, LiveStatus, Trouble};
