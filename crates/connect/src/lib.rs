//! From an e-mail address to the servers behind it, and signing in there by OAuth 2.
//!
//! [`discover()`] proposes servers for mail, sending, calendars and contacts, each with the way it
//! was found, best first: from what is shipped ([`providers`]), from the domain's own records and
//! file, and from a public directory where that is asked for. [`oauth`] gets, by a browser or a
//! code, the tokens with which a person signs in, and renews them.
//!
//! Whoever asks the network asks through the two traits of [`net`]; `net::http` and `net::dns` are
//! the real ones, and the only files that open a connection to another machine.
//!
//! Must not: know a database, a file or a service of ours; sign in to a server; use a server that
//! no person confirmed; ask anybody whom [`Asking`] does not name; follow a redirect to another
//! host; send a secret without encryption; or show a secret in an error.

mod address;
pub mod autoconfig;
mod discover;
mod error;
mod host;
pub mod net;
pub mod oauth;
mod proposal;
pub mod providers;
mod server;
mod token;
mod web_address;
mod words;

pub use address::Address;
pub use discover::{Asking, Discovery, Network, Patience, discover};
pub use error::Error;
pub use proposal::{Confirmed, Origin, Proposal, Standing};
pub use server::{Security, Server, Service, SignIn};
pub use token::Token;
pub use web_address::WebAddress;
