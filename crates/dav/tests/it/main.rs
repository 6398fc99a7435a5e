//! Looking at calendars and address books over real connections: to servers of our own that behave
//! badly, and to Radicale.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "what was skipped and what was measured is told")]

mod bad_servers;
mod cuts;
mod discovery;
mod feeds;
mod looks;
mod radicale;
mod scale;
mod stand_in;
mod world;
mod writing;
