//! The server as an editor meets it, over a connection in memory.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod drafts;
mod editor;
mod nonsense;
mod record;
