//! Calendars and address books on a server: from a connection to changed items, as text.
//!
//! [`Server`] is one that the person named. [`Server::collections`] finds the calendars or the
//! address books there (RFC 4791, 6352, 6764), [`Server::changes`] gives what changed in one of
//! them since the last time (RFC 6578, or by `ETag`), [`Server::put`] writes one item back with
//! the caller's leave. [`Feed`] is a calendar file at an address. What lies in an item is read
//! elsewhere (`inroad-ingest`).
//!
//! `http` is the only file that opens a connection, to the hosts that the person named and to
//! nobody else: an address inside of an item, an `href` or a redirect never leads it elsewhere.
//! Every call blocks; who waits for other things meanwhile calls from a thread of its own.
//!
//! ```no_run
//! use inroad_dav::{Credentials, Kept, Kind, Server};
//!
//! let secret = Credentials::password("jana", "a password for this program")?;
//! let server = Server::new("https://dav.example", secret)?;
//! for calendar in server.collections(Kind::Calendar)? {
//!     let kept = server.changes(&calendar, Kept::default(), &mut |batch, _kept| {
//!         for item in batch.changed {
//!             println!("{}: {} bytes", item.href, item.text.len());
//!         }
//!         Ok(())
//!     })?;
//!     println!("for the next time: {kept:?}");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Must not: know a data file or a service, look inside of an item, fetch anything because an item
//! says so, or let a secret into an error.
//!
//! Why not `libdav` (0.11): it is well kept, but brings a second HTTP client (hyper) and a DNS
//! resolver, gathers a whole answer in memory before it looks at it, leaves redirects, truncated
//! listings (507) and expired tokens to its caller, and those are most of what stands here.

mod address;
mod bodies;
mod changes;
mod collection;
mod credentials;
mod discovery;
mod error;
mod feed;
mod fetch;
mod http;
mod kept;
mod limits;
mod listing;
pub mod multistatus;
mod put;
mod redirect;
mod retry_after;
mod server;
mod xml;

pub use changes::{Batch, Item, LeftOut, LeftOutWhy, Stopped};
pub use collection::{Access, Collection, Kind};
pub use credentials::{Credentials, InvalidCredentials};
pub use error::{Error, Help, Why};
pub use feed::{Feed, FeedMark, FeedNews};
pub use kept::Kept;
pub use limits::Limits;
pub use put::Put;
pub use server::{InvalidServer, Server};
