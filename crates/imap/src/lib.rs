//! The client side of IMAP: from a connection to messages.
//!
//! The way through: [`connect()`] to an [`Endpoint`], [`Session::sign_in`], [`Session::folders`],
//! then for each folder [`Session::examine`], [`plan::plan`] with what was kept of it,
//! [`Session::sizes`] and [`Session::fetch`] for what is new, [`Session::changes`] for what is known;
//! [`Session::idle`] waits for more. [`Session::append`] puts a draft, or what was sent, into a
//! folder.
//!
//! What it is built on, and why. `imap-next` keeps the flows of the protocol and knows no
//! connection, so that a bound stands on every wait and every size here, and a scripted server in a
//! test needs no network. `imap-codec`, below it, has been fuzzed for years and is strict; what it
//! refuses, [`wire::lenient`] reads, since servers are not. It cannot ask a list for special uses,
//! which is borne: most servers tell them unasked, and for the others [`Role`] knows names in many
//! languages. `tokio-rustls` with `ring` is what encrypts elsewhere in the program too, and the
//! roots are those that Mozilla keeps (`webpki-roots`), the same on every machine. `tracing` is here only to be bounded: with what it is asked for, no
//! line of a conversation can be logged. `chrono` is what the library's dates are made of, and one
//! file knows it.
//!
//! Must not: open a connection but in [`mod@connect`], know a database or how anything is kept,
//! open a folder but to read, mark anything as seen, remove anything, send a letter to anybody,
//! show or log a secret, or take a server's word for a size or for an end.

mod backoff;
mod capabilities;
pub mod connect;
mod credentials;
mod endpoint;
mod error;
mod flags;
mod folder;
mod limits;
mod moment;
pub mod name;
pub mod plan;
mod refusal;
mod role;
mod sasl;
mod session;
mod trust;
mod uid_set;
pub mod wire;

pub use backoff::Backoff;
pub use capabilities::Capabilities;
pub use connect::{Link, connect, connect_within};
pub use credentials::Credentials;
pub use endpoint::{Endpoint, Security};
pub use error::{Error, Kind, Remedy, Step};
pub use flags::{Flag, Flags};
pub use folder::Folder;
pub use limits::Limits;
pub use role::Role;
pub use session::{
    Appended, Changes, Fetching, Idled, Measured, Message, News, Opened, Session, Since,
};
pub use trust::Trust;
pub use uid_set::{NotASet, UidSet};
